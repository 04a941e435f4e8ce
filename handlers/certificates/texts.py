"""What is said about certificates."""

from collections.abc import Mapping, Sequence
from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.fact_questions import how_to_answer
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from handlers.common.request_screens import fact_line
from services.certificates.dto import CertificateKind, FactRule, Requirement
from services.certificates.register import RequestedCertificate
from services.languages import Language
from services.requests.dto import RequestPlan


def choose_kind_text(kinds: Sequence[CertificateKind], promises: Mapping[str, date], reader: Reader) -> str:
    """Ask for the kind; where a desk answers, say which and until when."""
    awaited = [_awaited(kind, promises, reader) for kind in kinds if kind.approved or kind.fee]
    if not awaited:
        return _("Which certificate do you need?")
    return "\n".join([
        _("Which certificate do you need?"), "", _("A desk answers about these; all others come at once:"), *awaited,
    ])  # fmt: skip


def choose_language_text(kind: CertificateKind, reader: Language) -> str:
    """Ask for the language of the paper."""
    return _("Certificate: <b>{kind}</b>\nIn which language?").format(kind=html.quote(kind.name.get(reader)))


def question_text(plan: RequestPlan, rule: FactRule, reader: Reader) -> str:
    """Ask one thing."""
    kind, language = plan.kind, reader.language
    lines = [
        _("Certificate: <b>{kind}</b>").format(kind=html.quote(kind.name.get(language))),
        "",
        f"❓ <b>{html.quote(reader.words.label(kind.id, rule.name, language))}</b>",
    ]
    if hint := reader.words.hint(kind.id, rule.name, language):
        lines.append(html.quote(hint))
    if how := how_to_answer(rule, hint):
        lines += ["", how]
    if rule.requirement is not Requirement.REQUIRED:
        lines.append(_("This may be left out."))
    return "\n".join(lines)


def confirmation_text(plan: RequestPlan, reader: Reader) -> str:
    """Say what will be ordered."""
    kind = plan.kind
    lines = [
        _("Certificate: <b>{kind}</b>").format(kind=html.quote(kind.name.get(reader.language))),
        _("Language: {language}").format(language=language_name(plan.language)),
        _("Name: {name}").format(name=html.quote(plan.name)),
        *_answers(plan, reader),
    ]
    if kind.validity_days is not None:
        validity = ngettext("Valid for {days} day", "Valid for {days} days", kind.validity_days)
        lines.append(validity.format(days=kind.validity_days))
    if not plan.at_once:
        lines += _desk(plan, reader)
    lines += ["", _("The certificate will come here as a PDF with an electronic signature and a QR code.")]
    if kind.confirmed_for:
        lines.append(
            _("Until it expires, whoever checks it also sees whether the university still confirms it, never why not.")
        )
    return "\n".join(lines)


def ordered_toast() -> str:
    """Answer the last tap at once."""
    return _("Being prepared…")


def earlier_step_toast() -> str:
    """Answer a tap on a question that is not asked any more."""
    return _("That was an earlier step.")


def form_is_gone_alert() -> str:
    """Answer a last tap whose form was left or changed since."""
    return _("What this screen shows was changed or left. Open /certificate to order anew.")


def ordered_text(kind: CertificateKind, certificate: RequestedCertificate, reader: Language) -> str:
    """Say that the paper comes; what stands here must still be true when it has come."""
    if certificate.again:
        return _(
            "Certificate: <b>{kind}</b>\nNo. {number}\n\n"
            "You were issued this certificate today, and nothing has changed since. Here is the same document."
        ).format(kind=html.quote(kind.name.get(reader)), number=certificate.number)
    return _("Certificate: <b>{kind}</b>\nNo. {number}\n\n✅ Ordered. The document comes below.").format(
        kind=html.quote(kind.name.get(reader)), number=certificate.number
    )


def _awaited(kind: CertificateKind, promises: Mapping[str, date], reader: Reader) -> str:
    name, desk = (html.quote(text.get(reader.language)) for text in (kind.name, kind.desk_name))
    if kind.id in promises:
        day = reader.day(promises[kind.id])
        return _("• {kind}: {desk}, by {date} inclusive").format(kind=name, desk=desk, date=day)
    days = ngettext(
        "• {kind}: {desk}, {count} working day after the fee is confirmed",
        "• {kind}: {desk}, {count} working days after the fee is confirmed",
        kind.promised_days,
    )
    return days.format(kind=name, desk=desk, count=kind.promised_days)


def _answers(plan: RequestPlan, reader: Reader) -> list[str]:
    kind = plan.kind
    return [
        fact_line(reader, kind.id, rule.name, reader.words.value(kind.id, rule, plan.given[rule.name], reader.language))
        for rule in plan.questions
        if rule.name in plan.given
    ]


def _desk(plan: RequestPlan, reader: Reader) -> list[str]:
    kind = plan.kind
    lines = ["", _("Answered by: {desk}").format(desk=html.quote(kind.desk_name.get(reader.language)))]
    if plan.promised_on is not None:
        lines.append(_("The answer comes by: {date} inclusive").format(date=reader.day(plan.promised_on)))
    if plan.fee is not None:
        amount = html.quote(reader.words.money(plan.fee.amount, reader.language))
        lines += [
            _("Fee: {amount}").format(amount=amount),
            _("How to pay: {how}").format(how=html.quote(plan.fee.how_to_pay.get(reader.language))),
        ]
    return lines
