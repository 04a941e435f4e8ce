"""Who writes questionnaires."""

from services.access import Actor, Role


def require_manager(actor: Actor) -> None:
    """Refuse whoever does not manage surveys."""
    actor.require_any(Role.SURVEY_MANAGER, Role.ADMIN)
