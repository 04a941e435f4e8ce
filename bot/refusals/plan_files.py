"""Refusals of files that should hold a plan."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from services.languages import Language
from services.plan_files.errors import PlanFault, PlanFileUnreadable


def plan_fault_text(refusal: PlanFileUnreadable) -> str:
    """Say why the file cannot be read as a plan, and what to do; plain text."""
    names = ", ".join(f"«{name}»" for name in refusal.names)
    limit = "" if refusal.limit is None else f"{refusal.limit:,}".replace(",", "\u00a0")
    return (_of_makes() | _of_contents())[refusal.fault].format(names=names, limit=limit)


def _of_makes() -> dict[PlanFault, str]:
    return {
        PlanFault.PROGRAM: _("This is a program, not a plan, whatever its name says. It was not opened."),
        PlanFault.PROTECTED: _("The file has a password. Open it, take the password off, save it and send it again."),
        PlanFault.MACROS: _(
            "The file carries macros, so it was not opened. Save it as a document without macros (.docx or .xlsx)."
        ),
        PlanFault.OLD_FORMAT: _(
            "This is a file of an old Word or Excel (.doc, .xls). Open it and save it as DOCX or XLSX."
        ),
        PlanFault.OTHER_OFFICE: _(
            "This file was written by another program (RTF, ODT, ODS or a web page). Open it in Word or Excel and save "
            "it as DOCX or XLSX."
        ),
        PlanFault.PDF: _(
            "This is a PDF; a table cannot be read from it reliably, and from a scan not at all. Send the Word or "
            "Excel file that it was made from; if there is only paper, type the table into Excel."
        ),
        PlanFault.PICTURE: _(
            "This is a picture; a table cannot be read from it. Send the Word or Excel file; if there is only paper, "
            "type the table into Excel."
        ),
        PlanFault.NOT_A_PLAN_FILE: _("This is neither a Word file nor a table. A plan is read from DOCX, XLSX or CSV."),
    }


def _of_contents() -> dict[PlanFault, str]:
    return {
        PlanFault.EMPTY: _("The file is empty."),
        PlanFault.TOO_LARGE: _("The file is larger than {limit} MB. Take the pictures out of it."),
        PlanFault.UNPACKS_TOO_LARGE: _("The file would unpack to far more than a plan can hold, so it was not opened."),
        PlanFault.TOO_MANY_ROWS: _("The tables have more than {limit} rows. Leave only the plan in the file."),
        PlanFault.TOO_MANY_COLUMNS: _("The table is too wide for a plan. Leave only the columns of the plan."),
        PlanFault.DAMAGED: _(
            "The file is damaged. Open it on your computer, save it under another name and send that."
        ),
        PlanFault.LETTERS: _("The letters of the file are damaged. Save it as CSV UTF-8 or as XLSX."),
        PlanFault.NO_TABLES: _(
            "There is no table in this Word file. A plan is read from a table with columns for what is to be done, "
            "when and by whom."
        ),
        PlanFault.NO_PLAN_TABLE: _(
            "No table of the file looks like a plan. It needs a heading with what is to be done and at least one of: "
            "deadline, responsible."
        ),
        PlanFault.NO_ROWS: _("The table has the heading of a plan, but no rows under it."),
        PlanFault.FORMULAS: _(
            "The table holds formulas without their results. Open it in Excel, save it and send it again."
        ),
        PlanFault.CONTRADICTING_HEADINGS: _(
            "Several columns could be the deadline: {names}. Leave one of them, or name the columns of the beginning "
            "and of the end so."
        ),
    }


def _unreadable(refusal: PlanFileUnreadable, _language: Language, _words: Words) -> str:
    return "\n\n".join([html.quote(plan_fault_text(refusal)), _("Nothing was changed. Send the file once more.")])


SENTENCES: Sentences = {PlanFileUnreadable: _unreadable}
