"""Messages of announcements as corrections and recalls change them, and what approvers and authors are told."""

from typing import Protocol

from aiogram.utils.i18n import gettext as _

from handlers.common.announcing import all_waiting_button, current_message
from handlers.common.callbacks import LookAtCorrection, OpenRevision
from handlers.common.ports import LocalDates
from handlers.revisions.texts import decided_text, waiting_text, withdrawn_text
from services.announcements.dto import Announcement
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.languages import Language
from services.revisions.dto import Changed, WaitingCorrection


class RevisionNews(Protocol):
    """Corrections and recalls at the moment of sending."""

    async def find_corrected(self, revision_id: int, account_id: int, reader: Language) -> Changed | None:
        """Return a reader's message with the text of a correction; None if there is no such message any more."""
        ...

    async def find_corrected_copy(
        self, announcement_id: int, account_id: int, reader: Language, copy: int
    ) -> Changed | None:
        """Return a copy that a reader fetched (`copy`: its notice) with the text as it is now; None if it is gone."""
        ...

    async def find_withdrawn(self, announcement_id: int, account_id: int, copy: int | None = None) -> Changed | None:
        """Return a reader's message that is to go, or a `copy` of it; None if there is none any more."""
        ...

    def is_deletable(self, message: Changed) -> bool:
        """Tell whether Telegram still lets a bot delete a message."""
        ...

    async def find_waiting(self, revision_id: int, version: int) -> WaitingCorrection | None:
        """Return a correction that waits for its approver; None if it does not, or is another one by now."""
        ...

    async def find_announcement(self, announcement_id: int) -> Announcement | None:
        """Return an announcement."""
        ...


class RevisionNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: RevisionNews, dates: LocalDates) -> None:
        self._news = news
        self._dates = dates

    async def corrected(self, message: DueNotice) -> OutgoingMessage | None:
        """Put the corrected text into the message that the reader has."""
        account, told = message.chat_id, message.payload
        if "copy" in told:
            number, copy = int(told["announcement_id"]), int(told["copy"])
            changed = await self._news.find_corrected_copy(number, account, message.language, copy)
        else:
            changed = await self._news.find_corrected(int(told["revision_id"]), account, message.language)
        if changed is None or changed.text is None:
            return None
        now = current_message(changed.announcement, changed.text, message.language, self._dates)
        return OutgoingMessage(text=now.text, file_id=now.file_id, buttons=now.buttons, edits=changed.number)

    async def recalled(self, message: DueNotice) -> OutgoingMessage | None:
        """Take the message out of the chat; where it is too old for that, leave only that it was withdrawn."""
        changed = await self._news.find_withdrawn(
            int(message.payload["announcement_id"]), message.chat_id, message.payload.get("copy")
        )
        if changed is None:
            return None
        if self._news.is_deletable(changed):
            return OutgoingMessage(text=withdrawn_text(), deletes=changed.number)
        file = changed.announcement.content.file
        return OutgoingMessage(text=withdrawn_text(), file_id=file.file_id if file else None, edits=changed.number)

    async def waiting(self, message: DueNotice) -> OutgoingMessage | None:
        """Ask an approver; not once the correction was changed, sent or dropped."""
        revision_id, version = int(message.payload["revision_id"]), int(message.payload["version"])
        waiting = await self._news.find_waiting(revision_id, version)
        if waiting is None:
            return None
        # Below what they see there, they decide: nobody approves what they have not looked at.
        look = LookAtCorrection(revision_id=revision_id)
        button = OutgoingButton(text=_("👁 Look at it in every language"), data=look.pack())
        return OutgoingMessage(text=waiting_text(waiting, message.language), buttons=(button, all_waiting_button()))

    async def decided(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the author what the approver said."""
        announcement_id = int(message.payload["announcement_id"])
        announcement = await self._news.find_announcement(announcement_id)
        if announcement is None:
            return None
        button = OutgoingButton(
            text=_("✏️ To the correction"), data=OpenRevision(announcement_id=announcement_id).pack()
        )
        text = decided_text(announcement, message.language, approved=bool(message.payload["approved"]))
        return OutgoingMessage(text=text, buttons=(button,))
