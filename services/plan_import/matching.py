"""Items of a file found again among those that are stored."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from services.plan_import.dto import Changed, ChangedItem, PlanDifference, ReadItem
from services.plan_import.understanding import printed_deadline
from services.plans.dto import ItemState, Origin, PlanItem, PlannedItem
from services.spelling import fold

#: How alike two titles of a section must be to be the same item with words put right.
_ALIKE = 0.75
#: A word that so many items of a section have says nothing about which of them is meant.
_COMMON = 200
_LOOKED_AT = 5


def compare(stored: Sequence[PlannedItem], read: Sequence[ReadItem]) -> PlanDifference:
    """Return what the file adds, changes, leaves alone and lacks; what was added by hand is no part of it."""
    known = [one for one in stored if one.item.origin is Origin.FILE and one.item.state is not ItemState.REMOVED]
    pairs = _pairs(known, read)
    changes = [_change(known[at], item) for item in read if (at := pairs.get(item.key)) is not None]
    found = set(pairs.values())
    return PlanDifference(
        added=tuple(item for item in read if item.key not in pairs),
        changed=tuple(one for one in changes if one.changed),
        unchanged=tuple(one for one in changes if not one.changed),
        removed=tuple(one for at, one in enumerate(known) if at not in found),
    )


def resembles(stored: Sequence[PlannedItem], read: Sequence[ReadItem]) -> float:
    """Return the share of the file's items that a plan has by key or by title: is it the same plan?"""
    keys = {one.item.key for one in stored}
    titles = {fold(one.item.title) for one in stored}
    alike = sum(item.key in keys or fold(item.row.title) in titles for item in read)
    return alike / len(read) if read else 0.0


def _pairs(known: Sequence[PlannedItem], read: Sequence[ReadItem]) -> dict[str, int]:
    """Pair by key, then by an equal title, then by a title of the same section that resembles."""
    by_key = {one.item.key: at for at, one in enumerate(known)}
    pairs = {item.key: by_key[item.key] for item in read if item.key in by_key}
    _pair_titles(known, read, pairs)
    _pair_alike(known, read, pairs)
    return pairs


def _pair_titles(known: Sequence[PlannedItem], read: Sequence[ReadItem], pairs: dict[str, int]) -> None:
    taken = set(pairs.values())
    by_title: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(known):
        if at not in taken:
            by_title[fold(one.item.title)].append(at)
    wanted: dict[str, list[str]] = defaultdict(list)
    for item in read:
        if item.key not in pairs:
            wanted[fold(item.row.title)].append(item.key)
    for title, keys in wanted.items():
        pairs.update(zip(keys, by_title.get(title, ()), strict=False))


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
    if matcher.quick_ratio() < _ALIKE:
        return 0.0
    same_number = bool(stored.number) and stored.number == read.row.number
    return matcher.ratio() + (0.1 if same_number else 0.0)


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
    return ChangedItem(stored=stored, read=read, changed=frozenset(changed))
