"""Announcements as readers get them, and what becomes of them in their chats."""

from bot.stationery import UniversityWords
from handlers.announcements.notices import AnnouncementNotices
from handlers.bulletin.notices import BulletinNotices
from handlers.revisions.notices import RevisionNotices
from services.access import Actor
from services.bulletin.service import BulletinNews
from services.delivery.dto import DueNotice, NoticeKind, Outcome, OutgoingMessage, Receipt
from services.languages import Language
from services.revisions.dto import Revision
from services.revisions.service import RevisionService
from tests.architecture.wording import DATES, I18N, UNIVERSITY
from tests.support.office import Office


class Words:
    """The renderers of announcements and of their changes."""

    def __init__(self, office: Office) -> None:
        revisions = RevisionNotices(office.revision_news, DATES)
        bulletin = BulletinNews(office.reading, office.announcement_news)
        self._renderers = {
            NoticeKind.ANNOUNCEMENT: AnnouncementNotices(office.announcement_news, DATES).announced,
            NoticeKind.ANNOUNCEMENT_CORRECTED: revisions.corrected,
            NoticeKind.ANNOUNCEMENT_RECALLED: revisions.recalled,
            NoticeKind.ANNOUNCEMENT_SHOWN: BulletinNotices(bulletin, UniversityWords(UNIVERSITY), DATES).shown,
            NoticeKind.CORRECTION_WAITING: revisions.waiting,
            NoticeKind.CORRECTION_DECIDED: revisions.decided,
        }

    async def render(self, notice: DueNotice) -> OutgoingMessage | None:
        """Put a notice into words; anything else is not told."""
        renderer = self._renderers.get(notice.kind)
        if renderer is None:
            return None
        with I18N.context(), I18N.use_locale(notice.language.value):
            return await renderer(notice)


class Chats:
    """What stands in the chats after all that was sent; each message by its number."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._numbers = iter(range(1, 1_000))
        self.messages: dict[int, tuple[int, str]] = {}
        self.requests = 0
        office.notices.render = Words(office).render  # type: ignore[method-assign, assignment]
        office.messenger.send = self.send  # type: ignore[method-assign]

    async def send(self, chat_id: int, message: OutgoingMessage, attachment: object, *, asked: bool = False) -> Receipt:
        """Do what Telegram does."""
        assert not (asked and message.changes_another)
        self.requests += 1
        if self._office.messenger.receipts:
            return self._office.messenger.receipts.pop(0)
        number = message.edits or message.deletes or next(self._numbers)
        if message.changes_another:
            assert attachment is None
            assert self.messages[number][0] == chat_id
        if message.deletes is not None:
            del self.messages[number]
        else:
            self.messages[number] = (chat_id, message.text)
        return Receipt(outcome=Outcome.SENT, telegram_message_id=number)

    def of(self, chat_id: int) -> list[str]:
        """Return what somebody reads, the oldest first."""
        return [text for chat, text in self.messages.values() if chat == chat_id]


async def correct_text(
    revisions: RevisionService, actor: Actor, announcement_id: int, language: Language, html: str
) -> Revision:
    """Write a text into a correction as it is now."""
    shown = (await revisions.get_draft(actor, announcement_id)).shown
    return await revisions.write(actor, announcement_id, shown, language, html)
