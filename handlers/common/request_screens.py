"""A request for a certificate as its person sees it: right after asking, in the list, and when it is opened."""

from aiogram import html
from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from handlers.common.ready_reasons import refusal_text
from services.requests.dto import CertificateRequest, MyRequest, RequestState


def state_name(state: str) -> str:
    """Return how far a request is, in a few words."""
    names = {
        RequestState.UNPAID.value: _("waits for the fee"),
        RequestState.WAITING.value: _("waits in the queue"),
        RequestState.TAKEN.value: _("in work"),
        RequestState.ASKED.value: _("waits for an answer of yours"),
        RequestState.APPROVED.value: _("the certificate was issued"),
        RequestState.REFUSED.value: _("the request was refused"),
        RequestState.WITHDRAWN.value: _("taken back"),
    }
    return names.get(state, state)


def submitted_text(mine: MyRequest, reader: Reader) -> str:
    """Say that a request was made, and what comes now."""
    head = _("✅ Your request was made: No. {number}").format(number=mine.request.id)
    return "\n\n".join([head, request_text(mine, reader)])


def submitted_keyboard(mine: MyRequest) -> InlineKeyboardMarkup:  # noqa: ARG001 -- what can be done with it stands there
    """Lead to the requests."""
    return InlineKeyboardMarkup(
        inline_keyboard=[[place_button(_("📋 My requests"), Place.MY_REQUESTS)], [menu_button()]]
    )


def request_text(mine: MyRequest, reader: Reader) -> str:
    """Say all that its person may know of a request."""
    request, lines = mine.request, [f"<b>{kind_name(mine, reader)}</b>"]
    lines.append(_("State: {state}").format(state=state_name(request.state)))
    if mine.kind is not None:
        lines.append(_("Answered by: {desk}").format(desk=html.quote(mine.kind.desk_name.get(reader.language))))
    if request.decided_at is None:
        lines += _awaited(mine, reader)
    if request.state is RequestState.REFUSED:
        lines.append(_("Reason: {reason}").format(reason=html.quote(refusal_text(request.refusal))))
    lines += answer_lines(mine, reader)
    return "\n".join(lines)


def answer_lines(mine: MyRequest, reader: Reader) -> list[str]:
    """Return what the person gave for it."""
    request, kind = mine.request, mine.kind
    if kind is None:
        return []
    return [
        fact_line(
            reader, kind.id, rule.name, reader.words.value(kind.id, rule, request.asked[rule.name], reader.language)
        )
        for rule in kind.facts
        if rule.name in request.asked
    ]


def fact_line(reader: Reader, kind: str, fact: str, value: str) -> str:
    """Return a fact with its label, as HTML."""
    return f"{html.quote(reader.words.label(kind, fact, reader.language))}: {html.quote(value)}"


def kind_name(mine: MyRequest, reader: Reader) -> str:
    """Return what was asked for, as HTML."""
    return html.quote(mine.kind.name.get(reader.language) if mine.kind else mine.request.kind)


def _awaited(mine: MyRequest, reader: Reader) -> list[str]:
    request, lines = mine.request, []
    if mine.place is not None:
        lines.append(_("Place in the queue: {place}").format(place=mine.place))
    if request.promised_on is not None:
        lines.append(_("The answer comes by: {date} inclusive").format(date=reader.day(request.promised_on)))
    if request.state is RequestState.UNPAID:
        lines += _fee(mine, request, reader)
    if request.state is RequestState.ASKED:
        lines += ["", f"❓ {html.quote(request.question)}"]
    return lines


def _fee(mine: MyRequest, request: CertificateRequest, reader: Reader) -> list[str]:
    lines = []
    if mine.kind is not None and mine.kind.fee is not None:
        fee = mine.kind.fee
        amount = html.quote(reader.words.money(fee.amount, reader.language))
        lines += [
            _("Fee: {amount}").format(amount=amount),
            _("How to pay: {how}").format(how=html.quote(fee.how_to_pay.get(reader.language))),
        ]
    if request.receipt_file_id is not None:
        lines.append(_("🧾 Your receipt has arrived and is being looked at."))
    elif request.receipt_refusal:
        reason = html.quote(refusal_text(request.receipt_refusal))
        lines.append(_("🧾 The receipt was not accepted. Reason: {reason}").format(reason=reason))
    else:
        lines.append(_("🧾 Pay, open this request and send the receipt: a photo, a picture or a PDF."))
    return lines
