"""Who sits at which desk: the registrars of its unit, those of the whole university, and administrators."""

from collections.abc import Iterable

from services.access import Actor, LinkFrozen, NotAllowed, Role
from services.certificates.dto import CertificateKind


def may_sit(actor: Actor, desk: str) -> bool:
    """Tell whether the actor answers at a desk, which is the code of a unit."""
    return actor.has(Role.REGISTRAR, desk) or actor.has(Role.ADMIN)


def require_desk(actor: Actor, desk: str) -> None:
    """Refuse whoever does not answer at this desk."""
    if not may_sit(actor, desk):
        raise LinkFrozen if actor.frozen else NotAllowed


def desks_of(actor: Actor, kinds: Iterable[CertificateKind]) -> tuple[str, ...]:
    """Return the desks at which the actor answers, in the order of the university's file."""
    return tuple(desk for desk in dict.fromkeys(kind.desk for kind in kinds) if may_sit(actor, desk))


def sits_anywhere(actor: Actor) -> bool:
    """Tell whether the actor may answer at some desk, whichever it is."""
    return not actor.frozen and any(
        grant.role is Role.REGISTRAR or (grant.role is Role.ADMIN and grant.unit_code is None) for grant in actor.grants
    )


def require_any_desk(actor: Actor) -> None:
    """Refuse whoever answers at no desk at all."""
    if not sits_anywhere(actor):
        raise LinkFrozen if actor.frozen else NotAllowed
