"""The checks of a verdict in words, one set for the chat and the verification page."""

from aiogram.utils.i18n import gettext as _

from services.certificates.dto import Check


def passed_checks() -> dict[Check, str]:
    """Say what each check asks, or has found in order."""
    return {
        Check.REGISTERED: _("Stands in the university's register"),
        Check.SIGNED_BY_US: _("Signed by the university"),
        Check.UNCHANGED: _("Not changed since it was signed"),
        Check.KEY_VALID_THEN: _("The key was valid when it was signed"),
        Check.NOT_REVOKED: _("Not revoked"),
        Check.WITHIN_VALIDITY: _("Within its period of validity"),
        Check.STILL_CONFIRMED: _("The university still confirms it"),
    }


def failed_checks() -> dict[Check, str]:
    """Say what each check has found wrong."""
    return {
        Check.REGISTERED: _("Does not stand in the university's register"),
        Check.SIGNED_BY_US: _("Not signed by the university"),
        Check.UNCHANGED: _("Changed since it was signed"),
        Check.KEY_VALID_THEN: _("The key was not valid when it was signed"),
        Check.NOT_REVOKED: _("Revoked by the university"),
        Check.WITHIN_VALIDITY: _("Its period of validity has ended"),
        Check.STILL_CONFIRMED: _("The university does not confirm it any more"),
    }
