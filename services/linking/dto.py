"""Consent, one-time codes, contacts and links."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.access import LinkedPerson
from services.people.dto import PersonStatus


class LinkWay(StrEnum):
    """How an account was linked: by a one-time code, by their own contact, or by the Study Office on request."""

    CODE = "code"
    CONTACT = "contact"
    REQUEST = "request"


class LinkEnd(StrEnum):
    """How a link ended: the person took another account, gave it up, or an official took it away."""

    MOVED = "moved"
    UNLINKED = "unlinked"
    TAKEN_AWAY = "taken_away"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedLinkCode:
    """A fresh one-time code in both its forms; shown once, stored only as digests.

    `payload` goes into a deep link (`l_` and 128 bits), `code` is typed (10 characters).
    """

    person: LinkedPerson
    payload: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLinkCode:
    """A code as it is stored."""

    person_id: int
    payload_digest: bytes
    typed_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCodeRecord:
    """A stored code and its person; `used_by`: the account that was linked with it."""

    id: int
    person: LinkedPerson
    person_absent: bool
    expires_at: datetime
    used: bool
    used_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPreview:
    """A group before codes are given to it: how many people it has, and how many of them need a code."""

    group_name: str
    people: int
    unlinked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCodes:
    """Fresh codes of everybody of a group who is not linked, in the order of their names."""

    group_name: str
    codes: tuple[IssuedLinkCode, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCodes:
    """Fresh codes of a group, and the sheet they stand on."""

    codes: GroupCodes
    sheet: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMember:
    """Somebody of a group who studies or is on leave; `group_name` as the roster writes it for them."""

    person: LinkedPerson
    group_name: str
    linked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Tries of an account in vain, in a row."""

    failures: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedContact:
    """A contact that somebody sent: its number, whose account it is (None: nobody's), and how it came."""

    phone: str
    owner_id: int | None
    forwarded: bool
    via_bot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStanding:
    """An account at this moment; `person_id` also of somebody who is no longer in the roster, `person` not.

    `hold`: the link for which a frozen account was frozen last, 0 if that was not written down; None: it is not frozen.
    """

    account_id: int
    person_id: int | None
    person: LinkedPerson | None
    hold: int | None = None

    @property
    def frozen(self) -> bool:
        """Whether the account opens nothing until the Study Office has looked."""
        return self.hold is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStanding:
    """A person of the roster at this moment, as far as linking asks."""

    person: LinkedPerson
    absent: bool
    status: PersonStatus
    linked_before: bool
    holds_roles: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedLink:
    """A link that has just ended, and whether its account is frozen."""

    id: int
    account_id: int
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """A link with its past."""

    id: int
    account_id: int
    person_id: int
    linked_at: datetime
    former_account_id: int | None
    disowned: bool
    ended: bool
