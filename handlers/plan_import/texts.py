"""What is said while a plan is brought, reviewed and taken over."""

from collections.abc import Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from services.deadlines.dto import AcademicYear
from services.plan_import.dto import Changed, ChangedItem, PlanImport, ReadItem, Review
from services.plan_import.errors import OtherYear
from services.responsibles.dto import Doubt, Unresolved

_MOST_LINES = 10
_LONGEST = 90
_LONGEST_ITEM = 600
_LONGEST_PIECE = 120
_MOST_PIECES = 8
_MOST_DAYS = 14


def year_question() -> str:
    """Ask of which academic year the plan is."""
    return "\n\n".join(
        [
            _("📥 <b>Bring a plan</b>"),
            _("A Word (.docx), Excel (.xlsx) or CSV file, as it is printed. Nothing is saved before you have looked."),
            _("Of which academic year is it?"),
        ]
    )


def file_question(year: AcademicYear) -> str:
    """Ask for the file."""
    return _("Send the plan of {year} as a file.").format(year=year.label)


def reading_text(name: str) -> str:
    """Say that a file is being read."""
    return _("⏳ Reading {name} …").format(name=html.quote(name))


def not_a_file_text() -> str:
    """Say that a file is waited for."""
    return _("Send the plan as a file: Word (.docx), Excel (.xlsx) or CSV.")


def too_large_text() -> str:
    """Say that Telegram does not hand over such a file."""
    return _("The file is too large: at most 20 MB. Pictures in a plan can be taken out. Nothing was saved.")


def send_again_text() -> str:
    """Say that Telegram did not hand the file over."""
    return _("Telegram did not hand the file over. Please send it once more.")


def other_year_text(refusal: OtherYear) -> str:
    """Say that the file names another year itself."""
    return _(
        "The title of the file names {printed}, and you chose {asked}. Nothing was saved. Choose, and send it again."
    ).format(printed=html.quote(refusal.printed), asked=refusal.asked)


def review_text(review: Review) -> str:
    """Show how a file was understood."""
    planned = review.planned
    difference, items = planned.difference, planned.read.items
    what = _("a new plan") if planned.is_new else _("a plan known here")
    lines = [
        _("📥 <b>{name}</b>, {year}: {what}").format(
            name=html.quote(planned.name), year=planned.read.year.label, what=what
        ),
        "",
        _("Items found: {count}").format(count=len(items)),
        _("• new: {count}").format(count=len(difference.added)),
        _("• printed otherwise: {count}").format(count=len(difference.reprinted)),
        _("• unchanged: {count}").format(count=len(difference.unchanged)),
    ]
    if difference.removed:
        lines.append(_("• not in the file any more: {count}").format(count=len(difference.removed)))
    if planned.read.skipped:
        lines.append(_("Rows that are no items: {count}").format(count=len(planned.read.skipped)))
    lines += ["", *_state_of_doubts(review)]
    return "\n".join(lines)


def doubt_text(review: Review, item: ReadItem, reader: Reader) -> str:
    """Show a doubtful item: as printed, as understood, what is not."""
    row = item.row
    left = len(review.doubtful)
    lines = [
        ngettext("🔎 {count} item left to look at", "🔎 {count} items left to look at", left).format(count=left),
        f"<i>{html.quote(_cut(row.section, _LONGEST))}</i>" if row.section else "",
        f"<b>{html.quote(_cut(f'{row.number} {row.title}', _LONGEST_ITEM))}</b>",
        "",
        _("Deadline as printed: {text}").format(text=_quoted(item.deadline.text)),
        _("Understood: {days}").format(days=_days(item, reader)),
        "",
        _("Responsible as printed: {text}").format(text=_quoted(row.responsible)),
        _("Understood: {units}").format(units=_units(review, item, reader)),
    ]
    if item.unresolved:
        lines += ["", *_lines([_piece(piece) for piece in item.unresolved], _MOST_PIECES)]
        first = html.quote(_cut(item.unresolved[0].text, _LONGEST_PIECE))
        lines += ["", _("For whom does “{text}” stand?").format(text=first)]
    return "\n".join(lines)


def days_question(item: ReadItem) -> str:
    """Ask for the day of an item."""
    return "\n\n".join(
        [
            f"<b>{html.quote(_cut(item.row.title, _LONGEST))}</b>",
            _("Write the last day (12.03.2026), several days with commas, or a month (March 2026)."),
        ]
    )


def days_not_understood_text() -> str:
    """Say that a typed day was not understood."""
    return _("I do not understand this as a day. Write it as 12.03.2026.")


def unit_question(piece: Unresolved) -> str:
    """Ask for a part of a unit's name."""
    return _("Write a part of the name or the abbreviation of the unit or post that “{text}” stands for.").format(
        text=html.quote(_cut(piece.text, _LONGEST_ITEM))
    )


def found_text(words: str, count: int) -> str:
    """Say what was found for a part of a name."""
    said = html.quote(_cut(words, _LONGEST))
    if count == 0:
        return _("Nothing has “{words}” in its name. Write another part of it.").format(words=said)
    return _("Found for “{words}”: {count}. Choose, or write another part.").format(words=said, count=count)


def sheet_caption() -> str:
    """Say what to do with the spreadsheet."""
    return _(
        "Correct last days and codes of units in this spreadsheet and send it back here. Write “-” for an item without "
        "a day, and “no” under “In the plan” for a row that is no item. Only what you change counts; leave the grey "
        "columns as they are."
    )


def difference_text(review: Review) -> str:
    """Show what taking over will do."""
    difference = review.planned.difference
    lines = [_("➡️ <b>Take over {name}</b>").format(name=html.quote(review.planned.name)), ""]
    lines.append(_("New items: {count}").format(count=len(difference.added)))
    if difference.reprinted:
        count = len(difference.reprinted)
        lines += ["", _("Printed otherwise: {count}. Statuses and reports stay.").format(count=count)]
        lines += _lines([_change(one) for one in difference.reprinted])
    if difference.removed:
        lines += ["", _("Not in the file any more: {count}").format(count=len(difference.removed))]
        lines += _lines([f"• {html.quote(_cut(one.item.title, _LONGEST))}" for one in difference.removed])
        lines.append(_("They stay in the plan unless you remove them."))
    clearer = difference.clearer
    if clearer:
        count = len(clearer)
        lines += ["", _("Printed as before, but understood better now: {count}").format(count=count)]
        lines += _lines([_clearer(one) for one in clearer])
    open_doubts = len(review.planned.doubtful)
    if open_doubts:
        lines += [
            "",
            _("⚠️ Still doubtful: {count}. Nobody is reminded of their days before you say what is meant.").format(
                count=open_doubts
            ),
        ]
    return "\n".join(lines)


def removal_question(count: int) -> str:
    """Ask whether items are to go."""
    return ngettext(
        "Really remove {count} item that the file lacks? Its reports are kept, but nobody is reminded any more.",
        "Really remove {count} items that the file lacks? Their reports are kept, but nobody is reminded any more.",
        count,
    ).format(count=count)


def taken_text(done: PlanImport) -> str:
    """Say that the plan was taken over."""
    difference = done.difference
    lines = [
        _("✅ The plan {name} ({year}) was taken over.").format(name=html.quote(done.name), year=done.read.year.label),
        _("New: {added}, changed: {changed}, removed: {removed}.").format(
            added=len(difference.added),
            changed=len(difference.changed),
            removed=len(difference.removed) if done.removed else 0,
        ),
    ]
    if done.is_new:
        lines.append(_("Reminders begin with the next working day; what was overdue before is told in one line."))
    return "\n".join(lines)


def dropped_text() -> str:
    """Say that the file was forgotten."""
    return _("The file was forgotten. The plan stays as it was.")


def _state_of_doubts(review: Review) -> list[str]:
    doubtful = len(review.doubtful)
    decided = sum(bool(item.key in review.decisions) for item in review.planned.read.items)
    lines = []
    if doubtful:
        lines.append(_("⚠️ To look at: {count}: a doubtful day, or somebody unknown answers.").format(count=doubtful))
    else:
        lines.append(_("✅ Nothing is left to look at."))
    if decided:
        lines.append(_("You have looked at: {count}").format(count=decided))
    return lines


def _days(item: ReadItem, reader: Reader) -> str:
    if not item.deadline.dates:
        return _("no day") if item.confirmed else _("❓ not understood")
    days = ", ".join(_lines([reader.day(day) for day in item.deadline.dates], _MOST_DAYS))
    return days if item.confirmed else _("❓ perhaps {days}").format(days=days)


def _units(review: Review, item: ReadItem, reader: Reader) -> str:
    names = [
        html.quote(_cut(unit_name(review.units[party.code], reader.language), _LONGEST))
        for party in item.parties
        if party.code in review.units
    ]
    return "; ".join(_lines(names, _MOST_LINES)) if names else _("❓ nobody")


def _piece(piece: Unresolved) -> str:
    reasons = {
        Doubt.UNKNOWN: _("not in the directory"),
        Doubt.PERSON: _("a person’s name; a post is wanted"),
        Doubt.AMBIGUOUS: _("may stand for several"),
    }
    return f"❓ {html.quote(_cut(piece.text, _LONGEST_PIECE))} – {reasons[piece.doubt]}"


def _change(one: ChangedItem) -> str:
    names = {
        Changed.SECTION: _("heading"),
        Changed.NUMBER: _("number"),
        Changed.TITLE: _("wording"),
        Changed.DEADLINE: _("deadline"),
        Changed.RESPONSIBLE: _("responsible"),
        Changed.DOCUMENT: _("document"),
        Changed.INDICATOR: _("indicator"),
        Changed.BUDGET: _("budget"),
        Changed.BACK: _("back in the plan"),
        Changed.MEANING: _("as you decided now"),
    }
    what = ", ".join(names[change] for change in Changed if change in one.changed)
    return f"• {html.quote(_cut(one.read.row.title, _LONGEST))}: {what}"


def _clearer(one: ChangedItem) -> str:
    names = {Changed.DEADLINE: _("deadline"), Changed.RESPONSIBLE: _("responsible")}
    what = ", ".join(names[change] for change in names if change in one.clearer | one.read.decided)
    return f"• {html.quote(_cut(one.read.row.title, _LONGEST))}: {what}"


def _lines(lines: Sequence[str], most: int = _MOST_LINES) -> list[str]:
    shown = list(lines[:most])
    if len(lines) > most:
        shown.append(_("… and others: {count}").format(count=len(lines) - most))
    return shown


def _quoted(text: str) -> str:
    return _("“{text}”").format(text=html.quote(_cut(text, _LONGEST_ITEM))) if text.strip() else "–"


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
