"""Who sits at the desk that answers for a kind."""

from collections.abc import Collection

from services.access import Actor, LinkFrozen, NotAllowed, Role


def may_sit(actor: Actor, desk: str) -> bool:
    """Tell whether the actor decides at a desk: its own registrar, or an official of the whole university."""
    return actor.has(Role.REGISTRAR, desk) or actor.has(Role.ADMIN)


def require_desk(actor: Actor, desk: str) -> None:
    """Refuse unless the actor sits at the desk."""
    if not may_sit(actor, desk):
        raise LinkFrozen if actor.frozen else NotAllowed


def sits_at(actor: Actor, desks: Collection[str]) -> frozenset[str]:
    """Return those of the desks where the actor sits; refuse who sits at none."""
    found = frozenset(desk for desk in desks if may_sit(actor, desk))
    if not found:
        raise LinkFrozen if actor.frozen else NotAllowed
    return found
