"""One-time codes and links."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.access import LinkedPerson


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
class LinkCodeRecord:
    """A stored code and its person; `used_by`: the account that was linked with it."""

    id: int
    person: LinkedPerson
    person_absent: bool
    expires_at: datetime
    used: bool
    used_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Wrong codes of an account in a row."""

    failures: int
    locked_until: datetime | None
