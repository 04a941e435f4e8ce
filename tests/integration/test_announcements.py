"""Announcing, now or at a time; pausing, ending, sending again; what stands at every moment."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.announcements.dto import Announced, AnnouncementState, AnnouncementView, NewAnnouncement, StateChange
from services.announcements.errors import (
    AnnouncementEnded,
    DueInPast,
    FallbackMissing,
    NobodyLeftOut,
    NobodyMeant,
    NoSuchAnnouncement,
    NotBegun,
    TextMissing,
    TextUnusable,
)
from services.audience.errors import AudienceUnknown, AudienceUnreadable
from services.delivery.dto import IfLate, Outcome, Tally
from services.errors import Refusal
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    GULNARAS_PHONE,
    INSTITUTE,
    NURLANS_PHONE,
    STRANGERS_PHONE,
    Office,
    office_on,
    picture,
    rows,
    scalar,
)
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN

TEXTS = {Language.KY: "<b>Жарыя</b>", Language.RU: "Объявление", Language.EN: "Announcement"}


def words(**changes: object) -> NewAnnouncement:
    return NewAnnouncement(**{"texts": TEXTS, **changes})  # type: ignore[arg-type]


async def settle(office: Office) -> None:
    """Put four people with phones into the university; Гүлнара stopped the bot."""
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT)
    for phone, entry in (
        (AIZADAS_PHONE, AIZADA),
        (NURLANS_PHONE, NURLAN),
        (GULNARAS_PHONE, GULNARA),
        (BAKYTS_PHONE, BAKYT),
    ):
        await office.connect(phone, entry)
    await office.accounts.note_blocked(GULNARAS_PHONE, blocked=True)


@pytest.fixture(autouse=True)
async def _people(office: Office) -> None:
    await settle(office)


@pytest.fixture
async def editor(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    return await office.recognise(BAKYTS_PHONE)


async def carried(connection: AsyncConnection, announced: Announced, states: Sequence[str]) -> None:
    """Let messages carry as many of the waiting deliveries, and stand so; as the sender would leave them."""
    for state in states:
        await rows(
            connection,
            "with next as (select d.id, d.account_id from deliveries d join announcements a using (notice_id)"
            "  where a.id = :id and d.message_id is null and d.ended is null order by d.id limit 1),"
            " made as (insert into messages (chat_id, urgency, state, due_at, created_at)"
            "  select account_id, 'normal', :state, :now, :now from next returning id)"
            " update deliveries set message_id = (select id from made) where id in (select id from next) returning 1",
            id=announced.id, state=state, now=StandingClock().now(),
        )  # fmt: skip


async def stands(office: Office, announced: Announced) -> AnnouncementView:
    """Look at an announcement; whatever its state, everybody is counted once."""
    view = await office.announcements.get(OPERATOR, announced.id)
    assert sum(asdict(view.tally).values()) == view.announcement.recipients
    return view


async def test_announcement_begins_at_once_for_everybody_who_is_meant(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    rung = office.outbox_bell.rung
    announced = await office.announcements.announce(editor, words(audience="role:student", urgent=True))
    assert (announced.recipients, announced.unreachable) == (3, 1)
    assert office.outbox_bell.rung == rung + 1
    assert await rows(
        connection,
        "select d.account_id, d.ended, d.message_id from deliveries d join announcements a using (notice_id)"
        " order by d.account_id",
    ) == [(AIZADAS_PHONE, None, None), (NURLANS_PHONE, None, None), (GULNARAS_PHONE, "blocked", None)]
    assert await rows(
        connection,
        "select n.kind, n.payload, n.subject, n.late_after, n.if_late, b.urgency, b.state from broadcasts b"
        " join notices n on n.id = b.notice_id",
    ) == [
        (
            "announcement", {"announcement_id": announced.id}, f"announcement:{announced.id}", timedelta(hours=24),
            "ask", "urgent", "open",
        )
    ]  # fmt: skip
    assert await rows(connection, "select account_id, subject, details from audit_entries where act = 'announced'") == [
        (BAKYTS_PHONE, f"announcement:{announced.id}", {"recipients": 3})
    ]
    view = await stands(office, announced)
    assert (view.state, view.tally) == (AnnouncementState.SENDING, Tally(pending=2, blocked=1))
    assert view.announcement.announced_by == BAKYTS_PHONE


async def test_operators_own_announcement_is_approved_by_it(office: Office, connection: AsyncConnection) -> None:
    await office.announcements.announce(OPERATOR, words())
    assert await rows(connection, "select announced_by, approved_by, approved_at is not null from announcements") == [
        (None, None, True)
    ]


async def test_scheduled_announcement_waits_and_begins_when_its_time_has_come(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    due_at = clock.now() + timedelta(hours=2)
    announced = await office.announcements.announce(OPERATOR, words(due_at=due_at))
    assert (announced.recipients, announced.unreachable) == (4, 1)
    view = await stands(office, announced)
    assert (view.state, view.tally, view.announcement.due_at) == (
        AnnouncementState.SCHEDULED, Tally(pending=4), due_at,
    )  # fmt: skip
    assert await office.begin_due() == 0
    assert await scalar(connection, "select count(*) from broadcasts") == 0

    await office.linking.unlink(OPERATOR, await person_of(connection, AIZADAS_PHONE))  # counted, and gone before
    clock.advance(hours=2)
    assert await office.begin_due() == 1
    assert await office.begin_due() == 0
    view = await stands(office, announced)
    assert (view.state, view.tally) == (AnnouncementState.SENDING, Tally(pending=2, blocked=1))


async def person_of(connection: AsyncConnection, phone: int) -> int:
    found = await scalar(connection, "select person_id from accounts where telegram_id = :id", id=phone)
    assert isinstance(found, int)
    return found


REFUSED: list[tuple[type[Refusal], dict[str, object]]] = [
    (TextMissing, {"texts": {Language.KY: "Жарыя"}}),
    (FallbackMissing, {"texts": {Language.KY: "Жарыя"}, "fallback": Language.EN}),
    (TextUnusable, {"texts": {**TEXTS, Language.RU: "<p>"}}),
    (DueInPast, {"due_at": StandingClock().now() - timedelta(seconds=1)}),
    (AudienceUnreadable, {"audience": "студенты"}),
    (AudienceUnknown, {"audience": "group:ЖОК-9-99"}),
    (AudienceUnknown, {"audience": "group:ЖОК-9-99", "due_at": StandingClock().now() + timedelta(days=1)}),
    (NobodyMeant, {"audience": "role:student kind:staff"}),
    (NobodyMeant, {"audience": "role:student kind:staff", "due_at": StandingClock().now() + timedelta(days=1)}),
]


async def test_what_cannot_be_announced_leaves_nothing(office: Office, connection: AsyncConnection) -> None:
    before = await picture(connection)
    for refusal, changes in REFUSED:
        with pytest.raises(refusal):
            await office.announcements.announce(OPERATOR, words(**changes))
        assert await picture(connection) == before


async def test_stranger_and_editor_of_one_unit_do_nothing_with_the_whole_university(
    office: Office, connection: AsyncConnection
) -> None:
    announced = await office.announcements.announce(OPERATOR, words())
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR, "mti")
    stranger, of_unit = await office.recognise(STRANGERS_PHONE), await office.recognise(BAKYTS_PHONE)
    before = await picture(connection)
    service = office.announcements
    for actor in (stranger, of_unit):
        with pytest.raises(NotAllowed):
            await service.announce(actor, words())
        for act in (service.get, service.pause, service.resume, service.cancel):
            with pytest.raises(NotAllowed):
                await act(actor, announced.id)
            with pytest.raises(NotAllowed):
                await act(actor, 0)  # whether there is one is not told either
        with pytest.raises(NotAllowed):
            await service.send_again(actor, announced.id, [Outcome.UNKNOWN])
    assert await picture(connection) == before


async def test_announcement_that_is_not_there_is_refused(office: Office) -> None:
    service = office.announcements
    for act in (service.get, service.pause, service.resume, service.cancel):
        with pytest.raises(NoSuchAnnouncement):
            await act(OPERATOR, 1)
    with pytest.raises(NoSuchAnnouncement):
        await service.send_again(OPERATOR, 1, [Outcome.FAILED])


async def test_everybody_is_counted_once_whatever_became_of_their_message(
    office: Office, connection: AsyncConnection
) -> None:
    for state in ("sent", "failed", "blocked", "unknown", "cancelled", "skipped", "pending", "claimed", "sending"):
        announced = await office.announcements.announce(OPERATOR, words())
        await carried(connection, announced, [state])
        view = await stands(office, announced)
        expected = {"pending": 2, "blocked": 1}
        shown = "pending" if state in {"claimed", "sending"} else state
        expected[shown] = expected.get(shown, 0) + 1
        assert {name: count for name, count in asdict(view.tally).items() if count} == expected


async def test_announcement_on_its_way_is_paused_resumed_and_cancelled(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    announced = await office.announcements.announce(OPERATOR, words())
    await carried(connection, announced, ["sent", "pending"])
    service, number = office.announcements, announced.id

    assert await service.pause(editor, number) == StateChange(state=AnnouncementState.PAUSED, changed=True)
    assert (await stands(office, announced)).tally == Tally(sent=1, pending=2, blocked=1)
    assert await service.pause(editor, number) == StateChange(state=AnnouncementState.PAUSED, changed=False)

    assert await service.resume(editor, number) == StateChange(state=AnnouncementState.SENDING, changed=True)
    assert await service.resume(editor, number) == StateChange(state=AnnouncementState.SENDING, changed=False)

    assert await service.cancel(editor, number) == StateChange(state=AnnouncementState.CANCELLED, changed=True)
    assert await service.cancel(editor, number) == StateChange(state=AnnouncementState.CANCELLED, changed=False)
    view = await stands(office, announced)
    assert (view.state, view.tally) == (AnnouncementState.CANCELLED, Tally(sent=1, cancelled=2, blocked=1))
    for act in (service.pause, service.resume):
        with pytest.raises(AnnouncementEnded) as ended:
            await act(editor, number)
        assert ended.value.state is AnnouncementState.CANCELLED
    assert await rows(
        connection, "select account_id, act from audit_entries where act like 'announcement_%' order by id"
    ) == [(BAKYTS_PHONE, act) for act in ("announcement_paused", "announcement_resumed", "announcement_cancelled")]


async def test_scheduled_announcement_is_paused_resumed_and_cancelled(office: Office, clock: StandingClock) -> None:
    service, due_at = office.announcements, clock.now() + timedelta(hours=1)
    announced = await service.announce(OPERATOR, words(due_at=due_at))
    paused = StateChange(state=AnnouncementState.PAUSED, changed=True)
    assert await service.pause(OPERATOR, announced.id) == paused
    view = await stands(office, announced)
    assert (view.state, view.tally) == (AnnouncementState.PAUSED, Tally(pending=4))
    assert await service.resume(OPERATOR, announced.id) == StateChange(state=AnnouncementState.SCHEDULED, changed=True)
    await service.pause(OPERATOR, announced.id)
    clock.advance(hours=2)
    assert await office.begin_due() == 0
    assert await service.resume(OPERATOR, announced.id) == StateChange(state=AnnouncementState.SENDING, changed=True)
    assert (await stands(office, announced)).tally == Tally(pending=3, blocked=1)

    another = await service.announce(OPERATOR, words(due_at=clock.now() + timedelta(hours=1)))
    assert (await service.cancel(OPERATOR, another.id)).changed
    view = await stands(office, another)
    assert (view.state, view.tally) == (AnnouncementState.CANCELLED, Tally(cancelled=4))
    clock.advance(hours=2)
    assert await office.begin_due() == 0


async def done(connection: AsyncConnection, announced: Announced, states: Sequence[str]) -> None:
    """End a broadcast as the sender would."""
    await carried(connection, announced, states)
    await rows(
        connection,
        "update broadcasts b set state = 'done', ended_at = b.opened_at from announcements a"
        " where a.id = :id and b.notice_id = a.notice_id returning 1",
        id=announced.id,
    )


async def test_announcement_that_is_done_cannot_be_changed_any_more(
    office: Office, connection: AsyncConnection
) -> None:
    announced = await office.announcements.announce(OPERATOR, words())
    await done(connection, announced, ["sent", "sent", "failed"])
    view = await stands(office, announced)
    assert (view.state, view.tally) == (AnnouncementState.DONE, Tally(sent=2, failed=1, blocked=1))
    service = office.announcements
    before = await picture(connection)
    for act in (service.pause, service.resume, service.cancel):
        with pytest.raises(AnnouncementEnded) as ended:
            await act(OPERATOR, announced.id)
        assert ended.value.state is AnnouncementState.DONE
    assert await picture(connection) == before


@pytest.mark.parametrize(
    ("outcomes", "again", "left"),
    [
        ([Outcome.UNKNOWN], 1, Tally(sent=1, failed=1, blocked=1, pending=1)),
        ([Outcome.FAILED, Outcome.UNKNOWN], 2, Tally(sent=1, blocked=1, pending=2)),
    ],
)
async def test_only_a_person_sends_again_what_failed_or_is_unknown(
    office: Office, connection: AsyncConnection, editor: Actor, outcomes: list[Outcome], again: int, left: Tally
) -> None:
    announced = await office.announcements.announce(OPERATOR, words())
    await done(connection, announced, ["sent", "failed", "unknown"])
    assert await office.announcements.send_again(editor, announced.id, outcomes) == again
    view = await stands(office, announced)
    assert (view.state, view.tally) == (AnnouncementState.SENDING, left)
    told = sorted(outcome.value for outcome in outcomes)
    assert await rows(
        connection, "select account_id, details from audit_entries where act = 'announcement_sent_again'"
    ) == [(BAKYTS_PHONE, {"outcomes": told, "recipients": again})]


@pytest.mark.parametrize("outcomes", [[Outcome.UNKNOWN], [Outcome.SENT, Outcome.BLOCKED], []])
async def test_nothing_is_sent_again_where_nobody_is_left_out(
    office: Office, connection: AsyncConnection, outcomes: list[Outcome]
) -> None:
    announced = await office.announcements.announce(OPERATOR, words())
    await done(connection, announced, ["sent", "sent", "failed"])
    before = await picture(connection)
    with pytest.raises(NobodyLeftOut):
        await office.announcements.send_again(OPERATOR, announced.id, outcomes)
    assert await picture(connection) == before


async def test_what_has_not_begun_or_was_cancelled_is_not_sent_again(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    announced = await office.announcements.announce(OPERATOR, words(due_at=clock.now() + timedelta(hours=1)))
    with pytest.raises(NotBegun):
        await office.announcements.send_again(OPERATOR, announced.id, [Outcome.FAILED])
    begun = await office.announcements.announce(OPERATOR, words())
    await carried(connection, begun, ["failed"])
    await office.announcements.cancel(OPERATOR, begun.id)
    for number in (announced.id, begun.id):
        await office.announcements.cancel(OPERATOR, number)
        with pytest.raises(AnnouncementEnded):
            await office.announcements.send_again(OPERATOR, number, [Outcome.FAILED])


async def test_replicas_do_not_begin_the_same_announcement(engine: AsyncEngine, clock: StandingClock) -> None:
    first, second = office_on(engine, clock), office_on(engine, clock, worker=2)
    await settle(first)
    await first.announcements.announce(OPERATOR, words(due_at=clock.now() + timedelta(minutes=1)))
    clock.advance(minutes=1)
    async with first.unit_of_work() as uow:
        assert await uow.announcements.claim_due(clock.now()) is not None
        assert await second.begin_due() == 0
    assert await second.begin_due() == 1
    assert await first.begin_due() == 0


async def test_late_rule_of_an_announcement_is_kept(office: Office, connection: AsyncConnection) -> None:
    await office.announcements.announce(OPERATOR, words(late_after=timedelta(hours=3), if_late=IfLate.DROP))
    assert await rows(connection, "select late_after, if_late from notices where kind = 'announcement'") == [
        (timedelta(hours=3), "drop")
    ]
