"""What is said with the file."""

from datetime import date

from aiogram.utils.i18n import gettext as _

from services.mydata.dto import RosterData


def file_name(day: date) -> str:
    """Return the name under which the file is saved."""
    return f"kabarchy-my-data-{day.isoformat()}.pdf"


def caption(roster: RosterData | None) -> str:
    """Say what the file is, and what to do with it."""
    lines = [
        _("📁 Everything that this bot keeps about you. Nobody else was sent this file, and no copy of it is kept.")
    ]
    if roster is None:
        lines.append(_("Nobody in the roster is linked to this account, so the file tells of the account alone."))
    else:
        lines.append(_("If something is wrong, tell the office named in /help: it corrects the data."))
    return "\n\n".join(lines)
