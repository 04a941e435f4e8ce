"""The conversation: one folder a feature, the same file names everywhere. Here stands the routing table."""

from aiogram import Router

from handlers.admin import router as admin
from handlers.announce import posts as announced_posts
from handlers.announce import router as announce
from handlers.announcements import router as announcements
from handlers.audience import router as audience
from handlers.batches import router as batches
from handlers.bulletin import router as bulletin
from handlers.certificates import router as certificates
from handlers.channels import router as channels
from handlers.common import fallback
from handlers.common import router as common
from handlers.desk import router as desk
from handlers.desk_sheets import router as desk_sheets
from handlers.expiries import router as expiries
from handlers.language import router as language
from handlers.link_requests import router as link_requests
from handlers.linking import router as linking
from handlers.membership import router as membership
from handlers.mydata import router as mydata
from handlers.plan import router as plan
from handlers.plan_desk import router as plan_desk
from handlers.plan_import import router as plan_import
from handlers.plan_reminders import router as plan_reminders
from handlers.plan_reports import router as plan_reports
from handlers.questionnaires import router as questionnaires
from handlers.reports import router as reports
from handlers.requests import router as requests
from handlers.revisions import router as revisions
from handlers.roles import router as roles
from handlers.roster import router as roster
from handlers.settings import router as settings
from handlers.sittings import router as sittings
from handlers.start import router as start
from handlers.study_office import router as study_office
from handlers.survey_chat import router as survey_chat
from handlers.survey_desk import router as survey_desk
from handlers.survey_reports import router as survey_reports
from handlers.trust import router as trust
from handlers.verification import router as verification
from handlers.workdays import router as workdays


def create_root_router() -> Router:
    """Return a new tree of handlers; the order of the features is stated here and nowhere else."""
    root = Router(name="root")
    root.include_routers(
        start.create_router(),
        common.create_router(),
        membership.create_router(),
        language.create_router(),
        admin.create_router(),
        roles.create_router(),  # before the codes: a Telegram id typed at that desk may look like one
        workdays.create_router(),
        channels.create_router(),
        expiries.create_router(),
        trust.create_router(),  # before the codes: nothing that is typed there may be looked at by others
        *_plans(),  # before the codes, and before whoever knows a file by its looks
        *_surveys(),  # before the codes: what is typed may look like one; before whoever knows a file by its looks
        announce.create_router(),  # before the codes, and before whoever knows a file by its looks
        announcements.create_router(),
        audience.create_router(),  # before the codes: a part of a name that is typed may look like one
        revisions.create_router(),
        bulletin.create_router(),
        survey_chat.create_router(),
        settings.create_router(),
        mydata.create_router(),
        desk_sheets.create_router(),  # before the forms that wait for files: a queue is known by its headings
        certificates.create_router(),
        reports.create_router(),
        requests.create_router(),
        desk.create_router(),
        batches.create_router(),  # before the roster: a table sent for a batch is none of the roster's
        link_requests.create_router(),
        study_office.create_router(),  # before codes: ten digits typed at the desk are somebody's phone
        linking.create_router(),
        roster.create_router(),
        announced_posts.create_router(),  # before the check of certificates, which takes every file that is left
        verification.create_router(),
        fallback.create_router(),
    )
    return root


def _surveys() -> tuple[Router, ...]:
    """Return the desks of surveys: questionnaires, results, opening."""
    return (questionnaires.create_router(), survey_reports.create_router(), survey_desk.create_router())


def _plans() -> tuple[Router, ...]:
    """Return the handlers of work plans: units, coordinators, figures."""
    return (
        plan.create_router(),
        plan_reminders.create_router(),
        plan_desk.create_router(),
        sittings.create_router(),
        plan_import.create_router(),
        plan_reports.create_router(),
    )
