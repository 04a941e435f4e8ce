"""What plans ask of their coordinator: reports, extensions and disputes are decided, once, and the unit is told."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import NotAllowed
from services.duties.dto import DutyKey, Outcome
from services.plan_desk.dto import DecisionKey, DecisionKind
from services.plan_desk.errors import DayUnusable, DecisionGone, DeskWordsNeeded, NoSuchUnit
from services.plans.dto import DutyState, Standing
from tests.support.duties import AHEAD, TODAY, Units, units_on
from tests.support.office import Office, picture, rows, scalar
from tests.support.plan_desk import LATER, PlanDesk, plan_desk_on
from tests.support.planned import Wanted

TOLD = (
    "select n.kind, d.account_id from notices n join deliveries d on d.notice_id = n.id"
    " where n.kind like 'plan%' order by n.id, d.account_id"
)
LINES = "select act, unit_code, details from plan_history order by id"


@pytest.fixture
async def units(office: Office, connection: AsyncConnection) -> Units:
    return await units_on(office, connection)


@pytest.fixture
async def desk(units: Units) -> PlanDesk:
    return await plan_desk_on(units)


@pytest.fixture
async def key(units: Units) -> DutyKey:
    (key,) = await units.plan(Wanted(title="Планды <b>", responsible=["mti"], dues=[AHEAD]))
    return key


def told(desk: PlanDesk, kind: str) -> list[tuple[object, ...]]:
    """The people of the institute, told of one thing."""
    accounts = (desk.units.head.account_id, desk.units.colleague.account_id)
    return [(kind, account) for account in sorted(account or 0 for account in accounts)]


async def test_accepted_report_makes_the_duty_done_on_the_day_of_the_report(
    desk: PlanDesk, connection: AsyncConnection, key: DutyKey
) -> None:
    await desk.report(key, Outcome.PARTLY)
    done = await desk.report(key)
    page = await desk.decisions.list_waiting(desk.boss)
    assert (page.counts[DecisionKind.REPORT], page.total, len(page.lines)) == (2, 2, 2)
    waiting = await desk.decisions.open(desk.boss, done)
    assert (waiting.unit.code, waiting.total, waiting.standing) == ("mti", 2, Standing.REPORTED)
    assert waiting.report is not None
    assert waiting.report.words == "Бүттү"
    desk.units.office.clock.advance(days=60)  # what counts is when it was reported
    await desk.decisions.accept_report(desk.boss, done.id)
    card = await desk.card(key)
    assert card.duty is not None
    assert (card.state, card.duty.done_on, card.standing) == (DutyState.DONE, TODAY, Standing.DONE)
    assert [report.accepted for report in card.reports] == [True, True]
    assert await rows(connection, TOLD) == told(desk, "plan_report_decided")
    assert (await desk.decisions.list_waiting(desk.boss)).total == 0
    assert await scalar(connection, "select count(*) from audit_entries where act = 'plan_report_decided'") == 1


async def test_returned_report_comes_back_and_is_accepted_then(
    desk: PlanDesk, connection: AsyncConnection, key: DutyKey
) -> None:
    first = await desk.report(key)
    with pytest.raises(DeskWordsNeeded):
        await desk.decisions.return_report(desk.boss, first.id, " ")
    await desk.decisions.return_report(desk.boss, first.id, "Кол тамга <b>жок")
    card = await desk.card(key)
    assert (card.state, card.reports[0].comment) == (DutyState.RETURNED, "Кол тамга <b>жок")
    second = await desk.report(key)
    await desk.decisions.accept_report(desk.boss, second.id)
    assert (await desk.card(key)).state is DutyState.DONE
    acts = [act for act, *_ in await rows(connection, LINES)]
    assert acts == ["reported", "report_returned", "reported", "report_accepted"]


async def test_part_that_is_returned_counts_no_more(desk: PlanDesk, key: DutyKey) -> None:
    part = await desk.report(key, Outcome.PARTLY)
    await desk.report(key)
    await desk.decisions.return_report(desk.boss, part.id, "Далил жок")
    assert (await desk.card(key)).state is DutyState.REPORTED  # the later report still waits


async def test_extension_is_granted_as_asked_otherwise_or_not(
    desk: PlanDesk, connection: AsyncConnection, units: Units
) -> None:
    keys = await units.plan(*(Wanted(title=f"Иш {n}", responsible=["mti"], dues=[AHEAD]) for n in range(3)))
    asked = [await desk.ask_for_day(key) for key in keys]
    for day in (AHEAD, date(2030, 1, 1)):
        with pytest.raises(DayUnusable):
            await desk.decisions.grant(desk.boss, asked[1].id, day)
    await desk.decisions.grant(desk.boss, asked[0].id)
    await desk.decisions.grant(desk.boss, asked[1].id, date(2027, 1, 10))
    await desk.decisions.refuse(desk.boss, asked[2].id, "Кечиктирилбейт")
    cards = [await desk.card(key) for key in keys]
    assert [card.due for card in cards] == [LATER, date(2027, 1, 10), AHEAD]
    assert [card.instance.first_due for card in cards] == [AHEAD] * 3
    assert [card.extension and card.extension.accepted for card in cards] == [True, True, False]
    versions = [card.duty.due_version for card in cards if card.duty is not None]
    assert versions == [1, 1, 0]
    assert {kind for kind, _ in await rows(connection, TOLD)} == {"plan_extension_decided"}


async def test_dispute_is_released_or_kept(desk: PlanDesk, units: Units) -> None:
    keys = await units.plan(*(Wanted(title=f"Иш {n}", responsible=["mti"], dues=[AHEAD]) for n in range(2)))
    released = await desk.dispute(keys[0])
    await desk.decisions.release(desk.boss, released)
    kept = await desk.dispute(keys[1])
    await desk.decisions.keep(desk.boss, kept, "Буйрук боюнча сиздики")
    assert [(await desk.card(key)).state for key in keys] == [DutyState.RELEASED, DutyState.OPEN]


async def test_dispute_gives_the_item_to_another_unit_and_teaches_the_words(
    desk: PlanDesk, connection: AsyncConnection, key: DutyKey
) -> None:
    await connection.exec_driver_sql("update plan_parties set text = 'Борбор'")
    waiting = await desk.dispute(key)
    for unit_id in (0, key.unit_id):
        with pytest.raises(NoSuchUnit):
            await desk.decisions.give_to(desk.boss, waiting, unit_id)
    await desk.decisions.give_to(desk.boss, waiting, await desk.units.unit_id("lib"))
    assert await rows(connection, "select code, share, text from plan_parties") == [("lib", "responsible", "Борбор")]
    assert await rows(connection, "select text, codes from plan_aliases") == [("Борбор", ["lib"])]
    other = await desk.units.duties.open(desk.units.other, await desk.units.of("lib", key))
    assert (other.state, other.due) == (DutyState.OPEN, AHEAD)
    people = await rows(connection, TOLD)
    assert people == [
        *told(desk, "plan_dispute_decided"), ("plan_item_changed", desk.units.other.account_id),
    ]  # fmt: skip
    line = await scalar(connection, "select max(id) from plan_history")
    assert isinstance(line, int)
    unit_id, account = await desk.units.unit_id("lib"), desk.units.other.account_id or 0
    news = await desk.news.find_line(line, unit_id, account)
    assert news is not None
    assert (news.line.act, news.unit.code, news.item.title) == ("given", "lib", "Планды <b>")
    assert await desk.news.find_line(line, unit_id, desk.units.head.account_id or 0) is None
    await connection.exec_driver_sql("update plan_items set state = 'cancelled'")
    assert await desk.news.find_line(line, unit_id, account) is None


async def test_group_stays_when_one_of_its_members_gives_its_part_away(
    desk: PlanDesk, connection: AsyncConnection, units: Units
) -> None:
    (key,) = await units.plan(Wanted(title="Баары", responsible=["heads"], dues=[AHEAD]))
    waiting = await desk.dispute(key)
    await desk.decisions.give_to(desk.boss, waiting, await units.unit_id("rector"))
    assert await rows(connection, "select code from plan_parties order by position") == [("heads",), ("rector",)]
    assert await rows(connection, "select count(*) from plan_aliases") == [(0,)]
    assert (await desk.card(key)).state is DutyState.RELEASED


async def test_what_is_decided_or_withdrawn_or_over_waits_no_more(desk: PlanDesk, units: Units) -> None:
    keys = await units.plan(*(Wanted(title=f"Иш {n}", responsible=["mti"], dues=[AHEAD]) for n in range(4)))
    decided, withdrawn, over = [await desk.report(key) for key in keys[:3]]
    disputed = await desk.dispute(keys[3])
    await desk.decisions.accept_report(desk.boss, decided.id)
    await units.reports.withdraw(units.head, withdrawn.id)
    await units.execute("update plan_items set state = 'cancelled' where title = 'Иш 2'")
    await units.acts.take_back_dispute(units.head, keys[3])
    for waiting in (decided, withdrawn, over):
        with pytest.raises(DecisionGone):
            await desk.decisions.accept_report(desk.boss, waiting.id)
    with pytest.raises(DecisionGone):
        await desk.decisions.release(desk.boss, disputed)
    again = await desk.dispute(keys[3])
    with pytest.raises(DecisionGone):
        await desk.decisions.release(desk.boss, disputed)  # that was about other words
    assert again.version > disputed.version
    assert (await desk.decisions.list_waiting(desk.boss)).total == 1


ACTS: list[Callable[[PlanDesk, DecisionKey], Awaitable[object]]] = [
    lambda desk, _key: desk.decisions.list_waiting(desk.units.head),
    lambda desk, key: desk.decisions.open(desk.units.head, key),
    lambda desk, key: desk.decisions.accept_report(desk.units.head, key.id),
    lambda desk, key: desk.decisions.return_report(desk.units.head, key.id, "Жок"),
    lambda desk, key: desk.decisions.grant(desk.units.head, key.id),
    lambda desk, key: desk.decisions.refuse(desk.units.head, key.id, "Жок"),
    lambda desk, key: desk.decisions.release(desk.units.head, key),
    lambda desk, key: desk.decisions.give_to(desk.units.head, key, 1),
    lambda desk, key: desk.decisions.keep(desk.units.head, key, "Жок"),
]


async def test_units_themselves_decide_nothing(desk: PlanDesk, connection: AsyncConnection, key: DutyKey) -> None:
    waiting = await desk.report(key)
    before = await picture(connection)
    for act in ACTS:
        with pytest.raises(NotAllowed):
            await act(desk, waiting)
    assert await picture(connection) == before


async def test_coordinators_are_told_once_in_the_morning_of_a_working_day(
    desk: PlanDesk, connection: AsyncConnection, key: DutyKey
) -> None:
    clock = desk.units.office.clock
    await desk.report(key)
    assert await desk.rounds.tell_what_waits() == 0  # a Saturday
    clock.moment = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    assert await desk.rounds.tell_what_waits() == 1
    assert await desk.rounds.tell_what_waits() == 0
    assert await rows(connection, TOLD) == [("plan_decisions_wait", desk.boss.account_id)]
    news = await desk.news.count_waiting(desk.boss.account_id or 0)
    assert (news.total, dict(news.counts)) == (1, {DecisionKind.REPORT: 1})
    assert (await desk.news.count_waiting(desk.units.head.account_id or 0)).total == 0


async def test_two_coordinators_decide_at_once_and_one_is_told_so(busy_office: Office, engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        desk = await plan_desk_on(await units_on(busy_office, connection))
        (key,) = await desk.units.plan(Wanted(title="Экөө", responsible=["mti"], dues=[AHEAD]))
        waiting = await desk.report(key)
        answers = await asyncio.gather(
            desk.decisions.accept_report(desk.boss, waiting.id),
            desk.decisions.return_report(desk.boss, waiting.id, "Жок"),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, DecisionGone) for answer in answers) == 1
        decided = "select count(*) from plan_history where act in ('report_accepted', 'report_returned')"
        assert await scalar(connection, decided) == 1
