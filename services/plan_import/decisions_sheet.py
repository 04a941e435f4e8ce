"""Decisions about a plan's items in a spreadsheet: written for a person to correct, read when it comes back."""

import re
from datetime import date

from services.plan_import.dto import Decision, ReadItem, ReadPlan
from services.plan_import.errors import DecisionsUnreadable
from services.responsibles.dto import Share
from services.spelling import fold
from services.tables.dto import CellFlaw, Columns, TableRow, TableUnreadable
from services.tables.reading import read_table

#: The columns, by what they are called in the three languages; the first is what a new sheet says in that language.
COLUMNS = {
    "row": ("Катар", "Строка", "Row"),
    "item": ("Иш-чара", "Мероприятие", "Item"),
    "printed": ("Мөөнөтү (планда)", "Срок (в плане)", "Deadline (printed)"),
    "days": ("Акыркы күндөр", "Последние дни", "Last days"),
    "responsible": ("Жооптуулар (планда)", "Ответственные (в плане)", "Responsible (printed)"),
    "units": ("Түзүмдөрдүн коддору", "Коды подразделений", "Unit codes"),
    "unresolved": ("Түшүнүксүз калганы", "Не распознано", "Not understood"),
    "include": ("Планга кирет", "Входит в план", "In the plan"),
}
NO_DAY = "-"
_NO = frozenset(fold(word) for word in ("жок", "нет", "no", "0", "-"))
_SEPARATORS = re.compile(r"[;,\s]+")
_DAY = re.compile(r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<dd>\d{1,2})\.(?P<mm>\d{1,2})\.(?P<yy>\d{4}))")


def row_of(read: ReadItem) -> dict[str, str]:
    """Return an item's cells by column, without the words for whether it is in the plan."""
    return {
        "row": _row_cell(read),
        "item": " ".join(f"{read.row.number} {read.row.title}".split()),
        "printed": " ".join(read.deadline.text.split()),
        "days": days_cell(read),
        "responsible": " ".join(read.row.responsible.split()),
        "units": units_cell(read),
        "unresolved": "; ".join(piece.text for piece in read.unresolved),
    }


def _row_cell(read: ReadItem) -> str:
    """Return what tells an item from all others: its row, and which of several items there it is."""
    return f"{read.row.row}/{read.row.part + 1}" if read.row.part else str(read.row.row)


def days_cell(read: ReadItem) -> str:
    """Return the days of an item as the sheet has them: ISO, `-` for a sure item without any, empty for doubt."""
    if read.deadline.dates:
        return "; ".join(day.isoformat() for day in read.deadline.dates)
    return NO_DAY if read.confirmed else ""


def units_cell(read: ReadItem) -> str:
    """Return the codes of who is responsible as the sheet has them."""
    return "; ".join(party.code for party in read.parties if party.share is Share.RESPONSIBLE)


def read_decisions(content: bytes, read: ReadPlan, codes: frozenset[str]) -> dict[str, Decision]:
    """Return what a sheet that came back says otherwise, by the keys of items; what was left as it was says nothing.

    Raises:
        DecisionsUnreadable: no table, or rows that cannot be understood; all of them are named.
    """
    try:
        rows = list(read_table(content, Columns(meaning=_meaning, required=("row", "days", "units"))).rows)
    except TableUnreadable as error:
        raise DecisionsUnreadable(fault=error.fault) from error
    items = {_row_cell(item): item for item in read.items}
    decisions, wrong = {}, []
    for row in rows:
        try:
            item = items[row["row"].strip()]
            decision = _decision(row, item, codes)
        except (KeyError, ValueError):
            wrong.append(row.number)
            continue
        if decision is not None:
            decisions[item.key] = decision
    if wrong:
        raise DecisionsUnreadable(rows=tuple(wrong))
    return decisions


def _decision(row: TableRow, item: ReadItem, codes: frozenset[str]) -> Decision | None:
    if fold(row["include"]) in _NO:
        return Decision(left_out=True)
    days = _days(row)
    units = tuple(code for code in _SEPARATORS.split(row["units"]) if code)
    if not set(units) <= codes:
        raise ValueError(row["units"])
    new_days = None if row["days"].strip() == days_cell(item) else days
    new_units = (
        None if units == tuple(_SEPARATORS.split(units_cell(item))) or row["units"] == units_cell(item) else units
    )
    if new_days is None and new_units is None:
        return None
    return Decision(dates=new_days, codes=new_units)


def _days(row: TableRow) -> tuple[date, ...] | None:
    text = row["days"].strip()
    if not text:
        return None
    if text in {NO_DAY, "–", "—"}:
        return ()
    if row.flaws.get("days") not in {None, CellFlaw.DATE, CellFlaw.MERGED}:
        raise ValueError(text)
    parts = [part for part in re.split(r"[;,]|\s(?=\d{4}-)", text) if part.strip()]
    return tuple(sorted({_day(part) for part in parts}))


def _day(text: str) -> date:
    found = _DAY.match(text.strip())
    if found is None:
        raise ValueError(text)
    if found["y"]:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    return date(int(found["yy"]), int(found["mm"]), int(found["dd"]))


def _meaning(heading: str) -> str | None:
    wanted = fold(heading)
    return next((column for column, names in COLUMNS.items() if wanted in {fold(name) for name in names}), None)
