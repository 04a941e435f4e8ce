"""Channels and groups: registered by administrators, chosen by editors, told of, lost; nobody's account."""

from datetime import time, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.announcements.keyboards import card_keyboard
from handlers.announcements.texts import card_text
from services.access import OPERATOR, Actor, NotAllowed, Role
from services.announcements.channels import RULE
from services.announcements.dto import (
    Announcement,
    AnnouncementStage,
    Content,
    DraftChange,
    LinkButton,
    NewAnnouncement,
    SendingOptions,
)
from services.announcements.errors import DraftChanged, NobodyMeant, TextMissing
from services.announcements.sending_dto import ApprovalReason
from services.audience.dto import AudienceCount, TermKey
from services.audience.errors import AudienceUnreadable
from services.audience.rules import read_audience
from services.bulletin.errors import NobodyToRemind
from services.channels.dto import Channel, ChannelKind, ChannelStage, ChatChange, PostState
from services.channels.errors import ChannelLost, ChannelsClosed, ChannelTextTooLong, NoSuchChannel
from services.db.uow import UnitOfWorkFactory
from services.delivery.dto import Outcome, Receipt, Tally
from services.delivery.quiet_hours import QuietHours
from services.languages import Language
from tests.architecture.wording import DATES, I18N
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, INSTITUTE, Office, picture, rows, scalar
from tests.support.people import AIZADA, BAKYT
from tests.support.revisions import Chats, correct_text

CHANNEL, GROUP, STRANGERS = -1_002_000_000_001, -5_001, 424_242
TEXTS = {Language.KY: "<b>Жарыя</b>", Language.RU: "Объявление", Language.EN: "Announcement"}
JOINT = RULE.join(TEXTS.values())
LOST = Receipt(outcome=Outcome.BLOCKED, error="Forbidden: bot is not a member of the channel chat")


@pytest.fixture(autouse=True)
async def chats(office: Office) -> Chats:
    """Two people with phones; Бакыт is an administrator; what goes out stands in the chats."""
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, BAKYT)
    await office.connect(AIZADAS_PHONE, AIZADA)
    await office.connect(BAKYTS_PHONE, BAKYT)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    await office.send_all()
    return Chats(office)


@pytest.fixture
async def admin(office: Office) -> Actor:
    return await office.recognise(BAKYTS_PHONE)


def change(
    chat_id: int = CHANNEL, *, may_write: bool = True, by: int = BAKYTS_PHONE, title: str = "Жаңылыктар"
) -> ChatChange:
    kind = ChannelKind.CHANNEL if chat_id == CHANNEL else ChannelKind.GROUP
    return ChatChange(chat_id=chat_id, kind=kind, title=title, username="", may_write=may_write, by=by)


async def register(office: Office, admin: Actor, chat_id: int = CHANNEL, title: str = "Жаңылыктар") -> Channel:
    """The bot is brought there, and announcements shall go there."""
    await office.channels.note_change(change(chat_id, title=title))
    offered = next(channel for channel in await office.channels.list_all(admin) if channel.chat_id == chat_id)
    return (await office.channels.register(admin, offered.id)).channel


async def draft(
    office: Office, *channels: Channel, audience: str = "", content: Content | None = None, actor: Actor = OPERATOR,
    unit: str | None = None,
) -> Announcement:  # fmt: skip
    begun = await office.begin_draft(actor, unit, content or Content(texts=TEXTS))
    changed = DraftChange(channels=tuple(channel.id for channel in channels), audience=audience)
    return await office.announcement_drafts.change(actor, begun.id, begun.version, changed)


async def send(office: Office, announcement: Announcement) -> Announcement:
    """Nobody approves what the operator sends."""
    sent = await office.sending.submit(OPERATOR, announcement.id, announcement.version, anyway=True)
    await office.send_all()
    return sent.announcement


async def rested(office: Office, connection: AsyncConnection) -> None:
    """Telegram takes twenty a minute in a group; afterwards what waits goes out."""
    await rows(connection, "delete from chat_paces returning 1")
    await office.send_all()


async def posts(office: Office, announcement: Announcement) -> list[tuple[str, PostState]]:
    card = await office.out.look(OPERATOR, announcement.id)
    return [(post.title, post.state) for post in card.posts]


async def told(connection: AsyncConnection, kind: str) -> list[object]:
    found = await rows(
        connection,
        "select d.account_id from notices n join deliveries d on d.notice_id = n.id where n.kind = :it",
        it=kind,
    )
    return [account for (account,) in found]


async def test_administrator_who_brings_the_bot_somewhere_is_asked_and_registers_it(
    office: Office, connection: AsyncConnection, admin: Actor
) -> None:
    await office.channels.note_change(change(title="<b>Каналыбыз</b>"))
    assert await told(connection, "channel_offered") == [BAKYTS_PHONE]
    (offered,) = await office.channels.list_all(admin)
    assert (offered.stage, offered.title, offered.is_open) == (ChannelStage.OFFERED, "<b>Каналыбыз</b>", False)
    assert await office.channel_news.find_offered(offered.id) == offered
    card = await office.channels.register(admin, offered.id)
    assert card.channel.is_open
    assert card.registrar.startswith(BAKYT.last_name)
    await office.channels.register(admin, offered.id)  # a double tap
    acts = "select account_id from audit_entries where act = 'channel_registered'"
    assert await rows(connection, acts) == [(BAKYTS_PHONE,)]
    assert await office.channel_news.find_offered(offered.id) is None
    assert await office.channels.tell_next() is False


@pytest.mark.parametrize("by", [AIZADAS_PHONE, STRANGERS])
async def test_nothing_is_kept_of_a_chat_to_which_somebody_else_brings_the_bot(
    office: Office, connection: AsyncConnection, by: int
) -> None:
    before = await picture(connection)
    await office.channels.note_change(change(by=by))
    await office.channels.note_change(change(by=by, may_write=False))
    await office.channels.note_move(CHANNEL, GROUP)
    assert await picture(connection) == before


async def test_only_administrators_look_after_channels(
    office: Office, connection: AsyncConnection, admin: Actor
) -> None:
    channel = await register(office, admin)
    stranger = await office.recognise(AIZADAS_PHONE)
    before, desk = await picture(connection), office.channels
    for asked in (
        desk.list_all(stranger), desk.open(stranger, channel.id), desk.list_units(stranger),
        desk.register(stranger, channel.id), desk.remove(stranger, channel.id),
        desk.choose_language(stranger, channel.id, None), desk.choose_unit(stranger, channel.id, None),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            await asked
    with pytest.raises(NoSuchChannel):
        await desk.open(admin, 999)
    assert await picture(connection) == before


async def test_language_and_unit_are_chosen_and_it_is_removed_and_registered_again(
    office: Office, connection: AsyncConnection, admin: Actor
) -> None:
    channel, desk = await register(office, admin), office.channels
    assert (await desk.choose_language(admin, channel.id, Language.RU)).channel.language is Language.RU
    (unit,) = [unit for unit in await desk.list_units(admin) if unit.code == INSTITUTE.code]
    card = await desk.choose_unit(admin, channel.id, unit.id)
    assert (card.channel.unit_code, card.unit) == (INSTITUTE.code, unit.name)
    assert (await desk.choose_unit(admin, channel.id, None)).unit is None
    assert not (await desk.remove(admin, channel.id)).channel.is_registered
    await desk.remove(admin, channel.id)
    assert await scalar(connection, "select count(*) from audit_entries where act = 'channel_removed'") == 1
    await desk.register(admin, channel.id)
    await office.channels.note_change(change(may_write=False))
    await desk.remove(admin, channel.id)
    with pytest.raises(ChannelLost):
        await desk.register(admin, channel.id)


async def test_all_texts_stand_in_one_message_without_the_button_and_nobody_is_counted(
    office: Office, connection: AsyncConnection, admin: Actor, chats: Chats
) -> None:
    channel, group = await register(office, admin), await register(office, admin, GROUP, "Кураторлор")
    await office.channels.choose_language(admin, group.id, Language.EN)
    link = LinkButton(labels={Language.KY: "Сайт"}, address="https://kstu.kg")
    announcement = await draft(
        office, channel, group, audience="role:student", content=Content(texts=TEXTS, links=(link,))
    )
    announcement = await office.announcement_drafts.change(
        OPERATOR, announcement.id, announcement.version, DraftChange(options=SendingOptions(asks_reading=True))
    )
    sent = await office.sending.submit(OPERATOR, announcement.id, announcement.version)
    assert (sent.recipients, sent.announcement.recipients) == (1, 1)
    await office.send_all()
    assert (chats.of(CHANNEL), chats.of(GROUP), chats.of(AIZADAS_PHONE)) == (
        [JOINT],
        ["Announcement"],
        ["<b>Жарыя</b>"],
    )
    card = await office.out.look(OPERATOR, announcement.id)
    assert (card.tally, len(card.posts)) == (Tally(sent=1), 2)
    assert {post.state for post in card.posts} == {PostState.SENT}
    told = await office.announcement_news.find_told(announcement.id, CHANNEL, Language.KY)
    assert told is not None
    assert not told.announcement.options.asks_reading
    totals = await office.statistics.list_totals(OPERATOR, 30)
    assert (totals.rows[0].recipients, totals.rows[0].sent) == (1, 1)
    assert sum(unit.recipients for unit in (await office.statistics.get(OPERATOR, announcement.id)).units) <= 1
    assert await rows(connection, "select telegram_id from accounts where telegram_id < 0") == []


async def test_a_channel_is_never_among_people(office: Office, connection: AsyncConnection, admin: Actor) -> None:
    expressions = ("all", "role:student,guest,staff", "lang:ky,ru,en", f"account:{AIZADAS_PHONE}")
    today = office.clock.now().date()

    async def counted() -> list[AudienceCount]:
        async with office.unit_of_work() as uow:
            return [await uow.audiences.count(read_audience(it), today) for it in expressions]

    before = await counted()
    channel = await register(office, admin)
    await send(office, await draft(office, channel))
    assert await counted() == before
    announcement = await draft(office, channel, content=Content(texts=dict.fromkeys(Language, "Башка")))
    assert (await office.draft_audiences.look(OPERATOR, announcement.id)).survey is None
    options = DraftChange(options=SendingOptions(asks_reading=True))
    announcement = await office.announcement_drafts.change(OPERATOR, announcement.id, announcement.version, options)
    await send(office, announcement)
    await rested(office, connection)
    with pytest.raises(NobodyToRemind):
        await office.reminders.remind(OPERATOR, announcement.id)
    with pytest.raises(AudienceUnreadable):
        read_audience(f"account:{CHANNEL}")
    async with office.unit_of_work() as uow:
        for role in Role:
            assert all(account > 0 for account in await uow.sendings.list_holders([role], None, today))
        for key in (TermKey.ROLE, TermKey.UNIT, TermKey.LANG, TermKey.GROUP):
            assert sum(one.people or 0 for one in await uow.audience_offers.list_offered(key, None, None)) <= 4
        notice = await scalar(connection, "select max(notice_id) from broadcasts")
        assert isinstance(notice, int)
        tally = await uow.broadcasts.tally(notice)
    assert tally == Tally()
    assert await scalar(connection, "select count(*) from announcement_readings") == 0
    assert await scalar(connection, "select count(*) from accounts where telegram_id < 0") == 0


async def test_two_people_are_needed_as_soon_as_a_channel_is_chosen(office: Office, admin: Actor) -> None:
    channel = await register(office, admin)
    announcement = await draft(office, channel, audience="role:student", actor=admin)
    plan = await office.sending.plan(admin, announcement.id)
    assert (plan.recipients, plan.reasons, plan.channels) == (1, (ApprovalReason.CHANNELS,), (channel,))
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.APPROVER)
    sent = await office.sending.submit(admin, announcement.id, announcement.version)
    assert sent.announcement.stage is AnnouncementStage.AWAITING_APPROVAL
    approval = await office.approvals.open(await office.recognise(AIZADAS_PHONE), announcement.id)
    assert (approval.channels, approval.reasons) == ((channel,), (ApprovalReason.CHANNELS,))


async def test_channels_are_ticked_and_each_tick_is_another_version(office: Office, admin: Actor) -> None:
    channel, desk = await register(office, admin), office.draft_channels
    begun = await office.begin_draft(admin, None, Content(texts=TEXTS))
    assert (await desk.offer(admin, begun.id)).channels == (channel,)
    await desk.toggle(admin, begun.id, 1, channel.id)
    with pytest.raises(DraftChanged):
        await desk.toggle(admin, begun.id, 1, channel.id)
    shown = await office.draft_audiences.look(admin, begun.id)
    assert (shown.draft.channels, shown.draft.version, shown.channels) == ((channel.id,), 2, (channel,))
    await desk.toggle(admin, begun.id, 2, channel.id)
    with pytest.raises(NobodyMeant):
        await office.sending.submit(admin, begun.id, 3)
    with pytest.raises(NoSuchChannel):
        await desk.toggle(admin, begun.id, 3, 999)
    with pytest.raises(NotAllowed):
        await desk.offer(await office.recognise(AIZADAS_PHONE), begun.id)


async def test_a_curator_writes_to_the_group_and_to_no_channel(office: Office, admin: Actor) -> None:
    channel = await register(office, admin)
    begun = await office.begin_draft(OPERATOR, None, Content(texts=TEXTS), group="ПИ-1-25")
    assert (await office.draft_channels.offer(OPERATOR, begun.id)).channels == ()
    with pytest.raises(NoSuchChannel):
        await office.draft_channels.toggle(OPERATOR, begun.id, begun.version, channel.id)
    forged = DraftChange(channels=(channel.id,))
    changed = await office.announcement_drafts.change(OPERATOR, begun.id, begun.version, forged)
    with pytest.raises(ChannelsClosed):
        await office.sending.submit(OPERATOR, changed.id, changed.version)


async def test_an_editor_of_a_unit_chooses_only_its_own(office: Office, admin: Actor) -> None:
    channel, own = await register(office, admin), await register(office, admin, GROUP, "Институт")
    (unit,) = [unit for unit in await office.channels.list_units(admin) if unit.code == INSTITUTE.code]
    own = (await office.channels.choose_unit(admin, own.id, unit.id)).channel
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.EDITOR, INSTITUTE.code)
    editor = await office.recognise(AIZADAS_PHONE)
    begun = await office.begin_draft(editor, INSTITUTE.code, Content(texts=TEXTS))
    assert (await office.draft_channels.offer(editor, begun.id)).channels == (own,)
    with pytest.raises(NoSuchChannel):
        await office.draft_channels.toggle(editor, begun.id, 1, channel.id)
    forged = await draft(office, channel, actor=editor, unit=INSTITUTE.code)
    with pytest.raises(ChannelsClosed):
        await office.sending.submit(editor, forged.id, forged.version)


async def test_texts_that_do_not_fit_together_are_refused_with_their_length(
    office: Office, connection: AsyncConnection, admin: Actor
) -> None:
    channel = await register(office, admin)
    announcement = await draft(office, channel, content=Content(texts=dict.fromkeys(Language, "а" * 1_400)))
    before = await picture(connection)
    with pytest.raises(ChannelTextTooLong) as refused:
        await office.sending.submit(OPERATOR, announcement.id, announcement.version)
    assert (refused.value.length, refused.value.limit) == (3 * 1_400 + 2 * len(RULE), 4_096)
    assert await picture(connection) == before
    await office.channels.choose_language(admin, channel.id, Language.KY)
    await send(office, announcement)
    only_kyrgyz = await draft(office, channel, content=Content(texts={Language.RU: "Текст"}))
    with pytest.raises(TextMissing):
        await office.sending.submit(OPERATOR, only_kyrgyz.id, only_kyrgyz.version)


async def test_fallback_stands_in_a_channel_as_it_does_for_people(office: Office, admin: Actor, chats: Chats) -> None:
    channel = await register(office, admin)
    await office.channels.choose_language(admin, channel.id, Language.EN)
    about = {Language.EN: "Holiday", Language.KY: "Майрам"}
    content = Content(texts={Language.RU: "Праздник"}, about=about, fallback=Language.RU)
    await send(office, await draft(office, channel, content=content))
    (posted,) = chats.of(CHANNEL)
    assert posted.endswith("\n\nПраздник")


async def test_lost_right_stops_it_before_anything_goes_out(
    office: Office, connection: AsyncConnection, admin: Actor, chats: Chats
) -> None:
    channel = await register(office, admin)
    announcement = await draft(office, channel, audience="all")
    await office.channels.note_change(change(may_write=False))
    before = await picture(connection)
    with pytest.raises(ChannelsClosed) as refused:
        await office.sending.submit(OPERATOR, announcement.id, announcement.version)
    assert refused.value.titles == ("Жаңылыктар",)
    assert await picture(connection) == before
    assert chats.requests == 0
    other = await draft(office)
    with pytest.raises(ChannelLost):
        await office.draft_channels.toggle(OPERATOR, other.id, other.version, channel.id)


async def test_administrators_are_told_once_of_a_right_lost_on_the_way_and_it_is_open_again(
    office: Office, connection: AsyncConnection, admin: Actor, chats: Chats
) -> None:
    channel = await register(office, admin)
    announcement = await draft(office, channel)
    office.messenger.receipts = [LOST]
    await send(office, announcement)
    assert await posts(office, announcement) == [("Жаңылыктар", PostState.BLOCKED)]
    assert await office.channels.tell_next()
    assert not await office.channels.tell_next()
    assert await told(connection, "channel_lost") == [BAKYTS_PHONE]
    assert (await office.channel_news.find_lost(channel.id)) is not None
    await office.channels.note_change(change(by=STRANGERS, title="Жаңы аты"))
    (again,) = await office.channels.list_all(admin)
    assert (again.is_open, again.title) == (True, "Жаңы аты")
    assert await told(connection, "channel_offered") == [BAKYTS_PHONE]  # only the first time
    assert await office.channel_news.find_lost(channel.id) is None
    assert chats.of(CHANNEL) == []
    await office.out.send_again(OPERATOR, announcement.id, [Outcome.FAILED], 0)
    await rested(office, connection)
    assert chats.of(CHANNEL) == [JOINT]


async def test_what_is_frozen_for_a_lost_or_removed_channel_ends_without_a_request(
    office: Office, admin: Actor, chats: Chats
) -> None:
    channel, group = await register(office, admin), await register(office, admin, GROUP, "Топ")
    later = office.clock.now() + timedelta(hours=2)
    announcement = await draft(office, channel, group)
    announcement = await office.announcement_drafts.change(
        OPERATOR, announcement.id, announcement.version, DraftChange(options=SendingOptions(wanted_at=later))
    )
    await office.sending.submit(OPERATOR, announcement.id, announcement.version)
    await office.channels.note_change(change(may_write=False))
    await office.channels.remove(admin, group.id)
    office.clock.advance(hours=3)
    await office.begin_due()
    await office.send_all()
    assert await posts(office, announcement) == [("Жаңылыктар", PostState.BLOCKED), ("Топ", PostState.BLOCKED)]
    assert chats.requests == 0


async def test_group_that_becomes_a_supergroup_is_followed(
    office: Office, connection: AsyncConnection, admin: Actor, chats: Chats
) -> None:
    new = -1_009_000_000_001
    await register(office, admin, GROUP, "Кураторлор")
    (group,) = await office.channels.list_all(admin)
    announcement = await draft(office, group)
    office.messenger.receipts = [Receipt(outcome=Outcome.MOVED, moved_to=new, error="upgraded")]
    await send(office, announcement)
    assert (chats.of(GROUP), chats.of(new)) == ([], [JOINT])
    assert await posts(office, announcement) == [("Кураторлор", PostState.SENT)]
    await office.channels.note_move(GROUP, new)  # Telegram tells it, too
    assert await rows(connection, "select chat_id, lost_at from channels") == [(new, None)]


async def test_same_text_to_the_same_channel_asks_first(office: Office, admin: Actor) -> None:
    channel = await register(office, admin)
    first = await draft(office, channel)
    await send(office, first)
    second = await draft(office, channel)
    asked = await office.sending.submit(OPERATOR, second.id, second.version)
    assert asked.twin is not None
    assert (asked.twin.announcement_id, asked.twin.recipients, asked.twin.channels) == (first.id, 0, 1)
    people = await draft(office, audience="role:student")
    assert (await office.sending.submit(OPERATOR, people.id, people.version)).twin is None


async def test_corrections_and_recalls_reach_the_channel(
    office: Office, connection: AsyncConnection, admin: Actor, chats: Chats
) -> None:
    channel = await register(office, admin)
    announcement = await draft(office, channel, audience="role:student")
    await send(office, announcement)
    new = "Жаңы" + "!" * 60
    revision = await correct_text(office.revisions, OPERATOR, announcement.id, Language.KY, new)
    with pytest.raises(ChannelTextTooLong):
        await correct_text(office.revisions, OPERATOR, announcement.id, Language.RU, "а" * 4_020)
    sent = await office.revisions.send(OPERATOR, revision.id, revision.version)
    assert sent.messages == 2
    await rested(office, connection)
    (posted,) = chats.of(CHANNEL)
    assert posted.startswith(RULE.join((new, "Объявление", "Announcement")) + "\n\n✏️ ")
    await office.revisions.recall(OPERATOR, announcement.id)
    await rested(office, connection)
    assert chats.of(CHANNEL) == []
    other = await draft(office, channel, content=Content(texts=dict.fromkeys(Language, "Башка")))
    await send(office, other)
    await rested(office, connection)
    office.messenger.receipts = [LOST]
    await office.revisions.recall(OPERATOR, other.id)
    await rested(office, connection)
    (kept,) = await office.revisions.list_unreached(OPERATOR, other.id)
    assert (kept.name, kept.account_id) == ("Жаңылыктар", CHANNEL)


async def test_quiet_hours_hold_in_channels_and_no_limit_of_a_day(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, connection: AsyncConnection, clock: StandingClock
) -> None:
    office = Office(
        unit_of_work, reading, clock, quiet_hours=QuietHours(start=time(22), until=time(7)), daily_messages=2
    )
    admin, chats = await office.recognise(BAKYTS_PHONE), Chats(office)
    channel = await register(office, admin)
    for number in range(4):  # a person would get the last two in the evening
        await send(
            office, await draft(office, channel, content=Content(texts=dict.fromkeys(Language, f"Сөз {number}")))
        )
        await rested(office, connection)
    assert len(chats.of(CHANNEL)) == 4
    clock.advance(hours=12)  # from noon to midnight
    await send(office, await draft(office, channel))
    await rested(office, connection)
    assert len(chats.of(CHANNEL)) == 4
    clock.advance(hours=8)
    await office.send_all()
    assert len(chats.of(CHANNEL)) == 5


@pytest.mark.parametrize("language", list(Language))
async def test_card_says_how_it_stands_in_each_channel(
    office: Office, connection: AsyncConnection, admin: Actor, language: Language
) -> None:
    channel = await register(office, admin, title="<i>Канал</i>")
    announcement = await draft(office, channel)
    office.messenger.receipts = [Receipt(outcome=Outcome.UNKNOWN, error="500")]
    await send(office, announcement)
    card = await office.out.look(OPERATOR, announcement.id)
    with I18N.context(), I18N.use_locale(language.value):
        text, keyboard = card_text(card, language, DATES), card_keyboard(card, watched=False)
    assert "📣 &lt;i&gt;Канал&lt;/i&gt;: ❓" in text
    assert "100 %" in text
    assert any("z" in str(button.callback_data) for row in keyboard.inline_keyboard for button in row)
    await office.out.send_again(OPERATOR, announcement.id, [Outcome.UNKNOWN], 0)
    await rested(office, connection)
    assert await posts(office, announcement) == [("<i>Канал</i>", PostState.SENT)]


async def test_operators_announcement_goes_to_people_only(office: Office, admin: Actor, chats: Chats) -> None:
    await register(office, admin)
    await office.announcements.announce(OPERATOR, NewAnnouncement(texts=TEXTS))
    await office.send_all()
    assert chats.of(CHANNEL) == []
