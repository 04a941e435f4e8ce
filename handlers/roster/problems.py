"""Why a file or a row cannot be taken, in plain words: for the chat, and in English for the command line."""

from aiogram.utils.i18n import gettext as _

from handlers.roster.facts import choice_word, column_label
from services.people.dto import ProblemKind, RejectedRow, RowProblem
from services.tables.dto import FaultKind, TableFault


def fault_text(fault: TableFault) -> str:
    """Say why the file as a whole cannot be read, and what to do."""
    if fault.kind is FaultKind.MISSING_COLUMNS:
        return _missing_columns(fault)
    names = ", ".join(fault.names)
    limit = "" if fault.limit is None else f"{fault.limit:,}".replace(",", "\u00a0")
    return (_faults_of_makes() | _faults_of_contents())[fault.kind].format(limit=limit, names=names)


def row_text(rejected: RejectedRow) -> str:
    """Say all that is wrong with a row."""
    return "; ".join(_problem_text(problem) for problem in rejected.problems)


def _problem_text(problem: RowProblem) -> str:
    allowed = ", ".join(choice_word(value) for value in problem.allowed)
    return (_problems_of_values() | _problems_of_cells())[problem.kind].format(
        heading=problem.heading, cell=problem.cell, value=problem.value, allowed=allowed, row=problem.other_row
    )


def _problems_of_values() -> dict[ProblemKind, str]:
    return {
        ProblemKind.EMPTY: _("{heading} is empty"),
        ProblemKind.TOO_LONG: _("{heading} is longer than 300 characters"),
        ProblemKind.NOT_A_DATE: _("{heading} is not a date like 2026-09-01 or 01.09.2026: {value}"),
        ProblemKind.NOT_ALLOWED: _("{heading} must be one of {allowed}: {value}"),
        ProblemKind.NOT_A_COURSE: _("{heading} must be a number from 1 to 7: {value}"),
        ProblemKind.REPEATED: _("{heading} {value} stands already in row {row}"),
        ProblemKind.SHIFTED: _("the row has more cells than the heading; is a comma inside a cell not quoted?"),
    }


def _problems_of_cells() -> dict[ProblemKind, str]:
    return {
        ProblemKind.FORMULA: _("{cell} ({heading}) holds a formula; put the value itself there: {value}"),
        ProblemKind.FORMULA_WITHOUT_VALUE: _(
            "{cell} ({heading}) holds a formula without a value; open the file in Excel and paste the values"
        ),
        ProblemKind.CELL_ERROR: _("{cell} ({heading}) holds an error of the spreadsheet"),
        ProblemKind.MERGED: _("{cell} ({heading}) is merged with another cell; split them and fill each"),
        ProblemKind.DIGITS_LOST: _(
            "{cell} ({heading}) has lost digits, because it is kept as a number; enter it as text: {value}"
        ),
        ProblemKind.DATE_NOT_TEXT: _(
            "{cell} ({heading}) holds a date; the spreadsheet has perhaps changed the text, enter it as text: {value}"
        ),
    }


def _faults_of_makes() -> dict[FaultKind, str]:
    return {
        FaultKind.EMPTY: _("The file is empty."),
        FaultKind.TOO_LARGE: _("The file is larger than {limit} MB. Leave pictures and other sheets out of it."),
        FaultKind.PROGRAM: _("This is a program, not a table, whatever its name says. It was not opened."),
        FaultKind.PDF: _("This is a PDF. Take the table from the program it was made with, as XLSX or CSV."),
        FaultKind.OLD_EXCEL: _(
            "This is an old Excel file (.xls), or one with a password. Open it and save it as XLSX, without a password."
        ),
        FaultKind.PICTURE: _("This is a picture. The table itself is needed, as XLSX or CSV."),
        FaultKind.WEB_PAGE: _("This is a web page, whatever its name says. Open it in Excel and save it as XLSX."),
        FaultKind.NOT_A_TABLE: _("This is not a table that can be read. Save it as XLSX or CSV."),
        FaultKind.PROTECTED: _("The file is protected by a password. Save it without one."),
    }


def _faults_of_contents() -> dict[FaultKind, str]:
    return {
        FaultKind.UNPACKS_TOO_LARGE: _(
            "The file would unpack to far more than a table holds, so it was not opened. Save the table anew as XLSX."
        ),
        FaultKind.DAMAGED: _("The file is damaged, or no real XLSX. Open it in Excel and save it anew as XLSX."),
        FaultKind.LETTERS: _("The letters of the file cannot be read. Save it as XLSX, or as CSV in UTF-8."),
        FaultKind.NOT_CSV: _("The file is not a CSV table: a quotation mark is left open. Save it as XLSX."),
        FaultKind.TOO_MANY_ROWS: _("The sheet has cells in more than {limit} rows. Delete what is not the table."),
        FaultKind.TOO_MANY_COLUMNS: _(
            "The sheet has cells in more than {limit} columns. Delete what is not the table."
        ),
        FaultKind.REPEATED_COLUMNS: _("These headings mean the same: {names}. Keep one of them, rename the others."),
        FaultKind.SEVERAL_SHEETS: _("Several sheets hold such a table: {names}. Put all into one, or hide the others."),
    }


def _missing_columns(fault: TableFault) -> str:
    names = ", ".join(f"{name} ({label})" if (label := column_label(name)) != name else name for name in fault.names)
    if fault.row is None:
        sentence = _("No heading is found in the first ten rows. The heading lacks the column(s): {names}.")
    else:
        sentence = _("The heading in row {row} lacks the column(s): {names}.")
    sentences = [sentence.format(names=names, row=fault.row)]
    if fault.merged:
        sentences.append(_("Its cells are merged: every column needs one cell of its own, all in one row."))
    return " ".join(sentences)
