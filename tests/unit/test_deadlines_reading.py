"""Deadline phrases against tables labelled by hand: tests/data/deadlines/*.tsv and the university's own plan.

A row gives phrase, kind, start, due, all due days (joined by ;) and whether it is sure; kind `*` asks
only not to be sure. A table may name the plan's year in a column of its own.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from services.deadlines import reading
from services.deadlines.dto import AcademicYear, Deadline
from services.deadlines.reading import read_deadline
from services.languages import Language

DATA = Path(__file__).parents[1] / "data"
YEAR = AcademicYear(2025)


def rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def shown(deadline: Deadline) -> tuple[str, str, str, str, str]:
    days = ";".join(map(str, deadline.dates))
    sure = "yes" if deadline.sure else "no"
    return deadline.kind.value, str(deadline.start or ""), str(deadline.due or ""), days, sure


@pytest.mark.parametrize("table", sorted((DATA / "deadlines").glob("*.tsv")), ids=lambda file: file.stem)
def test_phrases_mean_what_their_table_says(table: Path) -> None:
    wrong = []
    for row in rows(table):
        year = AcademicYear.parse(row.get("year") or YEAR.label)
        assert year
        got = shown(read_deadline(row["phrase"], year))
        wanted = (row["kind"], row["start"], row["due"], row["dates"], row["sure"])
        if got != wanted and not (row["kind"] == "*" and got[-1] == "no"):
            wrong.append(f"{row['phrase']!r}: {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def test_every_deadline_of_the_universitys_plan_is_read_as_labelled_and_sure() -> None:
    wrong = []
    labels = (DATA / "plans" / "kstu-2025-26" / "truth.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(labels):
        got = shown(read_deadline(row["deadline_text"], YEAR))
        wanted = (row["kind"], row["start"], row["due"], row["due_dates"] or row["due"], "yes")
        if got != wanted:
            wrong.append(f"{row['id']} {row['deadline_text']!r}: {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def test_the_printed_text_is_kept_as_it_is() -> None:
    text = "  15-майга\u00a0чейин "
    assert read_deadline(text, YEAR).text == text


def test_language_settles_which_figure_is_the_month() -> None:
    assert not read_deadline("04/05/2026", YEAR).sure
    assert not read_deadline("04/05/2026", YEAR, Language.EN).sure
    for language in (Language.KY, Language.RU):
        deadline = read_deadline("04/05/2026", YEAR, language)
        assert deadline.sure
        assert deadline.due == date(2026, 5, 4)


def test_the_plans_year_gives_what_the_phrase_leaves_out() -> None:
    later = AcademicYear(2027)
    assert read_deadline("29-февралга чейин", later).due == date(2028, 2, 29)
    assert read_deadline("сентябрь", later).due == date(2027, 9, 30)
    assert read_deadline("жыл ичинде", later).due == date(2028, 6, 30)
    assert read_deadline("май 2026-ж.", later).due == date(2026, 5, 31)


def test_thousands_of_phrases_are_read_in_a_moment() -> None:
    phrases = [row["phrase"] for table in (DATA / "deadlines").glob("*.tsv") for row in rows(table)]
    reading._meaning.cache_clear()
    began = process_time()
    for phrase in phrases:
        read_deadline(phrase, YEAR)
    assert (process_time() - began) / len(phrases) * 5_000 < 3  # seconds; a fifth of it on a quiet machine
