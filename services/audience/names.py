"""What the words of an audience stand for: units, study programmes and countries as this university calls them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from services.audience.dto import KnownUnit
from services.people.countries import country_of, is_foreign
from services.people.rules import number_key
from services.spelling import fold

#: Whoever has a citizenship that is not that of the country.
FOREIGN = "foreign"


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
    if word == FOREIGN:
        return is_foreign(citizenship)
    country = country_of(citizenship)
    return bool(country) and country == country_of(word)


def _children(units: Iterable[KnownUnit]) -> Mapping[str, list[KnownUnit]]:
    children: dict[str, list[KnownUnit]] = defaultdict(list)
    for unit in units:
        if unit.parent_code:
            children[unit.parent_code].append(unit)
    return children
