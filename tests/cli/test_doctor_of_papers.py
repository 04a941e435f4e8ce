"""What the doctor finds in a university file by printing all that its kinds can say, and at the desks it names."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from bot.cli.checks.desks import find_idle
from bot.cli.checks.finding import State
from bot.cli.checks.papers import check_papers
from bot.cli.checks.samples import sample_orders
from bot.settings import Settings
from services.certificates.dto import PaperOrder
from services.certificates.fields import rows_of
from services.languages import Language
from tests.unit.documents.invented import KIND, file_text, read

DAY = date(2028, 2, 29)


def findings(folder: Path, kind: str) -> dict[str, tuple[State, str]]:
    file = folder / "university.toml"
    file.write_text(file_text(kind), encoding="utf-8")
    found = asyncio.run(check_papers(Settings(_env_file=None, data_dir=folder, university_file=file), None))
    return {finding.subject: (finding.state, finding.reason) for finding in found}


def test_good_file_is_printed_in_every_way_and_signed(tmp_path: Path) -> None:
    found = findings(tmp_path, KIND)
    for language in Language:
        assert found[f"certificate internship/{language}"] == (State.GOOD, "printed, with 4 samples")
    assert found["signature"][0] is State.GOOD


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '[[openings]]\ntext = { ky = "{name}',
            '[[openings]]\nwhen = { paid = ["yes"] }\ntext = { ky = "{name}',
            "opening",
        ),
        ('ru = "Оценка"', 'ru = "Оценка 分"', "分"),
    ],
)
def test_paper_that_cannot_be_printed_is_told_with_the_way_to_it(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in KIND
    state, reason = findings(tmp_path, KIND.replace(old, new))["certificate internship/ru"]
    assert state is State.BAD
    assert told in reason
    assert "paid = " in reason


@pytest.fixture(scope="module")
def samples() -> list[PaperOrder]:
    university, _problems = read()
    assert university is not None
    return list(sample_orders(university.kinds["internship"].kind, Language.KY, frozenset({"paid"}), DAY))


def test_samples_take_every_turn_and_both_lengths(samples: list[PaperOrder]) -> None:
    assert [order.facts["paid"] for order in samples] == ["yes", "yes", "no", "no"]
    assert [order.replaces is not None for order in samples] == [True, False, False, False]
    assert ["wage" in order.facts for order in samples] == [True, True, False, False]
    assert ["share" in order.facts for order in samples] == [True, False, True, False]
    assert len(rows_of(samples[0].facts["mark_rows"])) == 60
    assert (len(samples[0].facts["name"]), len(samples[0].facts["recipient"])) == (60, 120)
    assert samples[0].valid_until == DAY


def test_desk_that_is_no_unit_or_that_nobody_holds_is_noted() -> None:
    university, _problems = read()
    assert university is not None
    kinds = list(university.certificate_kinds)
    assert [it.reason for it in find_idle(kinds, set(), {None})] == ["no unit has this code (internship)"]
    assert [it.reason for it in find_idle(kinds, {"practice_office"}, set())] == ["nobody answers for it (internship)"]
    assert find_idle(kinds, {"practice_office"}, {"practice_office"}) == []
    assert find_idle(kinds, {"practice_office"}, {None}) == []
