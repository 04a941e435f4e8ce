"""Why certificates are revoked, in the words that officials choose and holders read."""

from aiogram.utils.i18n import gettext as _

from services.certificates.dto import RevocationReason
from services.certificates.rules import read_reason


def reason_name(reason: RevocationReason) -> str:
    """Return a reason in the reader's words."""
    names = {
        RevocationReason.ISSUED_IN_ERROR: _("issued in error"),
        RevocationReason.FACTS_WRONG: _("the facts in it were wrong"),
        RevocationReason.LEFT: _("the holder no longer studies here"),
        RevocationReason.MISUSED: _("reported lost or misused"),
        RevocationReason.OTHER: _("another reason"),
    }
    return names[reason]


def reason_text(written: str) -> str:
    """Return a reason of the register as its holder reads it; plain text, for an official's own words as well."""
    reason, words = read_reason(written)
    return words or reason_name(reason)
