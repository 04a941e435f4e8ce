"""What changed because of the answers is told once, to everybody who was asked."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Actor, NotAllowed, Role, RoleGrant
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.ports import NoBell
from services.survey_reports.errors import NobodyToTell, OutcomeIncomplete, OutcomeSent, OutcomeTooLong, SurveyNotClosed
from services.survey_reports.outcome import LONGEST, OutcomeNews, OutcomeService
from services.surveys.dto import Survey
from services.surveys.errors import SurveyChanged
from tests.support.clock import StandingClock
from tests.support.closed_surveys import grown, put_closed
from tests.support.papers import BishkekCalendar
from tests.support.surveyed import put_people

MANAGER = Actor(account_id=7001, language=Language.KY, grants=frozenset({RoleGrant(role=Role.SURVEY_MANAGER)}))


@pytest.fixture
def outcomes(unit_of_work: UnitOfWorkFactory, clock: StandingClock) -> OutcomeService:
    return OutcomeService(unit_of_work, clock, BishkekCalendar(), NoBell())


@pytest.fixture
async def survey(connection: AsyncConnection) -> Survey:
    """A closed survey that asked five people; three have accounts, one of which is on hold and one blocked the bot."""
    survey = await put_closed(connection, grown({}), [])
    people = await put_people(connection, "so-", 5)
    await connection.execute(
        text(
            "insert into survey_people (survey_id, person_id, stratum)"
            " select :survey, unnest(cast(:people as bigint[])), 'all'"
        ),
        {"survey": survey.id, "people": people},
    )
    for place, (column, value) in enumerate((("blocked_at", "null"), ("frozen_at", "now()"), ("blocked_at", "now()"))):
        await connection.execute(
            text(
                f"insert into accounts (telegram_id, language, first_seen_at, last_seen_at, person_id, {column})"  # noqa: S608
                f" values (:id, 'ky', now(), now(), :person, {value})"
            ),
            {"id": 880_001 + place, "person": people[place]},
        )
    return survey


async def write(outcomes: OutcomeService, survey: Survey) -> int:
    """Write all languages; return the version."""
    for language in Language:
        written = await outcomes.write(MANAGER, survey.id, language, f"  Жылуулук оңдолду ({language.value})  ")
    return written.version


async def deliveries(connection: AsyncConnection) -> list[tuple[int, str | None]]:
    """Who gets it."""
    rows = await connection.execute(
        text(
            "select d.account_id, d.ended from deliveries d join notices n on n.id = d.notice_id"
            " where n.kind = 'survey_outcome' order by 1"
        )
    )
    return [(account, ended) for account, ended in rows]


async def test_everybody_who_was_asked_is_told_once(
    connection: AsyncConnection, survey: Survey, outcomes: OutcomeService, reading: UnitOfWorkFactory
) -> None:
    with pytest.raises(OutcomeIncomplete):
        await outcomes.send(MANAGER, survey.id, (await outcomes.get(MANAGER, survey.id)).version)
    version = await write(outcomes, survey)
    with pytest.raises(SurveyChanged):
        await outcomes.send(MANAGER, survey.id, version - 1)
    assert await deliveries(connection) == []
    sent = await outcomes.send(MANAGER, survey.id, version)
    assert (sent.recipients, sent.sent) == (2, True)
    assert await deliveries(connection) == [(880_001, None), (880_003, "blocked")]
    for again in (outcomes.send(MANAGER, survey.id, version), outcomes.write(MANAGER, survey.id, Language.KY, "Жок")):
        with pytest.raises(OutcomeSent):
            await again
    found = await OutcomeNews(reading).find_outcome(survey.id)
    assert found is not None
    assert found[1].ru == "Жылуулук оңдолду (ru)"


async def test_what_is_too_long_for_a_message_is_refused(survey: Survey, outcomes: OutcomeService) -> None:
    with pytest.raises(OutcomeTooLong):
        await outcomes.write(MANAGER, survey.id, Language.EN, "x" * (LONGEST + 1))
    written = await outcomes.write(MANAGER, survey.id, Language.EN, "x" * LONGEST)
    assert list(written.missing) == [Language.KY, Language.RU]


async def test_nobody_is_told_where_nobody_was_asked(connection: AsyncConnection, outcomes: OutcomeService) -> None:
    survey = await put_closed(connection, grown({}), [])
    with pytest.raises(NobodyToTell):
        await outcomes.send(MANAGER, survey.id, await write(outcomes, survey))
    assert not (await outcomes.get(MANAGER, survey.id)).sent


async def test_only_managers_of_surveys_write_it_and_only_after_closing(
    connection: AsyncConnection, survey: Survey, outcomes: OutcomeService
) -> None:
    stranger = Actor(account_id=1, language=Language.KY)
    running = await put_closed(connection, grown({}), [], state="open")
    for asked in (
        outcomes.get(stranger, survey.id),
        outcomes.write(stranger, survey.id, Language.KY, "Жок"),
        outcomes.send(stranger, survey.id, 1),
    ):
        with pytest.raises(NotAllowed):
            await asked
    with pytest.raises(SurveyNotClosed):
        await outcomes.write(MANAGER, running.id, Language.KY, "Жок")
