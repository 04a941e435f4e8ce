"""Divides people into groups of which none is too small to hide in: university, institutes, their courses.

An institute is the highest unit above somebody's own one that is not the leadership itself. Whatever is smaller than
LEAST_STRATUM is merged before the first answer: courses with their neighbours, small units into "other units".

What counts is how many can answer. In the chat only those can whom the bot can write to, and who they are stands in the
database: a group of thirty of whom one is linked would hide nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.audience.dto import KnownUnit, RosterMember
from services.languages import Trilingual
from services.surveys.dto import LEAST_STRATUM, WHOLE, Split, Stratum

#: The code of what small units, and people of no known unit, are merged into.
OTHER: Final = "other"
_RESERVED: Final = frozenset({WHOLE, OTHER})
_WHOLE_NAME: Final = Trilingual(ky="Бүт университет", ru="Весь университет", en="The whole university")
OTHER_NAME: Final = Trilingual(ky="Башка бөлүмдөр", ru="Прочие подразделения", en="Other units")
#: Of whom the roster tells no course; behind all courses.
_NO_COURSE: Final = 99
_COURSELESS: Final = "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """The groups, the whole first, and everybody's own one by person's id."""

    strata: tuple[Stratum, ...]
    leaves: Mapping[int, str]

    @property
    def people(self) -> int:
        """Return how many are asked."""
        return len(self.leaves)


@dataclass(slots=True, kw_only=True)
class _Group:
    code: str
    name: Trilingual
    members: list[RosterMember] = field(default_factory=list)
    covers: list[str] = field(default_factory=list)


def divide(
    members: Collection[RosterMember],
    units: Collection[KnownUnit],
    split: Split,
    able: Collection[int] | None = None,
) -> Division:
    """Divide people; the same people and units give the same groups, whatever their order.

    Every group has at least LEAST_STRATUM people who can answer (`able`: their ids; None: all), unless all of them
    together are fewer: then there is one group.
    """
    everybody = sorted(members, key=lambda member: member.person_id)
    answering = {member.person_id for member in everybody} if able is None else set(able)
    groups = [] if split is Split.UNIVERSITY else _merged_units(_by_institute(everybody, units), answering)
    parts = {group.code: _merged_courses(group, answering) if split is Split.UNIT_COURSE else [] for group in groups}
    if len(groups) <= 1 and not any(parts.values()):
        leaves = {member.person_id: WHOLE for member in everybody}
        covers = tuple(groups[0].covers or [groups[0].code]) if groups else ()
        return Division(strata=(_whole(len(leaves), leaf=True, covers=covers),), leaves=leaves)
    strata, leaves = [_whole(len(everybody), leaf=False)], {}
    for group in groups:
        courses = parts[group.code]
        strata.append(_stratum(group, WHOLE, leaf=not courses))
        strata += [_stratum(course, group.code, leaf=True) for course in courses]
        leaves |= {member.person_id: one.code for one in courses or [group] for member in one.members}
    return Division(strata=tuple(strata), leaves=leaves)


def _by_institute(members: Sequence[RosterMember], units: Collection[KnownUnit]) -> list[_Group]:
    known = {unit.code: unit for unit in units}
    tops = _tops(known, {member.unit_code for member in members})
    groups: dict[str, _Group] = {}
    institutes: dict[str, str] = {}
    for member in members:
        unit = member.unit_code
        if unit not in institutes:
            institutes[unit] = _institute(unit, known, tops)
        code = institutes[unit]
        if code not in groups:
            name = _named(known[code]) if code else OTHER_NAME
            groups[code] = _Group(code=f"unit-{code}" if code in _RESERVED else code or OTHER, name=name)
        groups[code].members.append(member)
    return sorted(groups.values(), key=lambda group: group.code)


def _able(members: Sequence[RosterMember], answering: Collection[int]) -> int:
    return sum(member.person_id in answering for member in members)


def _merged_units(groups: Sequence[_Group], answering: Collection[int]) -> list[_Group]:
    """Put small units together; what is still small takes the smallest of the others with it."""
    able = {group.code: _able(group.members, answering) for group in groups}
    small = [group for group in groups if able[group.code] < LEAST_STRATUM or group.code == OTHER]
    large = [group for group in groups if group not in small]
    if not small:
        return large
    if sum(able[group.code] for group in small) < LEAST_STRATUM and large:
        smallest = min(large, key=lambda group: (able[group.code], group.code))
        small, large = [*small, smallest], [group for group in large if group is not smallest]
    members = sorted((member for group in small for member in group.members), key=lambda member: member.person_id)
    covers = sorted(group.code for group in small if group.code != OTHER)
    return [*large, _Group(code=OTHER, name=OTHER_NAME, members=members, covers=covers)]


def _merged_courses(unit: _Group, answering: Collection[int]) -> list[_Group]:
    """Return the courses of a unit, each with as many neighbours as it needs; none if they all fall together."""
    if unit.code == OTHER:
        return []
    by_course: dict[int, list[RosterMember]] = defaultdict(list)
    for member in unit.members:
        by_course[_NO_COURSE if member.course is None else member.course].append(member)
    bundles: list[list[int]] = []
    waiting: list[int] = []
    for course in sorted(by_course):
        waiting.append(course)
        if sum(_able(by_course[one], answering) for one in waiting) >= LEAST_STRATUM:
            bundles.append(waiting)
            waiting = []
    if waiting and bundles:
        bundles[-1] += waiting
    if len(bundles) <= 1:
        return []
    return [
        _Group(
            code=f"{unit.code}/{_span(bundle)}",
            name=_course_name(unit.name, bundle),
            members=[member for course in bundle for member in by_course[course]],
            covers=[f"{unit.code}/{_span([course])}" for course in bundle] if len(bundle) > 1 else [],
        )
        for bundle in bundles
    ]


def _span(courses: Sequence[int]) -> str:
    known = [str(course) for course in courses if course != _NO_COURSE]
    span = [known[0], known[-1]] if len(known) > 1 else known
    return "-".join([*span, _COURSELESS] if _NO_COURSE in courses else span)


def _course_name(unit: Trilingual, courses: Sequence[int]) -> Trilingual:
    known = [course for course in courses if course != _NO_COURSE]
    if not known:
        return Trilingual(ky=f"{unit.ky}: курсу жоктор", ru=f"{unit.ru}: без курса", en=f"{unit.en}: no year")
    span = str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"
    name = Trilingual(ky=f"{unit.ky}: {span}-курс", ru=f"{unit.ru}: {span} курс", en=f"{unit.en}: year {span}")
    if _NO_COURSE not in courses:
        return name
    return Trilingual(ky=f"{name.ky} жана курсу жоктор", ru=f"{name.ru} и без курса", en=f"{name.en}, and no year")


def _institute(code: str, known: Mapping[str, KnownUnit], tops: Collection[str]) -> str:
    """Return the highest unit above this one, itself included; empty for an unknown one."""
    if code not in known:
        return ""
    highest = code
    for unit in _upwards(code, known):
        if unit.is_post or unit.code in tops:
            break
        highest = unit.code
    return highest


def _tops(known: Mapping[str, KnownUnit], own: Collection[str]) -> set[str]:
    """Return the units that stand for the university itself: roots above posts that have units, or above everybody."""
    tops: set[str] = set()
    for unit in known.values():
        parent = known.get(unit.parent_code)
        if parent is not None and parent.is_post and not unit.is_post:
            tops |= {above.code for above in _upwards(parent.code, known)}
    ways = [[unit.code for unit in _upwards(code, known)] for code in sorted(own) if code in known]
    above = Counter(code for way in ways for code in way)
    branches = {way[-2] for way in ways if len(way) > 1}
    tops |= {way[-1] for way in ways if above[way[-1]] == len(ways) and len(branches) > 1}
    return tops


def _upwards(code: str, known: Mapping[str, KnownUnit]) -> Iterator[KnownUnit]:
    """Yield a unit and all above it; a circle ends where it began."""
    seen: set[str] = set()
    while code in known and code not in seen:
        seen.add(code)
        yield known[code]
        code = known[code].parent_code


def _named(unit: KnownUnit) -> Trilingual:
    name = unit.name
    return Trilingual(ky=name.ky or unit.code, ru=name.ru or unit.code, en=name.en or unit.code)


def _whole(people: int, *, leaf: bool, covers: tuple[str, ...] = ()) -> Stratum:
    return Stratum(code=WHOLE, parent=None, name=_WHOLE_NAME, people=people, leaf=leaf, covers=covers)


def _stratum(group: _Group, parent: str, *, leaf: bool) -> Stratum:
    return Stratum(
        code=group.code, parent=parent, name=group.name, people=len(group.members), leaf=leaf,
        covers=tuple(group.covers),
    )  # fmt: skip
