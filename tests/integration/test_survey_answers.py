"""Finishing a survey: one transaction, one mark, a reply that names nobody."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.survey_keys import SurveyKeyFiles
from services.db.uow import UnitOfWorkFactory
from services.questionnaires.dto import NOT_SAID, Answer, SurveyMode
from services.survey_answers.dto import Ending, OpenSurvey
from services.survey_answers.service import SurveyAnswerService, answered_before
from services.surveys.dto import Reply
from tests.support.clock import StandingClock
from tests.support.papers import BishkekCalendar
from tests.support.surveyed import Surveyed, put_survey, read_sealed

ACCOUNT, OTHER, STRANGER = 9_001, 9_002, 9_003
ANSWERS: dict[str, Answer] = {"rec1": 7, "teach1": NOT_SAID, "dorm0": 1}


@pytest.fixture
def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path)


@pytest.fixture
def answers(unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock) -> SurveyAnswerService:
    return SurveyAnswerService(unit_of_work, reading, clock, BishkekCalendar())


async def link(connection: AsyncConnection, account: int, person: int | None) -> None:
    statement = (
        "insert into accounts (telegram_id, person_id, first_seen_at, last_seen_at) values (:a, :p, now(), now())"
    )
    await connection.execute(text(statement), {"a": account, "p": person})


async def put(
    connection: AsyncConnection, keys: SurveyKeyFiles, mode: SurveyMode = SurveyMode.CONFIDENTIAL
) -> Surveyed:
    written = await put_survey(connection, keys, mode=mode)
    for account, person in ((ACCOUNT, written.people["mti"][0]), (OTHER, written.people["iit"][0]), (STRANGER, None)):
        await link(connection, account, person)
    return written


async def opened(answers: SurveyAnswerService, written: Surveyed) -> OpenSurvey:
    survey = await answers.find_open(written.survey.id)
    assert survey is not None
    return survey


async def count(connection: AsyncConnection, table: str) -> int:
    return int(await connection.scalar(text(f"select count(*) from {table}")) or 0)  # noqa: S608 -- names of tests


async def test_an_answer_is_a_mark_and_a_sealed_reply(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService
) -> None:
    written = await put(connection, keys)
    survey = await opened(answers, written)
    words = {"good": " x ", "nothing": "asks this"}
    assert await answers.finish(survey, ACCOUNT, ANSWERS, words) is Ending.FINISHED
    marks = await connection.execute(text("select survey_id, person_id from survey_marks"))
    assert [tuple(row) for row in marks] == [(survey.id, written.people["mti"][0])]
    (reply,) = await read_sealed(connection, keys, written.survey)
    texts = {item.code: "x" for item in survey.questionnaire.texts if item.code == "good"}
    assert reply == Reply(stratum="mti", answers={"rec1": 7, "teach1": NOT_SAID}, texts=texts)


async def test_a_second_answer_ends_alike_and_writes_nothing(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService
) -> None:
    written = await put(connection, keys)
    survey = await opened(answers, written)
    second: dict[str, Answer] = {"rec1": 1}
    for given in (ANSWERS, second):
        assert await answers.finish(survey, ACCOUNT, given, {}) is Ending.FINISHED
    assert await answers.decline(survey, ACCOUNT) is Ending.FINISHED
    (reply,) = await read_sealed(connection, keys, written.survey)
    assert reply.answers["rec1"] == 7
    assert await count(connection, "survey_marks") == 1


async def test_declining_leaves_what_an_answer_leaves(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService
) -> None:
    """A mark and a sealed row each, of one size; only the key tells that one of the rows is a blank."""
    written = await put(connection, keys)
    survey = await opened(answers, written)
    assert await answers.finish(survey, ACCOUNT, ANSWERS, {}) is Ending.FINISHED
    assert await answers.decline(survey, OTHER) is Ending.FINISHED
    assert await answers.finish(survey, OTHER, ANSWERS, {}) is Ending.FINISHED
    assert await answers.decline(survey, ACCOUNT) is Ending.FINISHED
    rows = await connection.execute(text("select to_jsonb(m) - 'person_id' from survey_marks m"))
    assert [row[0] for row in rows] == [{"survey_id": survey.id}] * 2
    sealed = await connection.execute(
        text("""
            select distinct length(s.body), s.survey_id, pg_column_size(s.*), count(*) over () from sealed_replies s
        """)
    )
    ((_length, survey_id, _size, number),) = sealed
    assert (survey_id, number) == (survey.id, 2)
    found = await read_sealed(connection, keys, written.survey)
    assert sorted(reply.declined for reply in found) == [False, True]
    assert Reply(stratum="", answers={}, declined=True) in found


async def test_what_comes_between_two_copies_is_alike_for_an_answer_and_for_declining(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService
) -> None:
    survey = await opened(answers, await put(connection, keys))
    tables = list(await connection.scalars(text("select tablename from pg_tables where schemaname = 'public'")))

    async def copy() -> dict[str, set[str]]:
        return {table: set(await connection.scalars(text(f"select t::text from {table} t"))) for table in tables}  # noqa: S608 -- ours

    before = await copy()
    await answers.finish(survey, ACCOUNT, ANSWERS, {})
    between = await copy()
    await answers.decline(survey, OTHER)
    after = await copy()
    came = [{table: [len(row) for row in new[table] - old[table]] for table in tables if new[table] != old[table]}
            for old, new in ((before, between), (between, after))]  # fmt: skip
    assert set(came[0]) == {"survey_marks", "sealed_replies"}
    assert came[0] == came[1]


@pytest.mark.parametrize("frozen", [True, False])
async def test_whoever_is_not_asked_writes_nothing(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService, *, frozen: bool
) -> None:
    survey = await opened(answers, await put(connection, keys))
    if frozen:
        await connection.execute(text("update accounts set frozen_at = now()"))
    account = ACCOUNT if frozen else STRANGER
    assert await answers.find_standing(survey, account) is None
    assert await answers.find_to_invite(survey.id, account) is None
    assert await answers.finish(survey, account, ANSWERS, {}) is Ending.NOT_ASKED
    assert await answers.decline(survey, account) is Ending.NOT_ASKED
    assert await count(connection, "survey_marks") == await count(connection, "sealed_replies") == 0


async def test_nothing_is_taken_once_the_survey_closes_whatever_memory_says(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService, clock: StandingClock
) -> None:
    written = await put(connection, keys)
    survey = await opened(answers, written)
    await connection.execute(text("update surveys set state = 'closing'"))
    assert await answers.find_open(survey.id) is survey
    assert await answers.finish(survey, ACCOUNT, ANSWERS, {}) is Ending.OVER
    assert await answers.decline(survey, ACCOUNT) is Ending.OVER
    assert await count(connection, "survey_marks") == 0
    clock.advance(seconds=6)
    assert await answers.find_open(survey.id) is None


async def test_an_open_survey_is_asked_of_the_database_once_in_some_seconds(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService, clock: StandingClock
) -> None:
    written = await put(connection, keys)
    executed: list[Any] = []
    engine = connection.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *given: executed.append(given[2]))
    for _ in range(50):
        await answers.find_open(written.survey.id)
        await answers.find_open(written.survey.id + 1)  # what there is not is known as well
    assert len(executed) == 2
    clock.advance(days=30)
    assert await answers.find_open(written.survey.id) is None, "its last day is over"


async def test_a_named_answer_is_kept_with_the_name_and_can_be_changed_and_taken_back(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService
) -> None:
    survey = await opened(answers, await put(connection, keys, SurveyMode.NAMED))
    code = survey.questionnaire.texts[0].code
    await answers.finish(survey, ACCOUNT, ANSWERS, {code: "first"})
    await answers.finish(survey, ACCOUNT, {"rec1": 2}, {code: "second"})
    standing = await answers.find_standing(survey, ACCOUNT)
    assert standing is not None
    assert standing.finished
    assert answered_before(survey, standing) == ({"rec1": 2}, {code: "second"})
    assert await count(connection, "sealed_replies") == 0
    await answers.decline(survey, ACCOUNT)
    assert await count(connection, "named_replies") == 0
    assert await count(connection, "survey_marks") == 1


async def test_no_more_reminders_of_an_anonymous_survey_is_no_mark(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService
) -> None:
    survey = await opened(answers, await put(connection, keys, SurveyMode.ANONYMOUS))
    for _ in range(2):
        await answers.silence(survey, ACCOUNT)
    assert await count(connection, "survey_quiet") == 1
    assert await count(connection, "survey_marks") == 0


@pytest.mark.parametrize("mode", [SurveyMode.CONFIDENTIAL, SurveyMode.ANONYMOUS])
async def test_what_is_on_its_way_is_worded_alike_for_who_is_through(
    connection: AsyncConnection, keys: SurveyKeyFiles, answers: SurveyAnswerService, mode: SurveyMode
) -> None:
    """A message that is left out at the last moment says for ever that its person had finished."""
    survey = await opened(answers, await put(connection, keys, mode))
    assert await answers.find_to_invite(survey.id, ACCOUNT) == survey
    await answers.decline(survey, ACCOUNT)
    await answers.silence(survey, ACCOUNT)
    assert await answers.find_to_invite(survey.id, ACCOUNT) == survey
    assert await answers.find_to_invite(survey.id, STRANGER) is None
