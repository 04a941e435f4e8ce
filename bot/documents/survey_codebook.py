"""What every code of the tables means: wordings and answers in three languages, and what is not shown."""

from collections.abc import Iterator

from bot.documents.survey_words import survey_words
from services.languages import Language
from services.plan_reports.papers import BookTable
from services.plan_reports.papers import Cell as TableCell
from services.questionnaires.dto import Item, ItemType, Questionnaire, ScaleKind
from services.survey_reports.report_dto import Report


def codebook(report: Report) -> BookTable:
    """Return the sheet; each wording in the order ky, ru, en."""
    questionnaire = report.round.questionnaire
    heading = ("code", "kind", "value", *(language.value for language in Language), "good", "reported for")
    rows = (*_indices(questionnaire), *_items(questionnaire), *_words())
    return BookTable(title="Codebook", heading=heading, rows=rows)


def _indices(questionnaire: Questionnaire) -> Iterator[tuple[TableCell, ...]]:
    for spec in questionnaire.indices:
        titles = (spec.title.get(language) for language in Language)
        yield (spec.code, "index", " ".join(spec.items), *titles, "high", "")


def _items(questionnaire: Questionnaire) -> Iterator[tuple[TableCell, ...]]:
    for item in questionnaire.items:
        if item.type is ItemType.ROUTE:
            continue
        wording = (item.text.get(language) for language in Language)
        reported = "university" if item.report is not None else ""
        yield (item.code, item.type.value, "", *wording, item.good.value if item.good else "", reported)
        for row in item.rows:
            texts = (row.text.get(language) for language in Language)
            yield (f"{item.code}.{row.code}", "row", "", *texts, "", "")
        yield from _answers(item)


def _answers(item: Item) -> Iterator[tuple[TableCell, ...]]:
    for choice in item.choices:
        texts = (choice.text.get(language) for language in Language)
        yield (item.code, "answer", choice.code, *texts, "", "")
    if item.scale is None:
        return
    scale = item.scale
    for place, point in enumerate(scale.points):
        if scale.kind is ScaleKind.LABELS:
            labels = [scale.labels[language][place] for language in Language]
        else:
            end = {0: 0, len(scale.points) - 1: 1}.get(place)
            labels = [str(point) if end is None else scale.labels[language][end] for language in Language]
        yield (item.code, "answer", point, *labels, "", "")


def _words() -> Iterator[tuple[TableCell, ...]]:
    """Yield what is no answer of one question."""
    known = survey_words()
    for place, (code, _meaning) in enumerate(known[Language.KY.value]["codes"]):
        yield (code, "code", "", *(known[language.value]["codes"][place][1] for language in Language), "", "")
