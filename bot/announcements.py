"""The services of announcements, put together."""

from bot.dispatcher import AnnouncementServices
from bot.documents.charts import ChartPrinter
from bot.tools import Ground
from services.announcements.approval import ApprovalService
from services.announcements.audience import DraftAudienceService
from services.announcements.drafts import DraftService
from services.announcements.out import OutService
from services.announcements.posting import DraftChannelService
from services.announcements.sending import SendingService
from services.announcements.service import AnnouncementService
from services.announcements.waiting import WaitingService
from services.announcements.writing import WritingService
from services.bulletin.reminders import ReminderService
from services.bulletin.service import BulletinService
from services.bulletin.statistics import StatisticsService
from services.channels.service import ChannelService
from services.revisions.service import RevisionService


def create_announcements(ground: Ground) -> AnnouncementServices:
    """Make everything that editors, approvers and readers ask."""
    settings, bell = ground.settings, ground.bells.outbox
    doors = (ground.unit_of_work, ground.clock, ground.calendar, bell)
    drafts = DraftService(ground.unit_of_work, ground.clock)
    announcements = AnnouncementService(
        *doors, approval_above=settings.approval_above, administrators=settings.admin_ids
    )
    return AnnouncementServices(
        announcement_drafts=drafts,
        draft_audiences=DraftAudienceService(ground.unit_of_work, ground.clock, ground.calendar, drafts),
        draft_channels=DraftChannelService(ground.unit_of_work, drafts),
        channels=ChannelService(*doors, administrators=settings.admin_ids),
        writing=WritingService(ground.unit_of_work, ground.clock),
        announcement_sending=SendingService(*doors, approval_above=settings.approval_above),
        announcement_approvals=ApprovalService(*doors, approval_above=settings.approval_above),
        waiting_announcements=WaitingService(ground.reading),
        announcements=announcements,
        announcement_cards=OutService(
            ground.unit_of_work, ground.clock, announcements, messages_per_second=settings.messages_per_second
        ),
        revisions=RevisionService(*doors, approval_above=settings.approval_above),
        bulletin=BulletinService(ground.unit_of_work, ground.reading, ground.clock, bell),
        statistics=StatisticsService(ground.reading, ground.clock, ground.calendar),
        reminders=ReminderService(ground.unit_of_work, ground.clock, bell),
        charts=ChartPrinter(),
    )
