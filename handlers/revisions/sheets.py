"""Those who keep what was sent first, as a sheet of a file."""

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from services.revisions.dto import Unreached, UnreachedReader
from services.tables.dto import SheetText


def unreached_sheet(readers: Sequence[UnreachedReader]) -> SheetText:
    """Return everybody, and why."""
    return SheetText(
        title=_("Not reached"),
        heading=(_("Name"), _("Number"), _("Group"), _("Telegram account"), _("Reason"), _("Telegram's answer")),
        rows=tuple(
            (one.name, one.person_no, one.group_name, str(one.account_id), reason(one.why), one.error)
            for one in readers
        ),
    )


def reason(why: Unreached) -> str:
    """Return why somebody was not reached."""
    reasons = {
        Unreached.REFUSED: _("Telegram does not let this message be changed any more"),
        Unreached.BLOCKED: _("has stopped the bot"),
        Unreached.UNCERTAIN: _("nobody knows whether the message arrived"),
        Unreached.IN_DIGEST: _("read it in an evening's digest together with other messages"),
        Unreached.STOPPED: _("the change was stopped before"),
    }
    return reasons[why]
