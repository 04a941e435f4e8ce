"""What the words of an audience stand for: units, study programmes and countries as this university calls them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from services.audience.dto import KnownUnit
from services.people.rules import number_key
from services.spelling import fold

#: Whoever has a citizenship that is not that of the country.
FOREIGN = "foreign"
_HOME = "kg"
_HOME_NAMES = frozenset(
    fold(name)
    for name in (
        "Кыргызстан", "Кыргыз Республикасы", "Кыргыз", "КР", "КР жараны", "Кыргызстандын жараны", "Кыргызстандык",
        "Кыргызская Республика", "Киргизская Республика", "Киргизия", "Гражданин КР", "Гражданка КР", "Кыргызстанец",
        "Гражданин Кыргызской Республики", "Гражданка Кыргызской Республики", "KG", "KGZ", "KR", "Kyrgyzstan",
        "Kyrgyz Republic", "The Kyrgyz Republic", "Kyrgyz", "Kirghizia",
    )
)  # fmt: skip


def find_unit(word: str, units: Collection[KnownUnit]) -> int | None:
    """Return the one unit that a word names: by its code, else by a name, abbreviation or alias of it alone."""
    ways = (
        lambda unit: unit.code == word,
        lambda unit: unit.code.casefold() == word.casefold(),
        lambda unit: fold(word) in map(fold, unit.names),
        lambda unit: number_key(unit.code) == number_key(word),  # last: a look-alike code may be another's abbreviation
    )
    for is_named in ways:
        found = [unit.id for unit in units if not unit.is_post and is_named(unit)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def with_sub_units(unit_id: int, units: Collection[KnownUnit]) -> frozenset[int]:
    """Return a unit with all that belongs to it, however deep; a circle ends where it began."""
    below = _children(units)
    codes = {unit.id: unit.code for unit in units}
    found, waiting = {unit_id}, [unit_id]
    while waiting:
        for child in below.get(codes[waiting.pop()], ()):
            if child.id not in found:
                found.add(child.id)
                waiting.append(child.id)
    return frozenset(found)


def is_programme(word: str, name: str) -> bool:
    """Tell whether a word names a study programme, whole and in any spelling."""
    return bool(name) and fold(word) == fold(name)


def is_citizenship(word: str, citizenship: str) -> bool:
    """Tell whether a word means what the roster writes as somebody's citizenship; of an empty one nothing is known."""
    country = _country(citizenship)
    if word == FOREIGN:
        return country not in {"", _HOME}
    return bool(country) and country == _country(word)


def _country(text: str) -> str:
    name = fold(text)
    return _HOME if name in _HOME_NAMES else name


def _children(units: Iterable[KnownUnit]) -> Mapping[str, list[KnownUnit]]:
    children: dict[str, list[KnownUnit]] = defaultdict(list)
    for unit in units:
        if unit.parent_code:
            children[unit.parent_code].append(unit)
    return children
