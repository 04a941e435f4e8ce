"""Rules of sittings, without I/O."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.plans.dto import DutyState, Instance, ItemState, Membership, Origin, PlannedItem
from services.plans.rules import units_of
from services.sittings.errors import MaterialsUnusable, PaperUnusable
from services.spelling import fold

MOST_DAYS = 60
LARGEST_MEGABYTES = 20
_SITTING = re.compile(r"отурум|заседани|\bsitting|\bsession", re.IGNORECASE)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSitting:
    """A sitting that a plan prints as the deadline of items."""

    title: str
    month: date | None
    item_ids: tuple[int, ...]


def printed_sittings(planned: Iterable[PlannedItem]) -> list[PrintedSitting]:
    """Return the sittings that deadlines name, in the plan's order; items tied already are left out."""
    found: dict[str, list[PlannedItem]] = {}
    for one in planned:
        item = one.item
        if item.state is ItemState.ACTIVE and item.sitting_id is None and _SITTING.search(item.deadline.text):
            found.setdefault(fold(item.deadline.text), []).append(one)
    return [
        PrintedSitting(
            title=" ".join(items[0].item.deadline.text.split()),
            month=_month_of(items[0]),
            item_ids=tuple(one.item.id for one in items),
        )
        for items in found.values()
    ]


def instance_of(one: PlannedItem, month: date | None) -> Instance | None:
    """Return the time of an item that a sitting stands for: the only one, or the one in the sitting's month."""
    if one.item.origin is Origin.DECISION:
        return None  # decided there, and due by its own day
    if len(one.instances) == 1:
        return one.instances[0]
    in_month = [each for each in one.instances if each.due is not None and month == each.due.replace(day=1)]
    return in_month[0] if in_month else None


def open_units(one: PlannedItem, instance: Instance, membership: Membership) -> tuple[str, ...]:
    """Return the units that have not done yet what is due then."""
    closed = {DutyState.DONE, DutyState.RELEASED}
    return tuple(
        code
        for code in units_of(one.item, membership)
        if (duty := one.find_duty(instance.id, code)) is None or duty.state not in closed
    )


def read_days(text: str) -> int:
    """Return a number of working days, or refuse it."""
    digits = text.strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > len(str(MOST_DAYS)) or int(digits) > MOST_DAYS:
        raise MaterialsUnusable(MOST_DAYS)
    return int(digits)


def type_of_paper(content: bytes) -> str:
    """Return what a paper is by its bytes; refuse all but PDF and Word without macros."""
    if len(content) > LARGEST_MEGABYTES * 1024 * 1024:
        raise PaperUnusable(LARGEST_MEGABYTES)
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        try:
            names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except zipfile.BadZipFile:
            names = []
        if "word/document.xml" in names and not any("vbaProject" in name for name in names):
            return _DOCX
    raise PaperUnusable(LARGEST_MEGABYTES)


def _month_of(one: PlannedItem) -> date | None:
    dates = one.item.deadline.dates
    return dates[0].replace(day=1) if dates else None
