"""What plans ask of sittings of the Academic Council."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import NotAllowed
from services.plan_desk.adding import ItemWords
from services.plan_desk.errors import NoSuchItem
from services.plans.dto import DutyState, Origin
from services.sittings.dto import Paper, Sitting, SittingState
from services.sittings.errors import (
    MaterialsUnusable,
    NoPaper,
    NoSittingsPrinted,
    NoSuchSitting,
    PaperUnusable,
    SittingChanged,
    SittingOver,
)
from services.sittings.rules import read_days
from tests.support.duties import AHEAD, Units, units_on
from tests.support.office import Office, picture, rows
from tests.support.plan_desk import PlanDesk, plan_desk_on
from tests.support.planned import Wanted, put_plan

OCTOBER = "Октябрь. 2- отурум"
DAY = date(2026, 12, 10)
TOLD = (
    "select n.kind, d.account_id from notices n join deliveries d on d.notice_id = n.id"
    " where n.kind like 'plan%' order by n.id, d.account_id"
)
PDF = b"%PDF-1.7 agenda"


@pytest.fixture
async def units(office: Office, connection: AsyncConnection) -> Units:
    return await units_on(office, connection)


@pytest.fixture
async def desk(units: Units) -> PlanDesk:
    return await plan_desk_on(units)


@pytest.fixture
async def sitting(desk: PlanDesk) -> Sitting:
    """A sitting with two items of the institute and one of the library, as the plan prints it."""
    wanted = [
        Wanted(title="Отчёт", responsible=["mti"], dues=[AHEAD], soft=True),
        Wanted(title="Бюджет <b>", responsible=["mti", "lib"], dues=[AHEAD], confirmed=False),
        Wanted(title="Башка", responsible=["lib"], dues=[AHEAD]),
    ]
    plan_id, ids = await put_plan(desk.units.connection, wanted, year=2026)
    await desk.units.execute(
        "update plan_items set deadline_text = :text where id = any(:ids)", text=OCTOBER, ids=ids[:2]
    )
    (sitting,) = await desk.sittings.make_printed(desk.boss, plan_id)
    return sitting


async def test_printed_sittings_are_made_once_with_their_items(desk: PlanDesk, sitting: Sitting) -> None:
    assert (sitting.title, sitting.month, sitting.items) == (OCTOBER, date(2026, 12, 1), 2)
    with pytest.raises(NoSittingsPrinted):
        await desk.sittings.make_printed(desk.boss, sitting.plan_id)
    byhand = await desk.sittings.add(desk.boss, sitting.plan_id, "Кезексиз <b>", date(2026, 11, 5))
    assert (byhand.sitting.month, byhand.items) == (date(2026, 11, 1), ())
    _plan, listed = await desk.sittings.list_sittings(desk.boss, sitting.plan_id)
    assert [one.title for one in listed] == ["Кезексиз <b>", OCTOBER]


async def test_day_of_a_sitting_moves_its_items_and_each_unit_gets_one_message(
    desk: PlanDesk, connection: AsyncConnection, sitting: Sitting
) -> None:
    card = await desk.sittings.set_day(desk.boss, sitting.id, sitting.version, DAY)
    assert card.sitting.held_on == DAY
    moved = await rows(
        connection,
        "select i.due, i.first_due, i.soft, i.due_version, p.confirmed from plan_instances i"
        " join plan_items p on p.id = i.item_id order by p.position",
    )
    assert moved == [(DAY, AHEAD, False, 2, True)] * 2 + [(AHEAD, AHEAD, False, 1, True)]
    accounts = sorted(one.account_id or 0 for one in (desk.units.head, desk.units.colleague, desk.units.other))
    assert sorted(await rows(connection, TOLD)) == [("plan_item_changed", account) for account in accounts]
    covered = await rows(
        connection,
        "select d.account_id, (n.payload->>'more')::int from notices n join deliveries d on d.notice_id = n.id"
        " where n.kind = 'plan_item_changed'",
    )
    assert (desk.units.head.account_id, 1) in covered
    with pytest.raises(SittingChanged):
        await desk.sittings.set_day(desk.boss, sitting.id, sitting.version, AHEAD)


async def test_what_is_done_stays_where_it_was(desk: PlanDesk, connection: AsyncConnection, sitting: Sitting) -> None:
    (item_id,) = (await rows(connection, "select id from plan_items where title = 'Отчёт'"))[0]
    assert isinstance(item_id, int)
    key = await desk.units.key(item_id)
    await desk.decisions.accept_report(desk.boss, (await desk.report(key)).id)
    await desk.sittings.set_day(desk.boss, sitting.id, sitting.version, DAY)
    card = await desk.card(key)
    assert (card.state, card.due) == (DutyState.DONE, AHEAD)


async def test_item_is_tied_to_a_sitting_from_its_card(desk: PlanDesk, connection: AsyncConnection) -> None:
    plan_id, ids = await put_plan(connection, [Wanted(title="Кеңештин планы", responsible=["mti"])], year=2026)
    sitting = (await desk.sittings.add(desk.boss, plan_id, "3-отурум", DAY)).sitting
    await desk.sittings.set_day(desk.boss, sitting.id, 1, DAY)
    await desk.sittings.tie(desk.boss, ids[0], 1, sitting.id)
    item = await desk.items.open_item(desk.boss, ids[0])
    assert (item.sitting, [one.due for one in item.planned.instances]) == ("3-отурум", [DAY])
    with pytest.raises(NoSuchSitting):
        await desk.sittings.tie(desk.boss, ids[0], item.item.version, 0)
    await desk.sittings.tie(desk.boss, ids[0], item.item.version, None)
    assert (await desk.items.open_item(desk.boss, ids[0])).item.sitting_id is None


async def test_decision_is_an_item_that_does_not_move_with_the_sitting(desk: PlanDesk, sitting: Sitting) -> None:
    library = await desk.units.unit_id("lib")
    words = ItemWords(
        plan_id=sitting.plan_id, title="Чечим", deadline="20.01.2027", unit_ids=(library,), sitting_id=sitting.id
    )
    decision = await desk.adding.add(desk.boss, words)
    assert (decision.item.origin, decision.sitting) == (Origin.DECISION, OCTOBER)
    await desk.sittings.set_day(desk.boss, sitting.id, sitting.version, DAY)
    again = await desk.items.open_item(desk.boss, decision.item.id)
    assert [one.due for one in again.planned.instances] == [date(2027, 1, 20)]
    with pytest.raises(NoSuchItem):
        await desk.adding.add(
            desk.boss, ItemWords(plan_id=sitting.plan_id, title="Ч", deadline="", unit_ids=(library,), sitting_id=0)
        )


async def test_sitting_is_held_or_not_and_then_has_no_day_to_set(desk: PlanDesk, sitting: Sitting) -> None:
    held = await desk.sittings.end(desk.boss, sitting.id, sitting.version, SittingState.HELD)
    with pytest.raises(SittingOver):
        await desk.sittings.set_day(desk.boss, sitting.id, held.sitting.version, DAY)
    planned = await desk.sittings.end(desk.boss, sitting.id, held.sitting.version, SittingState.PLANNED)
    assert planned.sitting.state is SittingState.PLANNED


async def test_papers_are_for_who_answers_for_an_item(desk: PlanDesk, units: Units, sitting: Sitting) -> None:
    for bad in (b"MZ", b"PK\x03\x04", b"x" * (20 * 1024 * 1024 + 1)):
        with pytest.raises(PaperUnusable):
            await desk.sittings.attach(desk.boss, sitting.id, Paper.AGENDA, "k.pdf", bad)
    card = await desk.sittings.attach(desk.boss, sitting.id, Paper.AGENDA, "Күн тартиби.pdf", PDF)
    assert card.sitting.agenda_name == "Күн тартиби.pdf"
    file = await desk.sittings.get_paper(units.head, sitting.id, Paper.AGENDA)
    assert (file.name, file.content) == ("Күн тартиби.pdf", PDF)
    assert not (await desk.sittings.open(units.other, sitting.id)).can_change
    with pytest.raises(NoPaper):
        await desk.sittings.get_paper(units.head, sitting.id, Paper.MINUTES)
    await units.execute("update plan_items set sitting_id = null where title = 'Бюджет <b>'")
    with pytest.raises(NotAllowed):
        await desk.sittings.get_paper(units.other, sitting.id, Paper.AGENDA)


async def test_materials_are_asked_for_once_so_many_working_days_before(
    desk: PlanDesk, connection: AsyncConnection, sitting: Sitting
) -> None:
    card = await desk.sittings.set_day(desk.boss, sitting.id, sitting.version, DAY)
    await desk.sittings.set_materials(desk.boss, sitting.id, card.sitting.version, 3)
    with pytest.raises(MaterialsUnusable):
        read_days("61")
    clock = desk.units.office.clock
    clock.moment = datetime(2026, 12, 4, 4, 0, tzinfo=UTC)
    assert await desk.materials.ask_for_materials() == 0
    clock.moment = datetime(2026, 12, 7, 4, 0, tzinfo=UTC)  # three working days before the tenth
    assert await desk.materials.ask_for_materials() == 3
    clock.moment = datetime(2026, 12, 8, 4, 0, tzinfo=UTC)
    assert await desk.materials.ask_for_materials() == 0
    asked = [account for kind, account in await rows(connection, TOLD) if kind == "plan_materials"]
    assert len(asked) == 3
    library, account = await desk.units.unit_id("lib"), desk.units.other.account_id or 0
    news = await desk.materials.find_materials(sitting.id, library, account)
    assert news is not None
    assert news.titles == ("Бюджет <b>",)
    assert await desk.materials.find_materials(sitting.id, library, desk.boss.account_id or 0) is None


ACTS: list[Callable[[PlanDesk, Sitting], Awaitable[object]]] = [
    lambda desk, one: desk.sittings.list_sittings(desk.units.head, one.plan_id),
    lambda desk, one: desk.sittings.open(desk.units.stranger, one.id),
    lambda desk, _one: desk.sittings.open(desk.units.head, 0),
    lambda desk, one: desk.sittings.add(desk.units.head, one.plan_id, "Менин", None),
    lambda desk, one: desk.sittings.make_printed(desk.units.head, one.plan_id),
    lambda desk, one: desk.sittings.set_day(desk.units.head, one.id, one.version, DAY),
    lambda desk, one: desk.sittings.set_materials(desk.units.head, one.id, one.version, 1),
    lambda desk, one: desk.sittings.end(desk.units.head, one.id, one.version, SittingState.HELD),
    lambda desk, one: desk.sittings.attach(desk.units.head, one.id, Paper.AGENDA, "k.pdf", PDF),
    lambda desk, _one: desk.sittings.tie(desk.units.head, 1, 1, None),
]


async def test_units_themselves_change_no_sitting(
    desk: PlanDesk, connection: AsyncConnection, sitting: Sitting
) -> None:
    await desk.units.execute("delete from role_grants where role = 'plan_coordinator'")
    before = await picture(connection)
    for act in ACTS:
        with pytest.raises(NotAllowed):
            await act(desk, sitting)
    assert await picture(connection) == before
