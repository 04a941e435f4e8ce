"""`kabarchy plan deadline`: how a deadline phrase is understood. Needs no settings and no database."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from services.languages import Language

if TYPE_CHECKING:
    from services.deadlines.dto import AcademicYear, Deadline

_STDIN = "-"


def read_deadlines(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help='As it is printed; "-" reads phrases from stdin.')],
    year: Annotated[str, typer.Option(metavar="YEAR", help="The plan's academic year, as 2025-26.")],
    lang: Annotated[Language | None, typer.Option(help="Settles 04/05/2026 and the like.")] = None,
) -> None:
    """Say what days a deadline phrase means, as one line of JSON; with "-" a line for every line of stdin."""
    from services.deadlines.dto import AcademicYear
    from services.deadlines.reading import read_deadline

    plan_year = AcademicYear.parse(year)
    if plan_year is None:
        raise typer.BadParameter("name two years that follow each other, as 2025-26", param_hint="--year")
    if phrase != _STDIN:
        typer.echo(_line(read_deadline(phrase, plan_year, lang)))
        return
    _answer_lines(plan_year, lang)


def _answer_lines(year: "AcademicYear", language: Language | None) -> None:
    """Answer every line at once when it comes, so that another program can ask and wait for the answer."""
    from services.deadlines.reading import read_deadline

    for line in sys.stdin.buffer:
        text = line.decode("utf-8-sig", errors="replace").rstrip("\r\n")
        typer.echo(_line(read_deadline(text, year, language)))


def _line(deadline: "Deadline") -> str:
    ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
    document = {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "start": deadline.start.isoformat() if deadline.start else None,
        "due": deadline.due.isoformat() if deadline.due else None,
        "dates": [day.isoformat() for day in deadline.dates],
        "sure": deadline.sure,
    }
    return json.dumps(document, ensure_ascii=ascii_only, separators=(",", ":"))
