"""Items of a file found again among those that are stored."""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import count

from services.plan_import.dto import Changed, ChangedItem, PlanDifference, ReadItem
from services.plan_import.understanding import printed_deadline
from services.plans.dto import ItemState, Origin, PlanItem, PlannedItem
from services.spelling import fold

#: How alike two titles of a section must be to be the same item with words put right.
_ALIKE = 0.75
#: A word that so many items of a section have says nothing about which of them is meant.
_COMMON = 200
_LOOKED_AT = 5
#: What of a title's likeness may lack where its number, deadline and responsible parties are the same.
_LESS_ALIKE = 0.15
#: How an item is printed apart from its title: section, number, deadline, responsible parties.
_Print = tuple[str, str, str, str]
_TWINS_BY = ((0, 1, 2, 3), (0, 2, 3), (1, 2, 3), (2, 3), (0, 1, 2), (0, 2), (0, 1, 3), (0, 1), (0, 3), (0,), (2,), ())


def compare(
    stored: Sequence[PlannedItem], read: Sequence[ReadItem], gone: Sequence[PlannedItem] = ()
) -> PlanDifference:
    """Return what the file adds, changes, leaves alone and lacks.

    What was added by hand is found by its title alone and never lacking. `gone`: items that earlier files took out of
    the plan; one that is back is the same with all that was said of it.
    """
    printed = [one for one in stored if one.item.origin is Origin.FILE]
    by_hand = [one for one in stored if one.item.origin is not Origin.FILE]
    known = [*printed, *by_hand, *gone]
    pairs = _pairs((printed, by_hand, gone), read)
    paired = {known[at].item.id for at in pairs.values()}
    staying = {one.item.key for one in stored if one.item.id not in paired}
    keys = _free_keys(read, {key: known[at].item.key for key, at in pairs.items()}, staying)
    changes = [
        _change(known[at], replace(item, key=keys[item.key]))
        for item in read
        if (at := pairs.get(item.key)) is not None
    ]
    return PlanDifference(
        added=tuple(replace(item, key=keys[item.key]) for item in read if item.key not in pairs),
        changed=tuple(one for one in changes if one.changed),
        unchanged=tuple(one for one in changes if not one.changed),
        removed=tuple(one for one in printed if one.item.id not in paired),
    )


def _free_keys(read: Sequence[ReadItem], had: Mapping[str, str], staying: set[str]) -> dict[str, str]:
    """Return the key that each item gets: its own, unless one that the file lacks has that and may stay."""
    taken = staying | {item.key for item in read}
    keys = {}
    for item in read:
        key = item.key
        if key in staying:
            root = key.partition(".")[0]
            others = (f"{root}.{number}" for number in count(2))
            known = had.get(item.key, key)
            key = known if known not in taken else next(other for other in others if other not in taken)
            taken.add(key)
        keys[item.key] = key
    return keys


def resembles(stored: Sequence[PlannedItem], read: Sequence[ReadItem]) -> float:
    """Return the share of the file's items that a plan has by key or by title: is it the same plan?"""
    keys = {one.item.key for one in stored}
    titles = {fold(one.item.title) for one in stored}
    alike = sum(item.key in keys or fold(item.row.title) in titles for item in read)
    return alike / len(read) if read else 0.0


def _pairs(known: Sequence[Sequence[PlannedItem]], read: Sequence[ReadItem]) -> dict[str, int]:
    """Pair printed items, those of hand and those that are gone, in this order, with those of the file.

    Equal titles first; among the printed ones then such as resemble each other in one section.
    """
    pairs: dict[str, int] = {}
    start = 0
    for group in known:
        _pair_titles(group, [item for item in read if item.key not in pairs], pairs, start)
        start += len(group)
    _pair_alike(known[0], read, pairs)
    return pairs


def _pair_titles(known: Sequence[PlannedItem], read: Sequence[ReadItem], pairs: dict[str, int], start: int) -> None:
    """Pair equal titles; of several, first those of which more is printed alike: numbers move when a row comes in."""
    by_title: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(known):
        by_title[fold(one.item.title)].append(at)
    wanted: dict[str, list[ReadItem]] = defaultdict(list)
    for item in read:
        wanted[fold(item.row.title)].append(item)
    for title, items in wanted.items():
        places = by_title.get(title, [])
        found: dict[str, int] = {}
        if len(places) == len(items) == 1:
            found[items[0].key] = places[0]
        elif places:
            _pair_twins(known, places, items, found)
        pairs.update({key: start + at for key, at in found.items()})


def _pair_twins(
    known: Sequence[PlannedItem], places: Sequence[int], items: Sequence[ReadItem], pairs: dict[str, int]
) -> None:
    stored = {at: _stored_print(known[at].item) for at in places}
    read = {item.key: _print(item) for item in items}
    for alike in _TWINS_BY:
        free: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
        for at, said in stored.items():
            free[tuple(said[part] for part in alike)].append(at)
        for key, said in list(read.items()):
            same = free.get(tuple(said[part] for part in alike))
            if same:
                pairs[key] = at = same.popleft()
                del stored[at], read[key]


def _stored_print(item: PlanItem) -> _Print:
    return fold(item.section), fold(item.number), fold(item.deadline.text), fold(item.responsible_text)


def _print(item: ReadItem) -> _Print:
    row = item.row
    return fold(row.section), fold(row.number), fold(printed_deadline(row)), fold(row.responsible)


def _pair_alike(known: Sequence[PlannedItem], read: Sequence[ReadItem], pairs: dict[str, int]) -> None:
    """Pair what is left within a section, the most alike first; looked at are those that share the most words."""
    taken = set(pairs.values())
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(known):
        if at not in taken:
            for word in _words(one.item.title):
                having[fold(one.item.section), word].append(at)
    ranked = sorted(
        (
            (likeness, item.key, at)
            for item in read
            if item.key not in pairs
            for at in _nearest(item, having)
            if (likeness := _likeness(known[at].item, item)) >= _ALIKE
        ),
        key=lambda one: -one[0],
    )
    for _, key, at in ranked:
        if key not in pairs and at not in taken:
            pairs[key] = at
            taken.add(at)


def _nearest(item: ReadItem, having: Mapping[tuple[str, str], list[int]]) -> list[int]:
    """Return the few items of the section that share the most words; words that very many have tell nothing."""
    section, shared = fold(item.row.section), Counter[int]()
    for word in _words(item.row.title):
        places = having.get((section, word), ())
        if len(places) <= _COMMON:
            shared.update(places)
    return [at for at, _count in shared.most_common(_LOOKED_AT)]


def _words(title: str) -> set[str]:
    return set(fold(title).split())


def _likeness(stored: PlanItem, read: ReadItem) -> float:
    matcher = SequenceMatcher(None, fold(stored.title), fold(read.row.title), autojunk=False)
    bonus = _LESS_ALIKE if stored.number and _stored_print(stored) == _print(read) else 0.0
    if matcher.quick_ratio() + bonus < _ALIKE:
        return 0.0
    same_number = bool(stored.number) and stored.number == read.row.number
    return matcher.ratio() + (bonus or (0.1 if same_number else 0.0))


def _means_otherwise(stored: PlannedItem, read: ReadItem, changed: set[Changed]) -> bool:
    """Tell whether a person decides now what is printed as before."""
    decided = read.decided - changed
    days = {one.due for one in stored.instances} - {None}
    others = Changed.DEADLINE in decided and days != set(read.deadline.dates)
    parties = {(one.code, one.share) for one in stored.item.parties}
    return others or (Changed.RESPONSIBLE in decided and parties != {(one.code, one.share) for one in read.parties})


def _change(stored: PlannedItem, read: ReadItem) -> ChangedItem:
    item, row = stored.item, read.row
    printed = {
        Changed.SECTION: (item.section, row.section),
        Changed.NUMBER: (item.number, row.number),
        Changed.TITLE: (item.title, row.title),
        Changed.DEADLINE: (item.deadline.text, printed_deadline(row)),
        Changed.RESPONSIBLE: (
            f"{item.responsible_text}\n{item.participants_text}",
            f"{row.responsible}\n{row.participants}",
        ),
        Changed.DOCUMENT: (item.document, row.document),
        Changed.INDICATOR: (item.indicator, row.indicator),
        Changed.BUDGET: (item.budget, row.budget),
    }
    changed = {what for what, (before, after) in printed.items() if before.split() != after.split()}
    if item.state is ItemState.REMOVED:
        changed.add(Changed.BACK)
    if _means_otherwise(stored, read, changed):
        changed.add(Changed.MEANING)
    return ChangedItem(stored=stored, read=read, changed=frozenset(changed))
