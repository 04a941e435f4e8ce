"""Changes that join items of a questionnaire that is being written: what is shown after what, what is read together."""

from dataclasses import dataclass, replace
from typing import Final

from services.languages import Trilingual
from services.questionnaires import limits
from services.questionnaires.dto import IndexSpec, Item, ItemType, Questionnaire, Skip
from services.questionnaires.edits import changed_item, item_at
from services.questionnaires.errors import NoSuchQuestionnaire, QuestionnaireFull

_LEADING: Final = frozenset({ItemType.SCALE, ItemType.ROUTE, ItemType.SINGLE, ItemType.MULTI})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToggleSkip:
    """An item is shown where an earlier one (`leading`, its place) has a value (by its number), or no longer there.

    Without any value left, and after another item was chosen, the rule begins anew.
    """

    place: int
    leading: int
    value: int

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire with the rule."""
        earlier, item = item_at(to, self.leading), item_at(to, self.place)
        values = values_of(earlier)
        if self.leading >= self.place or not 0 <= self.value < len(values):
            raise NoSuchQuestionnaire
        shown = set(shown_for(item, earlier))
        shown ^= {values[self.value]}
        kept = tuple(value for value in values if value in shown)
        rule = Skip(item=earlier.code, unless=kept) if kept else None
        return changed_item(to, self.place, lambda one: replace(one, skip=rule))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearSkip:
    """An item is shown to everybody."""

    place: int

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire without the rule."""
        return changed_item(to, self.place, lambda item: replace(item, skip=None))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddIndex:
    """An index without a title and without items comes last."""

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire with it; QuestionnaireFull."""
        if len(to.indices) >= limits.INDICES:
            raise QuestionnaireFull(limits.INDICES)
        taken = {index.code for index in to.indices}
        code = next(name for number in range(1, limits.INDICES + 2) if (name := f"i{number}") not in taken)
        return replace(to, indices=(*to.indices, IndexSpec(code=code, items=(), title=Trilingual())))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveIndex:
    """An index goes."""

    place: int

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire without it."""
        index_at(to, self.place)
        return replace(to, indices=(*to.indices[: self.place], *to.indices[self.place + 1 :]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToggleIndexItem:
    """A scored item is read with an index, leaving any other one; or no longer."""

    place: int
    item: int

    def applied(self, to: Questionnaire) -> Questionnaire:
        """Return the questionnaire."""
        wanted, index = item_at(to, self.item), index_at(to, self.place)
        if wanted.good is None:
            raise NoSuchQuestionnaire
        joins = wanted.code not in index.items
        indices = [replace(one, items=tuple(code for code in one.items if code != wanted.code)) for one in to.indices]
        if joins:
            members = {*index.items, wanted.code}
            ordered = tuple(item.code for item in to.items if item.code in members)
            indices[self.place] = replace(index, items=ordered)
        return replace(to, indices=tuple(indices))


def index_at(questionnaire: Questionnaire, place: int) -> IndexSpec:
    """Return the index of a place; NoSuchQuestionnaire."""
    if not 0 <= place < len(questionnaire.indices):
        raise NoSuchQuestionnaire
    return questionnaire.indices[place]


def can_lead(item: Item) -> bool:
    """Tell whether answers to an item can decide what is shown."""
    return item.type in _LEADING and bool(values_of(item))


def values_of(item: Item) -> tuple[int | str, ...]:
    """Return what can be answered to an item that leads, in its order."""
    points = item.scale.points if item.scale is not None else ()
    return (*points, *(choice.code for choice in item.choices))


def shown_for(item: Item, earlier: Item) -> tuple[int | str, ...]:
    """Return the answers to an earlier item after which an item is shown; none if it does not follow that one."""
    if item.skip is None or item.skip.item != earlier.code:
        return ()
    if item.skip.unless:
        return item.skip.unless
    return tuple(value for value in values_of(earlier) if value not in item.skip.when)
