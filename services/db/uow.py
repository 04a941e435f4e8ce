"""The unit of work: one connection, one transaction, all repositories on it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

from services.db.repositories.accounts import SqlAccountRepository
from services.db.repositories.announcements import SqlAnnouncementRepository
from services.db.repositories.audience import SqlAudienceRepository
from services.db.repositories.audience_offers import SqlAudienceOffers
from services.db.repositories.audit import SqlAuditLog
from services.db.repositories.batches import SqlBatchRepository
from services.db.repositories.bots import SqlBotRepository
from services.db.repositories.broadcasts import SqlBroadcastRepository
from services.db.repositories.bulletin import SqlBulletinRepository
from services.db.repositories.certificates import SqlCertificateRepository
from services.db.repositories.channels import SqlChannelRepository
from services.db.repositories.confirmations import SqlConfirmationRepository
from services.db.repositories.corrections import SqlCorrectionRepository
from services.db.repositories.desk_sheets import SqlDeskSheetRepository
from services.db.repositories.duties import SqlDutyRepository
from services.db.repositories.entering import SqlEnteringRepository
from services.db.repositories.expiries import SqlExpiryRepository
from services.db.repositories.feeding import SqlFeedingRepository
from services.db.repositories.fence import SqlFenceRepository
from services.db.repositories.figures import SqlFigureRepository
from services.db.repositories.halting import SqlHaltingRepository
from services.db.repositories.heads import SqlHeadRepository
from services.db.repositories.inbox import mark_served
from services.db.repositories.link_codes import SqlLinkCodeRepository
from services.db.repositories.link_requests import SqlLinkRequestRepository
from services.db.repositories.links import SqlLinkRepository
from services.db.repositories.message_queue import SqlMessageQueue
from services.db.repositories.messages import SqlMessageRepository
from services.db.repositories.outbox import SqlOutbox
from services.db.repositories.pace import SqlPaceRepository
from services.db.repositories.people import SqlPeopleRepository
from services.db.repositories.personal_data import SqlPersonalDataRepository
from services.db.repositories.plan_changes import SqlPlanChangeRepository
from services.db.repositories.plan_desk import SqlPlanDeskRepository
from services.db.repositories.plan_drafts import SqlPlanDraftRepository
from services.db.repositories.plan_import import SqlPlanImportRepository
from services.db.repositories.plan_reminders import SqlPlanReminderRepository
from services.db.repositories.plan_reports import SqlPlanReportRepository
from services.db.repositories.plan_settings import SqlPlanSettingsRepository
from services.db.repositories.plans import SqlPlanRepository
from services.db.repositories.printing import SqlPrintQueue
from services.db.repositories.questionnaires import SqlQuestionnaireDraftRepository
from services.db.repositories.register import SqlRegisterRepository
from services.db.repositories.reports import SqlReportRepository
from services.db.repositories.request_queue import SqlRequestQueue
from services.db.repositories.requests import SqlRequestRepository
from services.db.repositories.revisions import SqlRevisionRepository
from services.db.repositories.roles import SqlRoleRepository
from services.db.repositories.roster import SqlImportRepository
from services.db.repositories.sendings import SqlSendingRepository
from services.db.repositories.signing_keys import SqlSigningKeyRepository
from services.db.repositories.sittings import SqlSittingRepository
from services.db.repositories.study_office import SqlStudyOfficeRepository
from services.db.repositories.survey_answers import SqlAnswerRepository
from services.db.repositories.survey_closing import SqlClosingRepository
from services.db.repositories.survey_reports import SqlSurveyReportRepository
from services.db.repositories.survey_rounds import SqlSurveyRoundRepository
from services.db.repositories.survey_tickets import SqlSurveyTicketRepository
from services.db.repositories.surveys import SqlSurveyRepository
from services.db.repositories.telegram_files import SqlFileRepository
from services.db.repositories.timestamps import SqlTimestampRepository
from services.db.repositories.trust import SqlTrustRepository
from services.db.repositories.units import SqlUnitRepository
from services.db.repositories.waiting import SqlWaitingRepository
from services.db.repositories.workdays import SqlWorkdayRepository
from services.inbox.current import served_update


class _PaperRepositories:
    """Certificates and everything around them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.batches = SqlBatchRepository(connection)
        self.certificates = SqlCertificateRepository(connection)
        self.confirmations = SqlConfirmationRepository(connection)
        self.desk_sheets = SqlDeskSheetRepository(connection)
        self.entering = SqlEnteringRepository(connection)
        self.expiries = SqlExpiryRepository(connection)
        self.fence = SqlFenceRepository(connection)
        self.heads = SqlHeadRepository(connection)
        self.print_queue = SqlPrintQueue(connection)
        self.register = SqlRegisterRepository(connection)
        self.reports = SqlReportRepository(connection)
        self.request_queue = SqlRequestQueue(connection)
        self.requests = SqlRequestRepository(connection)
        self.signing_keys = SqlSigningKeyRepository(connection)
        self.timestamps = SqlTimestampRepository(connection)


class _PlanRepositories:
    """Plans and everything around them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.plan_reports = SqlPlanReportRepository(connection)
        self.plan_reminders = SqlPlanReminderRepository(connection)
        self.plan_changes = SqlPlanChangeRepository(connection)
        self.plan_desk = SqlPlanDeskRepository(connection)
        self.plan_drafts = SqlPlanDraftRepository(connection)
        self.plan_import = SqlPlanImportRepository(connection)
        self.duties = SqlDutyRepository(connection)
        self.plan_settings = SqlPlanSettingsRepository(connection)
        self.plan_sittings = SqlSittingRepository(connection)
        self.plans = SqlPlanRepository(connection)


class _SurveyRepositories:
    """Surveys and everything around them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.survey_tickets = SqlSurveyTicketRepository(connection)
        self.closing = SqlClosingRepository(connection)
        self.survey_answers = SqlAnswerRepository(connection)
        self.survey_reports = SqlSurveyReportRepository(connection)
        self.questionnaire_drafts = SqlQuestionnaireDraftRepository(connection)
        self.surveys = SqlSurveyRepository(connection)
        self.survey_rounds = SqlSurveyRoundRepository(connection)


class SqlUnitOfWork(_PaperRepositories, _PlanRepositories, _SurveyRepositories):
    """All repositories on one connection. `transaction` is None for reading outside of any transaction."""

    def __init__(self, connection: AsyncConnection, transaction: AsyncTransaction | None) -> None:
        _PaperRepositories.__init__(self, connection)
        _PlanRepositories.__init__(self, connection)
        _SurveyRepositories.__init__(self, connection)
        self._connection = connection
        self._transaction = transaction
        self.accounts = SqlAccountRepository(connection)
        self.announcements = SqlAnnouncementRepository(connection)
        self.audiences = SqlAudienceRepository(connection)
        self.audience_offers = SqlAudienceOffers(connection)
        self.audit = SqlAuditLog(connection)
        self.bots = SqlBotRepository(connection)
        self.broadcasts = SqlBroadcastRepository(connection)
        self.bulletin = SqlBulletinRepository(connection)
        self.channels = SqlChannelRepository(connection)
        self.corrections = SqlCorrectionRepository(connection)
        self.feeding = SqlFeedingRepository(connection)
        self.figures = SqlFigureRepository(connection)
        self.files = SqlFileRepository(connection)
        self.halting = SqlHaltingRepository(connection)
        self.link_codes = SqlLinkCodeRepository(connection)
        self.link_requests = SqlLinkRequestRepository(connection)
        self.links = SqlLinkRepository(connection)
        self.messages = SqlMessageRepository(connection)
        self.outbox = SqlOutbox(connection)
        self.pace = SqlPaceRepository(connection)
        self.people = SqlPeopleRepository(connection)
        self.personal_data = SqlPersonalDataRepository(connection)
        self.queue = SqlMessageQueue(connection)
        self.revisions = SqlRevisionRepository(connection)
        self.roles = SqlRoleRepository(connection)
        self.roster = SqlImportRepository(connection)
        self.sendings = SqlSendingRepository(connection)
        self.study_office = SqlStudyOfficeRepository(connection)
        self.trust = SqlTrustRepository(connection)
        self.units = SqlUnitRepository(connection)
        self.waiting = SqlWaitingRepository(connection)
        self.workdays = SqlWorkdayRepository(connection)

    async def commit(self) -> None:
        """Commit the effect together with the note that the update in hand has had it."""
        if self._transaction is None:
            raise RuntimeError("this unit of work only reads")
        served = served_update()
        if served is not None and not served.done:
            await mark_served(self._connection, served)
        await self._transaction.commit()
        if served is not None:
            served.done = True


UnitOfWorkFactory = Callable[[], AbstractAsyncContextManager[SqlUnitOfWork]]


def unit_of_work_factory(engine: AsyncEngine) -> UnitOfWorkFactory:
    """Return a factory of units of work; leaving one without commit rolls back."""

    @asynccontextmanager
    async def open_unit_of_work() -> AsyncIterator[SqlUnitOfWork]:
        async with engine.connect() as connection:
            transaction = await connection.begin()
            try:
                yield SqlUnitOfWork(connection, transaction)
            finally:
                if transaction.is_active:
                    await transaction.rollback()

    return open_unit_of_work


def reading_factory(engine: AsyncEngine) -> UnitOfWorkFactory:
    """Return a factory for single statements outside of a transaction: no BEGIN, no COMMIT on the way."""
    autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def open_reading() -> AsyncIterator[SqlUnitOfWork]:
        async with autocommit.connect() as connection:
            yield SqlUnitOfWork(connection, None)

    return open_reading
