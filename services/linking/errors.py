"""Why an account is not linked."""

from datetime import datetime

from services.access import LinkedPerson
from services.errors import Refusal


class LinkCodeRefused(Refusal):
    """A code that cannot be used; `tries_left` before the account is locked."""

    def __init__(self, tries_left: int) -> None:
        super().__init__()
        self.tries_left = tries_left


class LinkCodeUnknown(LinkCodeRefused):
    """No such code was ever given."""


class LinkCodeUsed(LinkCodeRefused):
    """The code was used before."""


class LinkCodeExpired(LinkCodeRefused):
    """The code is too old."""


class LinkingLocked(Refusal):
    """Too many wrong codes; the account must wait."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class PersonNotLinked(Refusal):
    """No account is linked to the person."""


class LinkedToAnother(Refusal):
    """The account is linked to another person already."""

    def __init__(self, person: LinkedPerson) -> None:
        super().__init__()
        self.person = person
