"""Buttons of drafts on their way out, and of what is out."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.announcements.callbacks import (
    ChooseTime,
    Decide,
    OpenApproval,
    Preview,
    Steer,
    Step,
    Submit,
    SwitchOption,
    TakeBack,
    When,
)
from handlers.common.callbacks import (
    ListSent,
    ListWaiting,
    LookAtCorrection,
    OpenAnnouncement,
    OpenDraft,
    OpenEditorsDesk,
    OpenElsewhere,
    OpenRevision,
    OpenSending,
    OpenStatistics,
    RemindReaders,
)
from handlers.common.keyboards import menu_button
from services.announcements.dto import Announcement, AnnouncementStage, AnnouncementState
from services.announcements.rules import ENDED, offered_options
from services.announcements.sending_dto import Approval, Card, Option, SendingPlan, Sent, Submitted
from services.announcements.waiting import Waiting
from services.channels.dto import PostState

#: So much is shown of what waits for a decision; the rest comes once these are decided.
MOST_WAITING = 15
_SUBMITTED = (AnnouncementStage.AWAITING_APPROVAL, AnnouncementStage.SCHEDULED)


def plan_keyboard(plan: SendingPlan) -> InlineKeyboardMarkup:
    """Offer to change how it goes out, to look at it, and to send it."""
    draft = plan.draft
    previews = [_button(_("👁 Show it to me"), Preview(draft_id=draft.id, group=False))]
    if draft.group_name is None:
        previews.append(_button(_("👥 To the test group"), Preview(draft_id=draft.id, group=True)))
    end = [_button(_("← Draft"), OpenDraft(draft_id=draft.id)), _button(_("📤 Sent lately"), ListSent())]
    if draft.stage in _SUBMITTED:
        back = _button(_("↩️ Take it back"), TakeBack(draft_id=draft.id, version=draft.version))
        return _keyboard(previews, [back], end, [menu_button()])
    label = _("🖊 Submit for approval") if plan.reasons else _("📨 Send")
    submit = _button(label, Submit(draft_id=draft.id, version=draft.version, anyway=False))
    ask = ChooseTime(draft_id=draft.id, version=draft.version, when=When.ASK)
    options = [[_switch(draft, option)] for option in offered_options(draft.voice)]
    return _keyboard(*options, [_button(_("🕓 When"), ask)], previews, [submit], end, [menu_button()])


def time_keyboard(draft: Announcement) -> InlineKeyboardMarkup:
    """Offer times."""
    labels = {
        When.TODAY_MORNING: _("Today, 9:00"),
        When.TODAY_NOON: _("Today, 12:00"),
        When.TODAY_EVENING: _("Today, 18:00"),
        When.TOMORROW_MORNING: _("Tomorrow, 9:00"),
        When.TOMORROW_NOON: _("Tomorrow, 12:00"),
        When.TOMORROW_EVENING: _("Tomorrow, 18:00"),
    }
    buttons = [
        _button(label, ChooseTime(draft_id=draft.id, version=draft.version, when=when))
        for when, label in labels.items()
    ]
    now = _button(_("At once"), ChooseTime(draft_id=draft.id, version=draft.version, when=When.NOW))
    rows = zip(buttons[:3], buttons[3:], strict=True)
    return _keyboard([now], *map(list, rows), [_button(_("← Back"), OpenSending(draft_id=draft.id)), menu_button()])


def twin_keyboard(draft: Announcement) -> InlineKeyboardMarkup:
    """Ask once more."""
    anyway = Submit(draft_id=draft.id, version=draft.version, anyway=True)
    back = [_button(_("← Back"), OpenSending(draft_id=draft.id)), menu_button()]
    return _keyboard([_button(_("📨 Send it anyway"), anyway)], back)


def submitted_keyboard(submitted: Submitted) -> InlineKeyboardMarkup:
    """Lead on from what was submitted; what goes out is watched in this very message."""
    announcement = submitted.announcement
    if announcement.notice_id is not None:
        return _keyboard(*_watching(announcement.id, AnnouncementState.SENDING))
    back = _button(_("📨 How it goes out"), OpenSending(draft_id=announcement.id))
    return _keyboard([back], [_desk(), _button(_("📤 Sent lately"), ListSent())], [menu_button()])


def approval_keyboard(approval: Approval) -> InlineKeyboardMarkup:
    """Ask for a decision."""
    number, version = approval.announcement.id, approval.announcement.version
    return _keyboard(
        [_button(_("✅ Approve the announcement"), Decide(announcement_id=number, version=version, approve=True))],
        [_button(_("↩️ Send it back"), Decide(announcement_id=number, version=version, approve=False))],
        [_button(_("👁 Show it once more"), OpenApproval(announcement_id=number))],
        [_button(_("🖊 All that waits for me"), ListWaiting()), menu_button()],
    )


def decisions_keyboard(waiting: Sequence[Waiting]) -> InlineKeyboardMarkup:
    """Offer what waits, by its place in the list."""
    buttons = [_button(str(place), _decision(one)) for place, one in enumerate(waiting[:MOST_WAITING], 1)]
    rows = [buttons[start : start + 5] for start in range(0, len(buttons), 5)]
    return _keyboard(*rows, [_button(_("🔄 Look again"), ListWaiting()), menu_button()])


def _decision(waiting: Waiting) -> CallbackData:
    if waiting.revision_id is not None:
        return LookAtCorrection(revision_id=waiting.revision_id)
    return OpenApproval(announcement_id=waiting.announcement.id)


def reason_keyboard(announcement_id: int) -> InlineKeyboardMarkup:
    """Lead back from the question for a reason."""
    return _keyboard([_button(_("← Back"), OpenApproval(announcement_id=announcement_id)), menu_button()])


def card_keyboard(card: Card, *, watched: bool) -> InlineKeyboardMarkup:
    """Offer what can be done with what is out; under a message that is kept up to date, only what stays in it."""
    number = card.announcement.id
    if watched and card.state not in ENDED:
        return _keyboard(*_watching(number, card.state))
    rows = _steering(number, card.state)
    if card.announcement.notice_id is not None and card.state is not AnnouncementState.CANCELLED:
        rows += _again(card)
    if card.announcement.notice_id is not None:
        rows.append([_button(_("✏️ Correct or take back"), OpenRevision(announcement_id=number))])
        rows.append([_button(_("📊 Statistics"), OpenStatistics(announcement_id=number))])
        rows.append([_button(_("🌐 Texts for elsewhere"), OpenElsewhere(announcement_id=number))])
        if card.announcement.options.asks_reading:
            rows.append([_button(_("🔔 Remind"), RemindReaders(announcement_id=number))])
        if card.state not in ENDED:
            rows.append([_button(_("🔄 Watch it go"), Steer(announcement_id=number, step=Step.FOLLOW))])
    return _keyboard(*rows, [_button(_("📤 Sent lately"), ListSent()), _desk()], [menu_button()])


def cancel_keyboard(announcement_id: int) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    yes = Steer(announcement_id=announcement_id, step=Step.CANCEL)
    no = OpenAnnouncement(announcement_id=announcement_id)
    return _keyboard([_button(_("✖️ Yes, end it"), yes)], [_button(_("← Back"), no)])


def sent_keyboard(sent: Sequence[Sent]) -> InlineKeyboardMarkup:
    """Offer what was sent lately."""
    cards = [_button(str(one.announcement.id), OpenAnnouncement(announcement_id=one.announcement.id)) for one in sent]
    rows = [cards[start : start + 5] for start in range(0, len(cards), 5)]
    return _keyboard(*rows, [_desk(), menu_button()])


def _watching(number: int, state: AnnouncementState) -> list[list[InlineKeyboardButton]]:
    more = _button(_("📣 More"), OpenAnnouncement(announcement_id=number))
    return [*_steering(number, state), [more]]


def _steering(number: int, state: AnnouncementState) -> list[list[InlineKeyboardButton]]:
    if state in ENDED:
        return []
    end = _button(_("✖️ End it"), Steer(announcement_id=number, step=Step.ASK_CANCEL))
    if state in {AnnouncementState.PAUSED, AnnouncementState.STOPPED}:
        return [[_button(_("▶️ Go on"), Steer(announcement_id=number, step=Step.RESUME)), end]]
    return [[_button(_("⏸ Pause"), Steer(announcement_id=number, step=Step.PAUSE)), end]]


def _again(card: Card) -> list[list[InlineKeyboardButton]]:
    number, rows = card.announcement.id, []
    unknown = card.tally.unknown + sum(post.state is PostState.UNKNOWN for post in card.posts)
    failed = card.tally.failed + sum(post.state in {PostState.FAILED, PostState.BLOCKED} for post in card.posts)
    if unknown:
        text = _("🔁 Again to the unknown: {count}").format(count=unknown)
        rows.append([_button(text, Steer(announcement_id=number, step=Step.UNKNOWN))])
    if failed:
        text = _("🔁 Again to the failed: {count}").format(count=failed)
        rows.append([_button(text, Steer(announcement_id=number, step=Step.FAILED))])
    return rows


def _switch(draft: Announcement, option: Option) -> InlineKeyboardButton:
    options = draft.options
    named = {
        Option.URGENT: (options.urgent, _("Urgent")),
        Option.READING: (options.asks_reading, _("Button “I have read it ✓”")),
        Option.PUBLIC: (options.is_public, _("Everybody sees it, guests too")),
    }
    is_on, name = named[option]
    return _button(
        f"{'✅' if is_on else '⬜'} {name}", SwitchOption(draft_id=draft.id, version=draft.version, option=option)
    )


def _desk() -> InlineKeyboardButton:
    return _button(_("✍️ Drafts"), OpenEditorsDesk())


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))
