"""Reminders of plans: who is told what, each step once, and whom nobody hears."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, NotAllowed, Role
from services.db.uow import UnitOfWorkFactory, reading_factory, unit_of_work_factory
from services.delivery.halting import Halting
from services.plan_desk.rounds import PlanDeskRounds
from services.plan_reminders.ahead import Basis, Silence
from services.plan_reminders.dto import Part
from services.plan_reminders.errors import NoSuchPlan, NothingToWrite
from services.workdays.dto import DayKind
from tests.support.clock import StandingClock
from tests.support.papers import BishkekCalendar
from tests.support.planned import Wanted, instance_ids, put_plan, put_units
from tests.support.reminding import Reminding, left, say, seat

DUE = date(2026, 3, 31)  # a Tuesday; 7 working days before is the 20th, 3 the 26th, 1 the 30th
HEAD, STAFF, ABOVE, VICE, RECTOR, COORDINATOR, COLLEAGUE = 7001, 7002, 7003, 7004, 7005, 7006, 7007
UNITS = {
    "rectorate": "Ректорат", "rector": "Ректор", "vr": "Проректор", "iit": "МТИ", "chair": "Кафедра",
    "itk": "Китепкана", "deans": "Декандар",
}  # fmt: skip
PARENTS = {"rector": "rectorate", "vr": "rectorate", "iit": "vr", "chair": "iit"}


@pytest.fixture
async def reminding(
    connection: AsyncConnection, unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock
) -> Reminding:
    """Units with a head each, and a coordinator."""
    await settle(connection)
    return Reminding(unit_of_work, reading, clock)


async def settle(connection: AsyncConnection) -> None:
    await put_units(connection, UNITS, posts=["rector", "vr", "deans"], parents=PARENTS)
    await seat(connection, HEAD, "chair")
    await seat(connection, ABOVE, "iit")
    await seat(connection, VICE, "vr")
    await seat(connection, RECTOR, "rector")
    await seat(connection, COORDINATOR, None, Role.PLAN_COORDINATOR)


async def steps(connection: AsyncConnection) -> list[tuple[str, str, int, date]]:
    rows = await connection.execute(
        text("select unit_code, step, due_version, day from plan_steps order by day, unit_code, step")
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def item(*units: str, title: str = "Отчет", due: date | None = DUE, **more: object) -> Wanted:
    return Wanted(title=title, responsible=units, dues=[due] if due else [], **more)  # type: ignore[arg-type]


def march(day: int) -> date:
    return date(2026, 3, day)


async def test_ladder_is_told_on_working_mornings_each_step_once(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("chair")])
    told = await reminding.run_through(march(19), date(2026, 4, 6))
    assert list(told) == [march(19), march(20), march(26), march(30), march(31), date(2026, 4, 1), date(2026, 4, 6)]
    assert set(told.values()) == {1}
    assert [step for _, step, _, _ in await steps(connection)] == ["14", "7", "3", "1", "0", "-1", "-4"]
    assert [account for account, _ in await left(connection)] == [HEAD] * 7
    assert reminding.bell.rung == 7


async def test_nothing_before_nine_and_nothing_on_a_day_off_that_was_noted(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("chair")])
    reminding.turn_to(march(31), time(8, 59))
    assert await reminding.sweeps.sweep() == 0
    await reminding.workdays.note(OPERATOR, march(31), DayKind.OFF, "Order 7", None)
    assert await reminding.run(march(31)) == 0
    await reminding.workdays.remove(OPERATOR, march(31))
    assert await reminding.run(march(31)) == 1
    assert await reminding.run(march(31)) == 0


async def test_three_days_of_downtime_tell_only_the_nearest_step(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("chair")])
    await reminding.run(march(25))
    await reminding.run(march(31))
    assert [step for _, step, _, _ in await steps(connection)] == ["7", "0"]
    restarted = Reminding(reminding.unit_of_work, reminding.reading, reminding.clock)
    assert await restarted.sweeps.sweep() == 0
    assert await restarted.run(date(2026, 4, 1)) == 1


async def test_two_replicas_at_the_same_moment_tell_everybody_once(engine: AsyncEngine, clock: StandingClock) -> None:
    async with engine.begin() as connection:
        await settle(connection)
        await put_plan(connection, [item("chair", "iit", title=f"Иш {number}") for number in range(50)])
    replicas = [Reminding(unit_of_work_factory(engine), reading_factory(engine), clock) for _ in range(3)]
    replicas[0].turn_to(DUE)
    told = await asyncio.gather(*(one.sweeps.sweep() for one in replicas))
    assert sorted(told) == [0, 0, 2]
    async with engine.connect() as connection:
        assert len(await steps(connection)) == 100
        assert [account for account, _ in await left(connection)] == [HEAD, ABOVE]


async def test_one_digest_a_day_for_all_units_grouped_by_urgency(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await seat(connection, HEAD, "itk", Role.UNIT_STAFF)
    _, ids = await put_plan(
        connection,
        [
            item("chair", title="Жакында", due=date(2026, 4, 3)),
            item("itk", title="Бүгүн"),
            item("chair", title="Кеч", due=march(25)),
            item("iit", title="Башканыкы"),
        ],
        reminds_from=march(1),
    )
    await reminding.run(march(25))
    assert await reminding.run(DUE) == 2
    digest = await reminding.digest(HEAD, DUE)
    assert digest is not None
    assert [(line.part, line.title, line.step) for line in digest.lines] == [
        (Part.OVERDUE, "Кеч", "-4"), (Part.TODAY, "Бүгүн", "0"), (Part.SOON, "Жакында", "3"),
    ]  # fmt: skip
    assert digest.several
    assert digest.lines[1].item_id == ids[1]


async def test_reported_meanwhile_is_not_in_it_and_nothing_left_is_not_sent(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    _, ids = await put_plan(connection, [item("chair", title="Бир"), item("chair", title="Эки")])
    await reminding.run(DUE)
    [first], [second] = await instance_ids(connection, ids[0]), await instance_ids(connection, ids[1])
    await say(connection, first, "chair", "reported")
    digest = await reminding.digest(HEAD, DUE)
    assert digest is not None
    assert [line.title for line in digest.lines] == ["Эки"]
    await connection.execute(text("update plan_instances set due_version = 2 where id = :id"), {"id": second})
    assert await reminding.digest(HEAD, DUE) is None
    assert await reminding.digest(ABOVE, DUE) is None
    await say(connection, first, "chair", "returned")
    assert await reminding.run(date(2026, 4, 1)) == 1


async def test_who_has_reported_or_is_released_is_not_reminded_while_others_are(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    _, [item_id] = await put_plan(connection, [item("chair", "iit")])
    [instance] = await instance_ids(connection, item_id)
    for state in ("reported", "done", "released"):
        await say(connection, instance, "chair", state)
        await connection.execute(text("delete from plan_sweeps"))
        await connection.execute(text("delete from plan_steps"))
        reminding.sweeps._done = None
        await reminding.run(DUE)
        assert [unit for unit, *_ in await steps(connection)] == ["iit"]


async def test_nobody_is_reminded_of_what_is_not_confirmed_cancelled_or_closed(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    plan_id, ids = await put_plan(
        connection,
        [item("chair", confirmed=False), item("chair", title="Жок"), item("chair", title="Бар")],
    )
    await connection.execute(text("update plan_items set state = 'cancelled' where id = :id"), {"id": ids[1]})
    await reminding.run(march(30))
    assert len(await steps(connection)) == 1
    await connection.execute(text("update plans set closed_at = now() where id = :id"), {"id": plan_id})
    assert await reminding.run(DUE) == 0


async def test_moved_date_begins_anew_for_all_or_for_one_unit(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    _, [item_id] = await put_plan(connection, [item("chair", "iit")])
    [instance] = await instance_ids(connection, item_id)
    await reminding.run(march(26))
    await say(connection, instance, "chair", "accepted", due=date(2026, 4, 14), version=1)
    await reminding.run_through(march(27), date(2026, 4, 3))
    mine = [(step, version, day) for unit, step, version, day in await steps(connection) if unit == "chair"]
    assert mine == [("3", 1, march(26)), ("7", 2, date(2026, 4, 3))]
    others = [step for unit, step, *_ in await steps(connection) if unit == "iit"]
    assert others == ["3", "1", "0", "-1"]


async def test_overdue_when_the_plan_came_is_one_line_and_not_a_burst(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    old = [item("chair", title=f"Эски {number}", due=date(2025, 11, number + 1)) for number in range(12)]
    await put_plan(connection, [*old, item("chair", title="Жаңы")], reminds_from=march(24), escalates=True)
    assert await reminding.run(march(23)) == 0
    assert await reminding.run(march(24)) == 1
    digest = await reminding.digest(HEAD, march(24))
    assert digest is not None
    assert (digest.arrived, digest.lines) == (12, ())
    assert await reminding.run(march(25)) == 0
    assert await reminding.run(march(26)) > 0  # the third working day: silence climbs, and 3 days before the new one


async def test_overdue_when_items_came_or_were_confirmed_later_is_one_line_too_and_climbs_only_after_it_was_told(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    late = [item("chair", title=f"Кеч {number}", due=date(2025, 10, number + 1)) for number in range(12)]
    missed = item("iit", title="Өткөн", due=march(6))
    _, [*ids, _known] = await put_plan(connection, [*late, item("iit", due=march(11)), missed], escalates=True)
    begins = "update plan_items set reminds_from = '2026-03-10' where id = any(:ids)"
    await connection.execute(text(begins), {"ids": ids})
    assert await reminding.run(march(10)) > 0
    digest = await reminding.digest(HEAD, march(10))
    assert digest is not None
    assert (digest.arrived, digest.lines) == (12, ())
    assert {step for _, step, *_ in await steps(connection)} == {"-1", "1"}
    await reminding.run(march(11))
    climbed = [(unit, step, day.day) for unit, step, _, day in await steps(connection) if step.startswith("e")]
    assert climbed == [("iit", "e2", 11)]  # overdue and told of; the rest waits for two working days
    await reminding.run(march(12))
    assert sum(step == "e1" for _, step, *_ in await steps(connection)) == 12


async def test_what_a_unit_was_told_of_is_not_begun_anew_when_another_day_of_the_item_is_added_late(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("chair")])
    await reminding.run_through(march(31), date(2026, 4, 6))
    await connection.execute(text("update plan_items set reminds_from = '2026-04-07'"))
    assert [day.day for day in await reminding.run_through(date(2026, 4, 7), date(2026, 4, 10))] == [9]
    assert (await steps(connection))[-1] == ("chair", "-7", 1, date(2026, 4, 9))
    digest = await reminding.digest(HEAD, date(2026, 4, 9))
    assert digest is not None
    assert (len(digest.lines), digest.arrived) == (1, 0)


async def test_coordinators_count_what_nobody_else_hears_and_was_overdue_when_the_plan_came(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    old = [item("itk", title=f"Эски {number}", due=date(2026, 1, number + 1)) for number in range(20)]
    plan_id, _ = await put_plan(connection, [*old, item("itk", due=march(11))], reminds_from=march(10))
    await reminding.run(march(10))
    digest = await reminding.digest(COORDINATOR, march(10))
    assert digest is not None
    assert ([line.title for line in digest.lines], digest.arrived) == (["Отчет"], 20)
    assert digest.unheard_plans == (plan_id,)


async def test_those_who_take_part_are_informed_once_and_are_never_overdue(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    _, [item_id] = await put_plan(connection, [item("chair", participants=["iit"])])
    for day in (date(2026, 2, 16), date(2026, 2, 17), march(11), march(31), date(2026, 4, 1)):
        await reminding.run(day)
    informed = [(unit, step, day) for unit, step, _, day in await steps(connection) if unit == "iit"]
    assert informed == [("iit", "i", date(2026, 2, 17))]
    digest = await reminding.digest(ABOVE, date(2026, 2, 17))
    assert digest is not None
    assert [line.part for line in digest.lines] == [Part.INFORMED]
    [instance] = await instance_ids(connection, item_id)
    await say(connection, instance, "chair", "done")
    assert await reminding.digest(ABOVE, date(2026, 2, 17)) is None


async def test_colleague_hears_with_the_head_and_alone_once_it_is_accepted(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    person = await seat(connection, COLLEAGUE, "chair", Role.UNIT_STAFF)
    await seat(connection, STAFF, "chair", Role.UNIT_STAFF)
    _, [item_id] = await put_plan(connection, [item("chair")])
    [instance] = await instance_ids(connection, item_id)
    heard = {}
    for day, state in ((march(20), "open"), (march(26), "accepted"), (date(2026, 4, 1), "accepted")):
        await say(connection, instance, "chair", state, person=person)
        await reminding.run(day)
        heard[day.day] = [
            account for account in (HEAD, STAFF, COLLEAGUE) if await reminding.digest(account, day) is not None
        ]
    assert heard == {20: [HEAD, COLLEAGUE], 26: [COLLEAGUE], 1: [HEAD, COLLEAGUE]}
    await connection.execute(text("update accounts set blocked_at = now() where telegram_id = :id"), {"id": COLLEAGUE})
    assert await reminding.digest(STAFF, date(2026, 4, 1)) is not None


@pytest.mark.parametrize(
    "leaving",
    [
        "update people set absent_since = now() where person_no = 'P-7007'",
        "update role_grants set revoked_at = now() where telegram_id = 7007",
        "update role_grants set valid_to = '2026-03-24' where telegram_id = 7007",
        "update role_grants set unit_id = (select id from units where code = 'itk') where telegram_id = 7007",
        "update accounts set person_id = null where telegram_id = 7007",
        "update accounts set frozen_at = now() where telegram_id = 7007",
    ],
    ids=["gone from the roster", "holds no role any more", "role has ended", "in another unit", "unlinked", "frozen"],
)
async def test_what_was_handed_to_somebody_who_left_is_the_unit_s_again(
    connection: AsyncConnection, reminding: Reminding, leaving: str
) -> None:
    person = await seat(connection, COLLEAGUE, "chair", Role.UNIT_STAFF)
    _, [item_id] = await put_plan(connection, [item("chair")])
    [instance] = await instance_ids(connection, item_id)
    await say(connection, instance, "chair", "accepted", person=person)
    assert await reminding.run(march(20)) == 1
    assert await reminding.digest(HEAD, march(20)) is None
    await connection.execute(text(leaving))
    assert await reminding.run(march(26)) == 1
    assert [account for account, _ in await left(connection)] == [COLLEAGUE, HEAD]
    assert await reminding.digest(HEAD, march(26)) is not None
    assert await reminding.digest(COLLEAGUE, march(26)) is None


async def test_unit_whose_only_person_left_is_shown_as_unheard_and_is_heard_for_above(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    person = await seat(connection, COLLEAGUE, "chair", Role.UNIT_STAFF)
    await connection.execute(text("delete from role_grants where telegram_id = :id"), {"id": HEAD})
    plan_id, [item_id] = await put_plan(connection, [item("chair")])
    [instance] = await instance_ids(connection, item_id)
    await say(connection, instance, "chair", "accepted", person=person)
    assert (await reminding.service.find_unheard(OPERATOR, plan_id)).silent == ()
    await connection.execute(text("update role_grants set revoked_at = now() where telegram_id = :id"), {
        "id": COLLEAGUE})  # fmt: skip
    [silent] = (await reminding.service.find_unheard(OPERATOR, plan_id)).silent
    assert (silent.silence, silent.heard_by and silent.heard_by.code) == (Silence.NO_HOLDER, "iit")
    [message] = (await reminding.service.foresee(OPERATOR, march(20))).messages
    assert (message.heard_by, message.accounts) == ("iit", 1)
    await reminding.run(march(20))
    assert [account for account, _ in await left(connection)] == [ABOVE]


async def test_after_a_restore_each_duty_s_nearest_step_is_told_once_and_no_day_of_the_halt(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("chair")])
    assert await reminding.run(march(19)) == 1  # the backup is made; what the 20th and the 26th told is not in it
    halting = Halting(reminding.unit_of_work, reminding.clock)
    reminding.turn_to(march(26), time(15))
    await halting.halt(OPERATOR)
    restarted = Reminding(reminding.unit_of_work, reminding.reading, reminding.clock)
    assert await restarted.run_through(march(27), march(30)) == {}
    reminding.turn_to(march(30), time(16))
    assert (await halting.resume(OPERATOR)).unknown == 1  # what waited in the backup is not sent
    assert await restarted.sweeps.sweep() == 1
    assert await restarted.run(march(31)) == 1
    assert [(step, day) for _, step, _, day in await steps(connection)] == [
        ("14", march(19)), ("1", march(30)), ("0", march(31)),
    ]  # fmt: skip
    waiting = await connection.scalars(text("select count(*) from messages where state = 'pending'"))
    assert waiting.one() == 2


async def test_silence_climbs_to_the_head_then_to_the_leadership_two_working_days_each(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("chair")], escalates=True)
    await reminding.run_through(march(11), march(18))
    assert await steps(connection) == [
        ("chair", "14", 1, march(11)), ("chair", "e1", 1, march(13)), ("chair", "e2", 1, march(17)),
    ]  # fmt: skip
    digest = await reminding.digest(ABOVE, march(13))
    assert digest is not None
    assert [line.part for line in digest.lines] == [Part.ESCALATED]
    assert await reminding.digest(VICE, march(17)) is None  # once a week
    week = await reminding.week(VICE, "vr")
    assert week is not None
    assert [line.title for line in week.escalated] == ["Отчет"]
    assert not week.university


async def test_accepted_does_not_climb_but_overdue_does_and_the_unit_s_own_head_is_first(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await seat(connection, STAFF, "chair", Role.UNIT_STAFF)
    _, [item_id] = await put_plan(connection, [item("chair")], escalates=True)
    [instance] = await instance_ids(connection, item_id)
    await reminding.run(march(26))
    await say(connection, instance, "chair", "accepted")
    await reminding.run_through(march(27), DUE)
    assert not [step for _, step, *_ in await steps(connection) if step.startswith("e")]
    await reminding.run(date(2026, 4, 1))
    climbed = await connection.execute(text("select step, heard_by from plan_steps where step like 'e%'"))
    assert [tuple(row) for row in climbed] == [("e1", "chair")]
    head, staff = await reminding.digest(HEAD, date(2026, 4, 1)), await reminding.digest(STAFF, date(2026, 4, 1))
    assert head is not None
    assert staff is not None
    assert [line.part for line in head.lines] == [Part.ESCALATED]
    assert [line.part for line in staff.lines] == [Part.OVERDUE]


async def test_in_dispute_nobody_is_reminded_but_the_coordinator_until_it_is_decided(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    _, [item_id] = await put_plan(connection, [item("chair", "iit")], escalates=True)
    [instance] = await instance_ids(connection, item_id)
    await say(connection, instance, "iit", "done")
    await reminding.run(march(26))
    await say(connection, instance, "chair", "disputed")
    assert await reminding.digest(HEAD, march(26)) is None
    await reminding.run_through(march(27), date(2026, 4, 10))
    assert [account for account, _ in await left(connection)] == [HEAD]
    assert [step for _, step, *_ in await steps(connection)] == ["3"]
    reminding.turn_to(date(2026, 4, 10))
    assert (await reminding.service.foresee(OPERATOR, date(2026, 4, 13))).messages == ()
    rounds = PlanDeskRounds(
        reminding.unit_of_work, reminding.clock, BishkekCalendar(), reminding.workdays, reminding.bell
    )
    assert await rounds.tell_what_waits() == 1
    assert [account for account, _ in await left(connection, "plan_decisions_wait")] == [COORDINATOR]
    await say(connection, instance, "chair", "accepted")
    await reminding.run(date(2026, 4, 13))
    assert [step for _, step, *_ in await steps(connection)] == ["3", "-7", "e1"]


async def test_while_a_later_day_is_asked_for_the_unit_is_reminded_and_nothing_climbs(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    _, [item_id] = await put_plan(connection, [item("chair")], escalates=True)
    [instance] = await instance_ids(connection, item_id)
    await reminding.run(march(26))
    await say(connection, instance, "chair", "open")
    await connection.execute(text(
        "insert into plan_extensions (duty_id, wanted, reason, asked_at, asked_by)"
        " select id, '2026-05-15', 'Себеби бар', now(), 7001 from plan_duties"
    ))  # fmt: skip
    await reminding.run_through(march(27), date(2026, 4, 3))
    assert [step for _, step, *_ in await steps(connection)] == ["3", "1", "0", "-1"]
    refused = "update plan_extensions set decision = 'refused', decided_at = now(), decided_by = 7006"
    await connection.execute(text(refused))
    await reminding.run(date(2026, 4, 6))
    assert [step for _, step, *_ in await steps(connection)][4:] == ["-4", "e1"]


async def test_without_the_switch_nothing_climbs_and_no_week_is_told(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("chair")])
    await reminding.run_through(march(27), date(2026, 4, 6))
    assert not [step for _, step, *_ in await steps(connection) if step.startswith("e")]
    assert await left(connection, "plan_weekly") == []


async def test_where_nobody_is_above_it_climbs_to_the_rector_at_once(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await seat(connection, STAFF, "itk")
    await put_plan(connection, [item("itk")], escalates=True)
    await reminding.run_through(march(11), march(16))
    climbed = await connection.execute(text("select step, heard_by, day from plan_steps where step like 'e%'"))
    assert [tuple(row) for row in climbed] == [("e2", "rector", march(13))]


async def test_leadership_hears_once_a_week_in_figures(connection: AsyncConnection, reminding: Reminding) -> None:
    _, ids = await put_plan(
        connection,
        [
            item("chair", title="Бүттү"),
            item("iit", title="Кеч", due=march(2)),
            item("chair", title="Каралууда", due=march(2)),
            item("itk", title="Жакында", due=march(20)),
        ],
        escalates=True,
    )
    [done], [reported] = await instance_ids(connection, ids[0]), await instance_ids(connection, ids[2])
    await say(connection, done, "chair", "done")
    await say(connection, reported, "chair", "reported")
    await reminding.run_through(march(9), march(22))
    assert [(account, payload["day"]) for account, payload in await left(connection, "plan_weekly")] == [
        (VICE, "2026-03-09"), (RECTOR, "2026-03-09"), (VICE, "2026-03-16"), (RECTOR, "2026-03-16"),
    ]  # fmt: skip
    reminding.turn_to(march(16))
    week, whole = await reminding.week(VICE, "vr"), await reminding.week(RECTOR, "rector")
    assert week is not None
    assert whole is not None
    figures = week.figures
    assert (figures.whole, figures.done, figures.late, figures.overdue, figures.near, figures.waiting) == (
        3, 1, 0, 1, 0, 1,
    )  # fmt: skip
    assert (whole.university, whole.figures.whole, whole.figures.near) == (True, 4, 1)
    assert [unit.code for unit, _ in whole.by_unit] == ["iit", "itk", "chair"]
    assert await reminding.week(HEAD, "vr") is None


async def test_soft_days_are_listed_monthly_asked_about_quarterly_and_enter_the_ladder_late(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    soft, undated = item("chair", due=date(2026, 6, 30), soft=True), item("chair", title="Күнсүз", due=None)
    await put_plan(connection, [soft, undated])
    await reminding.run(march(31))
    april, may, june = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
    days = [april, date(2026, 4, 2), date(2026, 4, 30), may, june, date(2026, 6, 9), date(2026, 6, 10)]
    assert [day for day in days if await reminding.run(day)] == [april, may, june, date(2026, 6, 10)]
    flags = [(payload["listed"], payload["asked"]) for _, payload in await left(connection)]
    assert flags == [(True, True), (True, False), (True, False), (False, False)]
    digest = await reminding.digest(HEAD, date(2026, 5, 1), listed=True)
    assert digest is not None
    assert digest.standing is not None
    assert [line.title for line in digest.standing.nearest] == ["Отчет", "Күнсүз"]
    assert await reminding.digest(ABOVE, date(2026, 5, 1), listed=True) is None


async def test_monthly_list_of_who_is_silent_comes_to_those_above_and_else_to_the_coordinators(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await connection.execute(text("update accounts set blocked_at = now() where telegram_id = :id"), {"id": HEAD})
    await connection.execute(text("update units set members = '[\"chair\"]' where code = 'deans'"))
    plan_id, _ = await put_plan(
        connection,
        [
            item("deans", title="Топко", due=date(2026, 6, 30), soft=True),
            item("itk", title="Китепканага", due=None),
            item("ulut", title="Тизмеде жок", due=date(2026, 6, 30), soft=True),
            item(title="Жоопкерсиз", due=None),
        ],
    )
    april = date(2026, 4, 1)
    assert await reminding.run(april) == 2
    assert await left(connection) == [
        (account, {"day": "2026-04-01", "asked": True, "listed": True}) for account in (ABOVE, COORDINATOR)
    ]
    heard = {}
    for account in (ABOVE, COORDINATOR):
        digest = await reminding.digest(account, april, listed=True, asked=True)
        assert digest is not None
        assert digest.standing is not None
        assert not digest.standing.asks  # nobody of the unit itself hears the question
        assert digest.unheard_plans == ((plan_id,) if account == COORDINATOR else ())
        heard[account] = [line.title for line in digest.standing.nearest]
    assert heard == {ABOVE: ["Топко"], COORDINATOR: ["Тизмеде жок", "Китепканага", "Жоопкерсиз"]}
    foreseen = await reminding.service.foresee(OPERATOR, date(2026, 5, 1))
    assert foreseen.listed == ("chair", "itk", "ulut")


async def test_first_run_of_a_month_lists_even_if_the_first_day_was_missed(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("chair", due=None)])
    assert await reminding.run(march(31)) == 0
    assert await reminding.run(date(2026, 4, 6)) == 1
    assert await reminding.run(date(2026, 4, 7)) == 0


async def test_reminders_that_nobody_hears_go_up_else_to_the_coordinator(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await connection.execute(text("update accounts set blocked_at = now() where telegram_id = :id"), {"id": HEAD})
    await seat(connection, STAFF, "itk", linked=False)
    plan_id, _ = await put_plan(
        connection,
        [
            item("chair", title="Жогоруга"),
            item("itk", title="Координаторго"),
            item("deans", "ulut", title="Эч ким"),
            item("iit", title="Түшүнүксүз", unresolved=[
                {"text": "К.Асанов", "doubt": "person", "share": "responsible", "candidates": []}]),
            item(title="Жоопкерсиз"),
        ],
    )  # fmt: skip
    nobody = "update units set members = jsonb_build_array(code) where code = 'deans'"
    await connection.execute(text(nobody))
    await reminding.run(DUE)
    above, coordinator = await reminding.digest(ABOVE, DUE), await reminding.digest(COORDINATOR, DUE)
    assert above is not None
    assert coordinator is not None
    assert {(line.title, line.unit_code) for line in above.lines} == {("Жогоруга", "chair"), ("Түшүнүксүз", "iit")}
    assert {(line.part, line.title) for line in coordinator.lines} == {
        (Part.UNHEARD, "Координаторго"), (Part.UNHEARD, "Эч ким"), (Part.UNHEARD, "Жоопкерсиз"),
    }  # fmt: skip
    unheard = await reminding.service.find_unheard(OPERATOR, plan_id)
    assert {one.code: (one.silence, one.heard_by and one.heard_by.code) for one in unheard.silent} == {
        "chair": (Silence.BLOCKED, "iit"),
        "itk": (Silence.NOT_LINKED, None),
        "ulut": (Silence.OUTSIDE, None),
        "deans": (Silence.EMPTY_GROUP, None),
    }
    assert [one.pieces for one in unheard.unclear] == [("К.Асанов",)]


async def test_letter_tells_all_that_a_unit_has_to_do(connection: AsyncConnection, reminding: Reminding) -> None:
    plan_id, _ = await put_plan(connection, [item("itk", title="Кийин"), item("itk", title="Мурун", due=march(2))])
    reminding.turn_to(march(10))
    unit_id = (await connection.execute(text("select id from units where code = 'itk'"))).scalar_one()
    letter = await reminding.service.write_letter(OPERATOR, plan_id, unit_id)
    assert [line.title for line in letter.lines] == ["Мурун", "Кийин"]
    rector = (await connection.execute(text("select id from units where code = 'rector'"))).scalar_one()
    for wrong in (rector, 0):
        with pytest.raises(NothingToWrite):
            await reminding.service.write_letter(OPERATOR, plan_id, wrong)
    with pytest.raises(NoSuchPlan):
        await reminding.service.find_unheard(OPERATOR, plan_id + 1)


async def test_only_coordinators_and_administrators_look_ahead(reminding: Reminding) -> None:
    stranger = replace(OPERATOR, grants=frozenset())
    service = reminding.service
    for ask in (
        service.find_unheard(stranger, 1), service.forecast(stranger, 1), service.foresee(stranger, DUE),
        service.write_letter(stranger, 1, 1), service.weigh_day(stranger, DUE, was_working=True),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            await ask


async def test_a_day_is_foreseen_as_it_then_comes_and_nothing_is_written(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(
        connection,
        [
            item("chair", participants=["iit"]),
            item("iit", due=date(2026, 3, 20)),
            item("itk", due=date(2026, 4, 12)),
            item("chair", due=date(2026, 6, 30), soft=True),
        ],
    )
    await reminding.run(march(19))
    before = await steps(connection)
    foreseen = {}
    for number in range(14):
        day = march(20) + timedelta(days=number)
        foresight = await reminding.service.foresee(OPERATOR, day)
        foreseen[day] = sorted((one.unit_code, line.step) for one in foresight.messages for line in one.lines)
        assert foresight.basis is Basis.PLANNED
    assert await steps(connection) == before
    await reminding.run_through(march(20), date(2026, 4, 2))
    for day, expected in foreseen.items():
        assert sorted((unit, step) for unit, step, _, on in await steps(connection) if on == day) == expected
    sent = await reminding.service.foresee(OPERATOR, DUE)
    assert (sent.basis, sent.working) == (Basis.SENT, True)
    assert [(one.unit_code, one.heard_by, one.accounts) for one in sent.messages] == [
        ("chair", "chair", 1), ("iit", "iit", 1),
    ]  # fmt: skip
    past = await reminding.service.foresee(OPERATOR, date(2025, 5, 1))
    assert (past.basis, past.listed, past.asked) == (Basis.AS_IF, ("chair",), False)


async def test_year_is_run_dry_with_a_warning_where_a_day_is_crowded(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    plan_id, _ = await put_plan(
        connection,
        [*(item("chair", title=f"Иш {number}") for number in range(11)), item("iit", due=date(2026, 3, 2))],
    )
    reminding.turn_to(march(20))
    forecast = await reminding.service.forecast(OPERATOR, plan_id)
    assert [(month.month, month.items, month.days, month.units) for month in forecast.months] == [(march(1), 44, 4, 1)]
    assert [(one.day.day, one.unit_code, one.items) for one in forecast.crowded] == [
        (day, "chair", 11) for day in (20, 26, 30, 31)
    ]
    assert forecast.overdue == 1
    assert len((await reminding.service.forecast(OPERATOR, 0)).rows) == 44
    await reminding.run(march(20))
    assert [month.items for month in (await reminding.service.forecast(OPERATOR, plan_id)).months] == [33]


async def test_day_that_is_worked_otherwise_shows_what_moves(connection: AsyncConnection, reminding: Reminding) -> None:
    await put_plan(connection, [item("chair"), item("iit", due=march(27))])
    reminding.turn_to(march(2))
    assert await reminding.service.weigh_day(OPERATOR, march(27), was_working=True) is None
    await reminding.workdays.note(OPERATOR, march(27), DayKind.OFF, "Order 7", None)
    moved = await reminding.service.weigh_day(OPERATOR, march(27), was_working=True)
    assert moved is not None
    # of the first its 3, 7, 14 and 30 come a day earlier, the last two of which lie ahead of today only in part
    assert (moved.reminders, moved.dues) == (4, 1)


async def test_what_an_outage_of_the_messenger_dropped_stands_in_the_next_digest_once(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("chair"), item("chair", title="Кийинки", due=date(2026, 4, 1))])
    await reminding.run(march(30))
    dropped = "update messages set state = 'skipped', settled_at = now(), error = 'too late'"
    await connection.execute(text(dropped))
    await connection.execute(text("update plan_instances set due = '2026-06-30' where due = '2026-04-01'"))
    await reminding.run(march(31))
    digest = await reminding.digest(HEAD, march(31))
    assert digest is not None
    assert [(line.title, line.step) for line in digest.lines] == [("Отчет", "0"), ("Кийинки", "3")]
    await connection.execute(text("update messages set state = 'sent' where state = 'pending'"))
    await reminding.run(date(2026, 4, 1))
    digest = await reminding.digest(HEAD, date(2026, 4, 1))
    assert digest is not None
    assert [line.title for line in digest.lines] == ["Отчет"]


async def test_administrators_coordinate_where_nobody_else_does(
    connection: AsyncConnection, reminding: Reminding
) -> None:
    await put_plan(connection, [item("itk")])
    await connection.execute(text("delete from role_grants where role = 'plan_coordinator'"))
    await seat(connection, STAFF, None, Role.ADMIN)
    await reminding.run(DUE)
    assert [account for account, _ in await left(connection)] == [STAFF]
    assert await reminding.digest(STAFF, DUE) is not None
    assert await reminding.digest(COORDINATOR, DUE) is None


async def test_same_picture_is_kept_once(reminding: Reminding) -> None:
    assert await reminding.news.keep_picture(b"png") == await reminding.news.keep_picture(b"png")
