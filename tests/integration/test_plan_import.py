"""Plans taken over from files: understood, laid beside what is stored, statuses kept."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.db.models import PlanDuty, PlanExtension
from services.db.repositories.plans import SqlPlanRepository
from services.db.uow import SqlUnitOfWork, unit_of_work_factory
from services.deadlines.dto import AcademicYear, DeadlineKind
from services.plan_files.errors import PlanFileUnreadable
from services.plan_import.dto import Changed, Decision, PlanImport
from services.plan_import.errors import PlanClosed, PlanDraftDiffers
from services.plan_import.review import PlanReviewService, digest_of
from services.plan_import.service import PlanFile, PlanImportService
from services.plans.dto import DutyState, ItemState, Origin, PlannedItem
from services.responsibles.dto import Alias
from services.units.units_file import read_units
from tests.support.clock import StandingClock
from tests.support.office import STRANGERS_PHONE, Office, rows, scalar
from tests.support.papers import BishkekCalendar
from tests.support.planned import put_units

YEAR = AcademicYear(2025)
REAL = Path(__file__).parents[1] / "data" / "plans" / "kstu-2025-26"
HEAD = "№;Иш-чара;Аткаруу мөөнөтү;Жооптуулар"
LINES = (
    "1;Кесиптик багыт берүү күнүн өткөрүү;2026-жылдын 12-марты;Окуу башкармалыгы",
    "2;Жылдык отчетту даярдоо;июнь 2026-ж.;ПКБ, эсеп-кысап бөлүмү",
    "3;Китепкананын фондун толуктоо;жыл ичинде;Галактика комитети",
)


def plan_file(*lines: str, name: str = "") -> PlanFile:
    content = "\n".join([HEAD, *lines]).encode()
    return PlanFile(content=content, file_name="Иш план.csv", year=YEAR, name=name)


@pytest.fixture
def imports(office: Office, clock: StandingClock) -> PlanImportService:
    return PlanImportService(office.unit_of_work, clock, BishkekCalendar())


@pytest.fixture(autouse=True)
async def units(office: Office) -> None:
    await office.units.import_units(OPERATOR, read_units((REAL / "units.csv").read_bytes()))


async def stored(connection: AsyncConnection, done: PlanImport) -> list[PlannedItem]:
    assert done.plan_id is not None
    return await SqlUnitOfWork(connection, None).plans.list_planned([done.plan_id])


async def test_the_universitys_own_plan_is_taken_over_and_a_second_time_nothing_changes(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    content = (REAL / "strategy.docx").read_bytes()
    file = PlanFile(content=content, file_name="strategy.docx", year=YEAR)
    done = await imports.import_file(OPERATOR, file)
    items = await stored(connection, done)
    assert (done.name, done.is_new, len(done.difference.added), len(items)) == ("strategy", True, 79, 79)
    two = next(one for one in items if one.item.deadline.text.startswith("декабрь 2025-ж., март"))
    assert [instance.due for instance in two.instances] == [date(2025, 12, 31), date(2026, 3, 31)]
    again = await imports.import_file(OPERATOR, file)
    assert (len(again.difference.unchanged), again.difference.changed, again.difference.added) == (79, (), ())
    assert await stored(connection, again) == items


async def test_dry_run_and_a_file_without_items_write_nothing(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    done = await imports.import_file(OPERATOR, plan_file(*LINES), dry_run=True)
    assert (done.plan_id, len(done.difference.added)) == (None, 3)
    with pytest.raises(PlanFileUnreadable):
        await imports.import_file(OPERATOR, plan_file())
    assert await scalar(connection, "select count(*) from plans") == 0
    assert await scalar(connection, "select count(*) from plan_items") == 0


async def test_stranger_takes_over_nothing(
    imports: PlanImportService, office: Office, connection: AsyncConnection
) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    with pytest.raises(NotAllowed):
        await imports.import_file(stranger, plan_file(*LINES))
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.PLAN_COORDINATOR)
    coordinator: Actor = await office.recognise(STRANGERS_PHONE)
    await imports.import_file(coordinator, plan_file(*LINES))
    assert await scalar(connection, "select count(*) from plan_items") == 3


async def test_words_put_right_a_new_date_and_a_row_that_is_gone_are_told_and_statuses_stay(
    imports: PlanImportService, connection: AsyncConnection, clock: StandingClock
) -> None:
    first, *_ = await stored(connection, await imports.import_file(OPERATOR, plan_file(*LINES)))
    await connection.execute(
        insert(PlanDuty).values(
            instance_id=first.instances[0].id, unit_code="ob", state="done", done_on=date(2026, 3, 1),
            changed_at=clock.now(),
        )
    )  # fmt: skip
    again = await imports.import_file(
        OPERATOR,
        plan_file(
            "1;Кесиптик багыт берүү күндөрүн өткөрүү;2026-жылдын 20-марты;Окуу башкармалыгы",
            LINES[2],
            "4;Жаңы иш-чара;май 2026-ж.;ПКБ",
        ),
    )
    difference = again.difference
    assert [one.read.row.number for one in difference.changed] == ["1"]
    assert [one.item.number for one in difference.removed] == ["2"]
    assert [one.row.number for one in difference.added] == ["4"]
    items = {one.item.number: one for one in await stored(connection, again)}
    assert set(items) == {"1", "2", "3", "4"}
    moved = items["1"].instances[0]
    assert (moved.first_due, moved.due, moved.due_version) == (date(2026, 3, 12), date(2026, 3, 20), 2)
    assert [duty.state for duty in items["1"].duties] == [DutyState.DONE]
    history = "select act from plan_history where item_id = :item order by id"
    assert await rows(connection, history, item=first.item.id) == [("imported",), ("reprinted",)]
    gone = await imports.import_file(OPERATOR, plan_file(LINES[2]), removing=True)
    assert gone.removed
    assert [one.item.number for one in await stored(connection, gone)] == ["3"]


async def test_what_a_person_decided_stays_until_the_plan_prints_otherwise(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    tried = await imports.import_file(OPERATOR, plan_file(*LINES), dry_run=True)
    third = tried.read.items[2]
    assert third.needs_review
    decisions = {
        third.key: Decision(dates=(date(2026, 4, 1),), pieces={"Галактика комитети": ("itk",)}),
    }
    done = await imports.import_file(OPERATOR, plan_file(*LINES), decisions=decisions)
    item = (await stored(connection, done))[2]
    assert item.item.deadline.kind is DeadlineKind.DATE
    assert [instance.due for instance in item.instances] == [date(2026, 4, 1)]
    assert [party.code for party in item.item.parties] == ["itk"]
    uow = SqlUnitOfWork(connection, None)
    assert await uow.plans.list_aliases() == [Alias(text="галактика комитети", codes=("itk",), learned=True)]
    again = await imports.import_file(OPERATOR, plan_file(*LINES))
    assert (await stored(connection, again))[2] == item
    other = LINES[2].replace("жыл ичинде", "май 2026-ж.")
    printed = (await stored(connection, await imports.import_file(OPERATOR, plan_file(*LINES[:2], other))))[2]
    assert [instance.due for instance in printed.instances] == [date(2026, 5, 31)]
    assert [instance.first_due for instance in printed.instances] == [date(2026, 4, 1)]


async def test_item_cancelled_here_is_not_brought_back_by_the_file(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    done = await imports.import_file(OPERATOR, plan_file(*LINES))
    await connection.exec_driver_sql("update plan_items set state = 'cancelled', reason = 'буйрук' where number = '1'")
    again = await imports.import_file(OPERATOR, plan_file(*LINES))
    assert again.plan_id == done.plan_id
    states = [one.item.state for one in await stored(connection, again)]
    assert states == [ItemState.CANCELLED, ItemState.ACTIVE, ItemState.ACTIVE]


async def test_items_that_change_places_keep_what_is_theirs(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    first = await stored(connection, await imports.import_file(OPERATOR, plan_file(*LINES)))
    turned = [line.replace(f"{number};", f"{4 - number};", 1) for number, line in enumerate(LINES, 1)]
    again = await stored(connection, await imports.import_file(OPERATOR, plan_file(*reversed(turned))))
    assert {one.item.title: one.item.id for one in again} == {one.item.title: one.item.id for one in first}


async def test_items_of_one_title_keep_what_is_theirs_when_a_row_comes_in_or_goes(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    first, second, third = (f"{{}};Кеңештин отуруму;{month} 2026-ж.;ПКБ" for month in ("январь", "март", "май"))
    done = await imports.import_file(OPERATOR, plan_file(first.format(1), second.format(2), third.format(3)))
    known = {one.item.deadline.text: one.item.id for one in await stored(connection, done)}
    again = plan_file(first.format(1), "2;Жаңы иш;апрель 2026-ж.;ПКБ", second.format(3), third.format(4))
    await imports.import_file(OPERATOR, again)
    found = {one.item.deadline.text: one.item.id for one in await stored(connection, done)}
    assert {text: found[text] for text in known} == known
    fewer = await imports.import_file(OPERATOR, plan_file(second.format(""), third.format("")), dry_run=True)
    assert [one.item.deadline.text for one in fewer.difference.removed] == ["январь 2026-ж.", "апрель 2026-ж."]


async def test_a_twin_that_the_file_lacks_stays_beside_those_that_it_has(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    lines = [f";Кеңештин отуруму;{month} 2026-ж.;ПКБ" for month in ("январь", "март", "май")]
    done = await imports.import_file(OPERATOR, plan_file(*lines))
    before = [(one.item.id, one.item.deadline.text) for one in await stored(connection, done)]
    for _time in range(2):
        again = await imports.import_file(OPERATOR, plan_file(*lines[1:]))
        assert (again.difference.added, again.difference.changed, len(again.difference.removed)) == ((), (), 1)
    assert sorted((one.item.id, one.item.deadline.text) for one in await stored(connection, done)) == before


async def test_another_plan_of_the_year_is_a_plan_of_its_own(imports: PlanImportService) -> None:
    one = await imports.import_file(OPERATOR, plan_file(*LINES))
    lines = ("1;Жаңы имараттын долбоору;май 2026-ж.;АЧБ", "2;Чатырды оңдоо;июнь 2026-ж.;АЧБ")
    other = await imports.import_file(OPERATOR, plan_file(*lines, name="Курулуш"))
    assert (one.name, other.name, other.is_new) == ("Иш план", "Курулуш", True)
    assert one.plan_id != other.plan_id


async def test_a_file_taken_over_elsewhere_in_the_middle_of_its_review_is_not_taken_over_twice(
    office: Office, imports: PlanImportService, clock: StandingClock, connection: AsyncConnection
) -> None:
    await office.recognise(STRANGERS_PHONE)
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.PLAN_COORDINATOR)
    coordinator = await office.recognise(STRANGERS_PHONE)
    review = PlanReviewService(office.unit_of_work, clock, BishkekCalendar(), imports)
    file = plan_file(*LINES)
    kept = await review.bring(coordinator, file.file_name, file.content, YEAR)
    shown = await review.show_difference(coordinator)
    done = await imports.import_file(OPERATOR, file)
    with pytest.raises(PlanDraftDiffers):
        await review.confirm(coordinator, kept.draft_id, shown.version, removing=False)
    again = await review.show_difference(coordinator)
    confirmed = await review.confirm(coordinator, kept.draft_id, again.version, removing=False)
    assert (confirmed.plan_id, confirmed.difference.added) == (done.plan_id, ())
    assert len(await stored(connection, done)) == len(LINES)


async def test_what_passed_before_an_item_came_or_was_confirmed_is_not_made_up_for(
    imports: PlanImportService, connection: AsyncConnection, clock: StandingClock
) -> None:
    today = BishkekCalendar().today(clock.now())
    lines = (*LINES[:2], LINES[2].replace("жыл ичинде", "бир кезде"))
    tried = await imports.import_file(OPERATOR, plan_file(*lines), dry_run=True)
    done = await imports.import_file(OPERATOR, plan_file(*lines))
    assert {one.item.reminds_from for one in await stored(connection, done)} == {today}
    clock.advance(days=3)
    later = today + timedelta(days=3)
    decisions = {tried.read.items[2].key: Decision(confirmed=True)}
    moved = LINES[0].replace("2026-жылдын 12-марты", "20.03.2026")
    again = await imports.import_file(OPERATOR, plan_file(moved, *lines[1:]), decisions=decisions)
    assert [one.item.reminds_from for one in await stored(connection, again)] == [later, today, later]


async def test_import_undoes_nothing_that_a_coordinator_does_at_the_same_moment(
    engine: AsyncEngine, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports = PlanImportService(unit_of_work_factory(engine), clock, BishkekCalendar())
    async with engine.begin() as connection:
        await put_units(connection, {"ob": "Окуу башкармалыгы"})
    done = await imports.import_file(OPERATOR, plan_file(*LINES))
    read, cancelled = SqlPlanRepository.list_planned, 0

    async def read_slowly(plans: SqlPlanRepository, plan_ids: Collection[int]) -> list[PlannedItem]:
        nonlocal cancelled
        found = await read(plans, plan_ids)
        if not cancelled:
            async with engine.begin() as other:
                cancelled = (
                    await other.execute(text("update plan_items set state = 'cancelled', reason = 'буйрук'"))
                ).rowcount
        return found

    monkeypatch.setattr(SqlPlanRepository, "list_planned", read_slowly)
    await imports.import_file(OPERATOR, plan_file(LINES[0].replace("12-марты", "20-марты"), *LINES[1:]))
    async with engine.connect() as connection:
        items = await stored(connection, done)
    assert [(one.item.state, one.item.reason) for one in items] == [(ItemState.CANCELLED, "буйрук")] * 3
    assert items[0].instances[0].due == date(2026, 3, 20)


REPORTS = "1;Отчет тапшыруу;{};Окуу башкармалыгы"


async def say_done(connection: AsyncConnection, instance_id: int, clock: StandingClock) -> None:
    values = {"instance_id": instance_id, "unit_code": "ob", "state": "done", "done_on": date(2025, 9, 10)}
    await connection.execute(insert(PlanDuty).values(changed_at=clock.now(), **values))


async def times(connection: AsyncConnection, done: PlanImport) -> list[tuple[str, str, bool]]:
    """Return day, first day and whether it is done of every time that the only item is due."""
    (one,) = await stored(connection, done)
    said = {duty.instance_id for duty in one.duties}
    return [(f"{each.due:%d.%m}", f"{each.first_due:%d.%m}", each.id in said) for each in one.instances]


@pytest.mark.parametrize(
    ("printed", "then"),
    [
        ("15.10.2025, 15.11.2025", [("15.10", "15.10", False), ("15.11", "15.11", False)]),
        ("15.10.2025, 15.11.2025, 15.12.2025", [(day, day, False) for day in ("15.10", "15.11", "15.12")]),
        (
            "01.09.2025, 15.09.2025, 15.10.2025, 15.11.2025",
            [(day, day, day == "15.09") for day in ("01.09", "15.09", "15.10", "15.11")],
        ),
        (
            "20.09.2025, 15.10.2025, 15.11.2025",
            [("20.09", "15.09", True), ("15.10", "15.10", False), ("15.11", "15.11", False)],
        ),
    ],
)
async def test_what_is_done_stays_with_its_day_when_a_list_of_days_changes(
    imports: PlanImportService, connection: AsyncConnection, clock: StandingClock, printed: str, then: list[object]
) -> None:
    before = "15.09.2025, 15.10.2025, 15.11.2025"
    done = await imports.import_file(OPERATOR, plan_file(REPORTS.format(before)))
    (item,) = await stored(connection, done)
    await say_done(connection, item.instances[0].id, clock)
    again = await imports.import_file(OPERATOR, plan_file(REPORTS.format(printed)))
    assert await times(connection, again) == then
    back = await imports.import_file(OPERATOR, plan_file(REPORTS.format(before)))
    assert [one[2] for one in await times(connection, back)] == [True, False, False]


async def test_a_day_that_was_dropped_comes_back_for_itself_alone(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    for days in ("15.09.2025, 15.10.2025", "15.09.2025"):
        await imports.import_file(OPERATOR, plan_file(REPORTS.format(days)))
    other = await imports.import_file(OPERATOR, plan_file(REPORTS.format("15.09.2025, 15.03.2026")))
    assert await times(connection, other) == [("15.09", "15.09", False), ("15.03", "15.03", False)]
    known = "select ordinal, due_version from plan_instances where cancelled_at is null order by ordinal"
    assert await rows(connection, known) == [(1, 1), (3, 1)]
    await imports.import_file(OPERATOR, plan_file(REPORTS.format("15.09.2025, 15.10.2025")))
    assert await rows(connection, known) == [(1, 1), (2, 2)]


async def test_a_day_that_its_coordinator_moved_stays_while_the_plan_prints_it_as_before(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    await imports.import_file(OPERATOR, plan_file(REPORTS.format("15.09.2025, 15.10.2025")))
    await connection.exec_driver_sql("update plan_instances set due = '2025-09-22' where ordinal = 1")
    again = await imports.import_file(OPERATOR, plan_file(REPORTS.format("15.09.2025, 25.10.2025")))
    assert await times(connection, again) == [("22.09", "15.09", False), ("25.10", "15.10", False)]


@pytest.mark.parametrize("section", ["", "Башка бөлүм"])
async def test_an_item_added_by_hand_that_the_file_prints_too_is_the_same(
    imports: PlanImportService, connection: AsyncConnection, section: str
) -> None:
    done = await imports.import_file(OPERATOR, plan_file(*LINES))
    before = await stored(connection, done)
    by_hand = text("update plan_items set origin = 'added', section = :section where number = '1'")
    await connection.execute(by_hand, {"section": section})
    for lines in (LINES, LINES[1:], LINES):
        again = await imports.import_file(OPERATOR, plan_file(*lines))
        assert (again.difference.added, again.difference.removed) == ((), ())
        assert sorted(one.item.id for one in await stored(connection, again)) == [one.item.id for one in before]
    origins = {one.item.number: one.item.origin for one in await stored(connection, done)}
    assert origins == {"1": Origin.ADDED, "2": Origin.FILE, "3": Origin.FILE}


@pytest.mark.parametrize("reason", ["", "буйрук"])
async def test_an_item_that_was_taken_out_and_is_printed_again_is_the_same_with_all_that_was_said(
    imports: PlanImportService, connection: AsyncConnection, clock: StandingClock, reason: str
) -> None:
    done = await imports.import_file(OPERATOR, plan_file(*LINES))
    first, *_ = await stored(connection, done)
    await say_done(connection, first.instances[0].id, clock)
    if reason:
        await connection.execute(
            text("update plan_items set state = 'cancelled', reason = :r where number = '1'"), {"r": reason}
        )
    await imports.import_file(OPERATOR, plan_file(*LINES[1:]), removing=True)
    without = await imports.import_file(OPERATOR, plan_file(*LINES[1:]))
    assert (without.difference.removed, len(await stored(connection, done))) == ((), 2)
    again = await imports.import_file(OPERATOR, plan_file(*LINES))
    assert ([set(one.changed) for one in again.difference.changed], again.difference.added) == ([{Changed.BACK}], ())
    back, *_ = await stored(connection, again)
    assert (back.item.id, back.instances, back.duties[0].state) == (first.item.id, first.instances, DutyState.DONE)
    assert back.item.state is (ItemState.CANCELLED if reason else ItemState.ACTIVE)
    history = "select act from plan_history where item_id = :item order by id"
    assert await rows(connection, history, item=first.item.id) == [("imported",), ("removed",), ("revived",)]


async def test_items_that_the_file_lacks_have_no_place_in_it(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    await imports.import_file(OPERATOR, plan_file(*LINES))
    await imports.import_file(OPERATOR, plan_file(LINES[0], LINES[2]))
    places = "select number, place_row is null from plan_items order by number"
    assert await rows(connection, places) == [("1", False), ("2", True), ("3", False)]
    await imports.import_file(OPERATOR, plan_file(*LINES))
    assert await rows(connection, "select count(distinct place_row) from plan_items") == [(3,)]


async def test_a_units_own_day_and_wish_do_not_outlive_a_later_one_of_the_plan(
    imports: PlanImportService, connection: AsyncConnection, clock: StandingClock
) -> None:
    item, *_ = await stored(connection, await imports.import_file(OPERATOR, plan_file(*LINES)))
    values = {"instance_id": item.instances[0].id, "state": "accepted", "changed_at": clock.now(), "due_version": 1}
    for unit, own in (("ob", date(2026, 3, 20)), ("itk", date(2026, 6, 20))):
        duty = insert(PlanDuty).values(**values, unit_code=unit, due=own).returning(PlanDuty.id)
        wish = {"duty_id": await connection.scalar(duty), "wanted": own, "reason": "…", "asked_at": clock.now()}
        await connection.execute(insert(PlanExtension).values(**wish, asked_by=1))
    later = LINES[0].replace("2026-жылдын 12-марты", "2026-жылдын 20-майы")
    again, *_ = await stored(connection, await imports.import_file(OPERATOR, plan_file(later, *LINES[1:])))
    assert [(one.unit_code, one.due, one.due_version) for one in again.duties] == [
        ("ob", None, 2),
        ("itk", date(2026, 6, 20), 1),
    ]
    wishes = "select decision, granted from plan_extensions order by id"
    assert await rows(connection, wishes) == [("granted", date(2026, 5, 20)), (None, None)]
    told = "select unit_code from plan_history where act = 'own_day_outlived'"
    assert await rows(connection, told) == [("ob",)]


async def test_a_files_name_alone_does_not_make_it_a_plan_that_is_there(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    one = await imports.import_file(OPERATOR, plan_file(*LINES))
    lines = ("1;Жаңы имараттын долбоору;май 2026-ж.;АЧБ", "2;Чатырды оңдоо;июнь 2026-ж.;АЧБ")
    other = await imports.import_file(OPERATOR, plan_file(*lines))
    assert (other.name, other.is_new, other.difference.removed) == ("Иш план (2)", True, ())
    half = await imports.import_file(OPERATOR, plan_file(LINES[0], *lines), dry_run=True)
    assert half.plan_id == other.plan_id
    named = await imports.import_file(OPERATOR, plan_file(*lines, name="Иш план"), dry_run=True)
    assert (named.plan_id, len(named.difference.removed)) == (one.plan_id, len(LINES))
    own = await imports.import_file(OPERATOR, replace(plan_file(*LINES), as_new=True), dry_run=True)
    assert (own.name, own.is_new) == ("Иш план (3)", True)
    await connection.exec_driver_sql("update plans set closed_at = now()")
    assert (await imports.import_file(OPERATOR, plan_file(*LINES), dry_run=True)).is_new
    with pytest.raises(PlanClosed):
        await imports.import_file(OPERATOR, plan_file(*LINES, name="Иш план"))


async def test_what_a_person_decides_now_wins_over_what_was_confirmed_before(
    imports: PlanImportService, connection: AsyncConnection
) -> None:
    tried = await imports.import_file(OPERATOR, plan_file(*LINES), dry_run=True)
    first, _second, third = (one.key for one in tried.read.items)
    at_first = {third: Decision(dates=(date(2026, 4, 1),), codes=("itk",))}
    done = await imports.import_file(OPERATOR, plan_file(*LINES), decisions=at_first)
    known = await stored(connection, done)
    same = await imports.import_file(OPERATOR, plan_file(*LINES), decisions=at_first)
    assert (same.difference.changed, await stored(connection, done)) == ((), known)
    now = {third: Decision(dates=(date(2026, 5, 2),)), first: Decision(dates=(date(2026, 3, 15),), codes=("itk",))}
    tried = await imports.import_file(OPERATOR, plan_file(*LINES), decisions=now, dry_run=True)
    assert [set(one.changed) for one in tried.difference.changed] == [{Changed.MEANING}] * 2
    await imports.import_file(OPERATOR, plan_file(*LINES), decisions=now)
    items = await stored(connection, done)
    assert [(one.instances[0].first_due, one.instances[0].due) for one in (items[0], items[2])] == [
        (date(2026, 3, 12), date(2026, 3, 15)),
        (date(2026, 4, 1), date(2026, 5, 2)),
    ]
    assert [[party.code for party in one.item.parties] for one in (items[0], items[2])] == [["itk"], ["itk"]]
    assert digest_of(tried.difference) != digest_of(same.difference)
    await imports.import_file(OPERATOR, plan_file(*LINES))
    assert await stored(connection, done) == items
