"""The services that the conversation asks, made once."""

from dataclasses import fields

from bot.announcements import create_announcements
from bot.code_sheets import CodeSheets
from bot.desks import DeskServices
from bot.dispatcher import Given
from bot.documents.forms import FormWriter
from bot.documents.links import PublicLinks
from bot.documents.my_data import ReportPrinter
from bot.documents.sheets import XlsxWriter
from bot.errors import OperatorsAlarm
from bot.papers import PaperServices
from bot.plans import create_plans
from bot.refusals import RefusalSentences
from bot.refusals.words import Words
from bot.stationery import UniversityWords, card_of
from bot.surveys import create_surveys
from bot.tools import Ground
from bot.trust import create_trust
from services.accounts.service import AccountService
from services.corrections.service import CorrectionService
from services.expiries.service import ExpiryService
from services.link_requests.service import LinkRequestService
from services.linking.service import LinkingService
from services.mydata.service import MyDataService
from services.people.drafts import RosterDraftService
from services.people.service import RosterService
from services.roles.register import RoleRegister
from services.roles.service import RoleService
from services.study_office.service import StudyOfficeService
from services.workdays.service import WorkdayService


def create_given(ground: Ground, papers: PaperServices, desks: DeskServices, workdays: WorkdayService) -> Given:
    """Make everything that handlers are given."""
    clock, calendar, unit_of_work = ground.clock, ground.calendar, ground.unit_of_work
    groups = (
        create_announcements(ground),
        create_plans(ground, workdays),
        create_surveys(ground),
        create_trust(ground),
    )
    return Given(
        **{field.name: getattr(group, field.name) for group in groups for field in fields(group)},
        accounts=_accounts(ground),
        certificates=papers.certificates(),
        requests=desks.requests,
        papers=desks.papers,
        desk=desks.desk,
        counter=desks.counter,
        batches=papers.batches(),
        desk_sheets=desks.sheets,
        revocations=papers.revocations(),
        replacements=papers.replacements(),
        wrongs=papers.reports(),
        wrongs_desk=papers.report_desk(),
        verification=papers.verification(),
        linking=_linking(ground, papers.links),
        link_requests=_link_requests(ground),
        study_office=_study_office(ground, papers),
        corrections=CorrectionService(unit_of_work, clock, papers.stationery, papers.kinds.values()),
        roles=_roles(ground),
        role_register=RoleRegister(unit_of_work, clock, calendar, administrators=ground.settings.admin_ids),
        roster=RosterService(unit_of_work, clock),
        drafts=RosterDraftService(unit_of_work, clock),
        my_data=MyDataService(unit_of_work, clock, papers.kinds),
        workdays=workdays,
        expiries=ExpiryService(unit_of_work, ground.reading, clock, calendar, ground.tools.university.expiring),
        university=card_of(ground.tools.university),
        paper_words=UniversityWords(ground.tools.university),
        dates=calendar,
        links=papers.links,
        reports=ReportPrinter(),
        sheets=XlsxWriter(),
        forms=FormWriter(),
        refusal_words=_refusal_words(ground),
    )


def _roles(ground: Ground) -> RoleService:
    return RoleService(
        ground.unit_of_work,
        ground.clock,
        ground.calendar,
        ground.bells.outbox,
        ground.bells.menus,
        administrators=ground.settings.admin_ids,
    )


def _study_office(ground: Ground, papers: PaperServices) -> StudyOfficeService:
    return StudyOfficeService(
        ground.unit_of_work, ground.reading, ground.clock, ground.calendar, papers.stationery, papers.kinds.values()
    )


def _link_requests(ground: Ground) -> LinkRequestService:
    return LinkRequestService(
        ground.unit_of_work,
        ground.clock,
        ground.calendar,
        ground.bells.outbox,
        ground.bells.menus,
        administrators=ground.settings.admin_ids,
    )


def _refusal_words(ground: Ground) -> RefusalSentences:
    university = ground.tools.university
    return RefusalSentences(
        Words(university=card_of(university), labels=UniversityWords(university), dates=ground.calendar)
    )


def links_of(ground: Ground) -> PublicLinks:
    """Return where the university's papers and people point to."""
    return PublicLinks(public_url=ground.settings.public_url, bot_username=ground.tools.bot_username)


def _accounts(ground: Ground) -> AccountService:
    return AccountService(
        ground.unit_of_work,
        ground.reading,
        ground.clock,
        ground.calendar,
        ground.bells.menus,
        default_language=ground.settings.default_locale,
        administrators=ground.settings.admin_ids,
        quiet_hours=ground.settings.quiet_hours,
    )


def _linking(ground: Ground, links: PublicLinks) -> LinkingService:
    return LinkingService(
        ground.unit_of_work,
        ground.clock,
        ground.calendar,
        ground.bells.outbox,
        ground.bells.menus,
        administrators=ground.settings.admin_ids,
        alarm=OperatorsAlarm(ground.tools.bot, ground.settings.operators_chat),
        sheets=CodeSheets(ground.tools.university, links, ground.calendar, ground.i18n),
    )
