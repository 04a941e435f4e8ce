"""The reading of a plan as a spreadsheet that is corrected and sent back."""

from aiogram.utils.i18n import gettext as _

from services.languages import Language
from services.plan_import.decisions_sheet import COLUMNS, row_of
from services.plan_import.dto import Review
from services.tables.dto import FormColumn, FormSheet

_WIDTHS = {
    "row": 7, "item": 60, "printed": 25, "days": 24, "responsible": 40, "units": 32, "unresolved": 30, "include": 12,
    "sent": 16,
}  # fmt: skip
_WRITTEN = frozenset({"days", "units", "include"})


def review_sheet(review: Review, language: Language) -> FormSheet:
    """Return all items as they were understood, rows left out too; grey columns are only to be read."""
    place = list(Language).index(language)
    yes, no = _("yes"), _("no")
    columns = tuple(
        FormColumn(
            heading=names[place],
            width=_WIDTHS[column],
            fixed=column not in _WRITTEN,
            choices=(yes, no) if column == "include" else (),
        )
        for column, names in COLUMNS.items()
    )
    read = review.planned.read
    rows = [(item, {**row_of(item), "include": yes}) for item in read.items]
    rows += [(item, {**row_of(item, left_out=True), "include": no}) for item in read.left_out]
    rows.sort(key=lambda one: (one[0].row.row, one[0].row.part))
    cells = tuple(tuple(cells[column] for column in COLUMNS) for _item, cells in rows)
    return FormSheet(title=_("Plan"), columns=columns, rows=cells)
