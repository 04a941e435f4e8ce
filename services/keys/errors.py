"""Why a key is not touched."""

from collections.abc import Sequence
from datetime import datetime

from services.errors import Refusal


class UnknownKey(Refusal):
    """No key in the register has this fingerprint."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__(fingerprint)
        self.fingerprint = fingerprint


class AmbiguousKey(Refusal):
    """Several keys begin like this."""

    def __init__(self, fingerprint: str, matches: Sequence[str]) -> None:
        super().__init__(fingerprint)
        self.fingerprint = fingerprint
        self.matches = tuple(matches)


class NotYetInvalid(Refusal):
    """A key cannot be invalid from a moment to come on."""

    def __init__(self, since: datetime) -> None:
        super().__init__(since.isoformat())
        self.since = since


class KeyIsInvalid(Refusal):
    """The key that is to sign was declared invalid."""

    def __init__(self, fingerprint: str, since: datetime) -> None:
        super().__init__(fingerprint)
        self.fingerprint = fingerprint
        self.since = since
