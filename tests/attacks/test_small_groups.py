"""Attack: whoever knows who could answer, or who was through, looks for replies of groups in which hardly anybody was.

Twenty groups of thirty people, in each of which one to three answered. The attack is shown to work on a closing that
writes every group by itself.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.survey_keys import SurveyKeyFiles
from services.db.uow import unit_of_work_factory
from services.questionnaires.dto import Answers
from services.surveys import opened
from services.surveys.dto import Stratum
from services.surveys.merging import Merged
from tests.support.answering import finish
from tests.support.closing import Closer, read_rows
from tests.support.surveyed import Surveyed, put_survey

GROUPS = {f"u{number:02}": 30 for number in range(20)}
_LINK = "insert into accounts (telegram_id, person_id, first_seen_at, last_seen_at) values (:a, :p, now(), now())"
_MARKED = """
    select p.stratum, array_agg(m.person_id) from survey_marks m join survey_people p using (survey_id, person_id)
    where m.survey_id = :survey group by 1
"""
#: One look at the database after closing.
_LINKED = """
    select p.person_id, r.answers from survey_replies r
    join survey_people p on p.survey_id = r.survey_id and p.stratum = r.stratum
    join accounts a on a.person_id = p.person_id where r.survey_id = :survey
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was answered by whom, and a copy of who was through, by group, from the last day."""

    surveyed: Surveyed
    truth: Mapping[int, Answers]
    marked: Mapping[str, list[int]]

    def named(self, found: list[tuple[int, Answers]]) -> int:
        """Return of how many people the attack says for sure, and rightly, what they answered."""
        said: dict[int, list[Answers]] = {}
        for person, answers in found:
            said.setdefault(person, []).append(answers)
        return sum(said.get(person) == [answers] for person, answers in self.truth.items())


@pytest.fixture
def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path)


async def _answer(engine: AsyncEngine, keys: SurveyKeyFiles, each: list[int]) -> Answered:
    chance = random.Random(5)  # noqa: S311 -- a test that can be repeated
    truth: dict[int, Answers] = {}
    async with engine.begin() as connection:
        surveyed = await put_survey(connection, keys, GROUPS)
        for code, people in surveyed.people.items():
            for person in chance.sample(people, chance.choice(each)):
                truth[person] = {"teach1": chance.randint(1, 5), "load1": chance.randint(1, 3)}
                await connection.execute(text(_LINK), {"a": 9000 + person, "p": person})
                assert await finish(connection, surveyed.survey, person, truth[person], stratum=code)
        marked = dict(await read_rows(connection, surveyed, _MARKED))
    return Answered(surveyed=surveyed, truth=truth, marked=marked)


def _write_every_group(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(strata: Sequence[Stratum], _replies: Mapping[str, int]) -> Merged:
        return Merged(strata=tuple(strata), leaves={one.code: one.code for one in strata if one.leaf})

    monkeypatch.setattr(opened, "merge_small", leave)


@pytest.mark.parametrize("naive", [True, False])
async def test_who_could_answer_does_not_tell_what_was_answered(
    engine: AsyncEngine, keys: SurveyKeyFiles, monkeypatch: pytest.MonkeyPatch, *, naive: bool
) -> None:
    answered = await _answer(engine, keys, [1])
    if naive:
        _write_every_group(monkeypatch)
    assert (await Closer(unit_of_work_factory(engine), keys).close(answered.surveyed)).replies == 20
    async with engine.connect() as connection:
        found = await read_rows(connection, answered.surveyed, _LINKED)
    assert answered.named(found) == (20 if naive else 0)


@pytest.mark.parametrize("naive", [True, False])
async def test_who_was_through_does_not_tell_what_was_answered(
    engine: AsyncEngine, keys: SurveyKeyFiles, monkeypatch: pytest.MonkeyPatch, *, naive: bool
) -> None:
    answered = await _answer(engine, keys, [1, 1, 2, 3])
    if naive:
        _write_every_group(monkeypatch)
    await Closer(unit_of_work_factory(engine), keys).close(answered.surveyed)
    async with engine.connect() as connection:
        written = await read_rows(connection, answered.surveyed)
    alone = [(people[0], answers) for code, people in answered.marked.items() if len(people) == 1
             for group, answers in written if group == code]  # fmt: skip
    number = sum(len(people) == 1 for people in answered.marked.values())
    assert number > 5
    assert answered.named(alone) == (number if naive else 0)
    assert len(written) == len(answered.truth)
