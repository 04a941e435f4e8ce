"""Changes of a questionnaire that is being written, each a value that knows what it makes of one.

`place`: of an item or an index, from 0. What refers to something that is gone raises NoSuchQuestionnaire.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from services.languages import Language, Trilingual
from services.questionnaires import limits
from services.questionnaires.dto import Item, ItemType, Questionnaire, SurveyMode
from services.questionnaires.errors import NoSuchQuestionnaire
from services.questionnaires.typing_rules import read_choices, read_code, read_minutes, read_words, said_in

_SCORED: Final = frozenset({ItemType.SCALE, ItemType.MATRIX})


class Edit(Protocol):
    """A change."""

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire after it."""
        ...


class Field(StrEnum):
    """What is typed."""

    CODE = "c"
    MINUTES = "m"
    TITLE = "t"
    LONG_TITLE = "l"
    TEXT = "x"
    HINT = "h"
    CHOICES = "o"
    TOPIC = "p"
    INDEX = "i"


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Words were typed into a field."""

    field: Field
    words: str
    language: Language = Language.KY
    place: int = 0

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire with these words; refuses as `typing_rules` do."""
        match self.field:
            case Field.CODE:
                return replace(to, code=read_code(self.words))
            case Field.MINUTES:
                return replace(to, minutes=read_minutes(self.words))
            case Field.TITLE:
                return self._title(to)
            case Field.LONG_TITLE:
                return replace(to, title_long=self._said(to.title_long, limits.LONG_TITLE))
            case Field.INDEX:
                return self._index(to)
            case _:
                return changed_item(to, self.place, self._item)

    def _title(self, to: Questionnaire) -> Questionnaire:
        """Write the title; the long one says the same until it is written itself."""
        title, long = self._said(to.title, limits.TITLE), to.title_long
        if long.get(self.language) in {"", to.title.get(self.language)}:
            long = said_in(long, self.language, title.get(self.language))
        return replace(to, title=title, title_long=long)

    def _item(self, item: Item) -> Item:
        if self.field is Field.TEXT:
            return replace(item, text=self._said(item.text, limits.QUESTION))
        if self.field is Field.HINT:
            return replace(item, hint=self._said(item.hint or Trilingual(), limits.HINT))
        if self.field is Field.TOPIC:
            return replace(item, topic=read_words(self.words, limits.TOPIC))
        if item.type is ItemType.MATRIX:
            return replace(item, rows=read_choices(item.rows, self.language, self.words))
        choices = read_choices(item.choices, self.language, self.words)
        return with_most(replace(item, choices=choices), item.most)

    def _index(self, to: Questionnaire) -> Questionnaire:
        indices = list(to.indices)
        if not 0 <= self.place < len(indices):
            raise NoSuchQuestionnaire
        indices[self.place] = replace(indices[self.place], title=self._said(indices[self.place].title, limits.TITLE))
        return replace(to, indices=tuple(indices))

    def _said(self, text: Trilingual, most: int) -> Trilingual:
        return said_in(text, self.language, read_words(self.words, most))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMode:
    """Who can know whose answers they are."""

    mode: SurveyMode

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire for surveys of this mode."""
        return replace(to, mode=self.mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPeriod:
    """Of which time is asked; None for none in particular."""

    period: Trilingual | None

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire with this line of its period."""
        return replace(to, period=self.period)


def item_at(questionnaire: Questionnaire, place: int) -> Item:
    """Return the item of a place; NoSuchQuestionnaire."""
    if not 0 <= place < len(questionnaire.items):
        raise NoSuchQuestionnaire
    return questionnaire.items[place]


def place_of_new(questionnaire: Questionnaire, kind: ItemType) -> int:
    """Return where a new item of a type comes: free text last, all others before it."""
    if kind is ItemType.TEXT:
        return len(questionnaire.items)
    texts = (place for place, item in enumerate(questionnaire.items) if item.type is ItemType.TEXT)
    return next(texts, len(questionnaire.items))


def changed_item(questionnaire: Questionnaire, place: int, change: Callable[[Item], Item]) -> Questionnaire:
    """Return a questionnaire with one item changed."""
    items = list(questionnaire.items)
    items[place] = change(item_at(questionnaire, place))
    return replace(questionnaire, items=tuple(items))


def with_most(item: Item, most: int) -> Item:
    """Return a multi of which so many choices can be chosen, any number if that says nothing."""
    together = sum(not choice.exclusive for choice in item.choices)
    return replace(item, most=most if item.type is ItemType.MULTI and 1 < most < together else 0)
