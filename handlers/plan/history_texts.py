"""An item's history on the screen."""

from aiogram.utils.i18n import gettext as _

from handlers.common.plan_history import history_text as lines_text
from handlers.common.reader import Reader
from services.duties.dto import DutyCard, HistoryPage


def history_text(card: DutyCard, page: HistoryPage, reader: Reader) -> str:
    """List what happened to an item, the newest first."""
    text = lines_text(card.item, page.lines, reader)
    return text if page.lines else f"{text}\n\n" + _("Nothing has happened to this item yet.")
