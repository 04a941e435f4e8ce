"""Announcements that are out are corrected everywhere, or taken back: exactly for those who got them."""

from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.announcements.dto import Announced, AnnouncementState, NewAnnouncement
from services.announcements.errors import AnnouncementEnded, NobodyApproves, NoSuchAnnouncement, TextUnusable
from services.delivery.dto import BroadcastState, Outcome, Receipt, Tally
from services.delivery.halting import Halting, Resumed
from services.errors import Refusal
from services.html import FaultKind
from services.languages import Language
from services.revisions.dto import Reach, RevisionKind, RevisionStage, ShownCorrection, Unreached
from services.revisions.errors import (
    AlreadyWithdrawn,
    CorrectionChanged,
    CorrectionNotSeen,
    NothingCorrected,
    NotOutYet,
    OwnCorrection,
)
from services.revisions.rules import CORRECTION_LINE
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    GULNARAS_PHONE,
    INSTITUTE,
    NURLANS_PHONE,
    STRANGERS_PHONE,
    Office,
    picture,
    rows,
    scalar,
)
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN
from tests.support.revisions import Chats, correct_text

TEXTS = {Language.KY: "<b>Эски</b>", Language.RU: "Старое", Language.EN: "Old"}
ALL = (AIZADAS_PHONE, NURLANS_PHONE, GULNARAS_PHONE, BAKYTS_PHONE)


@pytest.fixture(autouse=True)
async def chats(office: Office) -> Chats:
    """Four people with phones; Бакыт edits announcements; what goes out stands in their chats."""
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT)
    for phone, entry in zip(ALL, (AIZADA, NURLAN, GULNARA, BAKYT), strict=True):
        await office.connect(phone, entry)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    chats = Chats(office)
    await office.send_all()
    return chats


@pytest.fixture
async def editor(office: Office) -> Actor:
    return await office.recognise(BAKYTS_PHONE)


async def announce(office: Office, *receipts: Receipt, urgent: bool = False, send: bool = True) -> Announced:
    new = NewAnnouncement(texts=TEXTS, urgent=urgent)
    announced = await office.announcements.announce(await office.recognise(BAKYTS_PHONE), new)
    office.messenger.receipts = list(receipts)
    if send:
        await office.send_all()
    return announced


async def correct(office: Office, actor: Actor, announced: Announced, text: str = "Жаңы") -> int:
    revision = await correct_text(office.revisions, actor, announced.id, Language.KY, text)
    sent = await office.revisions.send(actor, revision.id, revision.version)
    assert sent.begun
    return sent.messages


async def test_correction_changes_the_message_of_everybody_who_got_it_and_of_nobody_else(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    failed = Receipt(outcome=Outcome.FAILED, error="Bad Request")
    announced = await announce(office, failed)
    reached = {chat for chat, _text in chats.messages.values()}
    assert len(reached) == 3
    rung = office.outbox_bell.rung
    assert await correct(office, editor, announced, " <i>Жаңы</i> ") == 3
    assert office.outbox_bell.rung == rung + 1
    frozen = "select d.account_id from deliveries d join announcement_revisions r using (notice_id)"
    assert {account for (account,) in await rows(connection, frozen)} == reached
    assert await office.send_all() == 3
    assert len(chats.messages) == 3
    assert all(text.startswith("<i>Жаңы</i>\n\n✏️ ") for _chat, text in chats.messages.values())
    view = await office.revisions.get(editor, announced.id)
    correcting = await office.revisions.get_draft(editor, announced.id)
    assert (correcting.draft, correcting.needs_approval) == (view.draft, view.needs_approval)
    assert await office.revisions.count(editor, announced.id) == view.reach
    (running,) = view.begun
    assert (running.revision.kind, running.state) == (RevisionKind.CORRECTION, BroadcastState.DONE)
    assert (running.tally, view.reach.messages, view.unreached) == (Tally(sent=3), 3, 0)
    assert view.announcement.texts == {**TEXTS, Language.KY: "<i>Жаңы</i>"}
    assert await rows(
        connection, "select account_id, details from audit_entries where act = 'announcement_corrected'"
    ) == [(BAKYTS_PHONE, {"messages": 3})]


async def test_reader_reads_the_correction_in_the_language_of_the_moment(
    office: Office, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    await office.accounts.choose_language(await office.recognise(AIZADAS_PHONE), Language.EN)
    await correct(office, editor, announced)
    await office.send_all()
    (english,) = chats.of(AIZADAS_PHONE)
    assert english.startswith("Old\n\n✏️ ")


async def test_of_two_who_correct_the_same_nobody_writes_over_the_other(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    announced = await announce(office)
    none = (await office.revisions.get_draft(editor, announced.id)).shown
    assert none == ShownCorrection()
    first = await office.revisions.write(editor, announced.id, none, Language.KY, "Биринчи")
    before = await picture(connection)
    for language in (Language.KY, Language.RU):
        with pytest.raises(CorrectionChanged):
            await office.revisions.write(OPERATOR, announced.id, none, language, "Экинчи")
    assert await picture(connection) == before
    shown = (await office.revisions.get_draft(OPERATOR, announced.id)).shown
    assert shown == ShownCorrection(revision_id=first.id, version=1)
    second = await office.revisions.write(OPERATOR, announced.id, shown, Language.RU, "Второе")
    assert second.texts == {Language.KY: "Биринчи", Language.RU: "Второе"}
    await office.revisions.send(OPERATOR, second.id, second.version)
    with pytest.raises(CorrectionChanged):  # the one that was shown has gone out
        await office.revisions.write(
            editor, announced.id, ShownCorrection(revision_id=second.id, version=2), Language.KY, "Үчүнчү"
        )


async def test_who_has_not_got_it_yet_gets_the_new_text_once(office: Office, editor: Actor, chats: Chats) -> None:
    announced = await announce(office, send=False)
    for _message in range(2):
        assert await office.delivery.send_next()
    assert await correct(office, editor, announced) == 2
    office.clock.advance(seconds=6)  # what is kept of the words for a while
    await office.send_all()
    assert sorted(chat for chat, _text in chats.messages.values()) == sorted(ALL)
    assert all(text.startswith("Жаңы\n\n✏️ ") for _chat, text in chats.messages.values())
    assert chats.requests == 6


async def test_who_was_just_being_told_gets_the_correction_a_moment_later(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office, send=False)
    rounds, sending = office.delivery.rounds, office.delivery.sending
    (message,) = await rounds.take(1)
    prepared = await sending.prepare(message)
    assert prepared is not None
    assert await sending.start(prepared)
    assert await correct(office, editor, announced) == 0
    await sending.settle(prepared, await sending.request(prepared))
    assert chats.of(message.chat_id) == ["<b>Эски</b>"]
    office.clock.advance(seconds=6)
    await office.send_all()
    assert await office.revision_sweeps.sweep() == 4  # those whom the former words may have reached
    await office.send_all()
    assert all(text.startswith("Жаңы\n\n✏️ ") for _chat, text in chats.messages.values())
    assert len(chats.messages) == 4
    unswept = "select count(*) from announcement_revisions where swept_at is null"
    assert await scalar(connection, unswept) == 1
    office.clock.advance(seconds=80)
    assert await office.revision_sweeps.sweep() == 0
    assert await scalar(connection, unswept) == 0


async def with_file(office: Office, connection: AsyncConnection, announced: Announced) -> None:
    """One with a file is fetched from /announcements as a message of its own."""
    await rows(
        connection,
        "with f as (insert into files (content, sha256, size, mime, created_at)"
        " values (''::bytea, ''::bytea, 0, 'image/png', :now) returning id)"
        " update announcements set media = 'photo', file_id = (select id from f) where id = :id returning 1",
        id=announced.id, now=office.clock.now(),
    )  # fmt: skip


async def test_copies_that_people_fetched_are_corrected_and_taken_back_too(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    await with_file(office, connection, announced)
    aizada = await office.recognise(AIZADAS_PHONE)
    for _again in range(2):
        await office.bulletin.open(aizada, announced.id)
        await office.send_all()
        office.clock.advance(seconds=1)
    assert len(chats.of(AIZADAS_PHONE)) == 3
    assert await correct(office, editor, announced) == 4
    requests = chats.requests
    office.clock.advance(minutes=1)
    await office.send_all()
    assert chats.requests == requests + 6  # once each
    assert all(text.startswith("Жаңы\n\n✏️ ") for text in chats.of(AIZADAS_PHONE))
    assert await office.revision_sweeps.sweep() == 0
    await office.bulletin.open(aizada, announced.id)
    await office.send_all()
    assert chats.of(AIZADAS_PHONE)[-1].startswith("Жаңы")
    assert await office.revisions.recall(editor, announced.id) == 4
    office.clock.advance(minutes=1)
    await office.send_all()
    assert chats.messages == {}


async def test_copy_that_was_on_its_way_is_corrected_a_moment_later(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    await with_file(office, connection, announced)
    await office.bulletin.open(await office.recognise(AIZADAS_PHONE), announced.id)
    await correct(office, editor, announced)
    office.clock.advance(seconds=6)
    await office.send_all()
    assert await office.revision_sweeps.sweep() == 1
    assert await office.revision_sweeps.sweep() == 0
    office.clock.advance(minutes=1)
    await office.send_all()
    assert len(chats.of(AIZADAS_PHONE)) == 2
    assert all(text.startswith("Жаңы") for text in chats.of(AIZADAS_PHONE))


async def test_sweep_waits_for_what_a_sender_still_has_in_hand(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    announced = await announce(office, send=False)
    await office.delivery.rounds.take(1)
    await correct(office, editor, announced)
    office.clock.advance(seconds=90)
    assert await office.revision_sweeps.sweep() == 0
    assert await scalar(connection, "select count(*) from announcement_revisions where swept_at is null") == 1


async def test_outcome_that_nobody_knows_is_tried_again_until_it_is_known(
    office: Office, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    await correct(office, editor, announced)
    office.messenger.receipts = [Receipt(outcome=Outcome.UNKNOWN, error="TimeoutError")] * 3
    await office.send_all()
    office.clock.advance(seconds=10)
    await office.send_all()
    assert (await office.revisions.get(editor, announced.id)).begun[0].tally == Tally(sent=4)
    assert all(text.startswith("Жаңы") for _chat, text in chats.messages.values())


async def test_change_that_a_killed_sender_had_begun_is_made_by_another(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    await correct(office, editor, announced)
    for message in await office.delivery.rounds.take(1):
        prepared = await office.delivery.sending.prepare(message)
        assert prepared is not None
        assert await office.delivery.sending.start(prepared)
    await rows(connection, "update messages set leased_until = clock_timestamp() - interval '1 s' returning 1")
    await office.send_all()
    assert (await office.revisions.get(editor, announced.id)).begun[0].tally == Tally(sent=4)
    assert all(text.startswith("Жаңы") for _chat, text in chats.messages.values())


async def test_correction_goes_on_by_itself_after_a_restore(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    await rows(connection, "update broadcasts set state = 'done', ended_at = :now returning 1", now=office.clock.now())
    await correct(office, editor, announced)
    await office.delivery.rounds.take(2)
    office.clock.advance(seconds=90)
    halting = Halting(office.unit_of_work, office.clock)
    await halting.halt(OPERATOR)
    assert await office.send_all() == 0
    assert await halting.resume(OPERATOR) == Resumed(unknown=0, interrupted=(), overdue=())
    await rows(connection, "update messages set leased_until = clock_timestamp() - interval '1 s' returning 1")
    await office.send_all()
    assert all(text.startswith("Жаңы") for _chat, text in chats.messages.values())


async def test_later_correction_takes_the_place_of_one_that_is_on_its_way(
    office: Office, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    await correct(office, editor, announced, "Экинчи")
    assert await office.delivery.send_next()
    assert await correct(office, editor, announced, "Үчүнчү") == 4
    await office.send_all()
    assert all(text.startswith("Үчүнчү") for _chat, text in chats.messages.values())
    later, earlier = (await office.revisions.get(editor, announced.id)).begun
    assert (later.tally, earlier.tally, earlier.state) == (
        Tally(sent=4), Tally(sent=1, cancelled=3), BroadcastState.CANCELLED
    )  # fmt: skip


async def test_who_read_it_in_a_digest_gets_the_correction_as_a_message_of_its_own(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    await rows(connection, _ANOTHER_NOTICE, account=AIZADAS_PHONE, now=office.clock.now())
    assert (await office.revisions.get(editor, announced.id)).reach.in_digests == 1
    assert await correct(office, editor, announced) == 3
    office.clock.advance(seconds=6)
    await office.send_all()
    assert [text.split("\n")[0] for text in chats.of(AIZADAS_PHONE)] == ["<b>Эски</b>", "Жаңы"]
    assert (await office.revisions.get(editor, announced.id)).unreached == 0


async def test_recall_deletes_what_is_young_and_edits_what_is_old(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    office.clock.advance(hours=47)
    old = "update messages set settled_at = settled_at - interval '1 hour' where chat_id = any(:old) returning 1"
    await rows(connection, old, old=[AIZADAS_PHONE, NURLANS_PHONE])
    view = await office.revisions.get(editor, announced.id)
    assert (view.reach, view.reach.old) == (Reach(messages=4, fresh=2), 2)
    assert await office.revisions.recall(editor, announced.id) == 4
    await office.send_all()
    assert sorted(chat for chat, _text in chats.messages.values()) == [AIZADAS_PHONE, NURLANS_PHONE]
    assert {text[0] for _chat, text in chats.messages.values()} == {"⊘"}
    view = await office.revisions.get(editor, announced.id)
    assert (view.begun[0].revision.kind, view.begun[0].tally) == (RevisionKind.RECALL, Tally(sent=4))
    assert view.announcement.withdrawn_at == office.clock.now()


async def test_recalled_announcement_reaches_nobody_any_more(office: Office, editor: Actor, chats: Chats) -> None:
    await office.accounts.note_blocked(GULNARAS_PHONE, blocked=True)
    announced = await announce(office, send=False)
    assert await office.delivery.send_next()
    await correct_text(office.revisions, editor, announced.id, Language.KY, "Жаңы")
    assert await office.revisions.recall(editor, announced.id) == 1
    await office.accounts.note_blocked(GULNARAS_PHONE, blocked=False)
    await office.send_all()
    assert chats.messages == {}
    view = await office.revisions.get(editor, announced.id)
    assert (view.state, view.draft) == (AnnouncementState.CANCELLED, None)
    with pytest.raises(AnnouncementEnded):
        await office.announcements.send_again(editor, announced.id, [Outcome.UNKNOWN])


async def test_done_announcement_that_was_recalled_is_sent_to_nobody_again(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    await office.accounts.note_blocked(GULNARAS_PHONE, blocked=True)
    announced = await announce(office)
    await rows(connection, "update broadcasts set state = 'done', ended_at = :now returning 1", now=office.clock.now())
    await office.revisions.recall(editor, announced.id)
    await office.accounts.note_blocked(GULNARAS_PHONE, blocked=False)
    office.clock.advance(seconds=6)
    await office.send_all()
    assert chats.messages == {}


async def test_list_names_everybody_out_of_reach_and_says_why(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    announced = await announce(office, Receipt(outcome=Outcome.UNKNOWN, error="x"))
    first = await scalar(connection, "select chat_id from messages where state = 'unknown'")
    others = [phone for phone in ALL if phone != first]
    await rows(connection, _ANOTHER_NOTICE, account=others[0], now=office.clock.now())
    await office.revisions.recall(editor, announced.id)
    refused = Receipt(outcome=Outcome.FAILED, error="Bad Request: message can't be deleted for everyone")
    office.messenger.receipts = [refused, Receipt(outcome=Outcome.BLOCKED, error="blocked")]
    await office.send_all()
    assert (await office.revisions.get(editor, announced.id)).unreached == 4
    unreached = await office.revisions.list_unreached(editor, announced.id)
    assert sorted(one.why for one in unreached) == [
        Unreached.BLOCKED, Unreached.IN_DIGEST, Unreached.REFUSED, Unreached.UNCERTAIN
    ]  # fmt: skip
    assert [one.error for one in unreached if one.why is Unreached.REFUSED] == [refused.error]
    assert {one.name for one in unreached} >= {"Маматова Айзада Бакытовна"}
    assert await scalar(connection, "select details from audit_entries where act = 'unreached_listed'") == {
        "readers": 4
    }


async def test_urgent_announcement_is_corrected_only_with_a_second_person(
    office: Office, connection: AsyncConnection, chats: Chats
) -> None:
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.APPROVER)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.APPROVER)
    both, approver = await office.recognise(BAKYTS_PHONE), await office.recognise(AIZADAS_PHONE)
    announced = await announce(office, urgent=True)
    first = await correct_text(office.revisions, both, announced.id, Language.KY, "Жаңы")
    sent = await office.revisions.send(both, first.id, first.version)
    assert (sent.begun, sent.approvers) == (False, 1)
    with pytest.raises(OwnCorrection):
        await office.revisions.approve(both, first.id, first.version)
    second = await correct_text(office.revisions, both, announced.id, Language.RU, "Новое")
    assert (second.stage, second.version) == (RevisionStage.DRAFT, 2)
    with pytest.raises(CorrectionChanged):
        await office.revisions.approve(approver, first.id, first.version)
    with pytest.raises(CorrectionChanged):  # nobody was asked about this one
        await office.revisions.approve(approver, second.id, second.version)
    await office.revisions.send(both, second.id, second.version)
    (waiting,) = await office.waiting.list_waiting(approver)
    assert (waiting.announcement.id, waiting.revision_id) == (announced.id, second.id)
    assert await office.waiting.list_waiting(both) == []
    await office.revisions.send_back(approver, second.id, second.version)
    assert await office.waiting.list_waiting(approver) == []
    await office.revisions.send(both, second.id, second.version)
    await office.revisions.look(approver, second.id)
    assert (await office.revisions.approve(approver, second.id, second.version)).messages == 4
    await office.send_all()
    assert any(text.startswith("Жаңы") for text in chats.of(NURLANS_PHONE))
    assert await rows(connection, "select made_by, approved_by from announcement_revisions") == [
        (BAKYTS_PHONE, AIZADAS_PHONE)
    ]
    told = "select count(*) from notices where kind = 'correction_decided'"
    assert await scalar(connection, told) == 2
    assert await office.revisions.recall(both, announced.id) == 4


async def test_nobody_approves_what_they_wrote_a_part_of(
    office: Office, connection: AsyncConnection, chats: Chats
) -> None:
    for role in (Role.EDITOR, Role.APPROVER):
        await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), role)
    aizada, editor = await office.recognise(AIZADAS_PHONE), await office.recognise(BAKYTS_PHONE)
    announced = await announce(office, urgent=True)
    await correct_text(office.revisions, aizada, announced.id, Language.KY, "Жаңы")
    last = await correct_text(office.revisions, editor, announced.id, Language.RU, "Новое")
    before = await picture(connection)
    with pytest.raises(NobodyApproves):
        await office.revisions.send(editor, last.id, last.version)
    assert await picture(connection) == before
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.APPROVER)
    assert (await office.revisions.send(editor, last.id, last.version)).approvers == 1
    before = await picture(connection)
    with pytest.raises(CorrectionChanged):  # nobody is asked twice
        await office.revisions.send(editor, last.id, last.version)
    assert await picture(connection) == before
    with pytest.raises(OwnCorrection):
        await office.revisions.approve(aizada, last.id, last.version)
    assert not (await office.revisions.look(aizada, last.id)).may_approve
    assert all(text == "<b>Эски</b>" for text in chats.of(AIZADAS_PHONE))


async def test_nobody_approves_a_correction_that_was_not_shown_to_them_as_it_is(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    for phone in (AIZADAS_PHONE, NURLANS_PHONE):
        await office.roles.grant(OPERATOR, str(phone), Role.APPROVER)
    approver, other = await office.recognise(AIZADAS_PHONE), await office.recognise(NURLANS_PHONE)
    announced = await announce(office, urgent=True)
    first = await correct_text(office.revisions, editor, announced.id, Language.KY, "Жаңы")
    await office.revisions.look(approver, first.id)  # while it is written
    await office.revisions.send(editor, first.id, first.version)
    before = await picture(connection)
    with pytest.raises(CorrectionNotSeen):
        await office.revisions.approve(approver, first.id, first.version)
    assert await picture(connection) == before
    await office.revisions.look(approver, first.id)
    second = await correct_text(office.revisions, editor, announced.id, Language.RU, "Новое")
    await office.revisions.send(editor, second.id, second.version)
    await office.revisions.look(other, second.id)
    with pytest.raises(CorrectionNotSeen):
        await office.revisions.approve(approver, second.id, second.version)
    assert (await office.revisions.approve(other, second.id, second.version)).begun


async def test_nobody_approves_the_correction_that_they_submitted(office: Office, editor: Actor) -> None:
    for phone in (AIZADAS_PHONE, NURLANS_PHONE):
        await office.roles.grant(OPERATOR, str(phone), Role.APPROVER)
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.EDITOR)
    submits = await office.recognise(AIZADAS_PHONE)
    announced = await announce(office, urgent=True)
    draft = await correct_text(office.revisions, editor, announced.id, Language.KY, "Жаңы")
    assert (await office.revisions.send(submits, draft.id, draft.version)).approvers == 1
    assert not (await office.revisions.look(submits, draft.id)).may_approve
    with pytest.raises(OwnCorrection):
        await office.revisions.approve(submits, draft.id, draft.version)


@pytest.mark.parametrize("who", [NURLANS_PHONE, STRANGERS_PHONE])
async def test_stranger_changes_and_sees_nothing(
    office: Office, connection: AsyncConnection, editor: Actor, who: int
) -> None:
    announced = await announce(office)
    revision = await correct_text(office.revisions, editor, announced.id, Language.KY, "Жаңы")
    stranger = await office.recognise(who)
    before = await picture(connection)
    for attempt in (
        office.revisions.get(stranger, announced.id),
        office.revisions.write(stranger, announced.id, ShownCorrection(), Language.KY, "x"),
        office.revisions.look(stranger, revision.id),
        office.revisions.send(stranger, revision.id, revision.version),
        office.revisions.approve(stranger, revision.id, revision.version),
        office.revisions.send_back(stranger, revision.id, revision.version),
        office.revisions.drop(stranger, announced.id, revision.version),
        office.revisions.recall(stranger, announced.id),
        office.revisions.list_unreached(stranger, announced.id),
        office.revisions.get(stranger, 10**9),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert await picture(connection) == before


async def test_editor_of_the_unit_may_correct_what_it_announced(office: Office, connection: AsyncConnection) -> None:
    announced = await announce(office)
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR, unit_code=INSTITUTE.code)
    of_unit = await office.recognise(NURLANS_PHONE)
    with pytest.raises(NotAllowed):
        await office.revisions.get(of_unit, announced.id)
    await rows(connection, "update announcements set unit_code = :code returning 1", code=INSTITUTE.code)
    assert (await office.revisions.get(of_unit, announced.id)).reach.messages == 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", FaultKind.EMPTY),
        ("<p>a</p>", FaultKind.TAG),
        ("a" * (4096 - CORRECTION_LINE + 1), FaultKind.TOO_LONG),
    ],
)
async def test_text_that_telegram_would_not_show_is_refused(
    office: Office, connection: AsyncConnection, editor: Actor, text: str, kind: FaultKind
) -> None:
    announced = await announce(office)
    before = await picture(connection)
    with pytest.raises(TextUnusable) as refused:
        await correct_text(office.revisions, editor, announced.id, Language.KY, text)
    assert refused.value.fault.kind is kind
    assert await picture(connection) == before


async def test_caption_is_shorter_than_a_text(
    office: Office, connection: AsyncConnection, editor: Actor, chats: Chats
) -> None:
    announced = await announce(office)
    async with office.unit_of_work() as uow:
        file = await uow.files.keep(b"%PDF", "application/pdf", office.clock.now())
        await uow.commit()
    await rows(connection, "update announcements set media = 'document', file_id = :file returning 1", file=file)
    with pytest.raises(TextUnusable) as refused:
        await correct_text(office.revisions, editor, announced.id, Language.KY, "a" * 1024)
    assert refused.value.fault.limit == 1024 - CORRECTION_LINE
    await correct(office, editor, announced, "a" * (1024 - CORRECTION_LINE))
    await office.send_all()
    assert all(text.startswith("aaa") and "✏️" in text for _chat, text in chats.messages.values())


async def test_what_has_another_state_by_now_is_refused(office: Office, editor: Actor) -> None:
    later = NewAnnouncement(texts=TEXTS, due_at=office.clock.now() + timedelta(hours=1))
    scheduled = await office.announcements.announce(editor, later)
    refusals: list[tuple[type[Refusal], Coroutine[Any, Any, object]]] = [
        (NotOutYet, office.revisions.get(editor, scheduled.id)),
        (NotOutYet, correct_text(office.revisions, editor, scheduled.id, Language.KY, "x")),
        (NotOutYet, office.revisions.recall(editor, scheduled.id)),
        (NoSuchAnnouncement, office.revisions.get(editor, 10**9)),
    ]
    for refusal, attempt in refusals:
        with pytest.raises(refusal):
            await attempt
    announced = await announce(office)
    same = await correct_text(office.revisions, editor, announced.id, Language.KY, TEXTS[Language.KY])
    with pytest.raises(NothingCorrected):
        await office.revisions.send(editor, same.id, same.version)
    with pytest.raises(CorrectionChanged):
        await office.revisions.drop(editor, announced.id, same.version - 1)
    await office.revisions.drop(editor, announced.id, same.version)
    await office.revisions.drop(editor, announced.id, same.version)
    with pytest.raises(CorrectionChanged):
        await office.revisions.send(editor, same.id, same.version)
    with pytest.raises(CorrectionChanged):
        await office.revisions.look(editor, same.id)
    await office.revisions.recall(editor, announced.id)
    with pytest.raises(AlreadyWithdrawn):
        await office.revisions.recall(editor, announced.id)
    with pytest.raises(AlreadyWithdrawn):
        await correct_text(office.revisions, editor, announced.id, Language.KY, "Жаңы")


_ANOTHER_NOTICE = """
    with carrier as (
        select d.message_id from deliveries d join announcements a using (notice_id)
        where d.account_id = :account and d.message_id is not null order by d.id limit 1
    ), other as (
        insert into notices (kind, payload, created_at) values ('link_moved', '{}', :now) returning id
    )
    insert into deliveries (notice_id, account_id, message_id)
    select other.id, :account, carrier.message_id from other, carrier returning 1
"""
