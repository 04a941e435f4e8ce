"""The dry run of a year as a spreadsheet."""

from aiogram.utils.i18n import gettext as _

from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from services.plan_reminders.ahead import Forecast
from services.plans.dto import NamedUnit
from services.tables.dto import SheetText


def forecast_sheets(forecast: Forecast, reader: Reader) -> list[SheetText]:
    """Return every reminder to come, and the days that are crowded."""
    heading = (
        _("Day"), _("Unit"), _("Heard by"), _("Number"), _("Item"), _("Last day"), _("Working days before"),
    )  # fmt: skip
    rows = tuple(
        (
            row.day.isoformat(),
            _name(row.line.unit, row.line.unit_code, reader),
            _name(forecast.names.get(row.heard_by), row.heard_by, reader) or _("coordinator"),
            row.line.number,
            row.line.title,
            row.line.due.isoformat() if row.line.due is not None else "",
            row.line.step,
        )
        for row in forecast.rows
    )
    crowded = tuple(
        (one.day.isoformat(), _name(one.unit, one.unit_code, reader), str(one.items)) for one in forecast.crowded
    )
    return [
        SheetText(title=_("Reminders"), heading=heading, rows=rows),
        SheetText(title=_("Crowded days"), heading=(_("Day"), _("Unit"), _("Items")), rows=crowded),
    ]


def _name(unit: NamedUnit | None, code: str, reader: Reader) -> str:
    return unit_name(unit, reader.language) if unit is not None else code
