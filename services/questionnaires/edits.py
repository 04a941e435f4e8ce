"""Changes of a questionnaire that is being written, each a value that knows what it makes of one.

`place`: of an item or an index, from 0. What refers to something that is gone raises NoSuchQuestionnaire.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from services.languages import Language, Trilingual
from services.questionnaires import limits
from services.questionnaires.dto import Good, IndexSpec, Item, ItemType, Questionnaire, Scale, SurveyMode
from services.questionnaires.errors import NoSuchQuestionnaire, QuestionnaireFull
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
                return replace(to, title=self._said(to.title, limits.TITLE))
            case Field.LONG_TITLE:
                return replace(to, title_long=self._said(to.title_long, limits.LONG_TITLE))
            case Field.INDEX:
                return self._index(to)
            case _:
                return changed_item(to, self.place, self._item)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem:
    """An item comes last; before free text if it is none. A rule that follows no earlier item is left out."""

    item: Item

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire with the item; QuestionnaireFull."""
        if len(to.items) >= limits.ITEMS:
            raise QuestionnaireFull(limits.ITEMS)
        place = place_of_new(to, self.item.type)
        earlier = {item.code for item in to.items[:place]}
        item = self.item
        if item.skip is not None and item.skip.item not in earlier:
            item = replace(item, skip=None)
        if item.scale is not None:
            item = replace(item, scale=_named_apart(to, item.scale))
        return replace(to, items=(*to.items[:place], item, *to.items[place:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveItem:
    """An item goes, and with it the rules that followed it and its place in an index."""

    place: int

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire without the item."""
        gone = item_at(to, self.place)
        items = [
            replace(item, skip=None) if item.skip is not None and item.skip.item == gone.code else item
            for item in to.items
            if item is not gone
        ]
        indices = [
            replace(index, items=tuple(code for code in index.items if code != gone.code)) for index in to.indices
        ]
        return replace(to, items=tuple(items), indices=tuple(indices))


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveItem:
    """An item changes places with its neighbour; at the end nothing changes."""

    place: int
    up: bool

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire in the other order."""
        item_at(to, self.place)
        other = self.place - 1 if self.up else self.place + 1
        if not 0 <= other < len(to.items):
            return to
        items = list(to.items)
        items[self.place], items[other] = items[other], items[self.place]
        return replace(to, items=tuple(items))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetScale:
    """An item is answered on another scale."""

    place: int
    scale: Scale

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire with the scale, under a name that no other scale has there."""
        scale = _named_apart(to, self.scale)
        return changed_item(to, self.place, lambda item: replace(item, scale=scale))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGood:
    """Which end of an item's scale is good; None where nothing is scored."""

    place: int
    good: Good | None

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire; an item that is not scored stands in no index."""
        item = item_at(to, self.place)
        good = self.good if item.type in _SCORED else None
        found = changed_item(to, self.place, lambda one: replace(one, good=good))
        return found if good is not None else _out_of_indices(found, item.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDontKnow:
    """Whether "I don't know" is offered."""

    place: int
    offered: bool

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire; free text and what only decides the way never offer it."""

        def change(item: Item) -> Item:
            return replace(item, dont_know=self.offered and item.type not in {ItemType.TEXT, ItemType.ROUTE})

        return changed_item(to, self.place, change)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMost:
    """How many choices of a multi can be chosen; 0 for any number."""

    place: int
    most: int

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire; a number that there cannot be counts as any."""
        return changed_item(to, self.place, lambda item: with_most(item, self.most))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTopic:
    """What an item is about."""

    place: int
    topic: str

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire."""
        return changed_item(to, self.place, lambda item: replace(item, topic=self.topic))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToggleExclusive:
    """A choice of a multi excludes all others, or does so no more."""

    place: int
    choice: int

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire."""

        def change(item: Item) -> Item:
            if item.type is not ItemType.MULTI or not 0 <= self.choice < len(item.choices):
                raise NoSuchQuestionnaire
            choices = list(item.choices)
            choices[self.choice] = replace(choices[self.choice], exclusive=not choices[self.choice].exclusive)
            return with_most(replace(item, choices=tuple(choices)), item.most)

        return changed_item(to, self.place, change)


@dataclass(frozen=True, slots=True, kw_only=True)
class DropHint:
    """The small line below a question goes."""

    place: int

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire."""
        return changed_item(to, self.place, lambda item: replace(item, hint=None))


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


def _out_of_indices(questionnaire: Questionnaire, code: str) -> Questionnaire:
    indices: list[IndexSpec] = [
        replace(index, items=tuple(one for one in index.items if one != code)) for index in questionnaire.indices
    ]
    return replace(questionnaire, indices=tuple(indices))


def _named_apart(questionnaire: Questionnaire, scale: Scale) -> Scale:
    """Return a scale under a name that no other scale of the questionnaire has."""
    named = {item.scale.name: item.scale for item in questionnaire.items if item.scale is not None}
    if scale.name not in named or named[scale.name] == scale:
        return scale
    for known in named.values():
        if _says_the_same(known, scale):
            return known
    bare = scale.name[: limits.CODE - len("_99")]
    free = next(name for number in range(2, limits.ITEMS + 3) if (name := f"{bare}_{number}") not in named)
    return replace(scale, name=free)


def _says_the_same(one: Scale, other: Scale) -> bool:
    return replace(one, name="") == replace(other, name="")
