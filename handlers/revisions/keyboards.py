"""Buttons under the screens of this feature."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import LookAtCorrection, OpenAnnouncement, OpenElsewhere, OpenRevision
from handlers.common.keyboards import menu_button
from handlers.common.languages import OWN_NAMES
from handlers.revisions.callbacks import (
    BeginCorrection,
    DecideCorrection,
    DropCorrection,
    ListUnreached,
    SendCorrection,
    TakeBack,
    TakeText,
    WriteCorrection,
)
from services.announcements.dto import Announcement
from services.languages import Language
from services.revisions.dto import Correcting, RevisionStage, RevisionView, WaitingCorrection

Rows = list[list[InlineKeyboardButton]]


def view_keyboard(view: RevisionView) -> InlineKeyboardMarkup:
    """Offer what can be done with what is out."""
    number = view.announcement.id
    rows: Rows = []
    if view.announcement.withdrawn_at is None:
        rows.append([_button(_("✏️ Correct"), BeginCorrection(announcement_id=number))])
        if view.draft is not None:
            rows.append([_button(_("👁 Look at the correction"), LookAtCorrection(revision_id=view.draft.id))])
        rows.append([_button(_("🗑 Take back"), TakeBack(announcement_id=number))])
    if view.unreached:
        rows.append([_button(_("📋 Who was not reached"), ListUnreached(announcement_id=number))])
    rows.append([_button(_("🌐 Texts for elsewhere"), OpenElsewhere(announcement_id=number))])
    rows.append([_button(_("🔄 Look again"), OpenRevision(announcement_id=number))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _way_out(number)])


def languages_keyboard(correcting: Correcting) -> InlineKeyboardMarkup:
    """Offer the languages, and what was written already."""
    number, draft = correcting.announcement.id, correcting.draft
    rows: Rows = []
    for language in Language:
        done = "✓ " if draft is not None and language in draft.texts else ""
        label = f"{done}{OWN_NAMES[language]}"
        rows.append([_button(label, WriteCorrection(announcement_id=number, language=language))])
    if draft is not None:
        rows.append([_button(_("👁 Look at the correction"), LookAtCorrection(revision_id=draft.id))])
        drop = DropCorrection(announcement_id=number, version=draft.version)
        rows.append([_button(_("✖️ Drop the correction"), drop)])
    rows.append([_button(_("← Back"), OpenRevision(announcement_id=number))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def links_keyboard(announcement: Announcement, reader: Language) -> InlineKeyboardMarkup:
    """Show the links that stand below an announcement."""
    links = announcement.content.links
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=link.label(reader), url=link.address)] for link in links]
    )


def back_keyboard(announcement_id: int) -> InlineKeyboardMarkup:
    """Lead back to what is out."""
    back = _button(_("← Back"), OpenRevision(announcement_id=announcement_id))
    return InlineKeyboardMarkup(inline_keyboard=[[back], [menu_button()]])


def preview_keyboard(waiting: WaitingCorrection) -> InlineKeyboardMarkup:
    """Offer the last word: the author's, or the approver's where it waits for one."""
    revision = waiting.revision
    number, version = revision.announcement_id, revision.version
    rows: Rows = []
    if revision.stage is RevisionStage.DRAFT:
        label = _("✏️ Correct everywhere ({count})").format(count=waiting.messages)
        rows.append([_button(label, SendCorrection(revision_id=revision.id, version=version))])
        rows.append([_button(_("🌍 Another language"), BeginCorrection(announcement_id=number))])
    elif waiting.may_approve:
        for label, approved in ((_("✅ Approve the correction"), True), (_("↩️ Send it back"), False)):
            decision = DecideCorrection(revision_id=revision.id, version=version, approved=approved)
            rows.append([_button(label, decision)])
    if not waiting.may_approve:
        rows.append([_button(_("✖️ Drop the correction"), DropCorrection(announcement_id=number, version=version))])
        rows.append([_button(_("← Back"), OpenRevision(announcement_id=number))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [menu_button()]])


def take_back_keyboard(announcement_id: int, *, asked: int) -> InlineKeyboardMarkup:
    """Ask twice."""
    label = _("🗑 Yes, take it back everywhere") if asked else _("🗑 Take it back")
    yes = _button(label, TakeBack(announcement_id=announcement_id, asked=asked + 1))
    no = _button(_("← No, leave it"), OpenRevision(announcement_id=announcement_id))
    return InlineKeyboardMarkup(inline_keyboard=[[yes], [no]])


def elsewhere_keyboard(announcement: Announcement) -> InlineKeyboardMarkup:
    """Offer each text for each place."""
    rows: Rows = []
    for language in (one for one in Language if one in announcement.texts):
        chat = TakeText(announcement_id=announcement.id, language=language, site=False)
        site = TakeText(announcement_id=announcement.id, language=language, site=True)
        name = OWN_NAMES[language]
        whatsapp = _button(_("For WhatsApp · {name}").format(name=name), chat)
        rows.append([whatsapp, _button(_("For the site · {name}").format(name=name), site)])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _way_out(announcement.id)])


def _way_out(announcement_id: int) -> list[InlineKeyboardButton]:
    back = _button(_("← The announcement"), OpenAnnouncement(announcement_id=announcement_id))
    return [back, menu_button()]


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
