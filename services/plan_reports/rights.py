"""Who sees how much of the plans."""

from services.access import Actor, LinkFrozen, NotAllowed, Role
from services.plan_reports.dto import Scope
from services.plans.dto import Membership, NamedUnit

#: The unit whose posts lead the university, and the post that sees everything.
RECTORATE, RECTOR = "rectorate", "rector"


def may_look(actor: Actor) -> bool:
    """Tell whether somebody sees figures at all: coordinators, administrators, and heads of units and posts."""
    return not actor.frozen and any(
        grant.role in {Role.ADMIN, Role.PLAN_COORDINATOR, Role.UNIT_HEAD} for grant in actor.grants
    )


def manages(actor: Actor) -> bool:
    """Tell whether somebody coordinates plans."""
    return actor.has(Role.PLAN_COORDINATOR) or actor.has(Role.ADMIN)


def require_look(actor: Actor) -> None:
    """Refuse whoever sees no figures, before anything is read."""
    if not may_look(actor):
        raise LinkFrozen if actor.frozen else NotAllowed


def scope_of(actor: Actor, membership: Membership, units: dict[str, NamedUnit]) -> Scope:
    """Return what somebody sees: a coordinator and the rector all of it, a vice-rector what is below, a head the unit.

    Raises:
        NotAllowed: none of it.
    """
    require_look(actor)
    if manages(actor):
        return Scope(codes=None, manages=True)
    heads = {grant.unit_code for grant in actor.grants if grant.role is Role.UNIT_HEAD and grant.unit_code}
    leading = {code for code in heads if leads(code, membership, units)}
    if RECTOR in leading:
        return Scope(codes=None)
    if not heads:
        raise NotAllowed
    return Scope(codes=frozenset(heads).union(*(below(code, membership) for code in leading)))


def leads(code: str, membership: Membership, units: dict[str, NamedUnit]) -> bool:
    """Tell whether a code is a post of the rectorate."""
    return code in units and units[code].is_post and membership.parents.get(code) == RECTORATE


def below(code: str, membership: Membership) -> set[str]:
    """Return the units and posts below one, at any depth."""
    found: set[str] = set()
    wave = {code}
    while wave:
        wave = {child for child, parent in membership.parents.items() if parent in wave} - found - {code}
        found |= wave
    return found
