"""What is kept about a person, put into the sections of a report."""

from aiogram.utils.i18n import gettext as _

from handlers.common.ports import LocalDates
from handlers.mydata.account_sections import account_sections
from handlers.mydata.person_sections import person_sections
from handlers.mydata.plan_sections import plan_sections
from handlers.mydata.survey_sections import survey_sections
from handlers.mydata.talk_sections import talk_sections
from handlers.mydata.wording import Wording
from services.languages import Language
from services.mydata.dto import PersonalData
from services.mydata.report_dto import Report, ReportSection
from services.people.rules import full_name
from services.university import UniversityCard


def compose_report(data: PersonalData, language: Language, university: UniversityCard, dates: LocalDates) -> Report:
    """Put everything into words of the reader's language."""
    wording = Wording(language, dates)
    owner, name = f"Telegram {data.account.telegram_id}", university.name.get(language)
    if data.roster is not None:
        entry = data.roster.entry
        owner = full_name(entry.last_name, entry.first_name, entry.patronymic)
    return Report(
        language=language,
        day=dates.today(data.taken_at),
        university=name[:1].upper() + name[1:],
        title=_("What is kept about you"),
        subtitle=owner,
        lead=_("As at: {moment}").format(moment=wording.moment(data.taken_at)),
        sections=(
            *person_sections(data, wording),
            *plan_sections(data.plans, wording),
            *survey_sections(data.surveys, wording),
            *talk_sections(data.talks, wording),
            *account_sections(data, wording),
            _not_kept(university, language),
        ),
        page_line=_("Page {page} of {pages}"),
        unprintable=_("Signs that the font does not have stand here as their Unicode numbers in square brackets."),
    )


def _not_kept(university: UniversityCard, language: Language) -> ReportSection:
    office = university.study_office
    return ReportSection(
        title=_("What is not kept, and what is not in this file"),
        sentences=(
            _(
                "What you write to the bot is kept only until it is answered; what you type into a form, until you "
                "finish it."
            ),
            _("One-time codes, passwords and what Telegram knows of you besides your number are not kept."),
            _("The names of officials who changed your data, and everything about other people, are not in this file."),
            _(
                "The files of your certificates are those that you received, receipts and documents those that you "
                "sent; this file lists them."
            ),
            _("For some days after an import of the roster the facts before it are kept, so that it can be undone."),
            _("Questions about your data: {office}").format(
                office=", ".join(
                    part
                    for part in (office.name.get(language), office.place.get(language), office.phone, office.email)
                    if part
                )
            ),
        ),
    )
