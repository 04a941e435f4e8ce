"""Rows of a file put into what they mean, with what people decided about the doubtful ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from services.deadlines.dto import AcademicYear, Deadline, DeadlineKind
from services.plan_files.dto import PlanDocument, PlanRow
from services.plan_import.counting import count_of
from services.plan_import.dto import Changed, Decision, ReadItem, ReadPlan
from services.plan_import.listed import read_listed
from services.plans.rules import item_keys
from services.responsibles.directory import Directory
from services.responsibles.dto import Alias, Party, Responsibles, Share, Unresolved
from services.responsibles.learning import learn
from services.responsibles.reading import read_responsibles
from services.spelling import fold
from services.units.dto import UnitEntry

_STATE_LANGUAGE = (
    "мамлекеттик тил", "кыргыз тил", "кыргызча", "государственного языка", "государственный язык", "кыргызского языка",
    "кыргызский язык", "state language", "kyrgyz language",
)  # fmt: skip
_NOTHING = Decision()
_FEWEST_LETTERS = 2
#: So much of a word stays whatever its ending.
_STEM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRead:
    """A row as the rules read it: the item, its cells of responsible parties and of participants, these folded."""

    item: ReadItem
    cells: tuple[Responsibles, Responsibles]
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file as the rules read it, before anybody decides anything. `taught`: the directory with what was learned."""

    document: PlanDocument
    year: AcademicYear
    rows: tuple[RowRead, ...]
    entries: Sequence[UnitEntry] = ()
    aliases: Sequence[Alias] = ()
    taught: dict[tuple[Alias, ...], Directory] = field(default_factory=dict)


def read_rows(
    document: PlanDocument, year: AcademicYear, entries: Sequence[UnitEntry], aliases: Sequence[Alias]
) -> Reading:
    """Read deadlines and responsible parties of every row by a directory that is made for it."""
    rows = _rows(document, year, Directory(entries, aliases))
    return Reading(document=document, year=year, rows=rows, entries=entries, aliases=aliases)


def understand(document: PlanDocument, year: AcademicYear, directory: Directory) -> ReadPlan:
    """Read a file that nobody decides anything about."""
    return decide(Reading(document=document, year=year, rows=_rows(document, year, directory)), {})


def decide(reading: Reading, decisions: Mapping[str, Decision]) -> ReadPlan:
    """Return a file as it is understood with decisions, by the keys of items; an answer serves all that print alike."""
    learned = _learned(reading, decisions)
    school = _School(reading, learned, decisions)
    items: list[ReadItem] = []
    left_out: list[ReadItem] = []
    for row in reading.rows:
        decision = decisions.get(row.item.key, _NOTHING)
        item = school.decided(row, decision) if row.item.unresolved or decision is not _NOTHING else row.item
        (left_out if decision.left_out else items).append(item)
    document = reading.document
    return ReadPlan(
        year=reading.year,
        items=_about_state_language(items, document.title),
        skipped=document.skipped,
        left_out=tuple(left_out),
        learned=learned,
        other_year=document.other_year,
    )


def _rows(document: PlanDocument, year: AcademicYear, directory: Directory) -> tuple[RowRead, ...]:
    keys = item_keys((row.section, row.number, row.title) for row in document.rows)
    return tuple(_row(row, key, year, directory) for row, key in zip(document.rows, keys, strict=True))


def _learned(reading: Reading, decisions: Mapping[str, Decision]) -> tuple[Alias, ...]:
    """Return what decisions teach: of codes for a whole cell only where the cell is one piece."""
    learned: dict[str, Alias] = {}
    for row in reading.rows:
        decision = decisions.get(row.item.key)
        if decision is None:
            continue
        said = dict(decision.pieces)
        cell = row.cells[0]
        if decision.codes and not cell.parties and len(cell.unresolved) == 1:
            said[cell.unresolved[0].text] = decision.codes
        for text, codes in said.items():
            if (alias := learn(text, codes)) is not None:
                learned[alias.text] = alias
    return tuple(learned.values())


class _School:
    """What decisions say of rows that print the same as those they were made about."""

    def __init__(self, reading: Reading, learned: tuple[Alias, ...], decisions: Mapping[str, Decision]) -> None:
        self._reading = reading
        self._learned = learned
        self._stems = [[word[:_STEM] for word in alias.text.split()] for alias in learned]
        self._said = {
            fold(text): codes
            for decision in decisions.values()
            for text, codes in decision.pieces.items()
            if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS
        }

    def decided(self, row: RowRead, decision: Decision) -> ReadItem:
        """Return an item with what was said about it, and about its pieces elsewhere."""
        deadline = row.item.deadline
        if decision.dates is not None:
            deadline = _decided(deadline, decision.dates)
        parties, unresolved = self._parties(row, decision)
        return replace(
            row.item,
            deadline=deadline,
            confirmed=deadline.sure or decision.confirmed or decision.dates is not None,
            parties=parties,
            unresolved=unresolved,
            decided=_said_of(decision),
        )

    def _parties(self, row: RowRead, decision: Decision) -> tuple[tuple[Party, ...], tuple[Unresolved, ...]]:
        read, others = row.cells
        if row.folded and any(all(stem in row.folded for stem in stems) for stems in self._stems):
            read, others = _cells(row.item.row, self._directory())
        if decision.codes is not None:
            printed = row.item.row.responsible
            read = Responsibles(text=read.text, parties=_all(decision.codes, printed), unresolved=())
        said = {
            piece.text: codes
            for cell in (read, others)
            for piece in cell.unresolved
            if (codes := decision.pieces.get(piece.text, self._said.get(fold(piece.text)))) is not None
        }
        return _joined((read, others), said)

    def _directory(self) -> Directory:
        """Return the directory with what was learned; kept, as most decisions teach nothing new."""
        taught = self._reading.taught
        directory = taught.get(self._learned)
        if directory is None:
            directory = Directory(self._reading.entries, (*self._reading.aliases, *self._learned))
            taught.clear()
            taught[self._learned] = directory
        return directory


def printed_deadline(row: PlanRow) -> str:
    """Return the deadline that holds for a row: its own, or that of the month or sitting above it."""
    return row.deadline or row.period


def _row(row: PlanRow, key: str, year: AcademicYear, directory: Directory) -> RowRead:
    deadline = read_listed(printed_deadline(row), year)
    cells = _cells(row, directory)
    parties, unresolved = _joined(cells, {})
    item = ReadItem(
        row=row,
        key=key,
        deadline=deadline,
        confirmed=deadline.sure,
        parties=parties,
        unresolved=unresolved,
        count_target=count_of(row),
        state_language=is_about_state_language(row.section, row.title),
    )
    return RowRead(item=item, cells=cells, folded=fold(f"{row.responsible} {row.participants}") if unresolved else "")


def _cells(row: PlanRow, directory: Directory) -> tuple[Responsibles, Responsibles]:
    return (
        read_responsibles(row.responsible, directory, context=row.title),
        read_responsibles(row.participants, directory, share=Share.PARTICIPANT, context=row.title),
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


def _joined(
    cells: Sequence[Responsibles], said: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Party, ...], tuple[Unresolved, ...]]:
    """Return who stands in the cells, each once, and what is left; `said`: the codes of pieces by their text."""
    parties: dict[str, Party] = {}
    unresolved: list[Unresolved] = []
    for cell in cells:
        for party in (*cell.parties, *_told(cell, said)):
            parties.setdefault(party.code, party)
        unresolved += [piece for piece in cell.unresolved if piece.text not in said]
    return tuple(parties.values()), tuple(unresolved)


def _all(codes: Sequence[str], printed: str) -> tuple[Party, ...]:
    return tuple(Party(code=code, share=Share.RESPONSIBLE, text=printed) for code in codes)


def _told(cell: Responsibles, said: Mapping[str, tuple[str, ...]]) -> list[Party]:
    return [
        Party(code=code, share=piece.share, text=piece.text)
        for piece in cell.unresolved
        for code in said.get(piece.text, ())
    ]


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
