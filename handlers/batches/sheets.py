"""Those who cannot have one, as a sheet of a file."""

from aiogram.utils.i18n import gettext as _

from handlers.batches.reasons import Reasons
from services.batches.dto import BatchPlan
from services.tables.dto import SheetText


def refused_sheet(plan: BatchPlan, reasons: Reasons) -> SheetText:
    """Return everybody who cannot have one, and why."""
    return SheetText(
        title=_("Without a certificate"),
        heading=(_("Row"), _("Number"), _("Name"), _("Reason")),
        rows=tuple(
            (str(one.row), one.person_no, one.person_name, reasons.reason(one.refusal))
            for one in plan.rows
            if one.refusal is not None
        ),
    )
