"""Lists that are too long for a message, as sheets of a file."""

from aiogram.utils.i18n import gettext as _

from handlers.common.fact_labels import fact_label
from handlers.roster.facts import value_text
from handlers.roster.problems import row_text
from services.corrections.dto import ListedCorrection
from services.people.dto import ChangeKind, PersonChange, RosterDifference
from services.tables.dto import SheetText


def difference_sheets(difference: RosterDifference) -> list[SheetText]:
    """Return the whole difference: everybody by name, and the rows that cannot be taken."""
    sheets = []
    if difference.rejected:
        rows = tuple((str(one.row), row_text(one)) for one in difference.rejected)
        sheets.append(SheetText(title=_("Rejected rows"), heading=(_("Row"), _("Reason")), rows=rows))
    heading = (_("Change"), _("Number"), _("Name"), _("Fact"), _("Before"), _("After"))
    rows_by_name = tuple(row for person in difference.people for row in _rows(person))
    sheets.append(SheetText(title=_("Difference"), heading=heading, rows=rows_by_name))
    return sheets


def corrections_sheet(corrections: list[ListedCorrection]) -> SheetText:
    """Return what the officials have put right, for whoever keeps the source system."""
    return SheetText(
        title=_("Corrections"),
        heading=(_("Number"), _("Name"), _("Fact"), _("In the source system"), _("Correct"), _("Corrected on")),
        rows=tuple(
            (
                one.person_no,
                one.full_name,
                fact_label(one.fact),
                value_text(one.fact, one.roster_value),
                value_text(one.fact, one.value),
                f"{one.corrected_at:%Y-%m-%d}",
            )
            for one in corrections
        ),
    )


def change_word(kind: ChangeKind) -> str:
    """Return what happens to a person, in a word."""
    words = {
        ChangeKind.ADDED: _("new"),
        ChangeKind.CHANGED: _("changed"),
        ChangeKind.RETURNED: _("back again"),
        ChangeKind.REMOVED: _("not in the file"),
    }
    return words[kind]


def _rows(person: PersonChange) -> list[tuple[str, ...]]:
    who = (change_word(person.change), person.person_no, person.full_name)
    if not person.facts:
        return [(*who, "", "", "")]
    return [
        (*who, fact_label(one.fact), value_text(one.fact, one.old), value_text(one.fact, one.new))
        for one in person.facts
    ]
