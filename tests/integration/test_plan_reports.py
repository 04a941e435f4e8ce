"""Figures, calendars and the report on the state language out of the tables."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role, RoleGrant
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.plan_reports.calendar_dto import MadeCalendar
from services.plan_reports.calendars import CalendarService
from services.plan_reports.dto import Axis, Measure
from services.plan_reports.errors import CalendarChanged, NoPlanFile, NotCounted, NothingPlanned
from services.plan_reports.language_dto import Addressee, Why
from services.plan_reports.quarters import Quarter
from services.plan_reports.service import PlanReportService
from tests.support.clock import StandingClock
from tests.support.papers import BishkekCalendar
from tests.support.planned import Wanted, instance_ids, put_plan, put_units

UNITS = {"deans": "Декандар", "iit": "МТИ", "itk": "Китепкана", "umu": "Окуу бөлүмү", "vr": "Проректор"}
RELEASE = """insert into plan_duties (instance_id, unit_code, state, changed_at)
             select id, 'iit', 'released', now() from plan_instances where item_id = :id"""
AUTUMN = Quarter(2026, 4)


def head_of(*codes: str, role: Role = Role.UNIT_HEAD) -> Actor:
    """The head of these units."""
    grants = frozenset(RoleGrant(role=role, unit_code=code) for code in codes)
    return Actor(account_id=7001, language=Language.KY, grants=grants)


@pytest.fixture
def reports(reading: UnitOfWorkFactory, clock: StandingClock) -> PlanReportService:
    """Figures, as of the standing clock's day: 21 November 2026."""
    return PlanReportService(reading, clock, BishkekCalendar())


@pytest.fixture
def calendars(unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock) -> CalendarService:
    """Calendars of units."""
    return CalendarService(unit_of_work, reading, clock, public_url="https://kabarchy.example/")


def secret_of(made: MadeCalendar) -> str:
    """What an address ends with."""
    return made.address.removeprefix("https://kabarchy.example/calendar/").removesuffix(".ics")


async def put(connection: AsyncConnection) -> tuple[int, list[int]]:
    """Put a plan of four items."""
    await put_units(
        connection, UNITS, posts=["vr", "deans"], parents={"vr": "rectorate", "umu": "vr"},
        members={"deans": ["iit", "itk"]},
    )  # fmt: skip
    return await put_plan(
        connection,
        [
            Wanted(title="Тил күнү", responsible=["deans"], dues=[date(2026, 11, 10)], state_language=True),
            Wanted(title="Отчет", responsible=["umu", "vr"], dues=[date(2026, 11, 25), date(2027, 6, 30)]),
            Wanted(title="Курс", responsible=["umu"], dues=[date(2026, 10, 5)], state_language=True),
            Wanted(title="Жобо", responsible=["nobody"]),
        ],
        year=2026,
    )


async def tell(connection: AsyncConnection, item_id: int, code: str, state: str, day: date, **report: object) -> None:
    """Write what a unit said: a duty, and a report where it has words."""
    (first, *_others) = await instance_ids(connection, item_id)
    duty_id = (
        await connection.execute(
            text(
                "insert into plan_duties (instance_id, unit_code, state, done_on, reason, changed_at) values"
                " (:instance, :code, :state, :done, :reason, :at) returning id"
            ),
            {
                "instance": first, "code": code, "state": state, "done": day if state == "done" else None,
                "reason": report.pop("reason", ""), "at": datetime(2026, 11, 1, tzinfo=UTC),
            },
        )
    ).scalar_one()  # fmt: skip
    if not report:
        return
    report_id = (
        await connection.execute(
            text(
                "insert into plan_reports (duty_id, outcome, words, held_on, attendance, reported_on, reported_at,"
                " reported_by, decision, comment, decided_at) values (:duty, :outcome, :words, :held, :came, :day, :at,"
                " 1, :decision, :comment, :decided) returning id"
            ),
            {
                "duty": duty_id, "outcome": report.get("outcome", "done"), "words": report["words"],
                "held": report.get("held"), "came": report.get("came"), "day": day,
                "at": datetime(2026, 11, 1, tzinfo=UTC), "decision": report.get("decision"),
                "comment": report.get("comment", ""),
                "decided": datetime(2026, 11, 2, tzinfo=UTC) if report.get("decision") else None,
            },
        )
    ).scalar_one()  # fmt: skip
    await connection.execute(
        text("insert into plan_evidence (report_id, kind, url) values (:report, 'link', 'https://kstu.kg/til')"),
        {"report": report_id},
    )


async def test_coordinator_opens_every_number_as_a_list(
    reports: PlanReportService, connection: AsyncConnection
) -> None:
    plan_id, ids = await put(connection)
    await tell(connection, ids[0], "iit", "done", date(2026, 11, 9), words="Өттү")
    figures = await reports.get_figures(OPERATOR)
    assert {measure.value: figures.total.count(measure) for measure in Measure if figures.total.count(measure)} == {
        "overdue": 2, "near": 1, "ahead": 1, "undated": 1, "all": 5,
    }  # fmt: skip
    page = await reports.list_entries(OPERATOR, plan_id, Axis.ALL, "", Measure.OVERDUE, 7)
    assert ([entry.item.title for entry in page.entries], page.page) == (["Курс", "Тил күнү"], 0)
    _figures, row = await reports.get_row(OPERATOR, plan_id, Axis.UNIT, str(figures.units["iit"].id))
    assert row.tally.count(Measure.DONE) == 1
    with pytest.raises(NotCounted):
        await reports.get_row(OPERATOR, plan_id, Axis.MONTH, "199901")
    with pytest.raises(NothingPlanned):
        await reports.get_figures(OPERATOR, plan_id + 1)
    with pytest.raises(NoPlanFile):
        await reports.get_plan_file(OPERATOR, plan_id)


async def test_heads_see_what_is_theirs_and_strangers_nothing(
    reports: PlanReportService, connection: AsyncConnection
) -> None:
    await put(connection)
    own = await reports.get_figures(head_of("iit"))
    assert {entry.unit_code for entry in own.entries} == {"iit"}
    vice = await reports.get_figures(head_of("vr"))
    assert {entry.unit_code for entry in vice.entries} == {"vr", "umu"}
    assert (await reports.get_state(OPERATOR)).figures.total.total == 5
    for stranger in (head_of(), head_of("iit", role=Role.UNIT_STAFF)):
        with pytest.raises(NotAllowed):
            await reports.get_figures(stranger)
        with pytest.raises(NotAllowed):
            await reports.report_on_language(stranger, AUTUMN, Addressee.COUNCIL)


async def test_language_report_of_a_running_quarter_does_not_call_missed_what_has_time(
    reports: PlanReportService, connection: AsyncConnection
) -> None:
    await put_units(connection, {"umu": "Окуу бөлүмү", "lib": "Китепкана"})
    late, ahead = date(2026, 11, 20), date(2026, 12, 18)
    await put_plan(
        connection,
        [
            Wanted(title="Жума", responsible=["umu"], dues=[late], state_language=True),
            Wanted(title="Курс", responsible=["umu", "lib"], dues=[ahead], state_language=True),
        ],
        year=2026,
    )
    report = await reports.report_on_language(OPERATOR, AUTUMN, Addressee.COUNCIL)
    assert [(one.title, one.due) for one in report.undone] == [("Жума", late)]
    assert (report.asked, report.silent) == (2, ("Окуу бөлүмү",))


async def test_language_report_names_what_was_done_what_was_not_and_who_is_silent(
    reports: PlanReportService, connection: AsyncConnection
) -> None:
    _plan, ids = await put(connection)
    held = date(2026, 11, 5)
    await tell(connection, ids[0], "iit", "done", date(2026, 11, 9), words="Өттү", held=held, came=120)
    await tell(
        connection,
        ids[2],
        "umu",
        "returned",
        date(2026, 10, 4),
        words="Бүттү",
        decision="returned",
        comment="Тизме жок",
    )
    report = await reports.report_on_language(OPERATOR, AUTUMN, Addressee.COUNCIL)
    (activity,) = report.activities
    assert (activity.title, activity.unit, activity.days, activity.attendance, activity.evidence) == (
        "Тил күнү", "МТИ", (held,), 120, ("https://kstu.kg/til",),
    )  # fmt: skip
    assert [(one.title, one.unit, one.why, one.reason) for one in report.undone] == [
        ("Тил күнү", "Китепкана", Why.SILENT, ""),
        ("Курс", "Окуу бөлүмү", Why.RETURNED, "Тизме жок"),
    ]
    assert report.silent == ("Китепкана",)
    assert (report.asked, report.units) == (2, ())
    unit_id = (await reports.get_figures(OPERATOR)).units["umu"].id
    own = await reports.report_on_language(head_of("umu"), AUTUMN, Addressee.MINISTRY, unit_id)
    assert own.units == ("Окуу бөлүмү",)
    assert (await reports.report_on_language(head_of("umu", "iit"), AUTUMN, Addressee.COUNCIL)).units == (
        "МТИ", "Окуу бөлүмү",
    )  # fmt: skip
    assert (own.activities, [one.unit for one in own.undone], own.silent) == ((), ["Окуу бөлүмү"], ())
    with pytest.raises(NotCounted):
        await reports.report_on_language(head_of("iit"), AUTUMN, Addressee.MINISTRY, unit_id)
    with pytest.raises(NothingPlanned):
        await reports.report_on_language(OPERATOR, Quarter(2024, 4), Addressee.COUNCIL)


async def test_language_report_names_what_nobody_answers_for(
    reports: PlanReportService, connection: AsyncConnection
) -> None:
    await put_units(connection, UNITS)
    await put_plan(
        connection,
        [
            Wanted(title="Ээсиз", responsible=[], dues=[date(2026, 11, 10)], state_language=True),
            Wanted(title="Кийин", responsible=[], dues=[date(2027, 2, 10)], state_language=True),
        ],
        year=2026,
    )
    report = await reports.report_on_language(OPERATOR, AUTUMN, Addressee.COUNCIL)
    assert [(one.title, one.unit, one.why) for one in report.undone] == [("Ээсиз", "", Why.NOBODY)]
    assert (report.asked, report.silent) == (2, ())
    assert (await reports.report_on_language(head_of("umu"), AUTUMN, Addressee.COUNCIL)).undone == ()


async def test_calendar_has_what_the_unit_is_to_do_and_what_was_cancelled(
    calendars: CalendarService, connection: AsyncConnection
) -> None:
    _plan, ids = await put(connection)
    (unit,) = await calendars.list_own(head_of("iit", role=Role.UNIT_STAFF))
    secret = secret_of(await calendars.make(head_of("iit"), unit.id))
    found = await calendars.find(secret)
    assert found is not None
    assert [(one.title, one.due, one.sequence, one.cancelled) for one in found.entries] == [
        ("Тил күнү", date(2026, 11, 10), 2, False)
    ]
    before = found.entries[0].sequence
    for change, cancelled in (
        ("update plan_items set state = 'cancelled', version = version + 1", True),
        ("update plan_items set state = 'active', version = version + 1", False),
        (RELEASE, True),
        ("update plan_duties set state = 'open', version = version + 1", False),
        ("update plan_instances set due = due + 7, due_version = due_version + 1", False),
        ("update plan_duties set due = current_date, due_version = due_version + 1, version = version + 1", False),
    ):  # fmt: skip
        await connection.execute(text(change), {"id": ids[0]} if ":id" in change else {})
        found = await calendars.find(secret)
        assert found is not None
        (entry,) = found.entries
        assert (entry.sequence > before, entry.cancelled) == (True, cancelled), change
        before = entry.sequence
    stored = (await connection.execute(text("select digest::text from plan_calendars"))).scalar_one()
    assert secret not in stored


async def test_calendar_address_is_made_anew_and_revoked_by_its_people_and_the_coordinator(
    calendars: CalendarService, connection: AsyncConnection
) -> None:
    await put(connection)
    (unit,) = await calendars.list_own(head_of("iit"))
    coordinator = Actor(
        account_id=7002, language=Language.KY, grants=frozenset({RoleGrant(role=Role.PLAN_COORDINATOR)})
    )
    made = await calendars.make(coordinator, unit.id)
    first, state = secret_of(made), await calendars.look(coordinator, unit.id)
    assert (state.made_at is not None, state.mark) == (True, made.mark)
    with pytest.raises(CalendarChanged):
        await calendars.make(head_of("iit"), unit.id)
    again = await calendars.make(head_of("iit"), unit.id, made.mark)
    second = secret_of(again)
    for stale in (calendars.make(coordinator, unit.id, made.mark), calendars.revoke(coordinator, unit.id, made.mark)):
        with pytest.raises(CalendarChanged):
            await stale
    assert await calendars.find(first) is None
    assert await calendars.find(second) is not None
    await calendars.revoke(head_of("iit"), unit.id, again.mark)
    await calendars.revoke(head_of("iit"), unit.id, again.mark)
    assert await calendars.find(second) is None
    assert await calendars.find("x") is None
    acts = await connection.scalars(text("select act from audit_entries order by id"))
    assert list(acts) == ["plan_calendar_made", "plan_calendar_made", "plan_calendar_revoked"]
    for refused in (head_of("itk"), head_of()):
        with pytest.raises(NotAllowed):
            await calendars.make(refused, unit.id)
    with pytest.raises(NotCounted):
        await calendars.look(coordinator, 0)
