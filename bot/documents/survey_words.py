"""The words in which results of surveys are told: of questions, answers, groups, and of what is not shown."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from bot.documents.charts import printable
from services.languages import Language, Trilingual
from services.questionnaires.dto import Good, Item, ScaleKind, SurveyMode
from services.survey_reports.dto import Cell, Response, Share, State
from services.survey_reports.report_dto import Report
from services.survey_reports.scoring import share_from
from services.surveys.dto import Stratum

_FILE: Final = Path(__file__).with_name("data") / "survey_words.toml"
#: What is asked as seen, never as a count of cases, and by which units are not compared.
_SEEN: Final = ("bribery", "pressure")
#: A scale on which somebody rates what they can do.
_OWN_RATING: Final = "can5"
#: "Sometimes", on a scale of how often.
_SOMETIMES: Final = 2


@cache
def survey_words() -> Mapping[str, Mapping[str, Any]]:
    """Return the words by language."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells a report in one language."""

    report: Report
    language: Language

    def word(self, name: str, **values: object) -> str:
        """Return a sentence or word of the file."""
        text: str = survey_words()[self.language.value][name]
        return text.format(**values) if values else text

    def rules(self) -> Sequence[str]:
        """Return by which rules the report was made."""
        rules: list[str] = survey_words()[self.language.value]["rule_list"]
        return rules

    def say(self, text: Trilingual) -> str:
        """Return a text of the questionnaire or the survey, as paper can print it."""
        return _printed(text.get(self.language))

    @property
    def title(self) -> str:
        """What the survey is called in full."""
        questionnaire = self.report.round.questionnaire
        return self.say(questionnaire.title_long) or self.say(questionnaire.title)

    @property
    def about(self) -> tuple[str, ...]:
        """The survey's period and days."""
        asked = self.report.round
        lines = [self.word("period", period=self.say(asked.period))] if self.say(asked.period) else []
        return (*lines, self.word("held", first=short(asked.opened_on), last=short(asked.closed_on)))

    def group(self, stratum: Stratum) -> str:
        """Return what a group is called."""
        return self.say(stratum.name) or (self.word("whole") if stratum.parent is None else stratum.code)

    def part(self, stratum: Stratum) -> str:
        """Return what a group is called below its parent, whose name its own begins with."""
        above = next((one for one in self.report.strata if one.code == stratum.parent), None)
        name = self.group(stratum)
        return name if above is None else name.removeprefix(f"{self.group(above)}: ")

    def question(self, key: str) -> str:
        """Return the wording under a key; of a matrix with its row."""
        code, _dot, row = key.partition(".")
        item = self.report.round.questionnaire.item(code)
        rows = [self.say(one.text) for one in item.rows if one.code == row]
        return f"{self.say(item.text)} {rows[0]}" if rows else self.say(item.text)

    def answer(self, item: Item, share: Share) -> str:
        """Return what a part of the answers means: a point, a choice, or several that were joined."""
        if item.scale is None:
            texts = {choice.code: self.say(choice.text) for choice in item.choices}
            return " / ".join(texts[str(value)] for value in share.values)
        points = [value for value in share.values if isinstance(value, int)]
        if item.scale.kind is ScaleKind.NUMBERS:
            return str(points[0]) if len(points) == 1 else f"{points[0]}–{points[-1]}"
        labels = self.labels(item)
        first, last = labels[points[0] - item.scale.first], labels[points[-1] - item.scale.first]
        return first if len(points) == 1 else f"{first} – {last}"

    def labels(self, item: Item) -> Sequence[str]:
        """Return what stands on the points of a scale, in short where there is a short form."""
        if item.scale is None:
            return ()
        if item.scale.kind is ScaleKind.NUMBERS:
            low, high = item.scale.labels[self.language]
            middle = [str(point) for point in item.scale.points[1:-1]]
            return (f"{item.scale.first} – {low}", *middle, f"{item.scale.last} – {high}")
        labels = item.scale.short.get(self.language) or item.scale.labels[self.language]
        return [_printed(label) for label in labels]

    def hidden(self, state: State) -> str:
        """Return why a figure is not shown."""
        return self.word("too_few" if state is State.TOO_FEW else "masked")

    def response(self, response: Response) -> str:
        """Return how many took part."""
        if response.percent is None:
            return self.hidden(response.state)
        said = f"{response.percent} %"
        return f"{said} · {self.word('indicative')}" if response.indicative else said

    def notes(self, item: Item) -> tuple[str, ...]:
        """Return what must be said wherever an item is shown."""
        notes = [self.word("lower")] if item.good is Good.LOW else []
        if is_seen(item):
            notes.append(self._of_whom("perceptions"))
        return tuple(notes)

    def often(self, item: Item, cell: Cell) -> str:
        """Return how many saw something at least sometimes, beside who did not say; empty where it is not told."""
        if not is_seen(item) or item.scale is None or not cell.parts:
            return ""
        percent = share_from([(share.values, share.percent) for share in cell.parts], _SOMETIMES)
        if percent is None:
            return ""
        label = self.labels(item)[_SOMETIMES - item.scale.first]
        return "; ".join([self.word("often", label=label, percent=percent), *self.missing(cell)])

    def missing(self, cell: Cell) -> tuple[str, ...]:
        """Return how many gave no answer that counts."""
        kinds = cell.kinds
        if kinds is None:
            return ()
        if kinds.dont_know is None and kinds.not_said is None:
            return (f"{self.word('silent')}: {kinds.silent} %",)
        told = {"dont_know": kinds.dont_know, "not_said": kinds.not_said}
        return tuple(f"{self.word(name)}: {percent} %" for name, percent in told.items() if percent is not None)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What must be said of the survey as a whole."""
        questionnaire = self.report.round.questionnaire
        said = []
        if not self.report.results.base and self.report.round.mode is not SurveyMode.NAMED:
            said.append(self.word("none_kept"))
        if self.report.is_open_link:
            said.append(self.word("open_employers" if questionnaire.code == "employers" else "open"))
        if any(item.scale is not None and item.scale.name == _OWN_RATING for item in questionnaire.items):
            said.append(self._of_whom("own_rating"))
        whole = self.report.results.responses.get(self.report.whole.code)
        if whole is not None and whole.indicative:
            said.append(self.word("indicative"))
        if self.report.unlike:
            said.append(self.word("unlike"))
        return tuple(said)

    def _of_whom(self, name: str) -> str:
        audience = self.report.round.questionnaire.audience
        whom = {"role:student": "_students", "role:staff": "_staff"}.get(audience, "")
        return self.word(f"{name}{whom}")


@lru_cache(maxsize=2_000)
def _printed(text: str) -> str:
    """Return a text without what paper cannot print: a table says the same question for every group."""
    said: str = printable(text)
    return said


def is_seen(item: Item) -> bool:
    """Tell whether an item asks what people saw happen to anybody: told as such, and never to rank units by."""
    return item.topic.startswith(_SEEN)


def short(day: date) -> str:
    """Return a day as it stands in tables."""
    return f"{day:%d.%m.%Y}"
