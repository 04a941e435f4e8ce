"""Announcements as their readers get them, and what authors are asked."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from aiogram.utils.i18n import get_i18n
from aiogram.utils.i18n import gettext as _

from handlers.announcements.callbacks import CancelHeld, OpenApproval, SendHeld
from handlers.announcements.sending_texts import to_approve_text, was_approved_text, was_returned_text
from handlers.announcements.texts import held_text, lost_right_text
from handlers.common.announcing import all_waiting_button, announcement_message, current_message
from handlers.common.callbacks import ConfirmReading, OpenAnnouncement, OpenDraft, OpenSending
from handlers.common.ports import LocalDates
from services.announcements.channels import as_posted, joint_text
from services.announcements.dto import (
    Announcement,
    AnnouncementStage,
    AnnouncementState,
    AnnouncementView,
    ChosenText,
    Hold,
    Told,
)
from services.announcements.rules import CHANGEABLE, text_for
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.html import LONGEST_CAPTION, LONGEST_MESSAGE, visible_length
from services.languages import Language


class AnnouncementNews(Protocol):
    """Announcements at the moment of sending."""

    async def find_told(self, announcement_id: int, account_id: int, reader: Language) -> Told | None:
        """Return it with the text for an account; None if it is cancelled or no longer meant for this account."""
        ...

    async def find_announcement(self, announcement_id: int) -> Announcement | None:
        """Return an announcement as it is now."""
        ...

    async def find_paused(self, announcement_id: int) -> AnnouncementView | None:
        """Return an announcement that waits for a word of somebody."""
        ...


class AnnouncementNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: AnnouncementNews, dates: LocalDates) -> None:
        self._news = news
        self._dates = dates

    async def announced(self, message: DueNotice) -> OutgoingMessage | None:
        """Bring the announcement."""
        announcement_id = int(message.payload["announcement_id"])
        told = await self._news.find_told(announcement_id, message.chat_id, message.language)
        return current_message(told.announcement, told.text, message.language, self._dates) if told else None

    async def held(self, message: DueNotice) -> OutgoingMessage | None:
        """Ask the author whether it is still to go out; not once somebody has said so."""
        announcement_id = int(message.payload["announcement_id"])
        view = await self._news.find_paused(announcement_id)
        hold = Hold(message.payload["hold"])
        if view is None or (view.state is AnnouncementState.STOPPED) is not (hold is Hold.FAULT):
            return None
        due_at = datetime.fromisoformat(message.payload["due_at"])
        text = held_text(view, hold, due_at, message.payload["names"], message.language, self._dates)
        if hold is Hold.AUTHOR:
            return self._of_lost_right(message, view)
        cancel = OutgoingButton(text=_("✖️ Cancel it"), data=CancelHeld(announcement_id=announcement_id).pack())
        if hold is Hold.AUDIENCE:
            mend = OutgoingButton(text=_("✏️ Open the draft"), data=OpenDraft(draft_id=announcement_id).pack())
            return OutgoingMessage(text=text, buttons=(mend, cancel))
        if hold is Hold.APPROVAL:
            ask = OutgoingButton(text=_("📨 How it goes out"), data=OpenSending(draft_id=announcement_id).pack())
            return OutgoingMessage(text=text, buttons=(ask, cancel))
        if hold is Hold.FAULT:
            go_on = OutgoingButton(text=_("▶️ Go on"), data=SendHeld(announcement_id=announcement_id).pack())
            return OutgoingMessage(text=text, buttons=(go_on, cancel))
        send = OutgoingButton(text=_("📨 Send it now"), data=SendHeld(announcement_id=announcement_id).pack())
        return OutgoingMessage(text=text, buttons=(send, cancel))

    def _of_lost_right(self, message: DueNotice, view: AnnouncementView) -> OutgoingMessage:
        """Ask whoever decides instead of who submitted it; tell its author that they are asked."""
        number = view.announcement.id
        deciding = bool(message.payload.get("deciding"))
        text = lost_right_text(view.announcement, message.language, self._dates, deciding=deciding)
        cancel = OutgoingButton(text=_("✖️ Cancel it"), data=CancelHeld(announcement_id=number).pack())
        if deciding:
            send = OutgoingButton(text=_("📨 Send it now"), data=SendHeld(announcement_id=number).pack())
            return OutgoingMessage(text=text, buttons=(send, cancel))
        look = OutgoingButton(text=_("📊 How far it is"), data=OpenAnnouncement(announcement_id=number).pack())
        return OutgoingMessage(text=text, buttons=(look, cancel))

    async def preview(self, message: DueNotice) -> OutgoingMessage | None:
        """Bring a draft as its readers will get it; not one that was changed since."""
        draft = await self._find(message)
        if draft is None or draft.stage not in CHANGEABLE:
            return None
        if message.payload["marked"]:
            return _marked(announcement_message(draft, text_for(draft, message.language), message.language), draft.id)
        if message.payload.get("joint"):
            joint = ChosenText(html=joint_text(draft.content), language=message.language)
            return announcement_message(as_posted(draft), joint, message.language)
        language = Language(message.payload["language"])
        with get_i18n().use_locale(language.value):
            return announcement_message(draft, text_for(draft, language), language)

    async def to_approve(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell an approver that something waits; not once somebody has decided."""
        waiting = await self._find(message)
        if waiting is None or waiting.stage is not AnnouncementStage.AWAITING_APPROVAL:
            return None
        look = OutgoingButton(text=_("👁 Look at it"), data=OpenApproval(announcement_id=waiting.id).pack())
        return OutgoingMessage(text=to_approve_text(waiting, message.language), buttons=(look, all_waiting_button()))

    async def approved(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell whoever wrote it that it was approved."""
        approved = await self._find(message)
        if approved is None or approved.approved_by is None:
            return None
        look = OutgoingButton(text=_("📊 How far it is"), data=OpenAnnouncement(announcement_id=approved.id).pack())
        return OutgoingMessage(text=was_approved_text(approved, message.language, self._dates), buttons=(look,))

    async def returned(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell whoever wrote it that it was sent back, and why."""
        draft = await self._find(message)
        if draft is None or not draft.returned:
            return None
        mend = OutgoingButton(text=_("✏️ Open the draft"), data=OpenDraft(draft_id=draft.id).pack())
        return OutgoingMessage(text=was_returned_text(draft, message.language), buttons=(mend,))

    async def _find(self, message: DueNotice) -> Announcement | None:
        """Return an announcement if it is still the version that is told of."""
        found = await self._news.find_announcement(int(message.payload["announcement_id"]))
        return found if found is not None and found.version == message.payload["version"] else None


def _marked(outgoing: OutgoingMessage, announcement_id: int) -> OutgoingMessage:
    """Put a line above that says that it is a preview; a button where Telegram has no room for the line."""
    line = _("👁 This is a preview: its readers have not got it yet.")
    text = f"<i>{line}</i>\n\n{outgoing.text}"
    if visible_length(text) <= (LONGEST_MESSAGE if outgoing.file_id is None else LONGEST_CAPTION):
        return replace(outgoing, text=text)
    mark = OutgoingButton(text=_("👁 This is a preview"), data=ConfirmReading(announcement_id=announcement_id).pack())
    return replace(outgoing, buttons=(mark, *outgoing.buttons))
