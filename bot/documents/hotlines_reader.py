"""The part of a university file about trust and help: where one can call."""

import re
from typing import Final

from bot.documents.toml_table import Table
from services.languages import Language, Trilingual
from services.trust.dto import Hotlines, TrustPhone

#: Several numbers may stand beside each other, as in "+996 312 00 00 00, 0 555 00 00 00".
_PHONE: Final = re.compile(r"(?=(?:\D*\d){2})[\d\s()+,;/–-]{2,60}")
_MOST_EMERGENCY: Final = 5
_LONGEST: Final = 120


def read_hotlines(root: Table) -> Hotlines:
    """Read `[hotlines]`; what is absent is hidden everywhere."""
    table = root.table("hotlines")
    hotlines = Hotlines(
        trust_phone=_trust_phone(table) if table.has("trust_phone") else None,
        anti_corruption=_line(table, "anti_corruption"),
        counsellor=_line(table, "counsellor"),
        emergency=_emergency(table),
    )
    table.close()
    return hotlines


def _trust_phone(parent: Table) -> TrustPhone:
    table = parent.table("trust_phone")
    phone = TrustPhone(phone=_phone(table), hours=_text(table, "hours"), who=_text(table, "who"))
    table.close()
    return phone


def _line(parent: Table, key: str) -> str:
    if not parent.has(key):
        return ""
    table = parent.table(key)
    phone = _phone(table)
    table.close()
    return phone


def _phone(table: Table) -> str:
    phone = table.text("phone").strip()
    if phone and not _PHONE.fullmatch(phone):
        table.blame("phone", f"“{phone}” is no telephone number")
    return phone


def _emergency(table: Table) -> tuple[str, ...]:
    phones = table.texts("emergency")
    if len(phones) > _MOST_EMERGENCY or not all(_PHONE.fullmatch(phone) for phone in phones):
        table.blame("emergency", f'should be at most {_MOST_EMERGENCY} telephone numbers, as in ["103", "112"]')
    return phones


def _text(table: Table, key: str) -> Trilingual:
    text = table.trilingual(key, needed=table.has(key))
    if max(len(text.get(language)) for language in Language) > _LONGEST:
        table.blame(key, f"at most {_LONGEST} signs in each language")
    return text
