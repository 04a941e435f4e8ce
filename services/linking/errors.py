"""Why an account is not linked, or a link not ended."""

from collections.abc import Sequence
from datetime import datetime

from services.access import LinkedPerson
from services.errors import Refusal


class ConsentNeeded(Refusal):
    """The account has not agreed to the present text about personal data."""


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


class ContactNotOwn(Refusal):
    """The contact is somebody else's, or nobody's, or another bot made it."""


class ContactForwarded(Refusal):
    """The contact came with another message."""


class NumberNotRecognised(Refusal):
    """Nobody can be recognised by this number; why is not told, for that would tell who is in the roster."""


class ContactLocked(Refusal):
    """Too many contacts in vain; the account must wait."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class LinkedToAnother(Refusal):
    """The account is linked to another person already."""

    def __init__(self, person: LinkedPerson) -> None:
        super().__init__()
        self.person = person


class LinkTaken(Refusal):
    """Another account or another person was linked at the same moment."""


class PersonNotLinked(Refusal):
    """No account is linked to the person."""


class LinkStandsNoMore(Refusal):
    """The link in question is not theirs to disown: it was disowned before, is too old, or the person is back."""


class OwnAccount(Refusal):
    """Officials decide nothing about the account they act with."""


class NotFrozen(Refusal):
    """The account is not frozen, or frozen for another reason than the one that was looked at."""


class PersonAbsent(Refusal):
    """The person is no longer in the roster."""

    def __init__(self, person_no: str) -> None:
        super().__init__()
        self.person_no = person_no


class UnknownGroup(Refusal):
    """Nobody studies in a group of this name; `similar`: names that are like it."""

    def __init__(self, group_name: str, similar: Sequence[str]) -> None:
        super().__init__()
        self.group_name = group_name
        self.similar = tuple(similar)


class GroupLinked(Refusal):
    """Everybody of the group is linked already."""

    def __init__(self, group_name: str) -> None:
        super().__init__()
        self.group_name = group_name
