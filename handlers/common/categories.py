"""What the categories of announcements are called."""

from aiogram.utils.i18n import gettext as _

from services.announcements.dto import Category


def category_name(category: Category) -> str:
    """Return a category in the reader's words."""
    names = {
        Category.GENERAL: _("General"),
        Category.STUDY: _("Studies"),
        Category.EVENTS: _("Events"),
        Category.STATE_LANGUAGE: _("State language"),
        Category.SCIENCE: _("Science"),
        Category.CAREER: _("Work and career"),
        Category.CAMPUS: _("Campus life"),
    }
    return names[category]
