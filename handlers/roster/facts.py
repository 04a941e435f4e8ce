"""What columns and values of a roster are called, for lists of differences and corrections."""

from aiogram.utils.i18n import gettext as _

from handlers.common.fact_labels import fact_label
from services.people.dto import PersonKind, PersonStatus

_CHOICES = frozenset({"kind", "status", "study_form", "funding"})


def column_label(column: str) -> str:
    """Return what a column of a file is called."""
    return fact_label("group_name" if column == "group" else column)


def value_text(fact: str, value: str) -> str:
    """Return a value as people read it; a dash where nothing is known."""
    if not value:
        return "–"
    return choice_word(value) if fact in _CHOICES else value


def choice_word(value: str) -> str:
    """Return the word of a value that is chosen from a list; the file may hold it in this language, too."""
    words = {
        PersonKind.STUDENT.value: _("student"),
        PersonKind.STAFF.value: _("staff"),
        PersonStatus.ACTIVE.value: _("active"),
        PersonStatus.LEAVE.value: _("leave"),
        PersonStatus.EXPELLED.value: _("expelled"),
        PersonStatus.GRADUATED.value: _("graduated"),
        "full_time": _("full_time"),
        "part_time": _("part_time"),
        "budget": _("budget"),
        "contract": _("contract"),
    }
    return words.get(value, value)
