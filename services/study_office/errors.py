"""Why nobody is looked for."""

from services.errors import Refusal


class NothingToSearch(Refusal):
    """The text holds neither a letter nor a digit."""


class SearchTooLong(Refusal):
    """The text is longer than any name."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit
