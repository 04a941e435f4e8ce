"""Who manages surveys, their questionnaires and tickets."""

from typing import Final

from services.access import Actor, Role

MANAGERS: Final = (Role.SURVEY_MANAGER, Role.ADMIN)


def require_manager(actor: Actor) -> None:
    """Refuse unless the actor manages surveys for the whole university."""
    actor.require_any(*MANAGERS)
