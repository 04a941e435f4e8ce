"""What of a questionnaire is shown as a point between 0 and 100: its indices, and questions that are in none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.documents.survey_words import Teller, is_seen
from services.questionnaires.dto import Good
from services.survey_reports.dto import Cell, Results
from services.survey_reports.report_dto import Report
from services.survey_reports.scoring import is_scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """An index by its code, or an item by its key. `seen`: what people saw happen, by which units are not ranked."""

    key: str
    is_index: bool
    seen: bool

    def title(self, told: Teller) -> str:
        """Return what it is called."""
        if not self.is_index:
            item = told.report.round.questionnaire.item(self.key.partition(".")[0])
            question = told.question(self.key)
            return f"{question} ({told.word('best')})" if item.good is Good.LOW else question
        return next(told.say(spec.title) for spec in told.report.round.questionnaire.indices if spec.code == self.key)

    def cells(self, results: Results) -> Mapping[str, Cell]:
        """Return its cells by stratum; none where a survey did not ask it."""
        found = results.indices.get(self.key) if self.is_index else results.items.get(self.key)
        return found.cells if found is not None else {}


def themes_of(report: Report) -> tuple[Theme, ...]:
    """Return the themes in the order of the questionnaire; of an index whose items do not go together its items."""
    questionnaire, results = report.round.questionnaire, report.results
    themes: list[Theme] = []
    for spec in questionnaire.indices:
        items = [questionnaire.item(code) for code in spec.items]
        if results.indices[spec.code].coherent:
            themes.append(Theme(key=spec.code, is_index=True, seen=any(map(is_seen, items))))
        else:
            themes += _of_items(report, spec.items)
    known = {code for spec in questionnaire.indices for code in spec.items}
    return (*themes, *_of_items(report, [item.code for item in questionnaire.closed_items if item.code not in known]))


def incoherent(report: Report) -> tuple[str, ...]:
    """Return the codes of the indices whose items do not go together."""
    return tuple(code for code, index in report.results.indices.items() if not index.coherent)


def _of_items(report: Report, codes: list[str] | tuple[str, ...]) -> Iterator[Theme]:
    for code in codes:
        item = report.round.questionnaire.item(code)
        if is_scored(item):
            for key in item.keys:
                if key in report.results.items:
                    yield Theme(key=key, is_index=False, seen=is_seen(item))
