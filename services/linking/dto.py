"""One-time codes."""

from dataclasses import dataclass
from datetime import datetime

from services.access import LinkedPerson


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
