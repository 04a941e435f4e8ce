"""What a survey found as tables: for a spreadsheet, and one long list for programs."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.documents.survey_codebook import codebook
from bot.documents.survey_themes import themes_of
from bot.documents.survey_words import Teller
from services.languages import Language
from services.plan_reports.papers import BookTable, StateBook
from services.plan_reports.papers import Cell as TableCell
from services.questionnaires.dto import SurveyMode
from services.survey_reports.dto import Cell, Share, State
from services.survey_reports.report_dto import Report
from services.surveys.dto import Stratum

#: The columns of the long list; codes, so that they are the same in every language.
LONG_HEADING: Final = (
    "kind", "code", "group", "group_name", "state", "base", "mean", "low", "high", "values", "percent",
    "dont_know", "not_said", "silent",
)  # fmt: skip


def workbook(report: Report, language: Language) -> StateBook:
    """Return the sheets of a spreadsheet: response, topics, questions, answers, changes, codebook."""
    told = Teller(report, language)
    tables = [response_table(told), _themes(told), _questions(told), _answers(told)]
    if report.earlier:
        tables.append(_changes(told))
    return StateBook(
        language=language.value,
        title=told.title,
        subtitle=" · ".join(told.about),
        tables=(*(table for table in tables if table.rows), codebook(report)),
    )


def long_table(report: Report, language: Language) -> BookTable:
    """Return everything as one list, a row for each figure; whatever is not shown has no figure in it."""
    told = Teller(report, language)
    rows = [*_long_responses(told), *_long_indices(told), *_long_items(told)]
    return BookTable(title=told.word("report"), heading=LONG_HEADING, rows=tuple(rows))


def response_table(told: Teller) -> BookTable:
    """Return how many took part in every group; nothing where nobody knows who was asked."""
    report = told.report
    paper = report.round.mode is SurveyMode.ANONYMOUS
    printed = _printed(report.strata)
    rows = tuple(
        (
            told.group(stratum),
            printed[stratum.code] if paper else stratum.people,
            response.percent,
            told.word("indicative") if response.indicative else _why(told, response.state),
        )
        for stratum in report.strata
        if (response := report.results.responses.get(stratum.code)) is not None
    )
    heading = (told.word("group"), told.word("printed" if paper else "asked"), told.word("response_head"),
               told.word("state"))  # fmt: skip
    return BookTable(title=told.word("response"), heading=heading, rows=rows)


def _themes(told: Teller) -> BookTable:
    heading = (told.word("topic"), told.word("group"), told.word("base_head"), told.word("mean"),
               *_interval_head(told), told.word("state"))  # fmt: skip
    rows = tuple(
        (theme.title(told), told.group(stratum), *_figures(told, cell), _why(told, cell.state))
        for theme in themes_of(told.report)
        for stratum, cell in _cells(told.report, theme.cells(told.report.results))
    )
    return BookTable(title=told.word("indices"), heading=heading, rows=rows)


def _questions(told: Teller) -> BookTable:
    heading = (
        told.word("code"), told.word("question"), told.word("group"), told.word("base_head"), told.word("mean"),
        *_interval_head(told), told.word("dont_know"), told.word("not_said"), told.word("silent"), told.word("state"),
    )  # fmt: skip
    rows = tuple(
        (
            key,
            told.question(key),
            told.group(stratum),
            *_figures(told, cell),
            *_kinds(cell),
            _why(told, cell.state),
        )
        for key, result in told.report.results.items.items()
        for stratum, cell in _cells(told.report, result.cells)
    )
    return BookTable(title=told.word("question"), heading=heading, rows=rows)


def _answers(told: Teller) -> BookTable:
    heading = (told.word("code"), told.word("question"), told.word("group"), told.word("value"), told.word("share"))
    rows = tuple(
        (
            key,
            told.question(key),
            told.group(stratum),
            told.answer(told.report.round.questionnaire.item(result.code), share),
            share.percent,
        )
        for key, result in told.report.results.items.items()
        for stratum, cell in _cells(told.report, result.cells)
        for share in cell.parts
    )
    return BookTable(title=told.word("answers"), heading=heading, rows=rows)


def _changes(told: Teller) -> BookTable:
    heading = (told.word("topic"), told.word("group"), told.word("difference"), *_interval_head(told),
               told.word("meaning"))  # fmt: skip
    return BookTable(title=told.word("earlier"), heading=heading, rows=tuple(_change_rows(told)))


def _change_rows(told: Teller) -> Iterator[tuple[TableCell, ...]]:
    """Yield what became of every topic in every group since the survey before."""
    for theme in themes_of(told.report):
        found = told.report.differences.get(theme.key, {})
        for stratum in told.report.strata:
            if (one := found.get(stratum.code)) is not None:
                yield (theme.title(told), told.group(stratum), one.points, one.low, one.high,
                       told.word(one.change.value))  # fmt: skip


def _interval_head(told: Teller) -> tuple[str, str]:
    head = told.word("interval")
    return f"{head}: ↓", f"{head}: ↑"


def _cells(report: Report, cells: Mapping[str, Cell]) -> Iterator[tuple[Stratum, Cell]]:
    return ((stratum, cells[stratum.code]) for stratum in report.strata if stratum.code in cells)


def _figures(told: Teller, cell: Cell) -> tuple[TableCell, ...]:
    estimate = cell.estimate
    base = cell.base if cell.state is State.SHOWN else None
    if estimate is None:
        return base, None, None, None
    if told.report.is_open_link:
        return base, estimate.mean, None, None
    return base, estimate.mean, estimate.low, estimate.high


def _kinds(cell: Cell) -> tuple[TableCell, ...]:
    kinds = cell.kinds
    return (None, None, None) if kinds is None else (kinds.dont_know, kinds.not_said, kinds.silent)


def _why(told: Teller, state: State) -> str:
    return "" if state is State.SHOWN else told.hidden(state)


def _printed(strata: tuple[Stratum, ...]) -> Mapping[str, int]:
    """Return how many tickets were printed for each group with all below it."""
    printed = {stratum.code: stratum.tickets if stratum.leaf else 0 for stratum in strata}
    for stratum in reversed(strata):
        if stratum.parent in printed:
            printed[stratum.parent] += printed[stratum.code]
    return printed


def _long_responses(told: Teller) -> Iterator[tuple[TableCell, ...]]:
    for stratum in told.report.strata:
        response = told.report.results.responses.get(stratum.code)
        if response is not None:
            state = "indicative" if response.indicative else response.state.value
            yield _long("response", "", told, stratum, state, percent=response.percent)


def _long_indices(told: Teller) -> Iterator[tuple[TableCell, ...]]:
    for code, index in told.report.results.indices.items():
        if index.coherent:
            for stratum, cell in _cells(told.report, index.cells):
                yield _long_cell("index", code, told, stratum, cell)


def _long_items(told: Teller) -> Iterator[tuple[TableCell, ...]]:
    for key, result in told.report.results.items.items():
        for stratum, cell in _cells(told.report, result.cells):
            yield _long_cell("item", key, told, stratum, cell)
            for share in cell.parts:
                values = values_text(share)
                yield _long("answer", key, told, stratum, cell.state.value, values=values, percent=share.percent)


def values_text(share: Share) -> str:
    """Return the points or choices of a part; several are joined by a plus."""
    return "+".join(str(value) for value in share.values)


def _long_cell(kind: str, code: str, told: Teller, stratum: Stratum, cell: Cell) -> tuple[TableCell, ...]:
    base, *estimate = _figures(told, cell)
    return _long(kind, code, told, stratum, cell.state.value, figures=(base, *estimate), kinds=_kinds(cell))


def _long(
    kind: str, code: str, told: Teller, stratum: Stratum, state: str, *,
    figures: tuple[TableCell, ...] = (None,) * 4, values: str = "", percent: int | None = None,
    kinds: tuple[TableCell, ...] = (None,) * 3,
) -> tuple[TableCell, ...]:  # fmt: skip
    return (kind, code, stratum.code, told.group(stratum), state, *figures, values, percent, *kinds)
