"""Endings of Kyrgyz, Russian and English words: which forms are the same word, and whether they speak of one or many.

A word is its folded form (`services.spelling.fold`: ө is о, ү is у, ң is н). Only endings are taken off; a letter that
differs inside a word makes another word.
"""

import re
from functools import lru_cache
from itertools import product

_SHORTEST = 3  # letters that must stay: shorter stems would make different words one
_SHORTEST_OF_MANY = 2  # иш-тер

_GENITIVE = tuple("".join(parts) for parts in product("ндт", ("ын", "ин", "ун")))
_OTHER_CASES = tuple(
    "".join(parts)
    for starts, ends in (
        ("ндт", "ыиу"),
        ("гкн", "аео"),
        ("дт", "аео"),
        ("дтн", ("ан", "ен", "он")),
        ("н", ("да", "де", "до")),
    )
    for parts in product(starts, ends)
)
KYRGYZ_CASES = frozenset((*_GENITIVE, *_OTHER_CASES))
_POSSESSIVE = ("сы", "си", "су", "ы", "и", "у")
_MANY = tuple("".join(parts) for parts in product("лдт", ("ар", "ер", "ор")))
_ONE = ("ктор", "атор")  # директор, куратор: a part of the word, not an ending
_RUSSIAN_ONE = (
    "а", "я", "о", "е", "у", "ю", "ы", "и", "ь", "й", "ом", "ем", "ой", "ей", "ью",
    "ый", "ий", "ого", "его", "ому", "ему", "ым", "им", "ая", "яя", "ую", "юю", "ое", "ее",
)  # fmt: skip
_RUSSIAN_MANY = (
    "ы", "и", "а", "я", "й", "ов", "ев", "ей", "ам", "ям", "ами", "ями", "ах", "ях",
    "ые", "ие", "ых", "их", "ым", "им", "ыми", "ими",
)  # fmt: skip
_HARD = str.maketrans("гб", "кп")  # башкармалык - башкармалыгы, мектеп - мектеби
_CHAIN = re.compile(rf"(?:{'|'.join(_MANY)})?(?:{'|'.join(_POSSESSIVE)})?(?:{'|'.join(sorted(KYRGYZ_CASES))})?")
_ENGLISH = (("'s", False), ("s'", True), ("ies", True), ("es", True), ("s", True), ("y", False), ("e", False))

_SURELY_MANY = ("ов", "ев", "ам", "ям", "ами", "ями", "ах", "ях", "ые", "ие", "ых", "их", "ыми", "ими")

#: A stem, and whether the form speaks of many.
Form = tuple[str, bool]


@lru_cache(maxsize=32_768)
def forms_of(word: str) -> frozenset[Form]:
    """Return what the word may be a form of."""
    found = {(word, False)}
    if word.isascii():
        found |= {(word.removesuffix(end), many) for end, many in _ENGLISH if _leaves(word, end)}
    else:
        found |= _kyrgyz(word)
        found |= {(word.removesuffix(end), False) for end in _RUSSIAN_ONE if _leaves(word, end)}
        found |= {(word.removesuffix(end), True) for end in _RUSSIAN_MANY if _leaves(word, end)}
    return frozenset((_hardened(stem), many) for stem, many in found)


@lru_cache(maxsize=8_192)
def is_genitive(word: str) -> bool:
    """Tell whether the word ends as a Kyrgyz genitive: it says whose the next word is."""
    return word.endswith(_GENITIVE) and len(word) > _SHORTEST + 2


@lru_cache(maxsize=8_192)
def is_possessed(word: str, stem: str) -> bool:
    """Tell whether the Kyrgyz word is the stem of somebody, in any number and case: `директорлорунун` of `директор`."""
    rest = word.removeprefix(stem)
    if rest == word:
        return False
    many = next((end for end in _MANY if rest.startswith(end)), "")
    return rest.removeprefix(many).startswith(_POSSESSIVE)


@lru_cache(maxsize=8_192)
def is_only_endings(text: str) -> bool:
    """Tell whether this is nothing but Kyrgyz endings, as a broken line leaves them: `дын`."""
    return len(text) > 1 and _CHAIN.fullmatch(text) is not None


@lru_cache(maxsize=8_192)
def is_surely_many(word: str) -> bool:
    """Tell whether the word can speak of nothing but several: `институттардын`, not `кафедры`."""
    if word.isascii():
        return word.endswith("s") and not word.endswith(("ss", "'s"))
    if word.endswith(_SURELY_MANY):
        return True
    return any(many and len(stem) >= _SHORTEST for stem, many in _kyrgyz(word))


def _kyrgyz(word: str) -> set[Form]:
    cases = {word} | {word.removesuffix(end) for end in KYRGYZ_CASES if _leaves(word, end)}
    if word.endswith(("ын", "ин", "ун")):  # the accusative of what is somebody's
        cases.add(word[:-1])
    stems = cases | {base.removesuffix(end) for base in cases for end in _POSSESSIVE if _leaves(base, end)}
    many = {
        (stem.removesuffix(end), True)
        for stem in stems
        for end in _MANY
        if stem.endswith(end) and len(stem) - len(end) >= _SHORTEST_OF_MANY and not stem.endswith(_ONE)
    }
    return many | {(stem, False) for stem in stems}


def _leaves(word: str, end: str) -> bool:
    return word.endswith(end) and len(word) - len(end) >= _SHORTEST


def _hardened(stem: str) -> str:
    return stem[:-1] + stem[-1:].translate(_HARD)
