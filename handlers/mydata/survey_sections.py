"""The part of the report that tells of surveys; nothing for whom none was addressed to."""

from aiogram.utils.i18n import gettext as _

from handlers.mydata.wording import NOTHING, Wording
from services.mydata.dto import SurveyData
from services.mydata.report_dto import ReportSection, ReportTable


def survey_sections(surveys: tuple[SurveyData, ...], wording: Wording) -> tuple[ReportSection, ...]:
    """Return the section, if there is anything in it."""
    if not surveys:
        return ()
    headings = (_("Opened"), _("Last day"), _("How it asks"), _("For you"), _("Answer kept with your name"))
    rows = tuple(_row(survey, wording) for survey in surveys)
    return (
        ReportSection(
            title=_("Surveys that were addressed to you"),
            table=ReportTable(headings=headings, rows=rows),
            sentences=(
                _("“Finished” says only that no more reminders come: it is the same for who answered and who did not."),
            ),
        ),
    )


def _row(survey: SurveyData, wording: Wording) -> tuple[str, ...]:
    kept = _("yes") if survey.answer_kept else _("no")
    return (
        wording.day(survey.opened_on),
        wording.day(survey.closes_on),
        _("by name") if survey.named else _("without names"),
        _("finished") if survey.finished else NOTHING,
        kept if survey.named else _("no"),
    )
