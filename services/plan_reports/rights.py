"""Who sees how much of the plans' figures."""

from collections.abc import Mapping

from services.access import Actor, LinkFrozen, NotAllowed
from services.plan_reports.dto import Scope
from services.plans.dto import Membership, NamedUnit
from services.plans.rights import area_of, coordinates, headed, led_by


def require_look(actor: Actor) -> None:
    """Refuse whoever sees no figures, before anything is read: they are for coordinators and heads."""
    if not coordinates(actor) and not headed(actor):
        raise LinkFrozen if actor.frozen else NotAllowed


def scope_of(actor: Actor, membership: Membership, units: Mapping[str, NamedUnit]) -> Scope:
    """Return what somebody sees: a coordinator and the rector all of it, a vice-rector what is below, a head the unit.

    Raises:
        NotAllowed: none of it.
    """
    require_look(actor)
    if coordinates(actor):
        return Scope(codes=None, manages=True)
    area = area_of(led_by(actor, membership, units), membership)
    return Scope(codes=None if area is None else area.union(headed(actor)))
