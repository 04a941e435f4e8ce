"""Who reads the results of surveys, and how much of them: default deny."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.access import Actor, LinkFrozen, NotAllowed, Role
from services.questionnaires.rights import MANAGERS
from services.surveys.dto import WHOLE, Stratum, Survey
from services.surveys.strata import OTHER
from services.units.dto import UnitEntry, UnitKind

#: The roles in which somebody reads for a unit.
_SPEAKERS: Final = (Role.UNIT_HEAD, Role.UNIT_STAFF)
#: Groups that are no units; the group of a unit that is called like one of them has another name.
_GROUPS: Final = frozenset({WHOLE, OTHER})
_NAMED_LIKE_GROUPS: Final = {f"unit-{code}": code for code in _GROUPS}


class Scope(StrEnum):
    """How much a reader sees, from little to much; each has what the one before has."""

    CHARTS = "charts"
    TABLES = "tables"
    TEXTS = "texts"

    @property
    def has_tables(self) -> bool:
        """Whether there is more than pictures."""
        return self is not Scope.CHARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyReader:
    """A body that reads the results, by its code in the directory."""

    unit: str
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What somebody sees. `scope`: of every survey; None for who has none, or sees a group alone.

    `spoken`: the units that they read or speak for; `headed`: those of them
    that they head. `home`: the unit in which the roster has them, empty if it has none.
    """

    scope: Scope | None
    spoken: frozenset[str]
    headed: frozenset[str]
    home: str = ""

    @property
    def sees_anything(self) -> bool:
        """Whether there can be a survey of which they see something."""
        return self.scope is not None or bool(self.spoken)


def sight_of(actor: Actor, readers: Iterable[SurveyReader], units: Collection[UnitEntry], home: str = "") -> Sight:
    """Return what somebody may see of surveys; nothing for a frozen account.

    Whoever manages surveys has tables, and never free texts: these are for the bodies that the university names.
    """
    if actor.frozen:
        return Sight(scope=None, spoken=frozenset(), headed=frozenset())
    above = {unit.code: unit.parent_code for unit in units if unit.kind is UnitKind.ROLE and unit.parent_code}
    spoken, headed = _held(actor, _SPEAKERS, above), _held(actor, (Role.UNIT_HEAD,), above)
    scopes = [reader.scope for reader in readers if reader.unit in spoken]
    if any(actor.has(role) for role in MANAGERS):
        scopes.append(Scope.TABLES)
    return Sight(scope=_widest(scopes), spoken=spoken, headed=headed, home=home)


def scope_of(sight: Sight, survey: Survey) -> Scope | None:
    """Return how much somebody sees of a survey as a whole; who reads its named answers has its tables."""
    scopes = [sight.scope, Scope.TABLES if survey.reader_unit and survey.reader_unit in sight.spoken else None]
    return _widest(scope for scope in scopes if scope is not None)


def seen_strata(sight: Sight, survey: Survey, strata: Sequence[Stratum]) -> tuple[Scope, tuple[Stratum, ...]]:
    """Return how much somebody sees of a survey, and of which groups.

    The head of a unit that is a group, or that was merged into one, sees charts of that group and of the whole.

    Raises:
        NotAllowed: nothing.
    """
    scope = scope_of(sight, survey)
    if scope is not None:
        return scope, tuple(strata)
    own = {one.code for one in strata if one.code != WHOLE and not sight.headed.isdisjoint(_units_of(one))}
    if not own:
        raise NotAllowed
    return Scope.CHARTS, tuple(one for one in strata if one.code in own or one.parent is None)


def require_look(actor: Actor, sight: Sight) -> None:
    """Refuse whoever sees nothing of any survey."""
    if not sight.sees_anything:
        raise LinkFrozen if actor.frozen else NotAllowed


def require_texts(actor: Actor, sight: Sight) -> None:
    """Refuse whoever may not read what people wrote in their own words."""
    if sight.scope is not Scope.TEXTS:
        raise LinkFrozen if actor.frozen else NotAllowed


def is_about_own(
    sight: Sight, stratum: Stratum, units: Collection[UnitEntry], strata: Collection[Stratum] = ()
) -> bool:
    """Tell whether a group is the reader's own unit, or lies below or above it.

    What was written about such a group is withheld from that reader. Their own is what they speak for, and where they
    work or study. The whole university is nobody's own, unless only one unit was asked.
    """
    parents = {unit.code: unit.parent_code for unit in units if unit.parent_code}
    own = sight.spoken | ({sight.home} if sight.home else frozenset())
    near = {code for one in own for code in _upwards(one, parents)}
    told = _only_unit(stratum, strata) if stratum.parent is None else _units_of(stratum)
    units_of_it = {code.partition("/")[0] for code in told}
    return any(unit in near or not own.isdisjoint(_upwards(unit, parents)) for unit in units_of_it)


def is_of_one_unit(stratum: Stratum, strata: Collection[Stratum]) -> bool:
    """Tell whether what stands under the whole university was written in one unit alone.

    Free answers are shown one level above the group of a reply; here there is none, so they are shown to nobody.
    """
    return stratum.parent is None and bool(_only_unit(stratum, strata))


def _only_unit(whole: Stratum, strata: Collection[Stratum]) -> frozenset[str]:
    """Return the one unit that a survey asked; nothing if it asked several, or does not tell them apart."""
    leaves = [one for one in (*strata, whole) if one.leaf]
    asked = frozenset(code.partition("/")[0] for leaf in leaves for code in _units_of(leaf))
    return asked if len(asked) == 1 and not any(leaf.code == OTHER for leaf in leaves) else frozenset()


def _widest(scopes: Iterable[Scope]) -> Scope | None:
    return max(scopes, key=tuple(Scope).index, default=None)


def _units_of(stratum: Stratum) -> frozenset[str]:
    """Return the units that a group stands for; a course (`unit/course`) stands for its part of a unit, not for it."""
    return frozenset(_unit_of(code) for code in (stratum.code, *stratum.covers) if code not in _GROUPS)


def _unit_of(code: str) -> str:
    unit, slash, course = code.partition("/")
    return f"{_NAMED_LIKE_GROUPS.get(unit, unit)}{slash}{course}"


def _upwards(code: str, parents: Mapping[str, str]) -> Sequence[str]:
    """Return a unit and all above it; a circle ends where it began."""
    way: list[str] = []
    while code and code not in way:
        way.append(code)
        code = parents.get(code, "")
    return way


def _held(actor: Actor, roles: Collection[Role], above: Mapping[str, str]) -> frozenset[str]:
    """Return the units for which somebody has one of the roles, and those of the posts for which they have it."""
    codes = {grant.unit_code for grant in actor.grants if grant.role in roles and grant.unit_code}
    return frozenset(codes | {above[code] for code in codes if code in above})
