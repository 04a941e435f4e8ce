"""The part of the report that tells of the university's plans; nothing for whoever speaks for no unit."""

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.mydata.plan_words import (
    act_of_plan,
    decision_on_day,
    decision_on_report,
    outcome_of_report,
    state_of_duty,
)
from handlers.mydata.wording import NOTHING, Wording
from services.mydata.plan_dto import PlansData
from services.mydata.report_dto import ReportSection, ReportTable

_FIRST_WORDS = 80


def plan_sections(plans: PlansData, wording: Wording) -> tuple[ReportSection, ...]:
    """Return a section for each part of which there is something."""
    sections = (
        _handed(plans, wording),
        _reports(plans, wording),
        _extensions(plans, wording),
        _history(plans, wording),
        _drafts(plans, wording),
    )
    return tuple(section for section in sections if section.table is not None)


def _handed(plans: PlansData, wording: Wording) -> ReportSection:
    headings = (_("Item"), _("Unit"), _("Last day"), _("State"), _("Last changed"))
    rows = tuple(
        (
            _cut(one.title),
            wording.name(one.unit),
            wording.day(one.due),
            state_of_duty(one.state.value),
            wording.moment(one.changed_at),
        )
        for one in plans.handed
    )
    return _listed(_("Plans: what was handed on to you"), headings, rows)


def _reports(plans: PlansData, wording: Wording) -> ReportSection:
    headings = (_("Reported"), _("Item"), _("Unit"), _("Your report"), _("Beside it"), _("Decision"))
    rows = tuple(
        (
            wording.moment(one.reported_at),
            _cut(one.title),
            wording.name(one.unit),
            _told(outcome_of_report(one.outcome.value), one.words),
            "; ".join(one.evidence) or NOTHING,
            _told(decision_on_report(one), one.comment),
        )
        for one in plans.reports
    )
    return _listed(_("Plans: your reports for a unit"), headings, rows)


def _extensions(plans: PlansData, wording: Wording) -> ReportSection:
    headings = (_("Asked"), _("Item"), _("Unit"), _("Day that you asked for"), _("Reason"), _("Decision"))
    rows = tuple(
        (
            wording.moment(one.asked_at),
            _cut(one.title),
            wording.name(one.unit),
            wording.day(one.wanted),
            one.reason or NOTHING,
            _told(decision_on_day(one, wording), one.comment),
        )
        for one in plans.extensions
    )
    return _listed(_("Plans: later days that you asked for"), headings, rows)


def _history(plans: PlansData, wording: Wording) -> ReportSection:
    headings = (_("When"), _("Item"), _("What"), _("Your words"), _("By"))
    rows = tuple(
        (
            wording.moment(one.at),
            _cut(one.title),
            act_of_plan(one.act),
            one.words or NOTHING,
            _("you") if one.by_me else _("the university"),
        )
        for one in plans.newest
    )
    sentences = [
        _(
            "What you did for a unit belongs to the university's plan: it stays there, with the number of this "
            "account, also when your role or the link of the account ends."
        )
    ]
    if (earlier := plans.acts - len(rows)) > 0:
        said = ngettext("And {number} earlier entry.", "And {number} earlier entries.", earlier)
        sentences.insert(0, said.format(number=earlier))
    return _listed(_("Plans: what their history has of you"), headings, rows, *sentences)


def _drafts(plans: PlansData, wording: Wording) -> ReportSection:
    rows = tuple((one.file_name, wording.moment(one.sent_at)) for one in plans.drafts)
    return _listed(_("Files of plans that you sent and did not confirm"), (_("File"), _("Sent")), rows)


def _listed(title: str, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], *sentences: str) -> ReportSection:
    table = ReportTable(headings=headings, rows=rows) if rows else None
    return ReportSection(title=title, table=table, sentences=sentences)


def _told(state: str, words: str) -> str:
    return f"{state}: {words}" if words else state


def _cut(title: str) -> str:
    title = " ".join(title.split())
    return (title if len(title) <= _FIRST_WORDS else f"{title[:_FIRST_WORDS].rstrip()}…") or NOTHING
