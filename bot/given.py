"""The services that the conversation asks, made once."""

from bot.code_sheets import CodeSheets
from bot.desks import DeskServices
from bot.dispatcher import Given
from bot.documents.links import PublicLinks
from bot.documents.my_data import ReportPrinter
from bot.documents.sheets import XlsxWriter
from bot.errors import OperatorsAlarm
from bot.stationery import UniversityStationery, UniversityWords, card_of, kinds_of
from bot.tools import Ground
from services.accounts.service import AccountService
from services.announcements.service import AnnouncementService
from services.certificates.drafting import Drafting
from services.certificates.issuing import Issuer
from services.certificates.revocation import RevocationService
from services.certificates.service import CertificateService
from services.certificates.verification import VerificationService
from services.corrections.service import CorrectionService
from services.link_requests.service import LinkRequestService
from services.linking.service import LinkingService
from services.mydata.service import MyDataService
from services.people.drafts import RosterDraftService
from services.people.service import RosterService
from services.roles.register import RoleRegister
from services.roles.service import RoleService
from services.study_office.service import StudyOfficeService


def create_given(ground: Ground, desks: DeskServices) -> Given:
    """Make everything that handlers are given."""
    university, clock, calendar, bells = ground.tools.university, ground.clock, ground.calendar, ground.bells
    unit_of_work, administrators = ground.unit_of_work, ground.settings.admin_ids
    links, kinds = links_of(ground), kinds_of(university)
    stationery = UniversityStationery(university, links)
    return Given(
        accounts=_accounts(ground),
        certificates=CertificateService(
            unit_of_work,
            Drafting(clock, calendar, stationery, kinds),
            Issuer(stationery),
            bells.printing,
            bells.outbox,
        ),
        requests=desks.requests,
        papers=desks.papers,
        revocations=RevocationService(unit_of_work, clock, bells.outbox),
        verification=_verification(ground),
        linking=_linking(ground, links),
        link_requests=LinkRequestService(
            unit_of_work, clock, calendar, bells.outbox, bells.menus, administrators=administrators
        ),
        study_office=StudyOfficeService(unit_of_work, ground.reading, clock, calendar, stationery, kinds.values()),
        corrections=CorrectionService(unit_of_work, clock, stationery, kinds.values()),
        roles=RoleService(unit_of_work, clock, calendar, bells.outbox, bells.menus, administrators=administrators),
        role_register=RoleRegister(unit_of_work, clock, calendar, administrators=administrators),
        roster=RosterService(unit_of_work, clock),
        drafts=RosterDraftService(unit_of_work, clock),
        announcements=AnnouncementService(unit_of_work, clock, calendar, bells.outbox),
        my_data=MyDataService(unit_of_work, clock, kinds),
        university=card_of(university),
        paper_words=UniversityWords(university, calendar),
        dates=calendar,
        links=links,
        reports=ReportPrinter(),
        sheets=XlsxWriter(),
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


def _verification(ground: Ground) -> VerificationService:
    return VerificationService(
        ground.reading,
        ground.clock,
        ground.calendar,
        kinds_of(ground.tools.university),
        ground.tools.inspector,
        authorities=[pem.encode() for pem in ground.tools.press.key.authority_pems],
    )
