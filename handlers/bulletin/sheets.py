"""Figures as tables."""

from datetime import date

from aiogram.utils.i18n import gettext as _

from handlers.bulletin.callbacks import SheetForm
from handlers.bulletin.figures_texts import HIDDEN, outcomes, share, step_name, unit_name
from handlers.bulletin.texts import first_words
from handlers.common.categories import category_name
from handlers.common.channel_words import channel_label, post_words
from handlers.common.reader import Reader
from services.announcements.rules import text_for
from services.bulletin.figures import Statistics, Totals
from services.tables.dto import SheetText

_WORDS = 200


def statistics_sheets(figures: Statistics, reader: Reader) -> list[SheetText]:
    """Return the figures of one announcement: the units, what became of it, and the readings over time."""
    heading = (_("Unit"), _("Recipients"), _("Sent to"), _("Have confirmed"), _("Share of confirmed"))
    whole = (_("All together"), figures.recipients, figures.tally.sent, figures.read)
    units = ((unit_name(unit, reader.language), unit.recipients, unit.sent, unit.read) for unit in figures.units)
    rows = tuple(
        (name, str(recipients), str(sent), HIDDEN if read is None else str(read), share(read, recipients))
        for name, recipients, sent, read in (whole, *units)
    )
    sheets = [
        SheetText(title=_("Units"), heading=heading, rows=rows),
        SheetText(title=_("Outcome"), heading=(_("What became of it"), _("How many")), rows=tuple(outcomes(figures))),
    ]
    if figures.posts:
        posts = tuple((channel_label(post), post_words(post.state)) for post in figures.posts)
        columns = (_("Channel or group"), _("What became of it"))
        sheets.append(SheetText(title=_("Channels and groups"), heading=columns, rows=posts))
    if figures.timeline.bars:
        times = tuple((reader.moment(bar.begins_at), str(bar.readings)) for bar in figures.timeline.bars)
        title = step_name(figures.timeline.step)
        sheets.append(SheetText(title=title, heading=(_("From when"), _("Have confirmed")), rows=times))
    return sheets


def joined(sheets: list[SheetText]) -> SheetText:
    """Return several sheets under each other as one, for a file that has only one."""
    width = max(len(sheet.heading) for sheet in sheets)
    empty = ("",) * width
    rows: list[tuple[str, ...]] = []
    for place, sheet in enumerate(sheets):
        rows += [_wide(row, width) for row in ([empty, sheet.heading] if place else []) + list(sheet.rows)]
    return SheetText(title=sheets[0].title, heading=_wide(sheets[0].heading, width), rows=tuple(rows))


def totals_sheet(totals: Totals, reader: Reader) -> SheetText:
    """Return the list of announcements."""
    heading = (
        _("Out since"), _("Announcement"), _("Category"), _("Unit"), _("Recipients"), _("Sent to"), _("Share of sent"),
        _("Have confirmed"), _("Share of confirmed"),
    )  # fmt: skip
    rows = []
    for row in totals.rows:
        asks = row.announcement.options.asks_reading
        rows.append(
            (
                reader.moment(row.out_since),
                first_words(text_for(row.announcement, reader.language), _WORDS),
                category_name(row.announcement.content.category),
                row.announcement.unit_code or "",
                str(row.recipients),
                str(row.sent),
                share(row.sent, row.recipients),
                (HIDDEN if row.read is None else str(row.read)) if asks else "",
                share(row.read, row.recipients) if asks else "",
            )
        )
    return SheetText(title=_("Announcements"), heading=heading, rows=tuple(rows))


def file_name(stem: str, day: date, form: SheetForm) -> str:
    """Return the name under which a table is saved."""
    return f"{stem}-{day.isoformat()}.{'xlsx' if form is SheetForm.XLSX else 'csv'}"


def _wide(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return row + ("",) * (width - len(row))
