"""Who manages surveys."""

from services.access import Actor, Role


def require_manager(actor: Actor) -> None:
    """Refuse unless the actor manages surveys for the whole university."""
    actor.require_any(Role.SURVEY_MANAGER, Role.ADMIN)
