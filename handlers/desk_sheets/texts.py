"""What is said about spreadsheets of queues."""

from collections.abc import Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.ports import RefusalWords
from handlers.common.reader import Reader
from services.desk_sheets.dto import RowMistake, SheetPreview, SheetReport, TakenQueue, Verb
from services.tables.dto import FILE_LIMIT_MEGABYTES, SheetText

_SHOWN = 10  # mistakes in a message; all of them go with it as a file
_LONGEST = 300  # signs of one of them


def taken_caption(queue: TakenQueue, reader: Reader) -> str:
    """Say what the workbook holds, how it is filled in, and what becomes of it."""
    kind, _entries = queue.kinds[0]
    count = ngettext("{number} request", "{number} requests", queue.count).format(number=queue.count)
    lines = [f"📥 <b>{html.quote(kind.desk_name.get(reader.language))}</b>: {count}"]
    if queue.total > queue.count:
        lines.append(_("These are the first; the queue is longer. The rest comes when these are done."))
    lines += [
        "",
        _(
            "Fill in the white columns. Then choose “yes” in the last column to approve, or write a reason to refuse. "
            "A row that you leave as it is stays as it is."
        ),
        _("Send me the file back. First I show what would be done; nothing is written until you confirm it."),
    ]
    return "\n".join(lines)


def nothing_text() -> str:
    """Say that there is nothing to take along."""
    return _("There is nothing here that you could work on now: nobody waits, or colleagues hold what is open.")


def not_a_file_text() -> str:
    """Answer a text where a file is waited for."""
    return _("Here I wait for the filled spreadsheet. Send it with the paper clip, or /cancel.")


def too_large_text() -> str:
    """Answer a file that Telegram does not hand over."""
    return _(
        "A queue is never that large: I take files of up to {limit} MB. Leave pictures and other sheets out of it."
    ).format(limit=FILE_LIMIT_MEGABYTES)


def send_again_text() -> str:
    """Answer a file that Telegram lost on the way."""
    return _("The file did not come through Telegram. Please send it once more.")


def preview_text(preview: SheetPreview, words: RefusalWords, reader: Reader) -> str:
    """Say what a filled spreadsheet would do, and what is wrong with it."""
    difference = preview.difference
    lines = [
        _("📋 <b>{file}</b>").format(file=html.quote(preview.file_name)),
        "",
        _("✅ To be approved: {number}").format(number=difference.count(Verb.APPROVE)),
        _("✖️ To be refused: {number}").format(number=difference.count(Verb.REFUSE)),
        _("✏️ Filled in, not approved yet: {number}").format(number=difference.count(Verb.FILL)),
        _("▫️ Left as they are: {number}").format(number=difference.untouched),
    ]
    if difference.done:
        lines.append(_("☑️ Done by you before: {number}").format(number=difference.done))
    if difference.mistakes:
        lines += ["", _("⚠️ Rows that cannot be taken: {number}").format(number=len(difference.mistakes))]
        lines += _mistakes(difference.mistakes, words, reader)
    return "\n".join([*lines, "", *_end(preview)])


def _end(preview: SheetPreview) -> list[str]:
    difference, lines = preview.difference, []
    if difference.mistakes and difference.acts:
        lines.append(_("Only the other rows are done. Put these right and send the file again, now or later."))
    elif difference.mistakes:
        lines.append(_("Nothing was written. Put the rows right and send the file again."))
    elif not difference.acts:
        lines.append(_("Nothing is filled in that is not there already; there is nothing to confirm."))
    if difference.acts:
        lines.append(_("Nothing has been written yet. Confirm it within a day, or cancel."))
    return lines


def progress_text(done: int, total: int) -> str:
    """Say how far it is."""
    return "\n".join(
        [
            _("⏳ {done} of {total}").format(done=done, total=total),
            _("Should this stand still, take the spreadsheet of the queue once more: there it can be finished."),
        ]
    )


def report_text(report: SheetReport, words: RefusalWords, reader: Reader) -> str:
    """Say what became of a spreadsheet."""
    lines = [
        _("✅ Approved: {number}").format(number=report.approved),
        _("✖️ Refused: {number}").format(number=report.refused),
        _("✏️ Filled in: {number}").format(number=report.filled),
    ]
    if report.done:
        lines.append(_("☑️ Done by you before: {number}").format(number=report.done))
    if report.left:
        lines += ["", _("⚠️ Not done: {number}").format(number=len(report.left))]
        lines += _mistakes(report.left, words, reader)
    return "\n".join([*lines, "", _("The people are told. Go on with a new spreadsheet: the old one is out of date.")])


def cancelled_text() -> str:
    """Say that a spreadsheet was put away."""
    return _("Cancelled. Nothing more of this spreadsheet is done.")


def mistakes_caption() -> str:
    """Say what the file with the mistakes is."""
    return _("The whole list")


def left_caption() -> str:
    """Say what the file with the rows that were not done is."""
    return _("What was not done, and why")


def has_more(mistakes: Sequence[RowMistake]) -> bool:
    """Tell whether a message does not show all of them."""
    return len(mistakes) > _SHOWN


def mistakes_sheet(mistakes: Sequence[RowMistake], words: RefusalWords, reader: Reader) -> SheetText:
    """Return all rows that were not taken, and why."""
    heading = (_("Sheet"), _("Row"), _("Request"), _("Name"), _("Column"), _("Reason"))
    rows = tuple(
        (
            one.place.sheet,
            str(one.place.row),
            str(one.request_id or ""),
            one.person_name,
            one.column,
            words.plain(one.reason, reader.language),
        )
        for one in mistakes
    )
    return SheetText(title=_("Rejected rows"), heading=heading, rows=rows)


def _mistakes(mistakes: Sequence[RowMistake], words: RefusalWords, reader: Reader) -> list[str]:
    lines = [f"• {html.quote(_short(_mistake(one, words, reader)))}" for one in mistakes[:_SHOWN]]
    rest = len(mistakes) - _SHOWN
    return [*lines, _("… and {number} more").format(number=rest)] if rest > 0 else lines


def _mistake(one: RowMistake, words: RefusalWords, reader: Reader) -> str:
    """Return where a mistake is and what is wrong, as plain text."""
    place = _("row {row}").format(row=one.place.row)
    where = [part for part in (one.place.sheet, place, one.person_name, one.column) if part]
    return f"{', '.join(where)}: {words.plain(one.reason, reader.language)}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
