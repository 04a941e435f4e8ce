"""Reminders of papers that end: who is told what, once, and whom an office hears of."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, Actor, NotAllowed, NotLinked, Role
from services.corrections.dto import Fact
from services.expiries.dto import Paper
from services.expiries.errors import PaperMoved
from services.expiries.service import PAGE
from services.languages import Trilingual
from services.people.dto import PersonStatus, RosterEntry
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, INSTITUTE, NURLANS_PHONE, Office
from tests.support.people import AIZADA, BAKYT, NURLAN

TODAY = date(2026, 11, 21)
FOREIGN_OFFICE = replace(INSTITUTE, code="ebb", abbreviation="ЭББ", name=Trilingual(ky="ЭББ"), aliases=())
LEFT = text("""
    select n.kind, d.account_id, n.occasion from notices n join deliveries d on d.notice_id = n.id
    join messages m on m.id = d.message_id and m.chat_id = d.account_id and m.state = 'pending'
    where n.kind in ('paper_ends', 'papers_at_office') order by n.occasion
""")


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def foreign(entry: RosterEntry, **ends: int) -> RosterEntry:
    """Somebody from abroad whose papers end in so many days."""
    days: dict[str, Any] = {f"{paper}_expires": in_days(left) for paper, left in ends.items()}
    return replace(entry, citizenship="Индия", **days)


async def left(connection: AsyncConnection) -> list[tuple[str, int, str]]:
    return [tuple(row) for row in await connection.execute(LEFT)]


async def settle(office: Office, *entries: RosterEntry) -> Actor:
    """Put people and units into the database; the first of them, Айзада, is linked."""
    await office.units.import_units(OPERATOR, [INSTITUTE, FOREIGN_OFFICE])
    await office.enrol(*entries)
    return await office.connect(AIZADAS_PHONE, entries[0])


async def appoint(office: Office, account: int, role: Role, unit: str | None = None) -> Actor:
    """Let an account hold a role."""
    await office.recognise(account)
    await office.roles.grant(OPERATOR, str(account), role, unit)
    return await office.recognise(account)


async def test_person_is_told_once_at_each_threshold_and_the_day_after_the_end(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    aizada = await settle(office, foreign(AIZADA, visa=60))
    told: dict[int, int] = {}
    for day in range(70):
        if count := await office.expiry_sweeps.sweep():
            told[60 - day] = count
        assert await office.expiry_sweeps.sweep() == 0
        clock.advance(days=1)
    assert told == {60: 1, 45: 1, 30: 1, 14: 1, 3: 1, -1: 1}
    first, *_others = await left(connection)
    assert first[:2] == ("paper_ends", aizada.account_id)
    assert first[2].startswith("expiry:visa:")


async def test_outage_of_days_is_not_made_up_for(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await settle(office, foreign(AIZADA, visa=62))
    assert await office.expiry_sweeps.sweep() == 0
    clock.advance(days=49)  # 13 days are left: 60, 45, 30 and 14 were passed over
    assert await office.expiry_sweeps.sweep() == 1
    assert [occasion.rpartition(":")[2] for _, _, occasion in await left(connection)] == ["14"]
    clock.advance(days=1)
    assert await office.expiry_sweeps.sweep() == 0


async def test_nothing_goes_out_before_the_morning(office: Office, clock: StandingClock) -> None:
    await settle(office, foreign(AIZADA, visa=30))
    clock.advance(hours=20, minutes=59)  # 8:59 of the next day in Bishkek
    assert await office.expiry_sweeps.sweep() == 0
    clock.advance(minutes=1)
    assert await office.expiry_sweeps.sweep() == 1


async def test_day_that_moves_begins_anew_whether_imported_or_corrected(office: Office, clock: StandingClock) -> None:
    entry = foreign(AIZADA, visa=14)
    await settle(office, entry)
    assert await office.expiry_sweeps.sweep() == 1
    clock.advance(days=1)
    await office.enrol(replace(entry, visa_expires=in_days(40)))
    assert await office.expiry_sweeps.sweep() == 1
    clock.advance(days=1)
    assert await office.expiry_sweeps.sweep() == 0
    person = await office.study_office.search(OPERATOR, entry.person_no)
    await office.corrections.correct(OPERATOR, person.people[0].id, Fact.VISA_EXPIRES, in_days(32).isoformat())
    assert await office.expiry_sweeps.sweep() == 0  # today's reminders are out
    clock.advance(days=1)
    assert await office.expiry_sweeps.sweep() == 1


async def test_who_applied_is_not_reminded_of_this_end_and_may_take_it_back(
    office: Office, clock: StandingClock
) -> None:
    aizada = await settle(office, foreign(AIZADA, visa=30, registration=20))
    own = await office.expiries.note_applied(aizada, Paper.VISA, in_days(30))
    assert [(one.paper, one.applied) for one in own.endings] == [(Paper.REGISTRATION, False), (Paper.VISA, True)]
    assert await office.expiry_sweeps.sweep() == 1
    clock.advance(days=16)
    await office.expiries.take_back(aizada, Paper.VISA, in_days(30))
    assert not any(one.applied for one in (await office.expiries.list_own(aizada)).endings)
    assert await office.expiry_sweeps.sweep() == 2  # both have 14 days or less by now
    with pytest.raises(PaperMoved):
        await office.expiries.note_applied(aizada, Paper.VISA, in_days(31))
    with pytest.raises(PaperMoved):
        await office.expiries.note_applied(aizada, Paper.WORK_PERMIT, in_days(30))


async def test_only_who_studies_works_or_is_on_leave_is_reminded(office: Office, connection: AsyncConnection) -> None:
    gone = [
        replace(foreign(NURLAN, visa=30), person_no=f"S-{number}", status=status)
        for number, status in enumerate(PersonStatus)
    ]
    await settle(office, foreign(AIZADA, visa=90), *gone)
    await office.enrol(*gone[:-1])  # the last is no longer in the roster
    await office.expiry_sweeps.sweep()
    marked = await connection.execute(
        text("select p.status from expiry_marks m join people p on p.id = m.person_id order by 1")
    )
    assert [row[0] for row in marked] == ["active", "leave"]


async def test_office_hears_once_a_day_of_everybody_linked_or_not(office: Office, connection: AsyncConnection) -> None:
    await settle(office, foreign(AIZADA, visa=30), foreign(NURLAN, registration=3), replace(
        BAKYT, work_permit_expires=in_days(45)))  # fmt: skip
    official = await appoint(office, BAKYTS_PHONE, Role.UNIT_STAFF, "ebb")
    assert await office.expiry_sweeps.sweep() == 2
    assert {row[:2] for row in await left(connection)} == {
        ("paper_ends", AIZADAS_PHONE), ("papers_at_office", BAKYTS_PHONE),
    }  # fmt: skip
    news = await office.expiry_news.find_office("ebb", TODAY, BAKYTS_PHONE)
    assert news is not None
    assert [(one.ending.person.person_no, one.threshold, one.ending.account_id) for one in news.marked] == [
        ("S-1002", 3, None), ("S-1001", 30, AIZADAS_PHONE),
    ]  # fmt: skip
    assert await office.expiry_news.find_office("ebb", TODAY, NURLANS_PHONE) is None
    page = await office.expiries.list_near(official)
    assert [one.paper for one in page.endings] == [Paper.REGISTRATION, Paper.VISA]
    assert (page.total, page.pages) == (2, 1)


async def test_registrars_of_the_university_look_after_an_office_where_nobody_sits(
    office: Office, connection: AsyncConnection
) -> None:
    await settle(office, foreign(AIZADA, visa=30), replace(BAKYT, work_permit_expires=in_days(45)))
    registrar = await appoint(office, BAKYTS_PHONE, Role.REGISTRAR)
    await office.expiry_sweeps.sweep()
    offices = [occasion for kind, _, occasion in await left(connection) if kind == "papers_at_office"]
    day = TODAY.isoformat()
    assert offices == [f"expiry-office:{code}:{day}:{BAKYTS_PHONE}" for code in ("ebb", "mti")]
    assert (await office.expiries.list_near(registrar)).total == 2


async def test_nobody_else_sees_whose_papers_end(office: Office) -> None:
    aizada = await settle(office, foreign(AIZADA, visa=30))
    elsewhere = await appoint(office, BAKYTS_PHONE, Role.UNIT_HEAD, "mti")
    for actor in (aizada, replace(elsewhere, grants=frozenset())):
        with pytest.raises(NotAllowed):
            await office.expiries.list_near(actor)
    assert (await office.expiries.list_near(elsewhere)).total == 0  # work permits only
    with pytest.raises(NotAllowed):
        await office.expiries.foresee(elsewhere, TODAY)
    stranger = await office.recognise(NURLANS_PHONE)
    for ask in (office.expiries.list_own(stranger), office.expiries.note_applied(stranger, Paper.VISA, in_days(30))):
        with pytest.raises(NotLinked):
            await ask
    mine = aizada.person
    assert mine is not None
    assert await office.expiry_news.find_ending(mine.id, NURLANS_PHONE, Paper.VISA, in_days(30)) is None
    assert await office.expiry_news.find_ending(mine.id, AIZADAS_PHONE, Paper.VISA, in_days(31)) is None
    assert await office.expiry_news.find_ending(mine.id, AIZADAS_PHONE, Paper.VISA, in_days(30)) is not None
    await office.expiries.note_applied(aizada, Paper.VISA, in_days(30))
    assert await office.expiry_news.find_ending(mine.id, AIZADAS_PHONE, Paper.VISA, in_days(30)) is None


async def test_operator_foresees_a_day_and_nothing_is_written(office: Office, connection: AsyncConnection) -> None:
    await settle(office, foreign(AIZADA, visa=30, registration=20), foreign(NURLAN, visa=31))
    await appoint(office, BAKYTS_PHONE, Role.UNIT_STAFF, "ebb")
    today = await office.expiries.foresee(OPERATOR, TODAY)
    assert [(one.ending.person.person_no, one.ending.paper, one.threshold) for one in today.marked] == [
        ("S-1002", Paper.VISA, 45), ("S-1001", Paper.REGISTRATION, 30), ("S-1001", Paper.VISA, 30),
    ]  # fmt: skip
    assert today.officials == {"ebb": 1}
    tomorrow = await office.expiries.foresee(OPERATOR, in_days(1))
    assert [(one.ending.person.person_no, one.threshold) for one in tomorrow.marked] == [("S-1002", 30)]
    assert await left(connection) == []
    await office.expiry_sweeps.sweep()
    assert (await office.expiries.foresee(OPERATOR, TODAY)).marked == ()


async def test_long_list_has_pages_and_what_ended_long_ago_is_forgotten(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    many = [replace(foreign(NURLAN, visa=20), person_no=f"S-{number}") for number in range(PAGE + 1)]
    await settle(office, foreign(AIZADA, visa=30), *many)
    registrar = await appoint(office, BAKYTS_PHONE, Role.REGISTRAR)
    last = await office.expiries.list_near(registrar, 1)
    assert (last.total, last.pages, last.page, len(last.endings)) == (PAGE + 2, 2, 1, 2)
    assert (await office.expiries.list_near(registrar, 9)).page == 0
    await office.expiry_sweeps.sweep()
    clock.advance(days=396)
    await office.expiry_sweeps.sweep()
    assert (await connection.execute(text("select count(*) from expiry_marks"))).scalar_one() == 0


async def test_two_replicas_tell_everybody_once(busy_office: Office, engine: AsyncEngine) -> None:
    await busy_office.enrol(*(
        replace(AIZADA, person_no=f"S-{number}", phone="", citizenship="Индия", visa_expires=in_days(number))
        for number in range(200)))  # fmt: skip
    async with engine.begin() as connection:
        await connection.execute(text(
            "insert into accounts (telegram_id, person_id, first_seen_at, last_seen_at)"
            " select 900000 + id, id, now(), now() from people"))  # fmt: skip
    other = Office(busy_office.unit_of_work, busy_office.reading, busy_office.clock, worker=2)
    told = await asyncio.gather(busy_office.expiry_sweeps.sweep(), other.expiry_sweeps.sweep())
    assert sorted(told) == [0, 61]
    async with engine.connect() as connection:
        carried = "select count(distinct d.account_id), count(distinct d.message_id) from deliveries d"
        assert (await connection.execute(text(carried))).one() == (61, 61)
