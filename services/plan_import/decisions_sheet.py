"""Decisions about a plan's items in a spreadsheet: written for a person to correct, read when it comes back.

Its last column holds what the cells said when it was written, so that only what was corrected is taken for said.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from services.plan_import.dto import ReadItem, ReadPlan
from services.plan_import.errors import DecisionsOutdated, DecisionsUnreadable
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
    "sent": ("Жүктөлгөндө (өзгөртпөңүз)", "При выгрузке (не менять)", "As downloaded (leave as is)"),
}
NO_DAY = "-"
_NO = frozenset(fold(word) for word in ("жок", "нет", "no", "0", "-"))
_SEPARATORS = re.compile(r"[;,\s]+")
_DAY = re.compile(r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<dd>\d{1,2})\.(?P<mm>\d{1,2})\.(?P<yy>\d{4}))")
_APART = " | "
_IN, _OUT = "in", "out"
#: What a row says, by the fields of a decision; None where its cell says nothing.
_Said = dict[str, Any]


def row_of(read: ReadItem, *, left_out: bool = False) -> dict[str, str]:
    """Return an item's cells by column, without the words for whether it is in the plan."""
    return {
        "row": _row_cell(read),
        "item": " ".join(f"{read.row.number} {read.row.title}".split()),
        "printed": " ".join(read.deadline.text.split()),
        "days": days_cell(read),
        "responsible": " ".join(read.row.responsible.split()),
        "units": units_cell(read),
        "unresolved": "; ".join(piece.text for piece in read.unresolved),
        "sent": _APART.join((days_cell(read), units_cell(read), _OUT if left_out else _IN)),
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


def read_decisions(content: bytes, read: ReadPlan, codes: frozenset[str]) -> dict[str, Mapping[str, Any]]:
    """Return what a sheet that came back says otherwise than it did when it was written.

    By the keys of items, the fields of `Decision` that change; what was left as it was says nothing.

    Raises:
        DecisionsUnreadable: no table, or rows that cannot be understood; all of them are named.
        DecisionsOutdated: rows corrected here were decided otherwise elsewhere since the sheet was written.
    """
    try:
        rows = list(read_table(content, Columns(meaning=_meaning, required=("row", "days", "units", "sent"))).rows)
    except TableUnreadable as error:
        raise DecisionsUnreadable(fault=error.fault) from error
    items = {_row_cell(item): (item, False) for item in read.items}
    items |= {_row_cell(item): (item, True) for item in read.left_out}
    decisions: dict[str, Mapping[str, Any]] = {}
    wrong, outdated = [], []
    for row in rows:
        try:
            item, is_out = items[row["row"].strip()]
            was, now = _sent(row["sent"]), _sent(row_of(item, left_out=is_out)["sent"])
            said = _corrected(row, was, codes)
        except (KeyError, ValueError):
            wrong.append(row.number)
            continue
        if any(now[name] not in {was[name], value} for name, value in said.items()):
            outdated.append(row.number)
        changes = {name: value for name, value in said.items() if now[name] != value}
        if changes:
            decisions[item.key] = changes
    if wrong:
        raise DecisionsUnreadable(rows=tuple(wrong))
    if outdated:
        raise DecisionsOutdated(tuple(outdated))
    return decisions


def _sent(cell: str) -> _Said:
    """Return what a row said when it was written."""
    days, units, place = (part.strip() for part in cell.split("|"))
    if place not in {_IN, _OUT}:
        raise ValueError(cell)
    return {"dates": _days(days), "codes": _codes(units), "left_out": place == _OUT}


def _corrected(row: TableRow, was: _Said, codes: frozenset[str]) -> _Said:
    """Return what a row says otherwise than when it was written.

    An emptied cell of days says nothing; emptied codes say that nobody answers.
    """
    left_out = fold(row["include"]) in _NO
    if left_out:
        return {} if was["left_out"] else {"left_out": True}
    if row.flaws.get("days") not in {None, CellFlaw.DATE, CellFlaw.MERGED}:
        raise ValueError(row["days"])
    said = {"dates": _days(row["days"]), "codes": _codes(row["units"])}
    if said["codes"] != was["codes"] and not set(said["codes"] or ()) <= codes:
        raise ValueError(row["units"])
    changed = {name: value for name, value in said.items() if value is not None and value != was[name]}
    return {**changed, "left_out": False} if was["left_out"] else changed


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(code for code in _SEPARATORS.split(cell) if code)


def _days(cell: str) -> tuple[date, ...] | None:
    text = cell.strip()
    if not text:
        return None
    if text in {NO_DAY, "–", "—"}:
        return ()
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
