"""What the facts of a person and their values are called, for lists of differences and corrections."""

from aiogram.utils.i18n import gettext as _

from services.people.dto import PersonKind, PersonStatus

_CHOICES = frozenset({"kind", "status", "study_form", "funding"})


def fact_label(fact: str) -> str:
    """Return what a fact (or a column) is called."""
    labels = _labels()
    return labels.get("group_name" if fact == "group" else fact, fact)


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


def _labels() -> dict[str, str]:
    return _labels_of_people() | _labels_of_studies()


def _labels_of_people() -> dict[str, str]:
    return {
        "person_no": _("number of the student card or staff number"),
        "kind": _("student or staff"),
        "last_name": _("last name"),
        "first_name": _("first name"),
        "patronymic": _("patronymic"),
        "name_latin": _("name in Latin letters"),
        "birth_date": _("date of birth"),
        "phone": _("telephone"),
        "email": _("e-mail"),
        "unit": _("unit"),
        "citizenship": _("citizenship"),
        "visa_expires": _("visa valid until"),
        "registration_expires": _("registration valid until"),
        "post_ky": _("post in Kyrgyz"),
        "post_ru": _("post in Russian"),
        "post_en": _("post in English"),
    }


def _labels_of_studies() -> dict[str, str]:
    return {
        "programme_ky": _("programme in Kyrgyz"),
        "programme_ru": _("programme in Russian"),
        "programme_en": _("programme in English"),
        "course": _("year of study"),
        "group_name": _("group"),
        "study_form": _("form of study"),
        "funding": _("funding"),
        "degree": _("degree"),
        "admission_date": _("date of admission"),
        "expected_graduation": _("expected graduation"),
        "admission_order": _("admission order"),
        "status": _("status"),
    }
