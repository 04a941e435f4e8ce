"""Rules of linking, without I/O: consent, one-time codes, tries, contacts, groups."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from services.codes import generate_code, normalise_code
from services.linking.dto import (
    AccountStanding,
    Attempts,
    IssuedLinkCode,
    LinkCodeRecord,
    LinkRecord,
    NewLinkCode,
    PersonStanding,
    SharedContact,
)
from services.linking.errors import (
    ContactForwarded,
    ContactNotOwn,
    LinkCodeExpired,
    LinkCodeRefused,
    LinkCodeUnknown,
    LinkCodeUsed,
)
from services.people.dto import PersonStatus
from services.people.rules import group_key

#: The text about personal data that people agree to; the text itself stands in `handlers.linking.texts`. Whoever agreed
#: to another version is asked again at their next link.
CONSENT_VERSION = "2026-11"

PAYLOAD_PREFIX = "l_"
TYPED_LENGTH = 10
TRIES = 5
LOCKED_FOR = timedelta(hours=1)
#: From so many accounts locked at one moment on, somebody is guessing codes and the operators are told, once an hour.
ALARMING = 20
ALARM_EVERY = timedelta(hours=1)
#: How long the former account can say that a link is not theirs.
DISOWNED_WITHIN = timedelta(days=30)
_PAYLOAD_BYTES = 16
_DIGEST_BYTES = 32
_SIMILAR, _ALIKE = 5, 0.6
_STUDYING = (PersonStatus.ACTIVE, PersonStatus.LEAVE)


def new_payload() -> str:
    """Return a deep-link payload of 128 random bits."""
    return PAYLOAD_PREFIX + secrets.token_urlsafe(_PAYLOAD_BYTES)


def new_typed_code() -> str:
    """Return a code to type; it looks like a code and like nothing else (see `looks_like_code`)."""
    code = generate_code(TYPED_LENGTH)
    return code if looks_like_code(code) else new_typed_code()


def looks_like_code(code: str) -> bool:
    """Tell whether nobody would take the code for a word or a telephone number: it has a digit and a letter."""
    return any(sign.isdigit() for sign in code) and any(sign.isalpha() for sign in code)


def digest(secret: str) -> bytes:
    """Return what is stored of a payload or a typed code; `secret` as a person gave it."""
    if not secret.startswith(PAYLOAD_PREFIX):
        secret = normalise_code(secret, TYPED_LENGTH) or ""
    return hashlib.sha256(b"kabarchy link code\0" + secret.encode()).digest()


def is_digest(value: bytes) -> bool:
    """Tell whether this may be what `digest` returned."""
    return len(value) == _DIGEST_BYTES


def stored(code: IssuedLinkCode) -> NewLinkCode:
    """Return a code as it is stored."""
    return NewLinkCode(person_id=code.person.id, payload_digest=digest(code.payload), typed_digest=digest(code.code))


def code_refusal(code: LinkCodeRecord | None, now: datetime, failures: int) -> LinkCodeRefused | None:
    """Return why a code is refused, if it is; `failures`: with this try."""
    tries_left = max(TRIES - failures, 0)
    if code is None or code.person_absent:
        return LinkCodeUnknown(tries_left)
    if code.used:
        return LinkCodeUsed(tries_left)
    if code.expires_at <= now:
        return LinkCodeExpired(tries_left)
    return None


def contact_refusal(contact: SharedContact, account_id: int) -> ContactForwarded | ContactNotOwn | None:
    """Return why a contact does not count, if it does not: it must be the sender's own, sent by themselves."""
    if contact.forwarded:
        return ContactForwarded()
    if contact.via_bot or contact.owner_id != account_id:
        return ContactNotOwn()
    return None


def known_by_number(standing: PersonStanding | None) -> bool:
    """Tell whether a number is enough for this person.

    Not for whoever was linked before (the number may be somebody else's by now) or holds roles: they need a code.
    """
    return (
        standing is not None
        and not standing.absent
        and standing.status in _STUDYING
        and not standing.linked_before
        and not standing.holds_roles
    )


def after_failure(attempts: Attempts, now: datetime) -> Attempts:
    """Count a try in vain; the fifth locks."""
    failures = attempts.failures + 1
    if failures >= TRIES:
        return Attempts(failures=0, locked_until=now + LOCKED_FOR)
    return Attempts(failures=failures, locked_until=None)


def may_disown(link: LinkRecord, account: AccountStanding, now: datetime) -> bool:
    """Tell whether this account may say that the link which took its place is not theirs: unless the person is back."""
    return (
        link.former_account_id == account.account_id
        and link.person_id != account.person_id
        and not link.disowned
        and now - link.linked_at <= DISOWNED_WITHIN
    )


def similar_groups(group_name: str, names: Sequence[str]) -> list[str]:
    """Return up to five names of groups that are like a typed one, the likest first."""
    key = group_key(group_name)
    likeness = {name: SequenceMatcher(None, key, group_key(name)).ratio() for name in names}
    like = [name for name in names if likeness[name] >= _ALIKE or (key and key in group_key(name))]
    return sorted(like, key=lambda name: (-likeness[name], name))[:_SIMILAR]


def is_done(code: LinkCodeRecord, account: AccountStanding) -> bool:
    """Tell whether this very account was linked with this code and still is."""
    return code.used_by == account.account_id and account.person is not None and account.person.id == code.person.id
