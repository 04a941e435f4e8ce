"""What the topics of personal talks are called."""

from aiogram.utils.i18n import gettext as _

from services.trust.dto import Topic


def topic_names() -> dict[Topic, str]:
    """Return the names, in the order in which they are offered."""
    return {
        Topic.STUDIES: _("studies"),
        Topic.DORMITORY: _("dormitory"),
        Topic.RELATIONS: _("relations and pressure"),
        Topic.CORRUPTION: _("corruption"),
        Topic.HEALTH: _("health and mood"),
        Topic.OTHER: _("another topic"),
        Topic.UNSAID: _("rather not say"),
    }
