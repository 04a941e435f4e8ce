"""What plans ask of their coordinator during the year: days, parties, cancelled and added items, settings."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import NotAllowed
from services.duties.dto import NewReport, Outcome
from services.duties.errors import DutyChanged
from services.plan_desk.adding import ItemWords
from services.plan_desk.errors import (
    CountUnusable,
    DayUnusable,
    DeadlineUnclear,
    GroupUnusable,
    ItemChanged,
    LadderUnusable,
    NoSuchItem,
    NoSuchUnit,
)
from services.plan_desk.item_dto import ItemCard, ItemWish, View
from services.plan_desk.setting_dto import PlanSettings
from services.plan_desk.settings import read_ladder
from services.plans.dto import DutyState, ItemState, Origin
from services.responsibles.dto import Share
from tests.support.duties import AHEAD, Units, units_on
from tests.support.office import Office, picture, rows, scalar
from tests.support.plan_desk import LATER, PlanDesk, plan_desk_on
from tests.support.planned import Wanted, put_plan

TOLD = (
    "select n.kind, d.account_id from notices n join deliveries d on d.notice_id = n.id"
    " where n.kind like 'plan%' order by n.id, d.account_id"
)
LOST = {"text": "Борбор", "doubt": "unknown", "share": "responsible", "candidates": ["lib"]}


@pytest.fixture
async def units(office: Office, connection: AsyncConnection) -> Units:
    return await units_on(office, connection)


@pytest.fixture
async def desk(units: Units) -> PlanDesk:
    return await plan_desk_on(units)


@pytest.fixture
async def item(desk: PlanDesk) -> ItemCard:
    _plan, ids = await put_plan(
        desk.units.connection,
        [Wanted(title="Планды <b>", responsible=["mti"], dues=[AHEAD], confirmed=False)],
        year=2026,
    )
    return await desk.items.open_item(desk.boss, ids[0])


def known(item: ItemCard) -> tuple[int, int]:
    return item.item.id, item.item.version


async def test_desk_shows_plans_in_short_and_their_items_by_filters(desk: PlanDesk, units: Units) -> None:
    plan_id, _ids = await put_plan(
        units.connection,
        [
            Wanted(title="overdue", responsible=["mti"], dues=[date(2026, 11, 1)]),
            Wanted(title="unclear", responsible=["lib"], dues=[AHEAD], confirmed=False, section="2-программа"),
            Wanted(title="nobody", responsible=[], dues=[AHEAD]),
            Wanted(title="ahead", responsible=["heads"], dues=[AHEAD]),
        ],
        year=2026,
    )
    home = await desk.items.open_desk(desk.boss)
    figures = home.plans[0].figures
    assert (figures.items, figures.unclear, figures.overdue, figures.done, home.waiting) == (4, 2, 1, 0, 0)

    async def titles(**wish: object) -> list[str]:
        page = await desk.items.list_items(desk.boss, ItemWish(plan_id=plan_id, **wish))  # type: ignore[arg-type]
        return [line.title for line in page.lines]

    assert await titles() == ["overdue", "unclear", "nobody", "ahead"]
    assert await titles(view=View.UNCLEAR) == ["unclear", "nobody"]
    assert await titles(view=View.OVERDUE) == ["overdue"]
    assert await titles(unit_id=await units.unit_id("lib")) == ["unclear", "ahead"]
    assert await titles(programme=1, page=9) == ["unclear"]
    with pytest.raises(NoSuchItem):
        await desk.items.open_plan(desk.boss, 0)


async def test_confirmed_reading_lets_units_be_reminded(desk: PlanDesk, item: ItemCard) -> None:
    card = await desk.changes.confirm(desk.boss, *known(item))
    assert (card.item.confirmed, card.item.version) == (True, 2)
    with pytest.raises(ItemChanged):
        await desk.changes.confirm(desk.boss, *known(item))
    history = await desk.items.list_history(desk.boss, item.item.id, 0)
    assert [line.act for line in history.lines] == ["confirmed"]


async def test_moved_day_keeps_the_first_and_is_told_to_who_still_has_to_do_it(
    desk: PlanDesk, connection: AsyncConnection, units: Units
) -> None:
    keys = await units.plan(Wanted(title="Чогуу", responsible=["mti", "lib"], dues=[AHEAD], soft=True))
    done = await desk.report(keys[0])
    await desk.decisions.accept_report(desk.boss, done.id)
    item_id = (await desk.card(keys[0])).item.id
    card = await desk.items.open_item(desk.boss, item_id)
    with pytest.raises(DayUnusable):
        await desk.changes.move(desk.boss, *known(card), keys[0].instance_id, date(2031, 1, 1), "Кеч")
    assert await desk.changes.count_affected(desk.boss, *known(card), keys[0].instance_id) == 1
    moved = await desk.changes.move(desk.boss, *known(card), keys[0].instance_id, LATER, "Кеңеш чечти")
    instance = moved.planned.instances[0]
    assert (instance.due, instance.first_due, instance.soft, instance.due_version) == (LATER, AHEAD, False, 2)
    told = [row for row in await rows(connection, TOLD) if row[0] == "plan_item_changed"]
    assert told == [("plan_item_changed", units.other.account_id)]
    line = await scalar(connection, "select max(id) from plan_history")
    assert isinstance(line, int)
    library = await units.unit_id("lib"), units.other.account_id or 0
    news = await desk.news.find_line(line, *library)
    assert news is not None
    assert news.line.details == {"day": LATER.isoformat(), "from": AHEAD.isoformat(), "reason": "Кеңеш чечти"}
    await desk.changes.move(desk.boss, *known(moved), keys[0].instance_id, AHEAD, "Кайра")
    assert await desk.news.find_line(line, *library) is None  # overtaken by the next one


async def test_own_days_of_units_go_where_the_new_day_is_not_earlier(desk: PlanDesk, units: Units) -> None:
    (key,) = await units.plan(Wanted(title="Иш", responsible=["mti"], dues=[AHEAD]))
    await desk.decisions.grant(desk.boss, (await desk.ask_for_day(key)).id)
    item_id = (await desk.card(key)).item.id
    earlier = await desk.changes.move(
        desk.boss, *known(await desk.items.open_item(desk.boss, item_id)), key.instance_id, date(2027, 1, 5), "Бир"
    )
    assert (await desk.card(key)).due == LATER
    await desk.changes.move(desk.boss, *known(earlier), key.instance_id, date(2027, 2, 1), "Эки")
    assert (await desk.card(key)).due == date(2027, 2, 1)


async def test_time_is_added_and_an_item_without_a_day_gets_one(desk: PlanDesk, item: ItemCard, units: Units) -> None:
    card = await desk.changes.add_day(desk.boss, *known(item), LATER)
    assert [one.due for one in card.planned.instances] == [AHEAD, LATER]
    with pytest.raises(ItemChanged):
        await desk.changes.add_day(desk.boss, *known(card), LATER)
    (key,) = await units.plan_in("other", Wanted(title="Күнсүз", responsible=["mti"]))
    undated = await desk.items.open_item(desk.boss, (await desk.card(key)).item.id)
    dated = await desk.changes.add_day(desk.boss, *known(undated), LATER)
    assert [one.due for one in dated.planned.instances] == [LATER]


async def test_item_is_cancelled_and_taken_back(desk: PlanDesk, connection: AsyncConnection, item: ItemCard) -> None:
    confirmed = await desk.changes.confirm(desk.boss, *known(item))
    cancelled = await desk.changes.cancel(desk.boss, *known(confirmed), "Буйрук <b>")
    assert (cancelled.item.state, cancelled.item.reason) == (ItemState.CANCELLED, "Буйрук <b>")
    with pytest.raises(ItemChanged):
        await desk.changes.set_count(desk.boss, *known(cancelled), 5)
    restored = await desk.changes.restore(desk.boss, *known(cancelled))
    assert (restored.item.state, restored.item.reason) == (ItemState.ACTIVE, "")
    assert len(await rows(connection, TOLD)) == 4  # two people of the institute, twice


async def test_counter_and_mark_are_set(desk: PlanDesk, item: ItemCard) -> None:
    counted = await desk.changes.set_count(desk.boss, *known(item), 10)
    marked = await desk.changes.mark_language(desk.boss, *known(counted), marked=True)
    assert (marked.item.count_target, marked.item.state_language) == (10, True)
    with pytest.raises(CountUnusable):
        await desk.changes.set_count(desk.boss, *known(marked), 0)
    assert (await desk.changes.set_count(desk.boss, *known(marked), None)).item.count_target is None


async def test_unknown_piece_is_said_to_be_a_unit_and_learned(desk: PlanDesk, connection: AsyncConnection) -> None:
    wanted = Wanted(title="Иш", responsible=["mti"], dues=[AHEAD], unresolved=[LOST, {**LOST, "text": "Шаар"}])
    _plan, ids = await put_plan(connection, [wanted], year=2026)
    card = await desk.items.open_item(desk.boss, ids[0])
    library = await desk.units.unit_id("lib")
    with pytest.raises(NoSuchUnit):
        await desk.parties.add(desk.boss, *known(card), 0, Share.RESPONSIBLE, 0)
    named = await desk.parties.add(desk.boss, *known(card), library, Share.RESPONSIBLE, 0)
    outside = await desk.parties.leave_outside(desk.boss, *known(named), 0)
    assert ([party.code for party in outside.item.parties], outside.item.unresolved) == (["mti", "lib"], ())
    assert await rows(connection, "select text, codes from plan_aliases") == [("Борбор", ["lib"])]
    assert await rows(connection, TOLD) == [("plan_item_changed", desk.units.other.account_id)]
    with pytest.raises(ItemChanged):
        await desk.parties.leave_outside(desk.boss, *known(outside), 0)
    taught = await desk.groups.list_aliases(desk.boss)
    assert [(one.alias.text, [unit.code for unit in one.units]) for one in taught] == [("Борбор", ["lib"])]
    assert await desk.groups.forget_alias(desk.boss, taught[0].mark) == []


async def test_parties_are_added_made_participants_and_removed(desk: PlanDesk, item: ItemCard) -> None:
    library = await desk.units.unit_id("lib")
    added = await desk.parties.add(desk.boss, *known(item), library, Share.RESPONSIBLE)
    informed = await desk.parties.add(desk.boss, *known(added), library, Share.PARTICIPANT)
    assert [(party.code, party.share) for party in informed.item.parties] == [
        ("mti", Share.RESPONSIBLE), ("lib", Share.PARTICIPANT),
    ]  # fmt: skip
    removed = await desk.parties.remove(desk.boss, *known(informed), library)
    assert [party.code for party in removed.item.parties] == ["mti"]
    with pytest.raises(ItemChanged):
        await desk.parties.remove(desk.boss, *known(removed), library)


async def test_item_is_added_in_words(desk: PlanDesk, connection: AsyncConnection, item: ItemCard) -> None:
    library = await desk.units.unit_id("lib")
    words = ItemWords(plan_id=item.plan.id, title="Жаңы <b>", deadline="2027-ж. 20-январь", unit_ids=(library,))
    card = await desk.adding.add(desk.boss, words)
    assert (card.item.title, card.item.origin, card.item.confirmed) == ("Жаңы <b>", Origin.ADDED, True)
    assert [one.due for one in card.planned.instances] == [LATER]
    assert await rows(connection, TOLD) == [("plan_item_changed", desk.units.other.account_id)]
    twin = await desk.adding.add(desk.boss, words)
    assert twin.item.key != card.item.key
    with pytest.raises(DeadlineUnclear):
        await desk.adding.read_deadline(desk.boss, item.plan.id, "бир кездерде")
    with pytest.raises(NoSuchUnit):
        await desk.adding.add(desk.boss, ItemWords(plan_id=item.plan.id, title="Ж", deadline="", unit_ids=()))


async def test_plan_is_set_and_closed(desk: PlanDesk, item: ItemCard) -> None:
    plan = item.plan
    assert read_ladder("14, 30 7;0 7") == (30, 14, 7, 0)
    for bad in ("", "1, x", "121", " ".join(map(str, range(11))), "-1"):
        with pytest.raises(LadderUnusable):
            read_ladder(bad)
    changed = await desk.settings.change(desk.boss, plan.id, plan.version, PlanSettings(ladder=(10, 0), escalates=True))
    assert (changed.ladder, changed.escalates, changed.overdue_every) == ((10, 0), True, 3)
    with pytest.raises(ItemChanged):
        await desk.settings.change(desk.boss, plan.id, plan.version, PlanSettings(overdue_every=5))
    closed = await desk.settings.change(desk.boss, plan.id, changed.version, PlanSettings(closed=True))
    assert closed.closed
    with pytest.raises(NoSuchItem):
        await desk.changes.confirm(desk.boss, *known(item))


async def test_groups_get_and_lose_members(desk: PlanDesk, units: Units) -> None:
    heads, rector = await units.unit_id("heads"), await units.unit_id("rector")
    assert [group.unit.code for group in await desk.groups.list_groups(desk.boss)] == ["heads"]
    group = await desk.groups.add_member(desk.boss, heads, rector)
    assert [one.code for one in group.members] == ["mti", "lib", "rector"]
    with pytest.raises(GroupUnusable):
        await desk.groups.add_member(desk.boss, heads, heads)
    with pytest.raises(GroupUnusable):
        await desk.groups.add_member(desk.boss, rector, heads)
    left = await desk.groups.remove_member(desk.boss, heads, rector)
    assert [one.code for one in left.members] == ["mti", "lib"]
    with pytest.raises(ItemChanged):
        await desk.groups.remove_member(desk.boss, heads, rector)


ACTS: list[Callable[[PlanDesk, ItemCard], Awaitable[object]]] = [
    lambda desk, _item: desk.items.open_desk(desk.units.head),
    lambda desk, item: desk.items.open_plan(desk.units.head, item.plan.id),
    lambda desk, item: desk.items.list_items(desk.units.head, ItemWish(plan_id=item.plan.id)),
    lambda desk, item: desk.items.open_item(desk.units.head, item.item.id),
    lambda desk, item: desk.items.list_history(desk.units.head, item.item.id, 0),
    lambda desk, item: desk.changes.confirm(desk.units.head, *known(item)),
    lambda desk, item: desk.changes.count_affected(desk.units.head, *known(item)),
    lambda desk, item: desk.changes.move(desk.units.head, *known(item), 1, LATER, "Жок"),
    lambda desk, item: desk.changes.add_day(desk.units.head, *known(item), LATER),
    lambda desk, item: desk.changes.cancel(desk.units.head, *known(item), "Жок"),
    lambda desk, item: desk.changes.restore(desk.units.head, *known(item)),
    lambda desk, item: desk.changes.set_count(desk.units.head, *known(item), 5),
    lambda desk, item: desk.changes.mark_language(desk.units.head, *known(item), marked=True),
    lambda desk, item: desk.parties.add(desk.units.head, *known(item), 1, Share.PARTICIPANT),
    lambda desk, item: desk.parties.remove(desk.units.head, *known(item), 1),
    lambda desk, item: desk.parties.leave_outside(desk.units.head, *known(item), 0),
    lambda desk, item: desk.adding.read_title(desk.units.head, item.plan.id, "Ж"),
    lambda desk, item: desk.adding.read_deadline(desk.units.head, item.plan.id, ""),
    lambda desk, item: desk.adding.add(
        desk.units.head, ItemWords(plan_id=item.plan.id, title="Ж", deadline="", unit_ids=(1,))
    ),
    lambda desk, item: desk.settings.change(desk.units.head, item.plan.id, 1, PlanSettings(closed=True)),
    lambda desk, _item: desk.groups.list_groups(desk.units.head),
    lambda desk, _item: desk.groups.open(desk.units.head, 1),
    lambda desk, _item: desk.groups.add_member(desk.units.head, 1, 2),
    lambda desk, _item: desk.groups.remove_member(desk.units.head, 1, 2),
    lambda desk, _item: desk.groups.list_aliases(desk.units.head),
    lambda desk, _item: desk.groups.forget_alias(desk.units.head, 1),
]


async def test_units_themselves_change_nothing(desk: PlanDesk, connection: AsyncConnection, item: ItemCard) -> None:
    before = await picture(connection)
    for act in ACTS:
        with pytest.raises(NotAllowed):
            await act(desk, item)
    assert await picture(connection) == before


@pytest.mark.parametrize("unit_first", [True, False])
async def test_edit_while_a_unit_reports_ends_well_in_both_orders(
    busy_office: Office, engine: AsyncEngine, *, unit_first: bool
) -> None:
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        desk = await plan_desk_on(await units_on(busy_office, connection))
        (key,) = await desk.units.plan(Wanted(title="Экөө", responsible=["mti"], dues=[AHEAD]))
        duty = await desk.card(key)
        card = await desk.items.open_item(desk.boss, duty.item.id)
        report = desk.units.reports.report(
            desk.units.head, key, duty.stamp, NewReport(outcome=Outcome.DONE, words="Бүттү")
        )
        edit = desk.changes.move(desk.boss, *known(card), key.instance_id, LATER, "Кеңеш")
        acts = [report, edit] if unit_first else [edit, report]
        answers = await asyncio.gather(*(asyncio.ensure_future(act) for act in acts), return_exceptions=True)
        told = answers[0 if unit_first else 1]
        fresh = await desk.card(key)
        assert fresh.due == LATER  # the coordinator's day holds in any order
        if isinstance(told, BaseException):
            assert isinstance(told, DutyChanged)  # the unit looks once more, its words are kept
            assert fresh.state is DutyState.OPEN
        else:
            assert fresh.state is DutyState.REPORTED
