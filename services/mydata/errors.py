"""Why nothing is handed over."""

from datetime import datetime

from services.errors import Refusal


class DataTakenTooOften(Refusal):
    """The account has taken its data so often that it must wait."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until
