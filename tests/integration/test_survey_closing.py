"""Closing a survey: everything is read at once, nothing twice, and the key does not outlive it."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.survey_keys import SurveyKeyFiles
from services.access import OPERATOR, Actor, NotAllowed
from services.db.repositories.survey_closing import SqlClosingRepository
from services.db.repositories.surveys import SqlSurveyRepository
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import Closing, ClosingEnd, SurveyState
from services.surveys.errors import (
    KeyAwaited,
    SurveyKeyMissing,
    SurveyKeyThere,
    SurveyKeyUnusable,
    SurveyMissing,
    SurveyNotClosing,
    SurveyNotOpen,
)
from tests.support.answering import finish, finish_all
from tests.support.closing import MANAGER, TEXTS, Closer, key_files, lose_keys, read_rows, state_of
from tests.support.office import rows
from tests.support.survey_desk import STRANGER
from tests.support.surveyed import CLOSES, OPENED, put_survey, read_sealed

FREE_TEXT = "ft_keep"


@pytest.fixture
def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path)


@pytest.fixture
def closer(unit_of_work: UnitOfWorkFactory, keys: SurveyKeyFiles) -> Closer:
    return Closer(unit_of_work, keys)


async def test_all_replies_become_readable_and_nothing_else_is_left(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles
) -> None:
    surveyed = await put_survey(connection, keys)
    first, second, third, *_ = surveyed.people["mti"]
    await finish(
        connection, surveyed.survey, first, {"teach1": 5, "load1": 1}, texts={FREE_TEXT: " Китепкана <b>жакшы</b> "}
    )
    await finish(connection, surveyed.survey, second, {"teach1": 2}, texts={FREE_TEXT: "  "})
    await finish_all(connection, surveyed.survey, surveyed.people["mti"][3:13], {"teach1": 4})
    await finish_all(
        connection, surveyed.survey, surveyed.people["iit"][:10], {"teach1": 3, "nonsense": 9}, stratum="iit"
    )
    for table in ("survey_quiet", "survey_marks"):
        statement = f"insert into {table} values (:survey, :person)"  # noqa: S608 -- two tables
        await connection.execute(text(statement), {"survey": surveyed.survey.id, "person": third})
    ticket = text("insert into survey_tickets values ('\\x01', :survey, 'mti')")
    await connection.execute(ticket, {"survey": surveyed.survey.id})

    closing = await closer.close(surveyed)

    in_tens = Closing(survey_id=surveyed.survey.id, end=ClosingEnd.CLOSED, replies=20, key_destroyed=True)
    assert closing == in_tens
    replies = sorted(await read_rows(connection, surveyed), key=str)
    assert replies == [
        *[("iit", {"teach1": 3})] * 10,
        ("mti", {"load1": 1, "teach1": 5}),
        ("mti", {"teach1": 2}),
        *[("mti", {"teach1": 4})] * 10,
    ]
    said = await read_rows(connection, surveyed, TEXTS)
    assert said == [(FREE_TEXT, "all", "Китепкана <b>жакшы</b>", "", "waiting")]
    for table in ("sealed_replies", "survey_tickets", "survey_quiet", "survey_marks"):
        assert await rows(connection, f"select 1 from {table}") == [], table  # noqa: S608 -- names of ours
    assert await rows(connection, "select pg_relation_size('sealed_replies')") == [(0,)]  # no dead rows either
    after = await SqlSurveyRepository(connection).find_survey(surveyed.survey.id)
    assert after is not None
    assert (after.state, after.closed_on) == (SurveyState.CLOSED, OPENED.date())
    assert (after.tap_key, after.link_token) == (None, None)
    assert surveyed.survey.public_key is not None
    assert not keys.path_of(surveyed.survey.id, surveyed.survey.public_key).exists()
    noted = "select act, account_id, details from audit_entries where subject = 'survey:' || cast(:survey as bigint)"
    assert await read_rows(connection, surveyed, noted) == [("survey_closed", 7001, {})]


async def test_replies_of_other_open_surveys_stay_sealed_and_whole(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles
) -> None:
    closed, other = await put_survey(connection, keys), await put_survey(connection, keys)
    for surveyed in (closed, other):
        for place, person in enumerate(surveyed.people["mti"][:20]):
            await finish(connection, surveyed.survey, person, {"teach1": place % 5 + 1}, texts={FREE_TEXT: f"{place}"})
    before = await read_rows(connection, other, "select id, body from sealed_replies where survey_id = :survey")
    assert (await closer.close(closed)).replies == 20
    after = await read_rows(connection, other, "select id, body from sealed_replies where survey_id = :survey")
    assert sorted(after) == sorted(before)
    assert after != before  # one chance in 20!
    assert len(await read_sealed(connection, keys, other.survey)) == 20
    assert await read_rows(connection, other, "select count(*) from survey_marks where survey_id = :survey") == [(20,)]


async def test_without_its_key_a_survey_takes_nothing_and_waits(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    surveyed = await put_survey(connection, keys)
    await finish_all(connection, surveyed.survey, surveyed.people["mti"][1:], {"teach1": 5})
    (file,) = key_files(tmp_path)
    file.rename(tmp_path / "elsewhere")
    assert (await closer.close(surveyed, OPERATOR, anyway=True)).end is ClosingEnd.KEY_MISSING
    assert await state_of(connection, surveyed) is SurveyState.CLOSING
    assert not await finish(connection, surveyed.survey, surveyed.people["mti"][0], {"teach1": 5})
    await closer.service.close_due()
    assert closer.alarm.raised == []  # another replica may have it
    for _ in range(3):
        closer.clock.advance(minutes=10)
        await closer.service.close_due()
    assert closer.alarm.raised == [surveyed.survey.id]
    assert caplog.text.count(f"survey {surveyed.survey.id} cannot be closed here") == 1
    (tmp_path / "elsewhere").rename(file)
    assert [one.end for one in await closer.service.close_due()] == [ClosingEnd.CLOSED]
    assert await read_rows(connection, surveyed) == [("all", {"teach1": 5})] * 39


async def test_a_refused_closing_leaves_the_survey_open(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path
) -> None:
    surveyed = await put_survey(connection, keys)
    await finish_all(connection, surveyed.survey, surveyed.people["mti"][:19], {"teach1": 5})
    for option in ("anyway", "accept_damage"):
        with pytest.raises(NotAllowed):
            await closer.service.close(MANAGER, surveyed.survey.id, **{option: True})
    with pytest.raises(NotAllowed):
        await closer.close(surveyed, STRANGER)
    with pytest.raises(NotAllowed):
        await closer.give_up(surveyed, MANAGER)
    with pytest.raises(SurveyNotClosing):
        await closer.give_up(surveyed)
    lose_keys(tmp_path)
    for actor in (MANAGER, OPERATOR):
        with pytest.raises(SurveyKeyMissing):
            await closer.close(surveyed, actor)
    with pytest.raises(SurveyNotClosing):
        await closer.give_up(surveyed)
    assert await state_of(connection, surveyed) is SurveyState.OPEN
    assert await finish(connection, surveyed.survey, surveyed.people["mti"][19], {"teach1": 5})
    assert await rows(connection, "select count(*) from sealed_replies") == [(20,)]
    assert await rows(connection, "select 1 from audit_entries") == []


async def test_answers_are_given_up_only_of_a_survey_that_has_waited_for_its_key(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path
) -> None:
    surveyed = await put_survey(connection, keys)
    await finish_all(connection, surveyed.survey, surveyed.people["mti"][:19], {"teach1": 5})
    (file,) = key_files(tmp_path)
    file.rename(tmp_path / "elsewhere")
    await closer.close(surveyed, OPERATOR, anyway=True)
    closer.clock.advance(minutes=9)
    with pytest.raises(KeyAwaited):
        await closer.give_up(surveyed)
    closer.clock.advance(minutes=1)
    (tmp_path / "elsewhere").rename(file)
    with pytest.raises(SurveyKeyThere):
        await closer.give_up(surveyed)
    file.unlink()
    assert await closer.service.weigh_giving_up(OPERATOR, surveyed.survey.id) == 19
    closing = await closer.give_up(surveyed)
    assert (closing.end, closing.replies, closing.key_destroyed) == (ClosingEnd.CLOSED, 0, False)
    assert await rows(connection, "select 1 from sealed_replies") == await read_rows(connection, surveyed) == []
    noted = "select act, details from audit_entries where subject = 'survey:' || cast(:survey as bigint) order by id"
    acts = await read_rows(connection, surveyed, noted)
    assert acts == [("survey_closed", {}), ("survey_answers_given_up", {"replies": 10})]
    with pytest.raises(SurveyNotClosing):
        await closer.give_up(surveyed)


async def test_strangers_close_nothing_and_only_what_is_open_is_closed(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles
) -> None:
    surveyed = await put_survey(connection, keys)
    with pytest.raises(NotAllowed):
        await closer.close(surveyed, Actor(account_id=7002, language=Language.EN))
    assert await state_of(connection, surveyed) is SurveyState.OPEN
    await connection.execute(text("update surveys set state = 'draft', opened_on = null"))
    with pytest.raises(SurveyNotOpen):
        await closer.close(surveyed)
    with pytest.raises(SurveyMissing):
        await closer.service.close(MANAGER, surveyed.survey.id + 1)


async def test_a_survey_is_closed_when_its_last_day_is_over(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles
) -> None:
    surveyed = await put_survey(connection, keys)
    later = await put_survey(connection, keys, closes_on=CLOSES + timedelta(days=1))
    await finish(connection, surveyed.survey, surveyed.people["mti"][0], {"teach1": 5})
    closer.clock.advance(days=(CLOSES - OPENED.date()).days)
    assert await closer.service.close_due() == []  # still its last day
    closer.clock.advance(days=1)
    (closing,) = await closer.service.close_due()
    assert (closing.survey_id, closing.end, closing.too_few) == (surveyed.survey.id, ClosingEnd.CLOSED, True)
    assert await state_of(connection, later) is SurveyState.OPEN
    assert await rows(connection, "select 1 from audit_entries") == []  # nobody did it


async def test_answers_with_names_stay_with_those_who_gave_them(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path
) -> None:
    named = await put_survey(connection, keys, mode=SurveyMode.NAMED)
    other = await put_survey(connection, keys)
    lose_keys(tmp_path, named.survey.id)
    person = named.people["mti"][0]
    await read_rows(connection, named, f"insert into named_replies values (:survey, {person}, '{{}}') returning 1")  # noqa: S608 -- a number
    assert (await closer.close(named)).end is ClosingEnd.CLOSED
    await closer.close(other)
    assert await closer.service.forget() == 0
    closer.clock.advance(days=366)
    assert await closer.service.forget() == 75
    assert await read_rows(connection, named, "select person_id from named_replies where survey_id = :survey") == [
        (person,)
    ]
    assert await read_rows(connection, other, "select 1 from survey_people where survey_id = :survey") == []


class _CutShortError(RuntimeError):
    """The machine dies here."""


@pytest.mark.parametrize("step", ["list_sealed", "forget_traces", "empty_sealed", "add_replies", "add_texts"])
async def test_a_closing_that_is_cut_short_is_done_again_as_if_nothing_had_been(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    surveyed = await put_survey(connection, keys)
    for person in surveyed.people["mti"]:
        await finish(connection, surveyed.survey, person, {"teach1": 5}, texts={FREE_TEXT: "ак"})
    whole = getattr(SqlClosingRepository, step)

    async def cut(self: SqlClosingRepository, *given: object) -> None:
        await whole(self, *given)
        raise _CutShortError

    with monkeypatch.context() as broken:
        broken.setattr(SqlClosingRepository, step, cut)
        with pytest.raises(_CutShortError):
            await closer.close(surveyed)
    assert await state_of(connection, surveyed) is SurveyState.CLOSING
    assert len(await read_sealed(connection, keys, surveyed.survey)) == 40
    assert await read_rows(connection, surveyed) == await read_rows(connection, surveyed, TEXTS) == []
    (again,) = await closer.service.close_due()
    assert (again.end, again.replies, again.texts) == (ClosingEnd.CLOSED, 40, 40)


async def test_a_key_that_outlived_its_survey_is_destroyed_at_the_next_tick(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    surveyed, other = await put_survey(connection, keys), await put_survey(connection, keys)

    def fail(*_given: object) -> None:
        raise SurveyKeyUnusable("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(SurveyKeyFiles, "delete", fail)
        assert (await closer.close(surveyed)).end is ClosingEnd.CLOSED
    assert f"the key of closed survey {surveyed.survey.id} must be deleted by hand: the disk is full" in caplog.text
    assert len(key_files(tmp_path)) == 2
    await closer.service.close_due()
    assert key_files(tmp_path) == key_files(tmp_path, other.survey.id) != []


async def test_nothing_of_a_reply_is_logged(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, caplog: pytest.LogCaptureFixture
) -> None:
    surveyed = await put_survey(connection, keys)
    await finish(connection, surveyed.survey, surveyed.people["mti"][0], {"teach1": 5}, texts={FREE_TEXT: "көрөгөч"})
    with caplog.at_level(logging.DEBUG):
        await closer.close(surveyed)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("services", "bot"))]
    assert ours == [f"survey {surveyed.survey.id} is closed"]
    assert "көрөгөч" not in caplog.text
