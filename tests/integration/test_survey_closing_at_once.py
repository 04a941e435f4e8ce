"""A survey is closed while replies come, other replicas look on, and backups read."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.survey_keys import SurveyKeyFiles
from services.access import OPERATOR
from services.db.repositories import survey_closing
from services.db.repositories.survey_closing import SqlClosingRepository
from services.db.repositories.surveys import SqlSurveyRepository
from services.db.uow import unit_of_work_factory
from services.surveys.dto import ClosingEnd
from services.surveys.errors import ClosingElsewhere
from tests.support.answering import finish, finish_all
from tests.support.closing import Closer, lose_keys, read_rows
from tests.support.office import rows
from tests.support.surveyed import Surveyed, put_survey, read_sealed


@pytest.fixture
def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path)


@pytest.fixture
async def surveyed(engine: AsyncEngine, keys: SurveyKeyFiles) -> Surveyed:
    """A survey that was opened and answered for good, on a database of its own."""
    async with engine.begin() as connection:
        surveyed = await put_survey(connection, keys)
        await finish_all(connection, surveyed.survey, surveyed.people["mti"][:19], {"teach1": 5})
    return surveyed


@pytest.fixture
def replicas(engine: AsyncEngine, keys: SurveyKeyFiles) -> Sequence[Closer]:
    return [Closer(unit_of_work_factory(engine), keys) for _ in range(3)]


async def _wait_until_blocked(engine: AsyncEngine) -> None:
    waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    while True:
        async with engine.connect() as connection:
            if await rows(connection, waiting):
                return
        await asyncio.sleep(0.005)


async def test_of_several_replicas_one_closes(
    engine: AsyncEngine, replicas: Sequence[Closer], surveyed: Surveyed
) -> None:
    ends = [one.end for one in await asyncio.gather(*(replica.close(surveyed) for replica in replicas))]
    assert ends.count(ClosingEnd.CLOSED) >= 1
    assert ClosingEnd.KEY_MISSING not in ends
    async with engine.connect() as connection:
        assert await read_rows(connection, surveyed) == [("all", {"teach1": 5})] * 19


async def test_a_reply_in_flight_is_counted_and_one_that_comes_later_is_refused(
    engine: AsyncEngine, replicas: Sequence[Closer], surveyed: Surveyed
) -> None:
    *_, early, late = surveyed.people["mti"]
    async with engine.connect() as connection, connection.begin() as transaction:
        assert await finish(connection, surveyed.survey, early, {"teach1": 1})
        closing = asyncio.create_task(replicas[0].close(surveyed))
        await _wait_until_blocked(engine)
        await transaction.commit()
    assert (await closing).replies == 20
    async with engine.begin() as connection:
        assert not await finish(connection, surveyed.survey, late, {"teach1": 1})


async def test_a_reply_that_meets_the_closing_waits_and_is_refused(engine: AsyncEngine, surveyed: Surveyed) -> None:
    async def come_late() -> bool:
        async with engine.begin() as connection:
            return await finish(connection, surveyed.survey, surveyed.people["mti"][-1], {"teach1": 1})

    async with engine.begin() as connection:
        repository = SqlSurveyRepository(connection)
        await repository.lock_survey(surveyed.survey.id)
        late = asyncio.create_task(come_late())
        await _wait_until_blocked(engine)
        await repository.change_survey(surveyed.survey.id, {"state": "closing", "link_token": None})
    assert await late is False


async def test_replies_of_other_surveys_go_on_while_one_is_closed(
    engine: AsyncEngine, replicas: Sequence[Closer], surveyed: Surveyed, keys: SurveyKeyFiles
) -> None:
    async with engine.begin() as connection:
        other = await put_survey(connection, keys)

    async def answer(person: int) -> bool:
        async with engine.begin() as connection:
            return await finish(connection, other.survey, person, {"teach1": 2})

    closing = asyncio.create_task(replicas[0].close(surveyed))
    assert all(await asyncio.gather(*(answer(person) for person in other.people["mti"])))
    assert (await closing).end is ClosingEnd.CLOSED
    async with engine.connect() as connection:
        assert len(await read_sealed(connection, keys, other.survey)) == 40


async def test_a_backup_that_reads_the_replies_is_waited_for_without_holding_up_others(
    engine: AsyncEngine, replicas: Sequence[Closer], surveyed: Surveyed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_closing, "LOCK_PATIENCE", "20ms")
    async with engine.connect() as backup:
        await backup.execute(text("lock table sealed_replies in access share mode"))
        assert (await replicas[0].close(surveyed)).end is ClosingEnd.WAITS
        async with engine.connect() as connection:
            assert await read_rows(connection, surveyed) == []
    assert [one.replies for one in await replicas[1].service.close_due()] == [10]


async def test_a_reply_that_broke_the_promise_is_not_lost(
    engine: AsyncEngine, replicas: Sequence[Closer], surveyed: Surveyed, keys: SurveyKeyFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    whole = SqlClosingRepository.forget_traces

    async def intrude(self: SqlClosingRepository, survey_id: int) -> None:
        await whole(self, survey_id)
        async with engine.begin() as connection:
            statement = "insert into sealed_replies select gen_random_uuid(), survey_id, body from sealed_replies"
            await connection.execute(text(statement))

    with monkeypatch.context() as careless:
        careless.setattr(SqlClosingRepository, "forget_traces", intrude)
        assert (await replicas[0].close(surveyed)).end is ClosingEnd.WAITS
    async with engine.connect() as connection:
        assert len(await read_sealed(connection, keys, surveyed.survey)) == 38
    assert [one.replies for one in await replicas[0].service.close_due()] == [30]


async def test_answers_are_not_given_up_while_somebody_closes_with_the_key(
    engine: AsyncEngine, replicas: Sequence[Closer], surveyed: Surveyed, tmp_path: Path
) -> None:
    lose_keys(tmp_path)
    await replicas[0].close(surveyed, OPERATOR, anyway=True)
    replicas[0].clock.advance(minutes=10)
    async with engine.connect() as connection:
        assert await SqlClosingRepository(connection).take_turn()
        with pytest.raises(ClosingElsewhere):
            await replicas[0].give_up(surveyed)
