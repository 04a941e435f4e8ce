"""Reasons that desks need again and again, in the words of whoever reads them."""

from aiogram.utils.i18n import gettext as _

from services.requests.dto import ReadyReason
from services.requests.rules import ready_reason


def ready_reason_name(reason: ReadyReason) -> str:
    """Return a reason as its button names it; plain text."""
    names = {
        ReadyReason.NOT_ENTITLED: _("The records do not show it"),
        ReadyReason.TOO_LITTLE: _("Too little was written"),
        ReadyReason.COME_IN_PERSON: _("Come in person"),
        ReadyReason.NOT_LEGIBLE: _("Not legible"),
        ReadyReason.OTHER_AMOUNT: _("Another amount"),
        ReadyReason.OTHER_PAYMENT: _("Another payment"),
    }
    return names[reason]


def refusal_text(written: str) -> str:
    """Return why a desk refused, as its person reads it; plain text, an official's own words as they were written."""
    reason = ready_reason(written)
    if reason is None:
        return written
    sentences = {
        ReadyReason.NOT_ENTITLED: _("The university’s records do not show what this certificate would state."),
        ReadyReason.TOO_LITTLE: _("What you wrote is not enough to prepare the certificate. Please ask anew."),
        ReadyReason.COME_IN_PERSON: _("This cannot be settled here. Please come to the desk with your document."),
        ReadyReason.NOT_LEGIBLE: _("The receipt is not legible."),
        ReadyReason.OTHER_AMOUNT: _("The amount on the receipt is not that of the fee."),
        ReadyReason.OTHER_PAYMENT: _("The receipt is not for this payment."),
    }
    return sentences[reason]
