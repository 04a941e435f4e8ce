"""Cells of responsible parties: labelled ones of a real plan, and held-out ones of it and of an invented university."""

import csv
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from services.responsibles.directory import Directory
from services.responsibles.dto import Alias, Doubt, Responsibles, Share, Unresolved
from services.responsibles.learning import learn
from services.responsibles.reading import read_responsibles
from services.units.dto import UnitEntry
from services.units.units_file import read_units

DATA = Path(__file__).parents[1] / "data"
PLAN = DATA / "plans" / "kstu-2025-26"
INVENTED = DATA / "responsibles"


def units(folder: Path) -> list[UnitEntry]:
    return read_units((folder / "units.csv").read_bytes())


def rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def without_shared_aliases(entries: list[UnitEntry]) -> list[UnitEntry]:
    aliases = [alias for entry in entries for alias in entry.aliases]
    return [
        replace(entry, aliases=tuple(alias for alias in entry.aliases if aliases.count(alias) == 1))
        for entry in entries
    ]


KSTU = units(PLAN)
PEOPLE = "person-"


def understood(read: Responsibles) -> list[str]:
    """Codes, with `*` for who takes part, and the doubts about the rest."""
    parties = [party.code + "*" * (party.share is Share.PARTICIPANT) for party in read.parties]
    return [*parties, *(f"!{piece.doubt.value}" for piece in read.unresolved)]


def read(text: str, *aliases: Alias, context: str = "") -> Responsibles:
    return read_responsibles(text, Directory(KSTU, aliases), context=context)


@pytest.mark.parametrize("entries", [KSTU, without_shared_aliases(KSTU)], ids=["as printed", "by grammar alone"])
def test_plan_is_read_as_labelled(entries: list[UnitEntry]) -> None:
    directory = Directory(entries)
    failing = {}
    for row in rows(PLAN / "responsible_truth.csv", ","):
        codes = row["codes"].split(";")
        expected = [code for code in codes if not code.startswith(PEOPLE)]
        expected += [f"!{Doubt.PERSON.value}" for code in codes if code.startswith(PEOPLE)]
        found = understood(read_responsibles(row["responsible_text"], directory))
        if found != expected:
            failing[row["id"]] = (row["responsible_text"], expected, found)
    assert not failing


@pytest.mark.parametrize(("folder", "cells"), [(PLAN, "kstu_cells.tsv"), (INVENTED, "cells.tsv")])
def test_held_out_cells_are_read_as_labelled(folder: Path, cells: str) -> None:
    directory = Directory(units(folder))
    failing = {}
    for row in rows(INVENTED / cells, "\t"):
        found = understood(read_responsibles(row["cell"], directory, context=row["context"]))
        if sorted(found) != sorted(row["expected"].split()):
            failing[row["cell"]] = (row["expected"], found)
    assert not failing


def test_pieces_are_shown_as_printed_and_in_the_printed_order() -> None:
    found = read("«Жаштар Борбору», Дегембаева Н.К.; МТжС проректору; ЭЭЭ бөлүмү (жаңы)")
    assert [(party.code, party.text) for party in found.parties] == [
        ("youth-centre", "Жаштар Борбору"), ("vr-lang-digital", "МТжС проректору"),
    ]  # fmt: skip
    assert [piece.text for piece in found.unresolved][:2] == ["Дегембаева Н.К.", "ЭЭЭ бөлүмү"]


def test_every_word_of_a_cell_is_shown() -> None:
    directory = Directory(KSTU)
    lost = {}
    for row in rows(PLAN / "responsible_truth.csv", ","):
        found = read_responsibles(row["responsible_text"], directory)
        shown = " ".join([*(party.text for party in found.parties), *(piece.text for piece in found.unresolved)])
        words = set(re.findall(r"[^\W_]+", row["responsible_text"])) - {"жана"}
        if missing := [word for word in words if word not in shown]:
            lost[row["id"]] = missing
    assert not lost


def test_unit_whose_head_is_not_in_the_directory_is_offered_not_assigned() -> None:
    assert read("ТТБ директору").unresolved == (
        Unresolved(text="ТТБ директору", doubt=Doubt.UNKNOWN, share=Share.RESPONSIBLE, candidates=("ttb",)),
    )


def test_column_of_participants_gives_participants() -> None:
    found = read_responsibles("ТИД, АРБ", Directory(KSTU), share=Share.PARTICIPANT)
    assert understood(found) == ["tid*", "arb*"]


def test_who_is_responsible_and_takes_part_is_responsible_once() -> None:
    assert understood(read("Катышуучулар: ТИД. Жооптуулар: ТИД, АРБ")) == ["tid", "arb"]


def test_item_text_that_names_another_branch_contradicts_the_alias() -> None:
    found = read("Филиалдын директору", context="Кара-Балта шаарындагы филиалдын отчёту")
    assert understood(found) == ["!ambiguous"]
    assert found.unresolved[0].candidates == ("dir-branch-tokmok", "dir-branch-kara-balta")


def test_same_cell_is_read_anew_for_another_item() -> None:
    directory = Directory([replace(entry, aliases=()) for entry in KSTU])
    for context, expected in (
        ("Кара-Балта шаарындагы филиалдын отчёту", ["dir-branch-kara-balta"]),
        ("Кара-Көл шаарындагы филиал", ["dir-branch-kara-kul"]),
        ("Филиалдар жөнүндө", ["!ambiguous"]),
    ):
        assert understood(read_responsibles("Филиалдын директору", directory, context=context)) == expected


def test_learned_alias_stands_above_the_file() -> None:
    learned = learn("СББД", ["bbsd"])
    assert learned is not None
    assert understood(read("СББД, СББДнын директору", learned)) == ["bbsd", "bbsd-head"]
    over = learn("ИКЖД", ["ikzhd-head", "azhdb"])
    assert over is not None
    assert understood(read("ИКЖД", over)) == ["ikzhd-head", "azhdb"]
    assert understood(read("ИКЖДБ, ИКЖДИ", over)) == ["!unknown", "!unknown"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["ou"]), ("О", ["ou"]), ("- .", ["ou"]), ("ЭЭБ", []), ("ЭЭБ", [""]), ("ЭЭБ, ТИД", ["ebb"]),
        ("ЭЭБ; ТИД", ["ebb"]), ("ЭЭБ / ТИД", ["ebb"]), ("Сөз " * 60, ["ebb"]),
    ],
)  # fmt: skip
def test_correction_that_would_answer_for_other_cells_teaches_nothing(text: str, codes: list[str]) -> None:
    assert learn(text, codes) is None


def test_correction_teaches_the_folded_piece() -> None:
    assert learn(" «Өнүгүү  бөлүмү». ", ["a", "b", "a"]) == Alias(text="онугуу болуму", codes=("a", "b"), learned=True)
    assert learn("Өнүгүү жана илим бөлүмү", ["a"]) is not None
    assert learn("ЭЭБ, ТИД", ["ebb", "tid"]) is not None


@pytest.mark.parametrize("text", ["", " ", "-", "—", "...", "\n", "•", "1)", "()", "(", ")", ":", ", ;", "№"])
def test_cell_without_words_says_nothing(text: str) -> None:
    assert understood(read(text)) == []


def test_five_hundred_different_cells_are_read_in_a_moment() -> None:
    directory = Directory(KSTU)
    cells = [row["responsible_text"] for row in rows(PLAN / "responsible_truth.csv", ",")]
    start = time.process_time()
    for number in range(500):
        read_responsibles(f"{cells[number % len(cells)]}, {number}", directory, context=cells[-1])
    assert time.process_time() - start < 2  # about 0.3 on a quiet machine
