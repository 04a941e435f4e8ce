"""Reminders of open surveys, and how many are through: nobody is named, and nothing of it stays."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import NotAllowed
from services.db.uow import UnitOfWorkFactory
from services.languages import Trilingual
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import Stratum, SurveySettings
from services.surveys.errors import SurveyNotOpen
from services.surveys.rules import reminder_days
from services.surveys.taking_part import in_tens, rates_of
from tests.support.clock import StandingClock
from tests.support.closing import Closer
from tests.support.survey_desk import CONFIDENTIAL, MANAGER, STRANGER, TODAY, Desk, link, settle

REMINDED = text("""
    select n.created_at::date, d.account_id from deliveries d join notices n on n.id = d.notice_id
    where n.kind = 'survey_reminder' order by 1, 2
""")


@pytest.fixture
def desk(unit_of_work: UnitOfWorkFactory, clock: StandingClock, tmp_path: Path) -> Desk:
    return Desk(unit_of_work, clock, tmp_path, "https://bot.example")


async def open_for(desk: Desk, connection: AsyncConnection, mode: SurveyMode) -> tuple[int, list[int]]:
    """Open a survey that asks 60 people in two groups; four of them are linked."""
    people = [*await settle(connection, "iit", 30), *await settle(connection, "mti", 30)]
    for number in range(4):
        await link(connection, 7201 + number, people[number])
    survey_id = await desk.bring(SurveySettings(mode=mode, reader_unit="mti"))
    await desk.opening.open(MANAGER, survey_id)
    return survey_id, people


async def mark(connection: AsyncConnection, survey_id: int, *people: int, table: str = "survey_marks") -> None:
    statement = text(f"insert into {table} (survey_id, person_id) values (:survey, :person)")  # noqa: S608 -- ours
    for person in people:
        await connection.execute(statement, {"survey": survey_id, "person": person})


@pytest.mark.parametrize(
    ("days", "reminded"),
    [(14, [7, 11, 13]), (5, [2, 4]), (4, [1, 3]), (3, [2]), (2, [1]), (1, []), (0, []), (30, [15, 27, 29])],
)
def test_reminders_come_half_way_and_before_the_end(days: int, reminded: list[int]) -> None:
    found = reminder_days(TODAY, TODAY + timedelta(days=days))
    assert [(day - TODAY).days for day in found] == reminded


@pytest.mark.parametrize(
    ("mode", "table", "hears"),
    [
        (SurveyMode.CONFIDENTIAL, "survey_marks", [7203, 7204]),
        (SurveyMode.NAMED, "survey_marks", [7203, 7204]),
        (SurveyMode.ANONYMOUS, "survey_quiet", [7203, 7204]),
    ],
)
async def test_who_is_through_or_wants_quiet_is_not_reminded_and_everybody_else_once(
    desk: Desk, connection: AsyncConnection, clock: StandingClock, mode: SurveyMode, table: str, hears: list[int]
) -> None:
    survey_id, people = await open_for(desk, connection, mode)
    await mark(connection, survey_id, *people[:2], table=table)
    if mode is SurveyMode.ANONYMOUS:
        await invited_with_tickets(desk, connection, survey_id)
    clock.advance(days=7, hours=-3)
    assert await desk.rounds.run() == 0
    clock.advance(hours=2)
    assert await desk.rounds.run() == 1
    again = Desk(desk.unit_of_work, clock, desk.keys.folder)
    assert await again.rounds.run() == 0
    assert [row[1] for row in await connection.execute(REMINDED)] == hears


async def invited_with_tickets(desk: Desk, connection: AsyncConnection, survey_id: int) -> None:
    """Make tickets, so that the round of the day invites."""
    await connection.execute(
        text("update survey_strata set tickets = 30 where survey_id = :id and leaf"), {"id": survey_id}
    )
    assert await Desk(desk.unit_of_work, desk.clock, desk.keys.folder).rounds.run() == 1


async def test_an_anonymous_survey_invites_once_and_not_before_there_are_tickets(
    desk: Desk, connection: AsyncConnection, clock: StandingClock
) -> None:
    survey_id, _people = await open_for(desk, connection, SurveyMode.ANONYMOUS)
    assert await sent(connection) == []
    clock.advance(days=7)  # a reminder would be due
    assert await desk.rounds.run() == 0
    assert await sent(connection) == [], "whoever has no ticket is not written to"
    clock.advance(days=1)
    await invited_with_tickets(desk, connection, survey_id)
    assert await sent(connection) == [("survey_invitation", 4)]
    for days in (1, 1, 1):
        clock.advance(days=days)
        await Desk(desk.unit_of_work, clock, desk.keys.folder).rounds.run()
    assert await sent(connection) == [("survey_invitation", 4), ("survey_reminder", 4)]


async def test_everybody_else_is_invited_when_a_survey_opens(desk: Desk, connection: AsyncConnection) -> None:
    await open_for(desk, connection, SurveyMode.NAMED)
    assert await sent(connection) == [("survey_invitation", 4)]


SENT = text("""
    select n.kind, count(d.account_id), count(m.id) from notices n
    left join deliveries d on d.notice_id = n.id left join messages m on m.id = d.message_id
    where n.kind like 'survey%' group by n.kind, n.id order by n.id
""")


async def sent(connection: AsyncConnection) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in await connection.execute(SENT)]


async def end_sending(connection: AsyncConnection, kind: str) -> None:
    statement = """
        update broadcasts set state = 'done', ended_at = now()
        where notice_id in (select id from notices where kind = :kind)
    """
    await connection.execute(text(statement), {"kind": kind})


@pytest.mark.parametrize("halted", [False, True])
async def test_who_was_written_to_is_forgotten_the_next_morning_once_it_has_gone_out(
    desk: Desk, connection: AsyncConnection, clock: StandingClock, *, halted: bool
) -> None:
    await open_for(desk, connection, SurveyMode.CONFIDENTIAL)
    clock.advance(days=7)
    assert await desk.rounds.run() == 1
    assert await sent(connection) == [("survey_invitation", 4), ("survey_reminder", 4)]
    if halted:
        await connection.execute(text("update send_pace set halted_at = now()"))
    await end_sending(connection, "survey_invitation")
    clock.advance(days=1)
    await desk.rounds.run()
    assert await sent(connection) == [("survey_invitation", 0), ("survey_reminder", 4)]  # still on its way
    await end_sending(connection, "survey_reminder")
    await Desk(desk.unit_of_work, clock, desk.keys.folder).rounds.run()
    assert await sent(connection) == [("survey_invitation", 0), ("survey_reminder", 0)]


async def test_a_reminder_that_is_held_up_keeps_nobody_for_longer_than_it_is_worth(
    desk: Desk, connection: AsyncConnection, clock: StandingClock
) -> None:
    await open_for(desk, connection, SurveyMode.CONFIDENTIAL)
    clock.advance(days=7)
    assert await desk.rounds.run() == 1
    await connection.execute(text("update broadcasts set state = 'paused'"))
    clock.advance(days=2)
    await desk.rounds.run()
    assert await sent(connection) == [("survey_invitation", 4), ("survey_reminder", 0)]


async def test_at_closing_whoever_was_written_to_is_forgotten(
    desk: Desk, connection: AsyncConnection, clock: StandingClock
) -> None:
    survey_id, _people = await open_for(desk, connection, SurveyMode.CONFIDENTIAL)
    clock.advance(days=7)
    await desk.rounds.run()
    closer = Closer(desk.unit_of_work, desk.keys)
    await closer.service.close(MANAGER, survey_id)
    assert await sent(connection) == [("survey_invitation", 0), ("survey_reminder", 0)]


async def test_nothing_is_reminded_of_while_a_restore_halts_sending(
    desk: Desk, connection: AsyncConnection, clock: StandingClock
) -> None:
    await open_for(desk, connection, SurveyMode.CONFIDENTIAL)
    await connection.execute(text("update send_pace set halted_at = now()"))
    clock.advance(days=7)
    assert await desk.rounds.run() == 0
    await connection.execute(text("update send_pace set halted_at = null"))
    assert await desk.rounds.run() == 1


async def test_rate_is_of_this_morning_and_stays_so_until_the_next(
    desk: Desk, connection: AsyncConnection, clock: StandingClock
) -> None:
    survey_id, people = await open_for(desk, connection, SurveyMode.NAMED)
    assert (await desk.taking_part.look(MANAGER, survey_id)).counted_on is None
    await mark(connection, survey_id, *people[:19], people[30])
    clock.advance(days=1)
    await desk.rounds.run()
    seen = await desk.taking_part.look(MANAGER, survey_id)
    assert seen.counted_on == date(2026, 11, 22)
    assert [(rate.stratum.code, rate.percent) for rate in seen.rates] == [("all", 30), ("iit", 30), ("mti", None)]
    await mark(connection, survey_id, *people[31:45])
    await Desk(desk.unit_of_work, clock, desk.keys.folder).rounds.run()
    assert await desk.taking_part.look(MANAGER, survey_id) == seen
    clock.advance(days=1)
    await desk.rounds.run()
    rates = (await desk.taking_part.look(MANAGER, survey_id)).rates
    assert [(rate.stratum.code, rate.percent) for rate in rates] == [("all", 50), ("iit", 30), ("mti", 30)]


async def test_rate_of_tickets_is_that_of_those_printed(
    desk: Desk, connection: AsyncConnection, clock: StandingClock
) -> None:
    survey_id, _people = await open_for(desk, connection, SurveyMode.ANONYMOUS)
    await connection.execute(text("update survey_strata set tickets = 40 where leaf"))
    await connection.execute(
        text("""
            insert into survey_tickets (hash, survey_id, stratum)
            select sha256(('t' || n)::bytea), :survey, case when n <= 25 then 'iit' else 'mti' end
            from generate_series(1, 60) n
        """),
        {"survey": survey_id},
    )
    clock.advance(days=1)
    await desk.rounds.run()
    rates = (await desk.taking_part.look(MANAGER, survey_id)).rates
    assert [(rate.stratum.code, rate.base, rate.percent) for rate in rates] == [
        ("all", 80, 25),
        ("iit", 40, 25),
        ("mti", 40, None),
    ]


async def test_rates_are_for_managers_and_only_while_a_survey_is_open(desk: Desk) -> None:
    survey_id = await desk.bring(CONFIDENTIAL)
    with pytest.raises(NotAllowed):
        await desk.taking_part.look(STRANGER, survey_id)
    with pytest.raises(SurveyNotOpen):
        await desk.taking_part.look(MANAGER, survey_id)


def test_one_more_who_finishes_changes_figures_only_at_every_tenth() -> None:
    """Whatever two looks subtract, sums and differences included, ten people stand between two figures of a group."""
    names = Trilingual(ky="а", ru="б", en="c")
    sizes = {"a": 30, "b": 57}
    groups = [Stratum(code="all", parent=None, name=names, people=87, leaf=False)]
    groups += [Stratum(code=code, parent="all", name=names, people=size, leaf=True) for code, size in sizes.items()]

    def shown(finished: dict[str, int]) -> dict[str, tuple[int | None, bool]]:
        tens = in_tens(groups, finished)
        counted = [Stratum(code=one.code, parent=one.parent, name=names, people=one.people, leaf=one.leaf,
                           finished=tens[one.code], counted_on=TODAY) for one in groups]  # fmt: skip
        return {rate.stratum.code: (rate.percent, rate.at_least) for rate in rates_of(SurveyMode.NAMED, counted)}

    for code, size in sizes.items():
        figures = [shown({code: finished})[code] for finished in range(size + 1)]
        changes = [place for place in range(1, size + 1) if figures[place] != figures[place - 1]]
        assert all(place % 10 == 0 for place in changes)
        assert figures[9] == (None, False)
        assert figures[size] == figures[(size - 10) // 10 * 10 if figures[size][1] is False else -1]
        assert all(percent is None or (percent % 5 == 0 and percent < 100) for percent, _ in figures)
        full = figures[size][0]
        assert full is not None
        assert full * size / 100 <= size - 10
