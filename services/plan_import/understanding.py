"""Rows of a file put into what they mean, with what people decided about the doubtful ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.deadlines.dto import AcademicYear, Deadline, DeadlineKind
from services.plan_files.dto import PlanDocument, PlanRow
from services.plan_import.dto import Changed, Decision, ReadItem, ReadPlan
from services.plan_import.listed import read_listed
from services.plans.rules import item_keys
from services.responsibles.directory import Directory
from services.responsibles.dto import Alias, Party, Responsibles, Share, Unresolved
from services.responsibles.reading import read_responsibles
from services.spelling import fold

_STATE_LANGUAGE = (
    "мамлекеттик тил", "кыргыз тил", "кыргызча", "государственного языка", "государственный язык", "кыргызского языка",
    "кыргызский язык", "state language", "kyrgyz language",
)  # fmt: skip
# "10 жолугушуу", "жылына 10 жолу", "10 meetings": a count with a noun of what is held, never a sum or a share.
_COUNT = re.compile(
    r"(?<![\d.,%/-])(?P<count>\d{1,3})(?:\s*-?\s*(?:жолу|раз|times)\b|\s+(?:\w+\s+){0,2}?"
    r"(?:жолугушуу|чогулуш|жыйын|семинар|лекция|конкурс|иш-чара|тренинг|мастер-класс|встреч|собрани|заседани|семинар"
    r"|лекци|конкурс|мероприяти|тренинг|meeting|seminar|lecture|event|training|workshop)\w*)",
    re.IGNORECASE,
)
_NOBODY: Mapping[str, Decision] = {}


def understand(
    document: PlanDocument,
    year: AcademicYear,
    directory: Directory,
    decisions: Mapping[str, Decision] | None = None,
) -> ReadPlan:
    """Read deadlines and responsible parties of every row; `decisions` by the key of the item."""
    keys = item_keys((row.section, row.number, row.title) for row in document.rows)
    said = decisions or _NOBODY
    items, learned = [], {}
    for row, key in zip(document.rows, keys, strict=True):
        decision = said.get(key, Decision())
        for text, codes in decision.pieces.items():
            if codes:
                learned[fold(text)] = Alias(text=text, codes=codes, learned=True)
        if not decision.left_out:
            items.append(_item(row, key, year, directory, decision))
    return ReadPlan(
        year=year,
        items=_about_state_language(items, document.title),
        skipped=document.skipped,
        learned=tuple(learned.values()),
        other_year=document.other_year,
    )


def printed_deadline(row: PlanRow) -> str:
    """Return the deadline that holds for a row: its own, or that of the month or sitting above it."""
    return row.deadline or row.period


def _item(row: PlanRow, key: str, year: AcademicYear, directory: Directory, decision: Decision) -> ReadItem:
    deadline = read_listed(printed_deadline(row), year)
    if decision.dates is not None:
        deadline = _decided(deadline, decision.dates)
    parties, unresolved = _parties(row, directory, decision)
    return ReadItem(
        row=row,
        key=key,
        deadline=deadline,
        confirmed=deadline.sure or decision.confirmed or decision.dates is not None,
        parties=parties,
        unresolved=unresolved,
        count_target=count_of(row),
        state_language=is_about_state_language(row.section, row.title),
        decided=_said_of(decision),
    )


def _said_of(decision: Decision) -> frozenset[Changed]:
    decided = set()
    if decision.dates is not None or decision.confirmed:
        decided.add(Changed.DEADLINE)
    if decision.codes is not None or decision.pieces:
        decided.add(Changed.RESPONSIBLE)
    return frozenset(decided)


def _decided(read: Deadline, dates: Sequence[date]) -> Deadline:
    days = tuple(sorted(set(dates)))
    kind = read.kind
    if not days:
        kind = DeadlineKind.NONE
    elif days != read.dates:
        kind = DeadlineKind.DATE if len(days) == 1 else DeadlineKind.MULTIPLE
    start = read.start if days and read.start is not None and read.start <= days[0] else None
    return Deadline(text=read.text, kind=kind, start=start, due=days[-1] if days else None, dates=days, sure=True)


def _parties(
    row: PlanRow, directory: Directory, decision: Decision
) -> tuple[tuple[Party, ...], tuple[Unresolved, ...]]:
    read = read_responsibles(row.responsible, directory, context=row.title)
    others = read_responsibles(row.participants, directory, share=Share.PARTICIPANT, context=row.title)
    if decision.codes is not None:
        read = Responsibles(text=read.text, parties=_all(decision.codes, row.responsible), unresolved=())
    parties: dict[str, Party] = {}
    unresolved: list[Unresolved] = []
    for cell in (read, others):
        for party in (*cell.parties, *_told(cell, decision)):
            parties.setdefault(party.code, party)
        unresolved += [piece for piece in cell.unresolved if piece.text not in decision.pieces]
    return tuple(parties.values()), tuple(unresolved)


def _all(codes: Sequence[str], printed: str) -> tuple[Party, ...]:
    return tuple(Party(code=code, share=Share.RESPONSIBLE, text=printed) for code in codes)


def _told(cell: Responsibles, decision: Decision) -> list[Party]:
    return [
        Party(code=code, share=piece.share, text=piece.text)
        for piece in cell.unresolved
        for code in decision.pieces.get(piece.text, ())
    ]


def count_of(row: PlanRow) -> int | None:
    """Return how many of something an item asks for, if it says so in just one number."""
    found = {int(one["count"]) for text in (row.indicator, row.deadline) for one in _COUNT.finditer(text)}
    return found.pop() if len(found) == 1 and max(found) > 1 else None


def is_about_state_language(*texts: str) -> bool:
    """Tell whether an item, a heading or a title speaks of the state language."""
    said = " ".join(texts).lower()
    return any(words in said for words in _STATE_LANGUAGE)


def _about_state_language(items: Sequence[ReadItem], title: str) -> tuple[ReadItem, ...]:
    """Take every item for one of the state language where the plan's title, or most of its items, speak of it."""
    about = sum(item.state_language for item in items)
    if is_about_state_language(title) or 2 * about > len(items):
        return tuple(replace(item, state_language=True) for item in items)
    return tuple(items)
