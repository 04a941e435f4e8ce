"""What a draft must be before it goes out, asked inside of somebody's unit of work."""

from datetime import date, datetime, timedelta

from services.access import Actor, Role
from services.announcements.beginning import begin
from services.announcements.channels import require_channels
from services.announcements.dto import Announcement, AnnouncementStage, Content
from services.announcements.errors import NobodyMeant
from services.announcements.recipients import count_people
from services.announcements.rules import muted_as, people_of, writers_of
from services.announcements.sending_dto import Twin
from services.announcements.sending_ports import SendingUnitOfWork
from services.announcements.wording import check_ready
from services.audience.dto import AudienceCount
from services.html import visible_text

#: For so long the same text is not sent to the same people without a question.
SAME_TEXT_FOR = timedelta(hours=24)


async def count_ready(uow: SendingUnitOfWork, announcement: Announcement, today: date) -> AudienceCount:
    """Count the people who get it; refuse what is not ready, or meant for nobody and no channel."""
    check_ready(announcement.content)
    await require_channels(uow, announcement)
    if not announcement.audience and not announcement.channels:
        raise NobodyMeant
    count = await count_people(uow, announcement, today)
    if announcement.audience and not count.recipients:
        raise NobodyMeant
    return count


async def let_go(
    uow: SendingUnitOfWork, announcement: Announcement, count: AudienceCount, today: date, now: datetime,
    *, approved_by: int | None = None,
) -> Announcement:  # fmt: skip
    """Let it wait for its time, or begin at once where that is past."""
    wanted = announcement.options.wanted_at
    due_at = wanted if wanted is not None and wanted > now else now
    cleared = await uow.announcements.clear(announcement.id, due_at, count.recipients, now, approved_by)
    if due_at > now:
        return cleared
    await begin(uow, cleared, today, now)
    return await uow.announcements.find(announcement.id) or cleared


async def find_twin(uow: SendingUnitOfWork, announcement: Announcement, today: date, now: datetime) -> Twin | None:
    """Return what says the same to some of the same people, or in the same channels, within a day.

    It is the last that went out, else what waits.
    """
    words, audience, category = _words(announcement.content), people_of(announcement), muted_as(announcement)
    for earlier in await uow.sendings.list_earlier(now - SAME_TEXT_FOR, announcement.id):
        if words.isdisjoint(_words(Content(texts=earlier.texts))):
            continue
        again = 0
        if audience is not None:
            again = await uow.sendings.count_again(audience, earlier.notice_id, today, category)
        posts = await uow.channels.count_again(announcement.channels, earlier.notice_id)
        if again or posts:
            number = earlier.announcement_id
            return Twin(announcement_id=number, recipients=again, channels=posts, sent_at=earlier.sent_at)
    due_at = max(announcement.options.wanted_at or now, now)
    first, last = due_at - SAME_TEXT_FOR, due_at + SAME_TEXT_FOR
    for waiting in await uow.sendings.list_waiting(first, last, now, announcement.id):
        if words.isdisjoint(_words(waiting.content)):
            continue
        both, others = 0, people_of(waiting)
        if audience is not None and others is not None:
            both = await uow.sendings.count_both(
                audience, others, today, category=category, other_category=muted_as(waiting)
            )
        posts = len(set(announcement.channels) & set(waiting.channels))
        if both or posts:
            return Twin(announcement_id=waiting.id, recipients=both, channels=posts, sent_at=None)
    return None


async def approvers_of(uow: SendingUnitOfWork, actor: Actor, announcement: Announcement, today: date) -> list[int]:
    """Return who could approve it if the actor submitted it."""
    holders = await uow.sendings.list_holders([Role.APPROVER], announcement.unit_code, today)
    own = writers_of(announcement)
    return [account for account in holders if account not in own and account != actor.account_id]


def is_submitted(announcement: Announcement) -> bool:
    """Tell whether somebody has let it go already."""
    return announcement.stage in {AnnouncementStage.AWAITING_APPROVAL, AnnouncementStage.SCHEDULED}


def _words(content: Content) -> frozenset[str]:
    return frozenset(" ".join(visible_text(html).split()).casefold() for html in content.texts.values())
