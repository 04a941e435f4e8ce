"""What plans ask of units: the list, the card, and what a unit does about a duty before it reports."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, LinkFrozen, NotAllowed, Role
from services.deadlines.dto import DeadlineKind
from services.duties.dto import DutyKey, Group, HistoryAct, NewReport, Outcome, Wish
from services.duties.errors import (
    DayNotLater,
    DayTooFar,
    DutyChanged,
    DutyWordsNeeded,
    ExtensionWaits,
    ItemOver,
    NoSuchColleague,
    NoSuchDuty,
    NotAtThisPoint,
    OnlyInformed,
    ReportLookedAt,
)
from services.errors import Refusal
from services.plans.dto import DutyState, Standing
from services.responsibles.dto import Share
from tests.support.duties import AHEAD, TODAY, Units, units_on
from tests.support.office import BAKYTS_PHONE, GULNARAS_PHONE, Office, picture, rows, scalar
from tests.support.planned import Wanted

STATE = "select state from plan_duties"


@pytest.fixture
async def units(office: Office, connection: AsyncConnection) -> Units:
    return await units_on(office, connection)


@pytest.fixture
async def key(units: Units) -> DutyKey:
    (key,) = await units.plan(Wanted(title="Окуу планын бекитүү", responsible=["mti"], dues=[AHEAD]))
    return key


async def stamp(units: Units, key: DutyKey) -> int:
    return (await units.duties.open(units.head, key)).stamp


async def test_list_has_its_groups_by_due_date(units: Units) -> None:
    await units.plan(
        Wanted(title="overdue", responsible=["mti"], dues=[date(2026, 11, 1)]),
        Wanted(title="this month", responsible=["heads"], dues=[date(2026, 11, 30)]),
        Wanted(title="later", responsible=["lib", "mti"], dues=[AHEAD, date(2027, 3, 1)]),
        Wanted(title="undated", responsible=["mti"]),
        Wanted(title="within the year", responsible=["mti"], dues=[date(2027, 6, 30)], soft=True),
        Wanted(title="soft and near", responsible=["mti"], dues=[date(2026, 11, 29)], soft=True),
        Wanted(title="informed", responsible=["lib"], participants=["heads"], dues=[date(2026, 11, 1)]),
        Wanted(title="of others", responsible=["lib"], dues=[AHEAD]),
    )
    page = await units.duties.list_own(units.head, Wish())
    assert (page.group, [line.title for line in page.lines]) == (Group.OVERDUE, ["overdue"])
    assert dict(page.counts) == {
        Group.OVERDUE: 1, Group.MONTH: 2, Group.LATER: 2, Group.UNDATED: 2, Group.INFORMED: 1,
    }  # fmt: skip
    titles = {
        group: [line.title for line in (await units.duties.list_own(units.head, Wish(group=group))).lines]
        for group in Group
    }
    assert titles[Group.MONTH] == ["soft and near", "this month"]
    assert titles[Group.LATER] == ["later", "later"]
    assert titles[Group.UNDATED] == ["within the year", "undated"]
    informed = (await units.duties.list_own(units.head, Wish(group=Group.INFORMED))).lines
    assert [(line.title, line.standing) for line in informed] == [("informed", Standing.AHEAD)]


async def test_day_that_nobody_confirmed_is_being_clarified_and_never_overdue(units: Units) -> None:
    past, ahead = await units.plan(
        Wanted(title="past", responsible=["mti"], dues=[date(2026, 3, 4)], confirmed=False),
        Wanted(title="ahead", responsible=["mti"], dues=[date(2027, 6, 30)], soft=True, confirmed=False),
    )
    page = await units.duties.list_own(units.head, Wish())
    assert (page.group, dict(page.counts)) == (Group.UNDATED, {Group.UNDATED: 2})
    assert [(line.due, line.standing, line.doubtful) for line in page.lines] == [(None, Standing.UNDATED, True)] * 2
    for key in (past, ahead):
        card = await units.duties.open(units.head, key)
        assert (card.due, card.soft, card.standing, card.doubtful) == (None, False, Standing.UNDATED, True)
        assert not (await units.acts.consider_day(units.head, key, AHEAD))[1], "the coordinator says which day is meant"
    await units.acts.hand_on(units.head, past, units.colleague.require_person().id)
    person = units.colleague.require_person().id
    told = await units.news.find_handed_on(past.instance_id, past.unit_id, person, BAKYTS_PHONE)
    assert told is not None
    assert (told.due, told.standing, told.doubtful) == (None, Standing.UNDATED, True)


async def test_long_list_has_pages_and_a_filter_by_unit(units: Units, office: Office) -> None:
    await units.plan(*(Wanted(title=f"item {n}", responsible=["heads"], dues=[AHEAD]) for n in range(10)))
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.UNIT_HEAD, "lib")
    both = await office.recognise(BAKYTS_PHONE)
    page = await units.duties.list_own(both, Wish(page=99))
    assert (page.page, page.pages, len(page.lines), page.counts[Group.LATER]) == (2, 3, 4, 20)
    only = await units.duties.list_own(both, Wish(unit_id=await units.unit_id("lib")))
    assert only.counts[Group.LATER] == 10
    foreign = await units.duties.list_own(units.head, Wish(unit_id=await units.unit_id("lib")))
    assert (foreign.unit_id, foreign.counts[Group.LATER]) == (None, 10)


async def test_whoever_speaks_for_no_unit_has_an_empty_page_and_who_is_frozen_none(units: Units, key: DutyKey) -> None:
    page = await units.duties.list_own(units.stranger, Wish())
    assert (page.units, page.lines) == ((), ())
    frozen = replace(units.head, frozen=True)
    for ask in (units.duties.list_own(frozen, Wish()), units.duties.open(frozen, key)):
        with pytest.raises(LinkFrozen):
            await ask


async def test_card_says_everything_and_why(units: Units) -> None:
    (key,) = await units.plan(Wanted(title="Чогулуш", responsible=["heads"], dues=[AHEAD], count_target=10))
    card = await units.duties.open(units.head, key)
    assert (card.share, card.state, card.standing, card.due) == (
        Share.RESPONSIBLE, DutyState.OPEN, Standing.AHEAD, AHEAD,
    )  # fmt: skip
    assert (card.said, card.holder, card.reports, card.can_act) == (0, "", (), True)
    _, causes = await units.duties.explain(units.head, key)
    assert [(cause.printed, cause.named.code, cause.is_group) for cause in causes] == [("heads", "heads", True)]


async def test_accepted_once(units: Units, connection: AsyncConnection, key: DutyKey) -> None:
    seen = await stamp(units, key)
    card = await units.acts.accept(units.head, key, seen)
    assert card.state is DutyState.ACCEPTED
    assert card.stamp != seen
    with pytest.raises(NotAtThisPoint):
        await units.acts.accept(units.colleague, key, seen)
    told = await rows(connection, "select act, unit_code, account_id from plan_history")
    assert told == [("accepted", "mti", units.head.account_id)]


async def test_two_people_of_a_unit_at_once_accept_and_report_once(busy_office: Office, engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        units = await units_on(busy_office, connection)
        (key,) = await units.plan(Wanted(title="Экөө", responsible=["mti"], dues=[AHEAD]))
        seen = await stamp(units, key)
        answers = await asyncio.gather(
            units.acts.accept(units.head, key, seen),
            units.acts.accept(units.colleague, key, seen),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, NotAtThisPoint) for answer in answers) == 1
        assert await scalar(connection, "select count(*) from plan_history") == 1
        seen, done = await stamp(units, key), NewReport(outcome=Outcome.DONE, words="Аткарылды")
        reported = await asyncio.gather(
            *(units.reports.report(actor, key, seen, done) for actor in (units.head, units.colleague)),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, NotAtThisPoint) for answer in reported) == 1
        assert await scalar(connection, "select count(*) from plan_reports") == 1
        waiting = (await units.duties.open(units.head, key)).reports[0].id
        withdrawn = await asyncio.gather(
            *(units.reports.withdraw(actor, waiting) for actor in (units.head, units.colleague)),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, ReportLookedAt) for answer in withdrawn) == 1


async def test_coordinators_edit_meanwhile_is_seen_before_anything_is_written(
    units: Units, connection: AsyncConnection, key: DutyKey
) -> None:
    seen = await stamp(units, key)
    await units.execute("update plan_items set version = version + 1, title = 'Башка'")
    before = await picture(connection)
    for act in (
        units.acts.accept(units.head, key, seen),
        units.acts.dispute(units.head, key, seen, "Биздики эмес"),
        units.acts.ask_for_day(units.head, key, seen, AHEAD + timedelta(days=7), "Кеңеш"),
    ):
        with pytest.raises(DutyChanged):
            await act
    assert await picture(connection) == before
    await units.acts.accept(units.head, key, await stamp(units, key))


async def test_dispute_waits_for_the_coordinator_and_can_be_taken_back(
    units: Units, connection: AsyncConnection, key: DutyKey
) -> None:
    with pytest.raises(DutyWordsNeeded):
        await units.acts.dispute(units.head, key, await stamp(units, key), "  ")
    card = await units.acts.dispute(units.head, key, await stamp(units, key), "Бул <b>китепкананын</b> иши")
    assert card.state is DutyState.DISPUTED
    assert await rows(connection, "select state, reason from plan_duties") == [
        ("disputed", "Бул <b>китепкананын</b> иши")
    ]
    with pytest.raises(NotAtThisPoint):
        await units.acts.accept(units.head, key, card.stamp)
    assert (await units.acts.take_back_dispute(units.colleague, key)).state is DutyState.OPEN
    with pytest.raises(NotAtThisPoint):
        await units.acts.take_back_dispute(units.colleague, key)
    await units.acts.accept(units.head, key, await stamp(units, key))
    await units.acts.dispute(units.head, key, await stamp(units, key), "Ошентсе да")
    assert (await units.acts.take_back_dispute(units.head, key)).state is DutyState.ACCEPTED


async def test_colleague_is_handed_a_duty_told_of_it_and_finds_it_in_their_list(
    units: Units, connection: AsyncConnection, key: DutyKey
) -> None:
    _, colleagues = await units.acts.list_colleagues(units.head, key)
    assert [one.account_id for one in colleagues] == [units.head.account_id, units.colleague.account_id]
    to = next(one for one in colleagues if one.account_id == units.colleague.account_id)
    card = await units.acts.hand_on(units.head, key, to.person_id)
    assert card.holder == to.name
    told = "select n.kind, d.account_id from notices n join deliveries d on d.notice_id = n.id"
    assert ("plan_handed_on", units.colleague.account_id) in await rows(connection, told)
    await units.acts.hand_on(units.head, key, to.person_id)
    assert await scalar(connection, "select count(*) from notices where kind = 'plan_handed_on'") == 1
    assert (await units.duties.list_own(units.head, Wish())).mine == 0
    mine = await units.duties.list_own(units.colleague, Wish(only_mine=True))
    assert [line.mine for line in mine.lines] == [True]
    account = units.colleague.account_id or 0
    news = await units.news.find_handed_on(key.instance_id, key.unit_id, to.person_id, account)
    assert news is not None
    assert (news.unit.code, news.due) == ("mti", AHEAD)
    assert await units.news.find_handed_on(key.instance_id, key.unit_id, to.person_id + 1, account) is None
    await units.execute("update role_grants set revoked_at = now() where role = 'unit_staff'")
    assert await units.news.find_handed_on(key.instance_id, key.unit_id, to.person_id, account) is None
    with pytest.raises(NoSuchColleague):
        await units.acts.hand_on(units.head, key, to.person_id)
    assert (await units.duties.open(units.head, key)).holder == ""  # back with the unit's heads
    former = await units.office.recognise(BAKYTS_PHONE)
    with pytest.raises(NotAllowed):
        await units.acts.accept(former, key, card.stamp)


async def test_note_stands_in_the_history_with_everything_else(units: Units, key: DutyKey) -> None:
    for number in range(7):
        await units.acts.note(units.head, key, f"<i>Жазуу {number}")
    await units.acts.accept(units.colleague, key, await stamp(units, key))
    _, page = await units.duties.list_history(units.head, key, 0)
    assert (page.page, page.pages, page.lines[0].act) == (0, 2, HistoryAct.ACCEPTED)
    assert page.lines[0].who.startswith("Токтогулов")
    assert page.lines[1].details["words"] == "<i>Жазуу 6"
    _, last = await units.duties.list_history(units.head, key, 1)
    assert len(last.lines) == 2


async def test_more_time_is_asked_for_once_and_the_day_holds_until_the_decision(
    units: Units, connection: AsyncConnection, key: DutyKey
) -> None:
    for wanted, refusal in (
        (AHEAD, DayNotLater), (TODAY - timedelta(days=1), DayNotLater), (date(2030, 1, 1), DayTooFar),
    ):  # fmt: skip
        with pytest.raises(refusal):
            await units.acts.ask_for_day(units.head, key, await stamp(units, key), wanted, "Себеби бар")
    wanted = AHEAD + timedelta(days=14)
    assert (await units.acts.consider_day(units.head, key, wanted))[1] is False
    card = await units.acts.ask_for_day(units.head, key, await stamp(units, key), wanted, "Бөлүм көчтү")
    assert card.extension is not None
    assert (card.extension.wanted, card.extension.accepted, card.due) == (wanted, None, AHEAD)
    with pytest.raises(ExtensionWaits):
        await units.acts.ask_for_day(units.head, key, card.stamp, wanted, "Дагы")
    assert await rows(connection, "select wanted, reason, asked_by from plan_extensions") == [
        (wanted, "Бөлүм көчтү", units.head.account_id)
    ]


@pytest.mark.parametrize("soft", [True, False], ids=["a convention", "no day"])
async def test_unit_sets_its_own_day_where_there_is_only_a_convention(units: Units, *, soft: bool) -> None:
    dues = [date(2027, 6, 30)] if soft else []
    kind = DeadlineKind.WITHIN_ACADEMIC_YEAR if soft else DeadlineKind.NONE
    (key,) = await units.plan(Wanted(title="Жыл ичинде", responsible=["mti"], dues=dues, kind=kind, soft=soft))
    assert (await units.acts.consider_day(units.head, key, AHEAD))[1]
    card = await units.acts.set_day(units.head, key, await stamp(units, key), AHEAD)
    assert (card.due, card.soft, card.state) == (AHEAD, False, DutyState.OPEN)
    assert card.duty is not None
    assert (card.duty.due_version, card.instance.first_due) == (1, dues[0] if dues else None)
    later = AHEAD + timedelta(days=1)
    assert (await units.acts.consider_day(units.head, key, later))[1] is False
    with pytest.raises(DutyChanged):
        await units.acts.set_day(units.head, key, card.stamp, later)


async def test_participants_only_look(units: Units, connection: AsyncConnection) -> None:
    (key,) = await units.plan(Wanted(title="Бирге", responsible=["lib"], participants=["mti"], dues=[AHEAD]))
    card = await units.duties.open(units.head, key)
    assert (card.share, card.can_act) == (Share.PARTICIPANT, False)
    before = await picture(connection)
    for act in (
        units.acts.accept(units.head, key, card.stamp),
        units.acts.note(units.head, key, "Жазуу"),
        units.acts.hand_on(units.head, key, 1),
    ):
        with pytest.raises(OnlyInformed):
            await act
    assert await picture(connection) == before


ACTS: list[Callable[[Units, DutyKey], Awaitable[object]]] = [
    lambda units, key: units.duties.open(units.stranger, key),
    lambda units, key: units.duties.explain(units.other, key),
    lambda units, key: units.duties.list_history(units.stranger, key, 0),
    lambda units, key: units.acts.accept(units.other, key, 1),
    lambda units, key: units.acts.dispute(units.other, key, 1, "Меники"),
    lambda units, key: units.acts.take_back_dispute(units.other, key),
    lambda units, key: units.acts.list_colleagues(units.other, key),
    lambda units, key: units.acts.hand_on(units.stranger, key, 1),
    lambda units, key: units.acts.note(units.stranger, key, "Жазуу"),
    lambda units, key: units.acts.consider_day(units.other, key, AHEAD),
    lambda units, key: units.acts.set_day(units.other, key, 1, AHEAD),
    lambda units, key: units.acts.ask_for_day(units.other, key, 1, AHEAD, "Себеп"),
    lambda units, key: units.reports.begin(units.other, key),
]


async def test_strangers_and_other_units_are_refused_everything(
    units: Units, connection: AsyncConnection, key: DutyKey
) -> None:
    before = await picture(connection)
    for act in ACTS:
        with pytest.raises(NotAllowed):
            await act(units, key)
    assert await picture(connection) == before


async def test_what_is_gone_or_over_is_refused(units: Units, key: DutyKey) -> None:
    foreign = await units.of("lib", key)
    gone = [foreign, DutyKey(instance_id=key.instance_id, unit_id=0), DutyKey(instance_id=0, unit_id=key.unit_id)]
    for missing, actor in zip(gone, (units.other, units.head, units.head), strict=True):
        with pytest.raises(NoSuchDuty):
            await units.duties.open(actor, missing)

    async def refused(change: str, refusal: type[Refusal]) -> None:
        await units.execute(change)
        with pytest.raises(refusal):
            await units.acts.accept(units.head, key, 1)

    await refused("update plans set closed_at = imported_at", ItemOver)
    await refused("update plan_items set state = 'cancelled', reason = 'Буйрук'", ItemOver)
    await refused("update plan_items set state = 'removed'", NoSuchDuty)
    await refused("update plan_instances set cancelled_at = now()", NoSuchDuty)


async def test_menu_offers_the_plan_to_whoever_speaks_for_a_unit(units: Units) -> None:
    await units.office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.REGISTRAR)
    menus = {menu.account_id: menu.plans for menu in await units.office.menus.list_menus()}
    assert menus[units.head.account_id or 0]
    assert not menus[GULNARAS_PHONE]
