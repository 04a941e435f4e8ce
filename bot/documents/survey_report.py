"""The report on a survey as paper: everything that may be shown, in one part for each language."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.documents.survey_pictures import answer_blocks, bar_parts, heat, heat_tables, index_rows
from bot.documents.survey_tables import response_table
from bot.documents.survey_themes import Theme, incoherent, themes_of
from bot.documents.survey_words import Teller
from services.languages import Language, Trilingual
from services.plan_reports.papers import BookTable
from services.plan_reports.papers import Cell as TableCell
from services.questionnaires.dto import Item, SurveyMode
from services.survey_reports.dto import Cell, State
from services.survey_reports.report_dto import Report
from services.survey_reports.scoring import Change, Estimate
from services.surveys.dto import Stratum

_NOTHING = "–"


def compose_report(
    report: Report, university: Trilingual, languages: Iterable[Language] = tuple(Language)
) -> dict[str, Any]:
    """Return the paper as data for its template, a part for each language; its day is that of the closing."""
    parts = [_part(Teller(report, language), university.get(language)) for language in languages]
    return {"iso_date": report.round.closed_on.isoformat(), "parts": parts}


def _part(told: Teller, university: str) -> dict[str, Any]:
    whole, response = told.report.whole, response_table(told)
    several = len(told.report.strata) > 1
    notes = [told.word("points"), *([told.word("incoherent")] if incoherent(told.report) else [])]
    note = told.word("printed_note") if told.report.round.mode is SurveyMode.ANONYMOUS else ""
    return {
        "language": told.language.value,
        "university": university,
        "heading": told.word("report"),
        "title": told.title,
        "about": list(told.about),
        "cautions": list(told.cautions),
        "page": told.word("page"),
        "response": {**_table(response), "note": note} if response.rows else None,
        "indices": {"title": told.word("indices"), "rows": index_rows(told, whole), "notes": notes},
        "changes": _changes(told),
        "heat": {"title": told.word("units"), **heat(told)} if several else None,
        "answers": {"title": f"{told.word('answers')}. {told.group(whole)}", "blocks": answer_blocks(told, whole),
                    "note": told.word("base_note")},
        "items": {"title": f"{told.word('answers')}. {told.word('units')}", "list": _items(told)} if several else None,
        "rules": {"title": told.word("rules"), "list": list(told.rules())},
    }  # fmt: skip


def _changes(told: Teller) -> dict[str, Any] | None:
    """Return what became of topics and groups since the survey before; nothing where there is none that compares.

    The intervals are in the spreadsheet.
    """
    found = told.report.differences
    themes = [theme for theme in themes_of(told.report) if found.get(theme.key)]
    if not themes:
        return None

    def changed(theme: Theme, code: str) -> dict[str, Any]:
        one = found[theme.key].get(code)
        said = _NOTHING if one is None else signed(one.points)
        return {"said": said, "mean": None, "sure": one is not None and one.change is not Change.UNCLEAR}

    before = told.say(told.report.earlier[0].round.period)
    return {
        "title": f"{told.word('earlier')}: {before}",
        "tables": heat_tables(told, themes, changed),
        "notes": [told.word("changes_note"), told.word("dash")],
    }


def _items(told: Teller) -> list[dict[str, Any]]:
    """Return every question with a row for each unit; of its courses the means, their bars are in the spreadsheet."""
    found = []
    for key, result in told.report.results.items.items():
        item = told.report.round.questionnaire.item(result.code)
        rows = [
            {**_row(told, item, told.group(stratum), cell), "below": _below(told, stratum, result.cells)}
            for stratum in told.report.strata
            if stratum.parent == told.report.whole.code and (cell := result.cells.get(stratum.code)) is not None
        ]
        if rows:
            notes = [f"{told.word('mean')}, {told.word('interval')}: {told.word('points')}"] if item.good else []
            found.append({"code": key, "title": told.question(key), "notes": [*told.notes(item), *notes],
                          "rows": rows})  # fmt: skip
    return found


def _below(told: Teller, unit: Stratum, cells: Mapping[str, Cell]) -> str:
    """Return the means of the groups below a unit in one line."""
    said = []
    for stratum in told.report.strata:
        cell = cells.get(stratum.code)
        if stratum.parent == unit.code and cell is not None:
            mean = _NOTHING if cell.estimate is None else f"{cell.estimate.mean} ({_interval(told, cell.estimate)})"
            said.append(f"{told.part(stratum)}: {mean}")
    return " · ".join(said)


def _interval(told: Teller, estimate: Estimate) -> str:
    return "" if told.report.is_open_link else f"{estimate.low}–{estimate.high}"


def _row(told: Teller, item: Item, group: str, cell: Cell) -> dict[str, Any]:
    if cell.state is not State.SHOWN:
        return {"group": group, "hidden": told.hidden(cell.state)}
    estimate, choices = cell.estimate, ""
    if item.scale is None:
        choices = "; ".join(f"{told.answer(item, share)}: {share.percent} %" for share in cell.parts)
    said = _NOTHING if estimate is None else str(estimate.mean)
    interval = "" if estimate is None else _interval(told, estimate)
    return {
        "group": group,
        "hidden": "",
        "base": f"{cell.base}+",
        "mean": said,
        "interval": interval,
        "parts": bar_parts(item, cell) if item.scale is not None else [],
        "choices": choices,
        "missing": "; ".join(told.missing(cell)),
    }


def _table(table: BookTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "head": list(table.heading),
        "rows": [[_text(cell) for cell in row] for row in table.rows],
    }


def _text(cell: TableCell) -> str:
    return _NOTHING if cell is None else str(cell)


def signed(points: TableCell) -> str:
    """Return points with their sign."""
    return f"{points:+d}".replace("-", "−") if isinstance(points, int) and points else str(points)
