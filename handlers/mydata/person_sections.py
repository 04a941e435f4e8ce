"""The half of the report that tells of the person: roster, certificates, roles, links."""

from dataclasses import asdict

from aiogram.utils.i18n import gettext as _

from handlers.common.fact_labels import fact_label, fact_value
from handlers.common.languages import language_name
from handlers.common.ready_reasons import refusal_text
from handlers.common.reasons import reason_text
from handlers.common.request_screens import state_name
from handlers.common.roles import role_name
from handlers.mydata.wording import NOTHING, Wording
from handlers.mydata.words import (
    end_of_link,
    state_of_report,
    state_of_request,
    status_of_certificate,
    way_of_link,
)
from services.codes import printed_code
from services.languages import Language
from services.mydata.dto import (
    CertificateData,
    CorrectionData,
    LinkData,
    PaperRequestData,
    PersonalData,
    RosterData,
)
from services.mydata.report_dto import ReportSection, ReportTable


def person_sections(data: PersonalData, wording: Wording) -> tuple[ReportSection, ...]:
    """Return the sections of the person, in the order in which people ask for them."""
    return (
        *_roster(data.roster, wording),
        _certificates(data, wording),
        _reports(data, wording),
        _paper_requests(data, wording),
        _roles(data, wording),
        _lists(data, wording),
        _links(data, wording),
        _codes(data, wording),
        _requests(data, wording),
    )


def _roster(roster: RosterData | None, wording: Wording) -> tuple[ReportSection, ...]:
    title = _("The university's roster")
    if roster is None:
        nobody = _(
            "Nobody in the roster is linked to this account. If you study or work here, the office named at the "
            "end tells you what the roster has about you."
        )
        return (ReportSection(title=title, sentences=(nobody,)),)
    values = asdict(roster.entry)
    facts = [
        (fact_label(name), fact_value(name, value, wording.language, wording.dates)) for name, value in values.items()
    ]
    if roster.unit is not None:
        facts.append((_("Structural unit, full name"), wording.name(roster.unit)))
    facts.append((_("First linked to Telegram"), wording.moment(roster.first_linked_at)))
    sentences = [_("A dash says that the university has given no such fact.")]
    if roster.replaced_at:
        days = ", ".join(wording.moment(moment) for moment in roster.replaced_at)
        sentences.append(_("Imports before which your facts were different and are kept: {days}").format(days=days))
    for one in roster.applied:
        said = _("You said that you have applied for a new paper: {paper} {day} (said: {moment})")
        day = wording.dates.date(one.expires_on, wording.language)
        sentences.append(said.format(paper=fact_label(one.fact), day=day, moment=wording.moment(one.applied_at)))
    about = ReportSection(
        title=title, facts=tuple((label, value or NOTHING) for label, value in facts), sentences=tuple(sentences)
    )
    return (about, _corrections(roster.corrections, wording))


def _corrections(corrections: tuple[CorrectionData, ...], wording: Wording) -> ReportSection:
    headings = (_("Fact"), _("The source said"), _("Corrected to"), _("When, by an official"), _("In force until"))
    rows = tuple(
        (
            fact_label(one.fact),
            fact_value(one.fact, one.roster_value, wording.language, wording.dates) or NOTHING,
            fact_value(one.fact, one.value, wording.language, wording.dates) or NOTHING,
            wording.moment(one.corrected_at),
            wording.moment(one.ended_at),
        )
        for one in corrections
    )
    return _listed(_("Corrections by officials"), headings, rows, _("No fact was corrected."))


def _certificates(data: PersonalData, wording: Wording) -> ReportSection:
    headings = (_("Certificate"), _("Number"), _("Code"), _("Date of issue"), _("Valid until"), _("State"))
    rows = tuple(
        (
            _named(one.kind, one.language, data, wording),
            one.number,
            printed_code(one.code),
            wording.day(one.issued_on),
            wording.day(one.valid_until),
            _state(one),
        )
        for one in data.certificates
    )
    return _listed(_("Certificates"), headings, rows, _("No certificate was issued to you."))


def _paper_requests(data: PersonalData, wording: Wording) -> ReportSection:
    headings = (
        _("Asked"), _("Certificate"), _("State"), _("Decided"), _("What was given and entered"), _("Said"),
        _("Receipt"),
    )  # fmt: skip
    rows = tuple(
        (
            wording.moment(one.created_at),
            _named(one.kind, one.language, data, wording),
            state_name(one.state),
            wording.moment(one.decided_at),
            "; ".join({**one.given, **one.entered}.values()) or NOTHING,
            " – ".join(filter(None, (one.question, one.answer, refusal_text(one.refusal)))) or NOTHING,
            _receipt(one, wording),
        )
        for one in data.paper_requests
    )
    return _listed(_("Requests for certificates"), headings, rows, _("You asked no desk for a certificate."))


def _receipt(request: PaperRequestData, wording: Wording) -> str:
    if not request.receipt_kept:
        refused = refusal_text(request.receipt_refusal)
        return _("not accepted: {reason}").format(reason=refused) if refused else NOTHING
    if request.paid_at is None:
        return _("kept; the payment is not confirmed yet")
    return _("kept; the payment was confirmed: {moment}").format(moment=wording.moment(request.paid_at))


def _state(certificate: CertificateData) -> str:
    state = status_of_certificate(certificate.status.value)
    if not certificate.revocation_reason:
        return state
    return f"{state}: {reason_text(certificate.revocation_reason)}"


def _named(kind_id: str, language: Language, data: PersonalData, wording: Wording) -> str:
    kind = data.kind_names.get(kind_id)
    return f"{kind_id if kind is None else wording.name(kind)}, {language_name(language)}"


def _roles(data: PersonalData, wording: Wording) -> ReportSection:
    headings = (_("Role"), _("Unit"), _("From"), _("Until"), _("Role given on"), _("Role taken away on"))
    rows = tuple(
        (
            role_name(one.role, of_unit=one.unit is not None),
            wording.name(one.unit),
            wording.day(one.valid_from),
            wording.day(one.valid_to),
            wording.moment(one.granted_at),
            wording.moment(one.revoked_at),
        )
        for one in data.roles
    )
    return _listed(_("Roles"), headings, rows, _("You were given no role."))


def _reports(data: PersonalData, wording: Wording) -> ReportSection:
    headings = (_("Number"), _("Fact"), _("Right is"), _("Reported"), _("State"), _("Reason"))
    rows = tuple(
        (
            one.number,
            fact_label(one.fact),
            one.value,
            wording.moment(one.reported_at),
            state_of_report(one.state),
            one.refusal or NOTHING,
        )
        for one in data.reports
    )
    return _listed(_("Corrections of certificates"), headings, rows, _("You said of no certificate that it is wrong."))


def _lists(data: PersonalData, wording: Wording) -> ReportSection:
    headings = (_("List"), _("Brought on"))
    rows = tuple((one.name, wording.moment(one.brought_at)) for one in data.lists)
    return _listed(_("Lists for announcements"), headings, rows, _("You stand on no list for announcements."))


def _links(data: PersonalData, wording: Wording) -> ReportSection:
    headings = (_("Link"), _("How"), _("Since"), _("Until"), _("How it ended"))
    rows = tuple(
        (
            _sides(one),
            way_of_link(one.way.value),
            wording.moment(one.linked_at),
            wording.moment(one.ended_at),
            _end(one, wording),
        )
        for one in data.links
    )
    return _listed(_("Links of Telegram accounts"), headings, rows, _("This account was never linked."))


def _sides(link: LinkData) -> str:
    if link.of_this_account and link.to_this_person:
        return _("this account, you")
    return _("this account, another person") if link.of_this_account else _("another account, you")


def _end(link: LinkData, wording: Wording) -> str:
    end = end_of_link(link.ended_how.value) if link.ended_how else NOTHING
    if link.disowned_at is None:
        return end
    return _("{end}; disowned: {moment}").format(end=end, moment=wording.moment(link.disowned_at))


def _codes(data: PersonalData, wording: Wording) -> ReportSection:
    headings = (_("Code given on"), _("Code valid until"), _("Used"))
    rows = tuple(
        (wording.moment(one.created_at), wording.moment(one.expires_at), wording.moment(one.used_at))
        for one in data.codes
    )
    tries = [_("Tries in vain, in a row: {number}").format(number=data.tries.failures)]
    if data.tries.locked_until is not None:
        tries.append(_("Locked until: {moment}").format(moment=wording.moment(data.tries.locked_until)))
    if not rows:
        tries.insert(0, _("No one-time code was given to you."))
    table = ReportTable(headings=headings, rows=rows) if rows else None
    return ReportSection(title=_("One-time codes"), table=table, sentences=tuple(tries))


def _requests(data: PersonalData, wording: Wording) -> ReportSection:
    headings = (_("Asked"), _("Name"), _("Study group"), _("Number"), _("State"), _("Decided"), _("Reason"))
    rows = tuple(
        (
            wording.moment(one.asked_at),
            one.name,
            one.group_name or NOTHING,
            one.person_no or NOTHING,
            state_of_request(one.state),
            wording.moment(one.decided_at),
            one.reason or NOTHING,
        )
        for one in data.requests
    )
    return _listed(_("Requests to be linked"), headings, rows, _("You asked for no link."))


def _listed(title: str, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], empty: str) -> ReportSection:
    """Return a section with a table, or with a sentence where there is nothing to list."""
    if not rows:
        return ReportSection(title=title, sentences=(empty,))
    return ReportSection(title=title, table=ReportTable(headings=headings, rows=rows))
