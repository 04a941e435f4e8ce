"""What is said at the roster's desk."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from services.people.dto import PersonKind, RosterDifference
from services.people.imports_dto import PastImport, RosterOverview, UndoneImport
from services.tables.dto import FILE_LIMIT_MEGABYTES


def overview_text(overview: RosterOverview, reader: Reader) -> str:
    """Say what the roster holds and what became of the last file."""
    lines = [
        _("📋 <b>The roster</b>"),
        "",
        _("Students: {number}").format(number=overview.present[PersonKind.STUDENT]),
        _("Staff: {number}").format(number=overview.present[PersonKind.STAFF]),
        _("Corrections that the source system does not have yet: {number}").format(number=overview.corrections),
        "",
    ]
    if overview.last is None:
        lines.append(_("Nothing has been imported yet."))
    else:
        lines += [_("Last import: {moment}").format(moment=_moment(overview.last, reader))]
        lines += [_counts(overview.last)]
    return "\n".join(lines)


def ask_for_file_text() -> str:
    """Ask for a file, and say what happens to it."""
    return "\n".join(
        [
            _("Send the roster as a file: XLSX or CSV, up to {limit} MB.").format(limit=FILE_LIMIT_MEGABYTES),
            _(
                "It needs a heading with these columns: number of the student card or staff number, student or staff, "
                "last name, first name. The headings may be Kyrgyz, Russian or English."
            ),
            "",
            _("First I show what would change. Nothing is written until you confirm it."),
        ]
    )


def not_a_file_text() -> str:
    """Answer a text where a file is waited for."""
    return _("Here I wait for a file with the roster (XLSX or CSV). Send it with the paper clip, or /cancel.")


def reading_text(file_name: str) -> str:
    """Say that the file is being read; a large one takes some seconds."""
    return _("⏳ Reading {file} …").format(file=html.quote(file_name))


def too_large_text() -> str:
    """Answer a file that Telegram does not hand over."""
    return _(
        "The file is too large: I can take up to {limit} MB. Leave pictures and other sheets out of it, or give it to "
        "the operator of the bot, who can import it with a command."
    ).format(limit=FILE_LIMIT_MEGABYTES)


def send_again_text() -> str:
    """Answer a file that Telegram lost on the way."""
    return _("The file did not come through Telegram. Please send it once more.")


def removals_question(removals: int) -> str:
    """Ask once more before many people leave the roster."""
    return ngettext(
        "⚠️ {number} person of the roster is not in the file and would be removed; their account stops working. "
        "Import it nevertheless?",
        "⚠️ {number} people of the roster are not in the file and would be removed; their accounts stop working. "
        "Import it nevertheless?",
        removals,
    ).format(number=removals)


def imported_text(difference: RosterDifference) -> str:
    """Say what an import did."""
    if not difference.changes_anything:
        return _("The roster is the same as the file already. Nothing was changed.")
    counts = _("New: {added}, changed: {changed}, removed: {removed}, unchanged: {unchanged}.").format(
        added=difference.added,
        changed=difference.changed,
        removed=difference.removed,
        unchanged=difference.unchanged,
    )
    return "\n".join([_("✅ The roster was imported."), counts, _("This can be undone for seven days.")])


def import_cancelled_text() -> str:
    """Say that a file was put away."""
    return _("Cancelled. The roster was not changed.")


def no_corrections_text() -> str:
    """Say that the source system has everything."""
    return _("There are no corrections that the source system does not have yet.")


def corrections_caption(number: int) -> str:
    """Say what the file with the corrections is for."""
    return ngettext(
        "{number} correction that the source system does not have yet. When it comes with the next roster, it is done.",
        "{number} corrections that the source system does not have yet. When they come with the next roster, they are "
        "done.",
        number,
    ).format(number=number)


def difference_caption() -> str:
    """Say what the file with the difference is."""
    return _("The whole list")


def undo_question(last: PastImport, reader: Reader) -> str:
    """Ask before an import is taken back."""
    return "\n".join(
        [
            _("Undo the import of this moment: {moment}?").format(moment=_moment(last, reader)),
            _counts(last),
            "",
            _(
                "The roster becomes what it was before: whoever was new leaves it again, whoever was removed is back. "
                "Corrections stay."
            ),
        ]
    )


def undone_text(undone: UndoneImport) -> str:
    """Say what undoing an import did."""
    counts = _("Removed again: {out}, as before: {restored}, back again: {back}.").format(
        out=undone.taken_out, restored=undone.restored, back=undone.brought_back
    )
    return "\n".join([_("✅ The import was undone."), counts])


def _counts(one: PastImport) -> str:
    return _("New: {added}, changed: {changed}, removed: {removed}, unchanged: {unchanged}.").format(
        added=one.added, changed=one.changed, removed=one.removed, unchanged=one.unchanged
    )


def _moment(one: PastImport, reader: Reader) -> str:
    return html.quote(reader.moment(one.imported_at))
