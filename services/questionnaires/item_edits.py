"""Changes of the items of a questionnaire that is being written."""

from dataclasses import dataclass, replace
from typing import Final

from services.questionnaires import limits
from services.questionnaires.dto import Good, Item, ItemType, Questionnaire, Scale
from services.questionnaires.edits import changed_item, item_at, place_of_new, with_most
from services.questionnaires.errors import NoSuchQuestionnaire, QuestionnaireFull

_SCORED: Final = frozenset({ItemType.SCALE, ItemType.MATRIX})


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


def _out_of_indices(questionnaire: Questionnaire, code: str) -> Questionnaire:
    indices = [
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
