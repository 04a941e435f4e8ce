"""The desks of officials: who may sit at which, and where it is."""

from collections.abc import Callable
from dataclasses import dataclass

from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from services.access import OFFICIALS, Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A place for whoever holds one of the roles everywhere; `label` is asked in the reader's language."""

    place: Place
    roles: frozenset[Role]
    label: Callable[[], str]


_ADMIN = frozenset({Role.ADMIN})

#: In the order in which they are shown.
DESKS = (
    Desk(place=Place.STUDY_OFFICE, roles=OFFICIALS, label=lambda: _("🎓 Study Office")),
    Desk(place=Place.REQUESTS, roles=OFFICIALS, label=lambda: _("🙋 Requests to be linked")),
    Desk(place=Place.ROSTER, roles=_ADMIN, label=lambda: _("📥 Roster")),
    Desk(place=Place.ROLES, roles=_ADMIN, label=lambda: _("🔑 Roles")),
    Desk(place=Place.WORKDAYS, roles=_ADMIN, label=lambda: _("📅 Working days")),
)


def desks_of(actor: Actor) -> list[Desk]:
    """Return the desks that the actor's roles open; those of a single unit open none of these."""
    return [desk for desk in DESKS if any(actor.has(role) for role in desk.roles)]
