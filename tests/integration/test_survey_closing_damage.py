"""A closing that would lose answers does not go on: damaged replies, a halt, a key that is gone."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.survey_keys import SurveyKeyFiles
from services.access import OPERATOR, NotAllowed
from services.db.uow import UnitOfWorkFactory
from services.questionnaires.dto import SurveyMode
from services.surveys import opened
from services.surveys.dto import ClosingEnd, SurveyState
from services.surveys.errors import ClosingHalted
from tests.support.answering import finish, finish_all
from tests.support.closing import TEXTS, Closer, key_files, lose_keys, read_rows, state_of
from tests.support.office import rows
from tests.support.surveyed import put_survey

FREE_TEXT = "ft_keep"
DAMAGE = "insert into sealed_replies values (gen_random_uuid(), :survey, decode('00', 'hex')) returning 1"


@pytest.fixture
def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path)


@pytest.fixture
def closer(unit_of_work: UnitOfWorkFactory, keys: SurveyKeyFiles) -> Closer:
    return Closer(unit_of_work, keys)


async def test_a_few_damaged_replies_are_counted_and_do_not_stop_the_others(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, caplog: pytest.LogCaptureFixture
) -> None:
    surveyed = await put_survey(connection, keys)
    lost, *others = surveyed.people["mti"]
    await finish(connection, surveyed.survey, lost, {"teach1": 5}, stratum="no such group")
    await finish_all(connection, surveyed.survey, others[:10], {"teach1": 4})
    await read_rows(connection, surveyed, DAMAGE)
    closing = await closer.close(surveyed)
    assert (closing.replies, closing.broken) == (10, 2)
    assert len(await read_rows(connection, surveyed)) == 10
    assert f"survey {surveyed.survey.id}: 2 replies were damaged" in caplog.text


async def test_where_many_replies_cannot_be_read_nothing_is_lost_until_the_operator_says_so(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path
) -> None:
    surveyed = await put_survey(connection, keys)
    await finish_all(connection, surveyed.survey, surveyed.people["mti"], {"teach1": 4})
    for _ in range(6):
        await read_rows(connection, surveyed, DAMAGE)
    assert (await closer.close(surveyed)).end is ClosingEnd.DAMAGED
    assert [one.end for one in await closer.service.close_due()] == [ClosingEnd.DAMAGED]
    assert await closer.service.close_due() == []  # tried once, told once
    assert closer.alarm.damaged == [(surveyed.survey.id, 6)]
    assert await state_of(connection, surveyed) is SurveyState.CLOSING
    assert len(key_files(tmp_path)) == 1
    assert await rows(connection, "select count(*) from sealed_replies") == [(46,)]
    with pytest.raises(NotAllowed):
        await closer.close(surveyed, accept_damage=True)
    closing = await closer.close(surveyed, OPERATOR, accept_damage=True)
    assert (closing.end, closing.replies, closing.broken) == (ClosingEnd.CLOSED, 40, 6)
    assert key_files(tmp_path) == []


async def test_a_fault_of_ours_does_not_cost_the_answers(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    surveyed = await put_survey(connection, keys)
    await finish_all(connection, surveyed.survey, surveyed.people["mti"][:10], {"teach1": 4})

    def mistaken(*_given: object) -> None:
        raise KeyError("teach1")

    with monkeypatch.context() as broken:
        broken.setattr(opened, "stored", mistaken)
        with pytest.raises(KeyError):
            await closer.close(surveyed)
    assert len(key_files(tmp_path)) == 1
    assert [one.replies for one in await closer.service.close_due()] == [10]


async def test_signs_that_no_database_takes_are_left_out(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles
) -> None:
    surveyed = await put_survey(connection, keys)
    await finish_all(connection, surveyed.survey, surveyed.people["mti"][:10], {"teach1": 4})
    await finish(connection, surveyed.survey, surveyed.people["mti"][10], {}, texts={FREE_TEXT: "a\0b\x1b\r\nc"})
    assert (await closer.close(surveyed)).end is ClosingEnd.CLOSED
    assert await read_rows(connection, surveyed, TEXTS) == [(FREE_TEXT, "all", "ab\nc", "", "waiting")]


async def test_while_everything_is_halted_no_survey_is_closed_and_no_key_destroyed(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path
) -> None:
    surveyed, closed = await put_survey(connection, keys), await put_survey(connection, keys)
    await connection.execute(
        text("update surveys set state = 'closed', closed_on = now() where id = :closed"), {"closed": closed.survey.id}
    )
    halt = "insert into send_pace (id, next_at, gap, counted_at, halted_at) values (1, now(), 0.05, now(), now())"
    await connection.execute(text(f"{halt} on conflict (id) do update set halted_at = now()"))
    closer.clock.advance(days=20)
    assert await closer.service.close_due() == []
    with pytest.raises(ClosingHalted):
        await closer.close(surveyed)
    assert await state_of(connection, surveyed) is SurveyState.OPEN
    assert len(key_files(tmp_path)) == 2
    await connection.execute(text("update send_pace set halted_at = null"))
    assert [one.survey_id for one in await closer.service.close_due()] == [surveyed.survey.id]
    assert key_files(tmp_path) == []


async def test_a_key_that_is_lost_while_a_survey_is_open_is_told_on_the_same_day(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    surveyed = await put_survey(connection, keys)
    await put_survey(connection, keys, mode=SurveyMode.NAMED)  # its answers need no key
    lost = [file.rename(tmp_path / file.stem) for file in key_files(tmp_path)]
    for _ in range(3):
        assert await closer.service.close_due() == []
        closer.clock.advance(minutes=6)
    assert closer.alarm.raised_while_open == [surveyed.survey.id]
    assert caplog.text.count(f"survey {surveyed.survey.id} is open, but its key") == 1
    for file in lost:
        file.rename(file.with_suffix(".key"))
    await closer.service.close_due()
    lose_keys(tmp_path)
    await closer.service.close_due()
    assert closer.alarm.raised_while_open == [surveyed.survey.id]  # patience begins anew
    closer.clock.advance(minutes=10)
    await closer.service.close_due()
    assert closer.alarm.raised_while_open == [surveyed.survey.id] * 2
