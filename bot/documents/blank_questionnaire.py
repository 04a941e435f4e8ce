"""Draws a questionnaire as it is filled in on paper. Light to import: the tools come with the first one."""

import asyncio
import threading
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.documents.coverage import can_print
from services.certificates.cleaning import clean
from services.languages import Language, Trilingual
from services.questionnaires.dto import Item, ItemType, Questionnaire, Scale, ScaleKind, Skip
from services.university import UniversityCard

if TYPE_CHECKING:
    from bot.documents.typesetting import Typesetter

_WORDS: Final = Path(__file__).with_name("data") / "questionnaire_words.toml"
_PERIOD: Final = "{period}"
#: Characters that are written by hand on one line.
_LINE: Final = 125


class BlankQuestionnairePrinter:
    """Draws one blank questionnaire at a time, away from the event loop."""

    def __init__(self, university: UniversityCard) -> None:
        self._university = university
        self._lock = threading.Lock()
        self._typesetter: Typesetter | None = None

    async def draw(
        self, questionnaire: Questionnaire, day: date, languages: Sequence[Language] = tuple(Language)
    ) -> bytes:
        """Return the questionnaire as PDF/A-2b of a day, a part for each language.

        A sign that the fonts lack is left out.
        """
        return await asyncio.to_thread(self._draw, questionnaire, day, languages)

    def _draw(self, questionnaire: Questionnaire, day: date, languages: Sequence[Language]) -> bytes:
        parts = [_part(questionnaire, self._university.name, language) for language in languages]
        data = {"iso_date": day.isoformat(), "parts": parts}
        with self._lock:
            if self._typesetter is None:
                from bot.documents.typesetting import Typesetter  # noqa: PLC0415 -- Typst takes 0.15 s

                self._typesetter = Typesetter("blank_questionnaire.typ")
            return self._typesetter.pdf(blank=data)


@cache
def questionnaire_words() -> Mapping[str, Mapping[str, str]]:
    """Return the words of the paper by language."""
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def _part(questionnaire: Questionnaire, university: Trilingual, language: Language) -> dict[str, Any]:
    words = questionnaire_words()[language]
    period = questionnaire.period.get(language) if questionnaire.period is not None else ""
    paper = _Paper(questionnaire, language)
    return {
        "language": language.value,
        "university": _printable(university.get(language)),
        "heading": words["heading"],
        "title": _printable(questionnaire.title_long.get(language)),
        "period": _printable(period.replace(_PERIOD, words["blank"])),
        "how": [words["how"], words["minutes"].format(minutes=questionnaire.minutes)],
        "edition": words["edition"].format(code=questionnaire.code, revision=questionnaire.revision),
        "pages": words["pages"],
        "items": [paper.item(number, item) for number, item in enumerate(questionnaire.items, start=1)],
    }


class _Paper:
    """Puts the items of a questionnaire on paper in one language."""

    def __init__(self, questionnaire: Questionnaire, language: Language) -> None:
        self._questionnaire = questionnaire
        self._language = language
        self._words = questionnaire_words()[language]

    def item(self, number: int, item: Item) -> dict[str, Any]:
        """Return what the template needs of an item; of its kinds of answers those that it lacks are empty."""
        return {
            "number": str(number),
            "text": self._say(item.text),
            "hint": self._say(item.hint) if item.hint is not None else "",
            "notes": self._notes(item),
            "options": self._options(item),
            "numbers": self._numbers(item),
            "rows": [self._say(row.text) for row in item.rows],
            "others": self._others(item),
            "lines": -(-item.max_chars // _LINE),
        }

    def _options(self, item: Item) -> list[str]:
        if item.scale is not None:
            if item.scale.kind is ScaleKind.NUMBERS and not item.rows:
                return []
            return [_printable(label) for label in _labels(item.scale, self._language, narrow=bool(item.rows))]
        return [self._say(choice.text) for choice in item.choices]

    def _numbers(self, item: Item) -> dict[str, Any] | None:
        if item.scale is None or item.scale.kind is ScaleKind.LABELS or item.rows:
            return None
        low, high = map(_printable, item.scale.labels[self._language])
        return {"points": list(map(str, item.scale.points)), "low": low, "high": high}

    def _others(self, item: Item) -> list[str]:
        if item.type is ItemType.TEXT:
            return []
        return [*([self._words["dont_know"]] if item.dont_know else []), self._words["not_said"]]

    def _notes(self, item: Item) -> list[str]:
        notes = [self._skip(item.skip)] if item.skip is not None else []
        if item.type is ItemType.MULTI:
            notes.append(self._words["most"].format(most=item.most) if item.most else self._words["several"])
        return notes

    def _skip(self, skip: Skip) -> str:
        codes = [item.code for item in self._questionnaire.items]
        earlier = self._questionnaire.item(skip.item)
        said = [self._words["answer"].format(answer=self._value(earlier, value)) for value in skip.unless or skip.when]
        return self._words["unless" if skip.unless else "when"].format(
            number=codes.index(skip.item) + 1, answers=self._words["or"].join(said)
        )

    def _value(self, item: Item, value: int | str) -> str:
        if isinstance(value, str):
            return next(self._say(choice.text) for choice in item.choices if choice.code == value)
        if item.scale is None or item.scale.kind is ScaleKind.NUMBERS:
            return str(value)
        return _printable(item.scale.labels[self._language][value - item.scale.first])

    def _say(self, text: Trilingual) -> str:
        return _printable(text.get(self._language))


def _labels(scale: Scale, language: Language, *, narrow: bool) -> Sequence[str]:
    if scale.kind is ScaleKind.NUMBERS:
        ends = scale.labels[language]
        between = map(str, scale.points[1:-1])
        return [f"{scale.first} {ends[0]}", *between, f"{scale.last} {ends[1]}"]
    return (scale.short.get(language) if narrow else None) or scale.labels[language]


def _printable(text: str) -> str:
    text = clean(text)
    return text if can_print(text) else "".join(sign for sign in text if can_print(sign))
