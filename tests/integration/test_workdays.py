"""Noting working days, and what everybody then counts with."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role, RoleGrant
from services.languages import Language
from services.workdays.dto import ChangesDifference, DayKind, WorkdayChange
from services.workdays.errors import DayOutOfReach, NoSuchChange
from services.workdays.service import WorkdayService
from tests.support.clock import StandingClock
from tests.support.office import Office
from tests.support.papers import BishkekCalendar

SATURDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 30)
DECIDED = date(2026, 11, 20)
REGISTRAR = Actor(account_id=7004, language=Language.KY, grants=frozenset({RoleGrant(role=Role.REGISTRAR)}))


async def test_noted_day_counts_at_once_and_is_in_the_audit(office: Office, connection: AsyncConnection) -> None:
    assert await office.workdays.add(date(2026, 11, 27), 1) == MONDAY
    await office.workdays.note(OPERATOR, SATURDAY, DayKind.WORKING, "Буйрук № 7", DECIDED)
    assert await office.workdays.add(date(2026, 11, 27), 1) == SATURDAY
    assert await office.workdays.is_working(SATURDAY)
    assert await office.workdays.count(SATURDAY, MONDAY) == 2
    assert await office.workdays.before(MONDAY, 1) == SATURDAY
    await office.workdays.note(OPERATOR, SATURDAY, DayKind.SHORT, "Буйрук № 8", None)
    stored = await connection.execute(text("select day, kind, source, decided_on, noted_by from workday_changes"))
    assert [tuple(row) for row in stored] == [(SATURDAY, "short", "Буйрук № 8", None, None)]
    noted = await connection.execute(text("select act, subject, details from audit_entries order by id"))
    assert [tuple(row) for row in noted] == [
        ("workday_noted", "day:2026-11-28", {"kind": "working"}),
        ("workday_noted", "day:2026-11-28", {"kind": "short"}),
    ]


async def test_removed_day_is_as_the_country_has_it(office: Office) -> None:
    await office.workdays.note(OPERATOR, SATURDAY, DayKind.WORKING, "Буйрук № 7", DECIDED)
    assert (await office.workdays.get_change(OPERATOR, SATURDAY)).source == "Буйрук № 7"
    await office.workdays.remove(OPERATOR, SATURDAY)
    assert not await office.workdays.is_working(SATURDAY)
    for look in (office.workdays.remove, office.workdays.get_change):
        with pytest.raises(NoSuchChange):
            await look(OPERATOR, SATURDAY)


async def test_other_replica_knows_within_half_a_minute(office: Office, clock: StandingClock) -> None:
    other = WorkdayService(office.unit_of_work, office.reading, clock, BishkekCalendar())
    assert not await other.is_working(SATURDAY)
    await office.workdays.note(OPERATOR, SATURDAY, DayKind.WORKING, "Буйрук № 7", DECIDED)
    assert not await other.is_working(SATURDAY)
    clock.advance(seconds=30)
    assert await other.is_working(SATURDAY)


async def test_file_of_changes_leaves_other_days_alone(office: Office, connection: AsyncConnection) -> None:
    kept = WorkdayChange(day=date(2026, 12, 31), kind=DayKind.SHORT, source="Эрежелер", decided_on=None)
    moved = WorkdayChange(day=SATURDAY, kind=DayKind.WORKING, source="Буйрук № 7", decided_on=DECIDED)
    assert await office.workdays.import_changes(OPERATOR, [kept]) == ChangesDifference(added=1, changed=0, unchanged=0)
    again = WorkdayChange(day=kept.day, kind=DayKind.OFF, source="Буйрук № 9", decided_on=None)
    assert await office.workdays.import_changes(OPERATOR, [moved, again]) == ChangesDifference(
        added=1, changed=1, unchanged=0
    )
    assert await office.workdays.import_changes(OPERATOR, [moved]) == ChangesDifference(added=0, changed=0, unchanged=1)
    assert (await connection.execute(text("select count(*) from workday_changes"))).scalar_one() == 2


async def test_months_are_shown_with_the_day_that_was_noted(office: Office) -> None:
    await office.workdays.note(OPERATOR, SATURDAY, DayKind.WORKING, "Буйрук № 7", DECIDED)
    november, december = await office.workdays.list_months(OPERATOR)
    assert (november.first, november.last, november.working) == (date(2026, 11, 1), MONDAY, 22)
    assert [one.day for one in november.notable] == [SATURDAY]
    assert (december.first, december.last, december.working) == (date(2026, 12, 1), date(2026, 12, 31), 23)
    assert (await office.workdays.list_year(2026)).working == 248


async def test_only_administrators_note(office: Office, connection: AsyncConnection) -> None:
    change = WorkdayChange(day=SATURDAY, kind=DayKind.OFF, source="Буйрук")
    with pytest.raises(NotAllowed):
        await office.workdays.note(REGISTRAR, SATURDAY, DayKind.OFF, "Буйрук", None)
    with pytest.raises(NotAllowed):
        await office.workdays.import_changes(REGISTRAR, [change])
    with pytest.raises(NotAllowed):
        await office.workdays.remove(REGISTRAR, SATURDAY)
    with pytest.raises(NotAllowed):
        await office.workdays.list_months(REGISTRAR)
    with pytest.raises(DayOutOfReach):
        await office.workdays.import_changes(OPERATOR, [change, WorkdayChange(
            day=date(1999, 1, 1), kind=DayKind.OFF, source="Буйрук")])  # fmt: skip
    assert (await connection.execute(text("select count(*) from workday_changes"))).scalar_one() == 0
    assert (await connection.execute(text("select count(*) from audit_entries"))).scalar_one() == 0
