"""From a draft to what goes out: submitting, the second person, previews, the guard against the same text."""

from asyncio import gather
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.announcements.dto import (
    Announcement,
    AnnouncementStage,
    AnnouncementState,
    Content,
    DraftChange,
    Hold,
    NewAnnouncement,
    SendingOptions,
)
from services.announcements.errors import (
    AlreadyOut,
    ApprovalNeeded,
    ApprovalStale,
    DraftChanged,
    DueInPast,
    MomentUnreadable,
    NobodyApproves,
    NobodyElse,
    NobodyMeant,
    NoSuchAnnouncement,
    NotBegun,
    OwnAnnouncement,
    PreviewNotSeen,
    ReasonUnusable,
    SubmittedAlready,
    TextMissing,
)
from services.announcements.sending_dto import ApprovalReason, Option
from services.delivery.dto import Outcome
from services.errors import Refusal
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    GULNARAS_PHONE,
    INSTITUTE,
    NURLANS_PHONE,
    Office,
    picture,
    rows,
    scalar,
)
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN

TEXTS = {Language.KY: "<b>Жарыя</b>", Language.RU: "Объявление", Language.EN: "Announcement"}
URGENT = SendingOptions(urgent=True)


@pytest.fixture(autouse=True)
async def _people(office: Office) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT)
    for phone, entry in (
        (AIZADAS_PHONE, AIZADA),
        (NURLANS_PHONE, NURLAN),
        (GULNARAS_PHONE, GULNARA),
        (BAKYTS_PHONE, BAKYT),
    ):
        await office.connect(phone, entry)


@pytest.fixture
async def editor(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    return await office.recognise(BAKYTS_PHONE)


@pytest.fixture
async def approver(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.APPROVER)
    return await office.recognise(GULNARAS_PHONE)


async def written(
    office: Office,
    author: Actor,
    unit: str | None = None,
    audience: str = "role:student",
    options: SendingOptions | None = None,
    content: Content | None = None,
) -> Announcement:
    """A draft with three texts and an audience."""
    begun = await office.begin_draft(author, unit, content or Content(texts=TEXTS))
    change = DraftChange(audience=audience, options=options or SendingOptions())
    return await office.announcement_drafts.change(author, begun.id, begun.version, change)


async def submitted(office: Office, author: Actor) -> Announcement:
    """An urgent one that waits for an approval."""
    draft = await written(office, author, options=URGENT)
    return (await office.sending.submit(author, draft.id, draft.version)).announcement


async def previewed(office: Office, approver: Actor, waiting: Announcement) -> None:
    """The approver opens it, and the preview arrives."""
    await office.approvals.open(approver, waiting.id)
    await office.send_all()


async def kinds(connection: AsyncConnection, account: int) -> list[object]:
    told = await rows(
        connection,
        "select n.kind from notices n join deliveries d on d.notice_id = n.id where d.account_id = :id and n.kind"
        " like 'announcement%' order by n.id",
        id=account,
    )
    return [kind for (kind,) in told]


async def refused(connection: AsyncConnection, refusal: type[Refusal], asked: object) -> None:
    """Nothing is written by what is refused."""
    before = await picture(connection)
    with pytest.raises(refusal):
        await asked  # type: ignore[misc]
    assert await picture(connection) == before


async def test_draft_goes_out_at_once_where_nobody_must_approve(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    draft = await written(office, editor)
    plan = await office.sending.plan(editor, draft.id)
    assert (plan.recipients, plan.reasons, plan.approvers) == (3, (), 0)
    rung = office.outbox_bell.rung
    sent = await office.sending.submit(editor, draft.id, draft.version, screen=55)
    assert office.outbox_bell.rung == rung + 1
    assert (sent.recipients, sent.announcement.stage, sent.twin) == (3, AnnouncementStage.BEGUN, None)
    assert await rows(connection, "select account_id, details from audit_entries where act = 'announced'") == [
        (BAKYTS_PHONE, {"recipients": 3})
    ]
    assert await rows(connection, "select chat_id, message_id, ended from announcement_progress") == [
        (BAKYTS_PHONE, 55, False)
    ]
    await refused(connection, AlreadyOut, office.sending.submit(editor, draft.id, draft.version))


async def test_options_are_switched_and_a_time_is_typed(office: Office, editor: Actor, clock: StandingClock) -> None:
    draft = await written(office, editor)
    for option in Option:
        draft = (await office.sending.switch(editor, draft.id, draft.version, option)).draft
    assert draft.options == SendingOptions(urgent=True, asks_reading=True, is_public=True)
    plan = await office.sending.set_time(editor, draft.id, draft.version, "25.11 14:30")
    assert plan.draft.options.wanted_at is not None
    assert plan.draft.options.wanted_at.isoformat() == "2026-11-25T08:30:00+00:00"
    assert plan.reasons == (ApprovalReason.URGENT,)
    plan = await office.sending.set_time(editor, draft.id, plan.draft.version, "")
    assert plan.draft.options.wanted_at is None
    plan = await office.sending.switch(editor, draft.id, plan.draft.version, Option.URGENT)
    assert not plan.draft.options.urgent
    assert clock.now() == plan.draft.changed_at


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("20.11 14:30", DueInPast), ("21.11.2026 09:00", DueInPast), ("завтра", MomentUnreadable),
     ("31.02 09:00", MomentUnreadable), ("25:00", MomentUnreadable)],
)  # fmt: skip
async def test_time_that_is_past_or_none_is_refused(
    office: Office, connection: AsyncConnection, editor: Actor, typed: str, refusal: type[Refusal]
) -> None:
    draft = await written(office, editor)
    await refused(connection, refusal, office.sending.set_time(editor, draft.id, draft.version, typed))


async def test_scheduled_draft_begins_at_its_time(office: Office, editor: Actor, clock: StandingClock) -> None:
    draft = await written(office, editor, options=SendingOptions(wanted_at=clock.now() + timedelta(hours=2)))
    sent = await office.sending.submit(editor, draft.id, draft.version)
    assert sent.announcement.stage is AnnouncementStage.SCHEDULED
    with pytest.raises(SubmittedAlready):
        await office.sending.submit(editor, draft.id, draft.version)
    clock.advance(hours=2)
    assert await office.begin_due() == 1
    assert (await office.out.look(editor, draft.id)).state is AnnouncementState.SENDING


async def test_what_is_not_ready_is_refused_and_nothing_is_written(
    office: Office, connection: AsyncConnection, editor: Actor, clock: StandingClock
) -> None:
    wordless = await written(office, editor, content=Content(texts={Language.KY: "Жарыя"}))
    await refused(connection, TextMissing, office.sending.submit(editor, wordless.id, wordless.version))
    await refused(connection, TextMissing, office.sending.preview_to_group(editor, wordless.id))
    empty = await office.begin_draft(editor)
    await refused(connection, TextMissing, office.sending.preview(editor, empty.id))
    nobody = await office.begin_draft(editor, None, Content(texts=TEXTS))
    await refused(connection, NobodyMeant, office.sending.submit(editor, nobody.id, nobody.version))
    assert (await office.sending.plan(editor, nobody.id)).recipients is None
    nobody = await written(office, editor, audience="course:7")
    await refused(connection, NobodyMeant, office.sending.submit(editor, nobody.id, nobody.version))
    draft = await written(office, editor, options=SendingOptions(wanted_at=clock.now() + timedelta(hours=1)))
    await refused(connection, DraftChanged, office.sending.submit(editor, draft.id, draft.version - 1))
    clock.advance(hours=2)
    await refused(connection, DueInPast, office.sending.submit(editor, draft.id, draft.version))
    await refused(connection, NobodyElse, office.sending.preview_to_group(editor, draft.id))
    await refused(connection, NoSuchAnnouncement, office.sending.submit(editor, draft.id + 99, 1))


async def test_strangers_and_other_units_do_nothing(office: Office, connection: AsyncConnection, editor: Actor) -> None:
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR, unit_code=INSTITUTE.code)
    draft, student = await written(office, editor), await office.recognise(AIZADAS_PHONE)
    neighbour = await office.recognise(NURLANS_PHONE)
    before = await picture(connection)
    for somebody in (student, neighbour):
        for asked in (
            office.sending.plan(somebody, draft.id),
            office.sending.switch(somebody, draft.id, draft.version, Option.URGENT),
            office.sending.set_time(somebody, draft.id, draft.version, ""),
            office.sending.set_hour(somebody, draft.id, draft.version, 1, 9),
            office.sending.take_back(somebody, draft.id, draft.version),
            office.sending.preview(somebody, draft.id),
            office.sending.preview_to_group(somebody, draft.id),
            office.sending.submit(somebody, draft.id, draft.version),
            office.approvals.open(somebody, draft.id),
            office.approvals.approve(somebody, draft.id, draft.version),
            office.approvals.send_back(somebody, draft.id, draft.version, "жок"),
            office.out.look(somebody, draft.id),
            office.out.follow(somebody, draft.id, 5),
            office.out.cancel(somebody, draft.id, 5),
        ):
            with pytest.raises(NotAllowed):
                await asked
    assert await office.out.list_sent(student) == []
    assert await picture(connection) == before


async def test_unit_editor_sends_to_the_people_of_the_unit_and_a_colleague_may_stop_it(office: Office) -> None:
    for phone in (NURLANS_PHONE, GULNARAS_PHONE):
        await office.roles.grant(OPERATOR, str(phone), Role.EDITOR, unit_code=INSTITUTE.code)
    author, colleague = await office.recognise(NURLANS_PHONE), await office.recognise(GULNARAS_PHONE)
    draft = await written(office, author, INSTITUTE.code, audience="all")
    sent = await office.sending.submit(author, draft.id, draft.version)
    assert sent.recipients == 3  # of four
    assert [line.announcement.id for line in await office.out.list_sent(colleague)] == [draft.id]
    assert (await office.out.pause(colleague, draft.id, 7)).state is AnnouncementState.PAUSED
    assert (await office.out.resume(colleague, draft.id, 7)).state is AnnouncementState.SENDING
    assert (await office.out.cancel(colleague, draft.id, 7)).state is AnnouncementState.CANCELLED


async def test_what_a_unit_announces_is_never_shown_to_everybody(office: Office, editor: Actor) -> None:
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR, unit_code=INSTITUTE.code)
    for author in (editor, await office.recognise(NURLANS_PHONE)):
        draft = await written(office, author, INSTITUTE.code, options=SendingOptions(is_public=True, asks_reading=True))
        assert draft.options == SendingOptions(asks_reading=True)
        plan = await office.sending.switch(author, draft.id, draft.version, Option.PUBLIC)
        assert plan.draft.options == SendingOptions(asks_reading=True)


async def test_urgent_one_waits_for_the_second_person_and_goes_out_once_approved(
    office: Office, connection: AsyncConnection, editor: Actor, approver: Actor
) -> None:
    waiting = await submitted(office, editor)
    assert waiting.stage is AnnouncementStage.AWAITING_APPROVAL
    assert await kinds(connection, GULNARAS_PHONE) == ["announcement_to_approve"]
    approval = await office.approvals.open(approver, waiting.id)
    assert (approval.recipients, approval.reasons, approval.is_past) == (3, (ApprovalReason.URGENT,), False)
    await refused(connection, PreviewNotSeen, office.approvals.approve(approver, waiting.id, waiting.version))
    await office.send_all()
    approved = await office.approvals.approve(approver, waiting.id, waiting.version)
    assert (approved.stage, approved.approved_by) == (AnnouncementStage.BEGUN, GULNARAS_PHONE)
    assert await kinds(connection, BAKYTS_PHONE) == ["announcement_approved"]
    assert await scalar(connection, "select count(*) from audit_entries where act = 'announcement_approved'") == 1
    await refused(connection, ApprovalStale, office.approvals.approve(approver, waiting.id, waiting.version))


async def test_approver_is_shown_what_waits_but_not_what_they_have_a_hand_in(
    office: Office, editor: Actor, approver: Actor
) -> None:
    tomorrow = office.clock.now() + timedelta(days=1)
    later = await written(office, editor, options=SendingOptions(urgent=True, wanted_at=tomorrow))
    await office.sending.submit(editor, later.id, later.version)
    content = Content(texts=dict.fromkeys(Language, "Башка жарыя"))
    now = await written(office, editor, options=URGENT, content=content)
    await office.sending.submit(editor, now.id, now.version)
    assert [one.announcement.id for one in await office.waiting.list_waiting(approver)] == [now.id, later.id]
    assert (await office.writing.open_desk(approver)).waiting == 2
    await office.approvals.send_back(approver, now.id, now.version, "Жок")
    assert [one.announcement.id for one in await office.waiting.list_waiting(approver)] == [later.id]
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.APPROVER)
    both = await office.recognise(BAKYTS_PHONE)
    assert await office.waiting.list_waiting(both) == []
    assert (await office.writing.open_desk(both)).waiting == 0
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.APPROVER, unit_code=INSTITUTE.code)
    assert await office.waiting.list_waiting(await office.recognise(NURLANS_PHONE)) == []
    for stranger in (editor, await office.recognise(AIZADAS_PHONE)):
        with pytest.raises(NotAllowed):
            await office.waiting.list_waiting(stranger)


async def test_author_and_approver_hear_of_each_other_at_once_though_they_gather_the_ordinary(
    office: Office,
    connection: AsyncConnection,
    editor: Actor,
    approver: Actor,
    clock: StandingClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(office.sending, "_above", 0)  # though it is not urgent, it needs an approval
    await rows(
        connection,
        "update accounts set gathered = true, quiet_from = '00:00', quiet_until = '23:59'"
        " where telegram_id = any(:them) returning 1",
        them=[BAKYTS_PHONE, GULNARAS_PHONE],
    )
    draft = await written(office, editor)
    waiting = (await office.sending.submit(editor, draft.id, draft.version)).announcement
    await office.approvals.send_back(approver, waiting.id, waiting.version, "эрте")
    clock.advance(minutes=1)
    await office.sending.submit(editor, waiting.id, waiting.version)
    await previewed(office, approver, waiting)
    await office.approvals.approve(approver, waiting.id, waiting.version)
    await office.send_all()
    told = await rows(
        connection,
        "select n.kind, m.urgency, m.state, m.digest_on from notices n join deliveries d on d.notice_id = n.id"
        " join messages m on m.id = d.message_id where n.kind = any(:kinds) order by n.kind",
        kinds=["announcement_to_approve", "announcement_returned", "announcement_approved"],
    )
    assert told == [
        ("announcement_approved", "urgent", "sent", None),
        ("announcement_returned", "urgent", "sent", None),
        ("announcement_to_approve", "urgent", "sent", None),
        ("announcement_to_approve", "urgent", "sent", None),
    ]


async def test_second_approver_finds_it_decided(office: Office, editor: Actor, approver: Actor) -> None:
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.APPROVER)
    second = await office.recognise(NURLANS_PHONE)
    waiting = await submitted(office, editor)
    await previewed(office, approver, waiting)
    await previewed(office, second, waiting)
    await office.approvals.approve(second, waiting.id, waiting.version)
    for late in (
        office.approvals.approve(approver, waiting.id, waiting.version),
        office.approvals.send_back(approver, waiting.id, waiting.version, "эрте"),
        office.approvals.open(approver, waiting.id),
    ):
        with pytest.raises(ApprovalStale):
            await late


async def test_any_change_voids_what_was_submitted_and_what_was_approved(
    office: Office, connection: AsyncConnection, editor: Actor, approver: Actor, clock: StandingClock
) -> None:
    waiting = await submitted(office, editor)
    await previewed(office, approver, waiting)
    changed = await office.announcement_drafts.change(editor, waiting.id, waiting.version, DraftChange(audience="all"))
    await refused(connection, ApprovalStale, office.approvals.approve(approver, waiting.id, waiting.version))
    await refused(connection, ApprovalStale, office.approvals.approve(approver, waiting.id, changed.version))
    later = SendingOptions(urgent=True, wanted_at=clock.now() + timedelta(days=1))
    changed = await office.announcement_drafts.change(editor, waiting.id, changed.version, DraftChange(options=later))
    await office.sending.submit(editor, waiting.id, changed.version)
    await previewed(office, approver, changed)
    approved = await office.approvals.approve(approver, waiting.id, changed.version)
    assert (approved.stage, approved.due_at) == (AnnouncementStage.SCHEDULED, later.wanted_at)
    back = await office.sending.take_back(editor, waiting.id, changed.version)
    assert (back.draft.stage, back.draft.approved_by) == (AnnouncementStage.DRAFT, None)


@pytest.mark.usefixtures("editor")
async def test_nobody_approves_their_own_or_without_the_role(
    office: Office, connection: AsyncConnection, approver: Actor
) -> None:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.APPROVER)
    await office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.EDITOR)
    author, second = await office.recognise(BAKYTS_PHONE), await office.recognise(GULNARAS_PHONE)
    draft = await written(office, author, options=URGENT)
    changed = await office.announcement_drafts.change(second, draft.id, draft.version, DraftChange(audience="all"))
    await refused(connection, NobodyApproves, office.sending.submit(author, draft.id, changed.version))
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.APPROVER)
    third = await office.recognise(NURLANS_PHONE)
    waiting = (await office.sending.submit(author, draft.id, changed.version)).announcement
    for own in (author, second):
        await refused(connection, OwnAnnouncement, office.approvals.open(own, waiting.id))
        await refused(connection, OwnAnnouncement, office.approvals.approve(own, waiting.id, waiting.version))
    await previewed(office, third, waiting)
    await office.roles.revoke(OPERATOR, str(NURLANS_PHONE), Role.APPROVER)
    without = await office.recognise(NURLANS_PHONE)
    await refused(connection, NotAllowed, office.approvals.approve(without, waiting.id, waiting.version))
    assert approver.account_id == second.account_id


@pytest.mark.usefixtures("approver")
async def test_nobody_approves_what_they_once_wrote_in_or_submitted_themselves(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR)
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.APPROVER)
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.EDITOR)
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.APPROVER)
    wrote, submits = await office.recognise(NURLANS_PHONE), await office.recognise(AIZADAS_PHONE)
    draft = await written(office, editor, options=URGENT)
    changed = await office.announcement_drafts.change(wrote, draft.id, draft.version, DraftChange(audience="all"))
    back = await office.announcement_drafts.change(editor, draft.id, changed.version, DraftChange())
    assert (await office.sending.plan(submits, draft.id)).approvers == 1
    sent = await office.sending.submit(submits, draft.id, back.version)
    assert sent.approvers == 1
    assert sent.announcement.writers == {BAKYTS_PHONE, NURLANS_PHONE, AIZADAS_PHONE}
    assert await kinds(connection, GULNARAS_PHONE) == ["announcement_to_approve"]
    for own in (wrote, submits):
        await refused(connection, OwnAnnouncement, office.approvals.open(own, draft.id))
        await refused(connection, OwnAnnouncement, office.approvals.approve(own, draft.id, back.version))
    await office.roles.revoke(OPERATOR, str(GULNARAS_PHONE), Role.APPROVER)
    await office.announcement_drafts.change(editor, draft.id, back.version, DraftChange())
    again = await office.announcement_drafts.get(submits, draft.id)
    await refused(connection, NobodyApproves, office.sending.submit(submits, draft.id, again.version))


async def test_approver_sends_it_back_with_a_word(
    office: Office, connection: AsyncConnection, editor: Actor, approver: Actor
) -> None:
    waiting = await submitted(office, editor)
    for reason in (" ", "а" * 501):
        asked = office.approvals.send_back(approver, waiting.id, waiting.version, reason)
        await refused(connection, ReasonUnusable, asked)
    await office.approvals.send_back(approver, waiting.id, waiting.version, "Күнү <b>туура</b> эмес")
    draft = await office.announcement_drafts.get(editor, waiting.id)
    assert (draft.stage, draft.returned) == (AnnouncementStage.DRAFT, "Күнү <b>туура</b> эмес")
    assert await kinds(connection, BAKYTS_PHONE) == ["announcement_returned"]
    again = await office.sending.submit(editor, draft.id, draft.version)
    assert again.announcement.returned == ""


async def test_draft_cannot_be_let_go_past_the_second_person(
    office: Office, connection: AsyncConnection, editor: Actor, approver: Actor
) -> None:
    waiting = await submitted(office, editor)
    assert approver.account_id
    for asked in (
        office.announcements.resume(editor, waiting.id),
        office.announcements.pause(editor, waiting.id),
        office.announcements.send_again(editor, waiting.id, [Outcome.FAILED]),
    ):
        await refused(connection, NotBegun, asked)


async def test_operator_at_the_command_line_needs_nobody(office: Office) -> None:
    told = await office.announcements.announce(OPERATOR, NewAnnouncement(texts=TEXTS, urgent=True))
    assert (await office.announcements.get(OPERATOR, told.id)).state is AnnouncementState.SENDING
    draft = await written(office, OPERATOR, options=URGENT, content=Content(texts=dict.fromkeys(Language, "Башка")))
    assert (await office.sending.submit(OPERATOR, draft.id, draft.version)).announcement.notice_id is not None


async def test_preview_comes_in_each_language_and_to_the_test_group(
    office: Office, connection: AsyncConnection, editor: Actor, approver: Actor
) -> None:
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR, unit_code=INSTITUTE.code)
    draft = await written(office, editor, content=Content(texts={Language.KY: "Жарыя"}, fallback=Language.KY))
    assert await office.sending.preview(editor, draft.id) == 3
    assert await office.sending.preview_to_group(editor, draft.id) == 1
    assert await rows(
        connection,
        "select d.account_id, n.payload->>'language', m.urgency from notices n join deliveries d on d.notice_id = n.id"
        " join messages m on m.id = d.message_id where n.kind = 'announcement_preview' order by n.id",
    ) == [
        *((BAKYTS_PHONE, language.value, "answer") for language in Language),
        (approver.account_id, "", "answer"),
    ]  # fmt: skip


async def test_same_text_to_the_same_people_asks_first(
    office: Office, connection: AsyncConnection, editor: Actor, clock: StandingClock
) -> None:
    first = await written(office, editor, audience=f"account:{AIZADAS_PHONE},{NURLANS_PHONE}")
    await office.sending.submit(editor, first.id, first.version)
    clock.advance(hours=1)
    same = Content(texts={**dict.fromkeys(Language, "Башка сөз"), Language.RU: "<i>объявление</i>  "})
    again = await written(office, editor, content=same)
    before = await picture(connection)
    asked = await office.sending.submit(editor, again.id, again.version)
    assert await picture(connection) == before
    assert asked.twin is not None
    assert (asked.twin.announcement_id, asked.twin.recipients) == (first.id, 2)
    other = await written(office, editor, audience=f"account:{GULNARAS_PHONE}", content=same)
    assert (await office.sending.submit(editor, other.id, other.version)).twin is None
    sent = await office.sending.submit(editor, again.id, again.version, anyway=True)
    assert (sent.twin, sent.announcement.stage) == (None, AnnouncementStage.BEGUN)
    clock.advance(hours=25)
    third = await written(office, editor)
    assert (await office.sending.submit(editor, third.id, third.version)).twin is None


async def test_two_editors_schedule_the_same_text_and_the_second_is_asked(
    office: Office, editor: Actor, clock: StandingClock
) -> None:
    await office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.EDITOR)
    second = await office.recognise(GULNARAS_PHONE)
    then = SendingOptions(wanted_at=clock.now() + timedelta(days=2))
    first = await written(office, editor, audience=f"account:{AIZADAS_PHONE},{NURLANS_PHONE}", options=then)
    assert (await office.sending.submit(editor, first.id, first.version)).announcement.notice_id is None
    again = await written(office, second, options=then)
    asked = (await office.sending.submit(second, again.id, again.version)).twin
    assert asked is not None
    assert (asked.announcement_id, asked.recipients, asked.sent_at) == (first.id, 2, None)
    later = await written(office, second, options=SendingOptions(wanted_at=clock.now() + timedelta(days=4)))
    assert (await office.sending.submit(second, later.id, later.version)).twin is None
    others = await written(office, second, audience=f"account:{GULNARAS_PHONE}", options=then)
    assert (await office.sending.submit(second, others.id, others.version)).twin is None


async def test_whoever_switched_its_kind_off_does_not_get_the_same_text_again(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    first = await written(office, editor, audience=f"account:{AIZADAS_PHONE}")
    await office.sending.submit(editor, first.id, first.version)
    await rows(
        connection,
        "insert into muted_categories (account_id, category) values (:account, :category) returning 1",
        account=AIZADAS_PHONE, category=first.content.category.value,
    )  # fmt: skip
    again = await written(office, editor)
    assert (await office.sending.submit(editor, again.id, again.version)).twin is None


async def test_watched_message_is_looked_after_until_the_end(
    office: Office, connection: AsyncConnection, editor: Actor, clock: StandingClock
) -> None:
    draft = await written(office, editor)
    await office.sending.submit(editor, draft.id, draft.version, screen=55)
    assert await office.out.take_watched(Language.KY) is None
    clock.advance(seconds=3)
    taken = await office.out.take_watched(Language.KY)
    assert taken is not None
    watched, card = taken
    assert (watched.message_id, card.state, card.tally.pending) == (55, AnnouncementState.SENDING, 3)
    assert await office.out.take_watched(Language.KY) is None
    await office.out.note_shown(watched, "3", ended=False)
    await office.out.rest(watched, clock.now() + timedelta(seconds=60))
    clock.advance(seconds=30)
    assert await office.out.take_watched(Language.KY) is None
    await office.out.look(editor, draft.id, 55)
    assert await scalar(connection, "select count(*) from announcement_progress") == 0
    await office.out.follow(editor, draft.id, 56)
    await office.send_all()
    await office.delivery.rounds.tidy()
    clock.advance(seconds=3)
    taken = await office.out.take_watched(Language.KY)
    assert taken is not None
    assert (taken[0].shown, taken[1].state) == ("", AnnouncementState.DONE)
    await office.out.note_shown(taken[0], "бүттү", ended=True)
    clock.advance(seconds=30)
    assert await office.out.take_watched(Language.KY) is None


async def test_what_its_submitter_may_not_send_any_more_waits_for_others(
    office: Office, connection: AsyncConnection, editor: Actor, approver: Actor, clock: StandingClock
) -> None:
    later = SendingOptions(wanted_at=clock.now() + timedelta(hours=2))
    drafts = [
        await written(office, editor, options=later, content=Content(texts=dict.fromkeys(Language, f"Жарыя {place}")))
        for place in range(4)
    ]
    for draft in drafts:
        await office.sending.submit(editor, draft.id, draft.version)
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR)
    colleague, former = await office.recognise(NURLANS_PHONE), drafts.pop()
    await office.announcements.pause(colleague, former.id)
    await office.announcements.resume(colleague, former.id)  # now it is the colleague's
    await office.roles.revoke(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    nobody = await office.recognise(BAKYTS_PHONE)
    clock.advance(hours=2)
    assert await office.begin_due() == 4
    assert (await office.out.look(colleague, former.id)).state is AnnouncementState.SENDING
    released, taken_over, ended = drafts
    assert await scalar(connection, "select count(*) from broadcasts") == 1
    asked = "select d.account_id, n.payload->'deciding' from notices n join deliveries d on d.notice_id = n.id where n.kind = 'announcement_late' and n.subject = :it order by 1"  # noqa: E501
    for draft in drafts:
        assert await rows(connection, asked, it=f"announcement:{draft.id}") == [
            (GULNARAS_PHONE, True), (BAKYTS_PHONE, False),
        ]  # fmt: skip
    await refused(connection, NotAllowed, office.announcements.resume(nobody, released.id))
    student = await office.recognise(AIZADAS_PHONE)
    for stranger in (nobody, student):
        await refused(connection, NotAllowed, office.announcements.resume(stranger, released.id))
    await refused(connection, NotAllowed, office.announcements.cancel(student, ended.id))
    assert (await office.announcements.resume(approver, released.id)).state is AnnouncementState.SENDING
    assert (await office.announcements.resume(colleague, taken_over.id)).state is AnnouncementState.SENDING
    assert (await office.announcements.cancel(approver, ended.id)).state is AnnouncementState.CANCELLED
    assert office.alarm.waiting == []


async def test_approver_moves_nothing_whose_submitter_may_still_send_it(
    office: Office, connection: AsyncConnection, editor: Actor, approver: Actor, clock: StandingClock
) -> None:
    later = SendingOptions(wanted_at=clock.now() + timedelta(hours=2))
    draft = await written(office, editor, options=later)
    await office.sending.submit(editor, draft.id, draft.version)
    await office.announcements.pause(editor, draft.id)
    await refused(connection, NotAllowed, office.announcements.resume(approver, draft.id))
    await refused(connection, NotAllowed, office.announcements.cancel(approver, draft.id))


async def test_operators_hear_of_what_nobody_else_may_decide(
    office: Office, editor: Actor, clock: StandingClock
) -> None:
    later = SendingOptions(wanted_at=clock.now() + timedelta(hours=2))
    draft = await written(office, editor, options=later)
    await office.sending.submit(editor, draft.id, draft.version)
    await office.roles.revoke(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    clock.advance(hours=2)
    await office.begin_due()
    assert office.alarm.waiting == [(draft.id, Hold.AUTHOR)]
    assert (await office.announcements.resume(OPERATOR, draft.id)).state is AnnouncementState.SENDING


async def test_operators_announcement_that_an_editor_changed_may_not_outgrow_the_limit(
    office: Office, connection: AsyncConnection, editor: Actor, clock: StandingClock
) -> None:
    later = SendingOptions(wanted_at=clock.now() + timedelta(hours=2))
    theirs = await written(office, OPERATOR, options=later)
    other = Content(texts=dict.fromkeys(Language, "Башка"))
    own = await written(office, OPERATOR, options=later, content=other)
    await office.sending.submit(OPERATOR, own.id, own.version)
    changed = await office.announcement_drafts.change(editor, theirs.id, theirs.version, DraftChange())
    await office.sending.submit(editor, theirs.id, changed.version)
    office.schedule._above = 2
    clock.advance(hours=2)
    assert await office.begin_due() == 2
    assert (await office.out.look(OPERATOR, own.id)).state is AnnouncementState.SENDING
    assert (await office.out.look(OPERATOR, theirs.id)).state is AnnouncementState.PAUSED
    assert await kinds(connection, BAKYTS_PHONE) == ["announcement_late"]
    assert office.alarm.waiting == []


async def test_what_has_outgrown_the_limit_waits_for_a_second_person(
    office: Office, connection: AsyncConnection, editor: Actor, approver: Actor, clock: StandingClock
) -> None:
    office.schedule._above = 2
    office.announcements._above = 2
    draft = await written(office, editor, options=SendingOptions(wanted_at=clock.now() + timedelta(hours=2)))
    await office.sending.submit(editor, draft.id, draft.version)
    clock.advance(hours=2)
    assert await office.begin_due() == 1
    assert (await office.out.look(editor, draft.id)).state is AnnouncementState.PAUSED
    told = "select payload->>'hold' from notices where kind = 'announcement_late'"
    assert await rows(connection, told) == [("approval",)]
    await refused(connection, ApprovalNeeded, office.announcements.resume(editor, draft.id))
    office.sending._above = 2
    plan = await office.sending.set_time(editor, draft.id, draft.version, "")
    assert plan.reasons == (ApprovalReason.MANY,)
    waiting = (await office.sending.submit(editor, draft.id, plan.draft.version)).announcement
    await previewed(office, approver, waiting)
    approved = await office.approvals.approve(approver, waiting.id, waiting.version)
    assert approved.stage is AnnouncementStage.BEGUN


async def test_of_two_approvers_at_once_one_approves(busy_office: Office) -> None:
    office = busy_office
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT)
    for phone, entry in ((NURLANS_PHONE, NURLAN), (GULNARAS_PHONE, GULNARA), (BAKYTS_PHONE, BAKYT)):
        await office.connect(phone, entry)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    waiting_for = []
    for phone in (NURLANS_PHONE, GULNARAS_PHONE):
        await office.roles.grant(OPERATOR, str(phone), Role.APPROVER)
        waiting_for.append(await office.recognise(phone))
    waiting = await submitted(office, await office.recognise(BAKYTS_PHONE))
    for one in waiting_for:
        await previewed(office, one, waiting)
    done = await gather(
        *(office.approvals.approve(one, waiting.id, waiting.version) for one in waiting_for), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in done) == ["Announcement", "ApprovalStale"]


@pytest.mark.parametrize(
    ("mode", "state", "text", "warned"),
    [
        ("confidential", "open", "Катыш: <b>анони</b>мдүү сурамжылоо!", True),
        ("confidential", "draft", "Пройдите АНОНИМНЫЙ опрос", True),
        ("confidential", "open", "The survey is anon\u200bymous", True),
        ("confidential", "open", "Пройдите опрос", False),
        ("confidential", "closed", "Пройдите анонимный опрос", False),
        ("anonymous", "open", "Пройдите анонимный опрос", False),
    ],
)
async def test_text_that_calls_a_confidential_survey_anonymous_is_pointed_out_and_not_refused(
    office: Office, editor: Actor, approver: Actor, connection: AsyncConnection,
    mode: str, state: str, text: str, warned: bool,
) -> None:  # fmt: skip
    await rows(
        connection,
        "with q as (insert into questionnaires (code, revision, body, created_at)"
        " values ('q', 1, '{}', now()) returning id)"
        " insert into surveys (questionnaire_id, mode, state, created_at, opened_on, closed_on)"
        " select id, :mode, cast(:state as text), now(),"
        " case when cast(:state as text) <> 'draft' then date '2026-11-20' end,"
        " case when cast(:state as text) = 'closed' then date '2026-11-21' end from q returning 1",
        mode=mode, state=state,
    )  # fmt: skip
    draft = await written(office, editor, options=URGENT, content=Content(texts=TEXTS | {Language.EN: text}))
    assert (await office.sending.plan(editor, draft.id)).promises is warned
    waiting = (await office.sending.submit(editor, draft.id, draft.version)).announcement
    assert (await office.approvals.open(approver, waiting.id)).promises is warned
