"""What is compared: readings against labels, every row that differs by name."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from services.deadlines.dto import AcademicYear, Deadline
from services.deadlines.reading import read_deadline
from services.plan_files.dto import PlanRow
from services.plan_import.dto import ReadItem
from services.plan_import.understanding import understand
from services.responsibles.directory import Directory
from services.responsibles.dto import Doubt, Responsibles, Share
from services.responsibles.reading import read_responsibles
from services.units.units_file import read_units
from tests.support.plans import KSTU, YEAR, by_section, kstu, one_line

DATA = Path(__file__).parents[1] / "data"
FILES = {"council.docx": ("council",), "strategy.docx": ("2.",), "state-language.docx": ("3.",)}
_NAMED = "person-"


@dataclass(slots=True)
class Score:
    """A line of the table. `sure_and_wrong`: a wrong day called sure, or a wrong unit that nobody is asked about."""

    name: str
    rows: int = 0
    right: int = 0
    sure_and_wrong: int = 0
    failing: list[str] = field(default_factory=list)

    def count(self, row: str, *, right: bool, sure: bool, said: object) -> None:
        """Count a row."""
        self.rows += 1
        self.right += right
        if not right:
            self.sure_and_wrong += sure
            self.failing.append(f"{row}: {said}")


def deadlines_of_the_plan() -> Score:
    """Read every labelled deadline phrase of the university's plan."""
    score = Score("deadline phrases of the plan")
    for row in _labels("truth.csv"):
        _count_deadline(score, row["id"], read_deadline(row["deadline_text"], YEAR), row)
    return score


def held_out_phrases() -> list[Score]:
    """Read the phrases of the tables, written by hand before they were read."""
    return [_phrases(table) for table in sorted((DATA / "deadlines").glob("*.tsv"))]


def responsibles_of_the_plan(*, by_grammar: bool) -> Score:
    """Read every labelled cell; by grammar alone: without the aliases that stand for several at once."""
    entries = read_units((KSTU / "units.csv").read_bytes())
    if by_grammar:
        spelt = Counter(alias for entry in entries for alias in entry.aliases)
        entries = [
            replace(entry, aliases=tuple(alias for alias in entry.aliases if spelt[alias] == 1)) for entry in entries
        ]
    directory = Directory(entries)
    score = Score("responsible cells of the plan" + (", shared aliases taken out" if by_grammar else ""))
    for row in _labels("responsible_truth.csv"):
        read = read_responsibles(row["responsible_text"], directory)
        _count_parties(score, row["id"], _codes(read), row["codes"], sure=not read.unresolved)
    return score


def held_out_cells() -> list[Score]:
    """Read cells written by hand, of this university and of an invented one."""
    folder = DATA / "responsibles"
    scores = []
    for name, units in (("kstu_cells", KSTU), ("cells", folder)):
        directory = Directory(read_units((units / "units.csv").read_bytes()))
        score = Score(f"held-out cells, {'this university' if units is KSTU else 'an invented one'}")
        for row in _rows(folder / f"{name}.tsv", delimiter="\t"):
            read = read_responsibles(row["cell"], directory, context=row["context"])
            said = [*_codes(read, mark=True), *(f"!{piece.doubt.value}" for piece in read.unresolved)]
            right = sorted(said) == sorted(row["expected"].split())
            score.count(row["cell"], right=right, sure=not read.unresolved, said=said)
        scores.append(score)
    return scores


def whole_files() -> list[Score]:
    """Take the three files as an import does: rows found, their deadlines, their responsible units."""
    directory = Directory(read_units((KSTU / "units.csv").read_bytes()))
    truth = {row["id"]: row for row in _labels("truth.csv")}
    parties = {row["id"]: row["codes"] for row in _labels("responsible_truth.csv")}
    found = Score("rows found in the three files")
    days, units = Score("their deadlines, from the files"), Score("their responsible units, from the files")
    for name, beginnings in FILES.items():
        document = kstu(name)
        read = {item.row.row: item for item in understand(document, YEAR, directory).items}
        wanted = _sections([row_id for row_id in truth if row_id.startswith(beginnings)])
        for rows, ids in _aligned(by_section(document), wanted, found):
            for row, row_id in zip(rows, ids, strict=False):
                item = read[row.row]
                _count_deadline(days, row_id, item.deadline, truth[row_id])
                codes = [party.code for party in item.parties] + _people(item)
                _count_parties(units, row_id, codes, parties[row_id], sure=not item.unresolved)
    return [found, days, units]


def _aligned(
    read: Sequence[list[PlanRow]], wanted: Sequence[list[str]], found: Score
) -> Iterator[tuple[list[PlanRow], list[str]]]:
    """Lay sections side by side; rows that are missing or invented count as failing."""
    for place in range(max(len(read), len(wanted))):
        rows = read[place] if place < len(read) else []
        ids = wanted[place] if place < len(wanted) else []
        for number in range(max(len(rows), len(ids))):
            there = number < len(rows) and number < len(ids)
            name = ids[number] if number < len(ids) else f"invented: {one_line(rows[number].title)}"
            found.count(
                name, right=there, sure=number >= len(ids), said="missing" if number >= len(rows) else "invented"
            )
        yield rows, ids


def _phrases(table: Path) -> Score:
    score = Score(f"phrases of {table.stem}")
    for row in _rows(table, delimiter="\t", quoted=False):
        deadline = read_deadline(row["phrase"], AcademicYear.parse(row.get("year") or "") or YEAR)
        if row["kind"] == "*":
            score.count(row["phrase"], right=not deadline.sure, sure=deadline.sure, said=_said(deadline))
            continue
        wanted = (row["kind"], row["start"], row["due"], row["dates"], row["sure"] == "yes")
        right = (*_said(deadline), deadline.sure) == wanted
        wrong_days = _said(deadline)[2:] != wanted[2:4]
        score.count(row["phrase"], right=right, sure=deadline.sure and wrong_days, said=_said(deadline))
    return score


def _count_deadline(score: Score, row_id: str, deadline: Deadline, label: dict[str, str]) -> None:
    wanted = (label["kind"], label["start"], label["due"], label["due_dates"] or label["due"])
    said = _said(deadline)
    score.count(f"{row_id} {one_line(deadline.text)}", right=said == wanted, sure=deadline.sure, said=said)


def _count_parties(score: Score, row_id: str, codes: Sequence[str], label: str, *, sure: bool) -> None:
    wanted = [_NAMED if code.startswith(_NAMED) else code for code in label.split(";") if code]
    score.count(row_id, right=sorted(codes) == sorted(wanted), sure=sure, said=codes)


def _said(deadline: Deadline) -> tuple[str, str, str, str]:
    days = ";".join(day.isoformat() for day in deadline.dates)
    return deadline.kind.value, str(deadline.start or ""), str(deadline.due or ""), days


def _codes(read: Responsibles, *, mark: bool = False) -> list[str]:
    codes = [party.code + "*" * (mark and party.share is Share.PARTICIPANT) for party in read.parties]
    return codes if mark else [*codes, *(_NAMED for piece in read.unresolved if piece.doubt is Doubt.PERSON)]


def _people(item: ReadItem) -> list[str]:
    return [_NAMED for piece in item.unresolved if piece.doubt is Doubt.PERSON]


def _sections(ids: Sequence[str]) -> list[list[str]]:
    sections: dict[str, list[str]] = {}
    for row_id in ids:
        sections.setdefault(row_id.rpartition("-")[0], []).append(row_id)
    return list(sections.values())


def _labels(name: str) -> list[dict[str, str]]:
    return list(_rows(KSTU / name))


def _rows(path: Path, *, delimiter: str = ",", quoted: bool = True) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        if quoted:
            yield from csv.DictReader(lines, delimiter=delimiter)
        else:  # a quotation mark in a phrase is a part of it
            yield from csv.DictReader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
