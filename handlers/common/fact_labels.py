"""What the facts of the roster are called, and their values, in the reader's words."""

from datetime import date

from aiogram.utils.i18n import gettext as _

from handlers.common.ports import LocalDates
from services.languages import Language
from services.people.facts import DAYS


def fact_label(name: str) -> str:
    """Return what a field of `RosterEntry` is called; a field without a word stands under its own name."""
    return _labels().get(name, name)


def fact_value(name: str, value: object, language: Language, dates: LocalDates) -> str:
    """Return the value of a field: dates (also written YYYY-MM-DD) and choices in words; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return dates.date(value, language)
    if name in DAYS:
        return dates.date(date.fromisoformat(str(value)), language)
    return _choices().get(name, {}).get(str(value), str(value))


def _labels() -> dict[str, str]:
    return {
        "person_no": _("Number in the roster"),
        "kind": _("Student or employee"),
        "last_name": _("Last name"),
        "first_name": _("First name"),
        "patronymic": _("Patronymic"),
        "name_latin": _("Name in Latin letters"),
        "birth_date": _("Date of birth"),
        "phone": _("Telephone"),
        "email": _("E-mail"),
        "unit": _("Structural unit"),
        "programme_ky": _("Programme, in Kyrgyz"),
        "programme_ru": _("Programme, in Russian"),
        "programme_en": _("Programme, in English"),
        "course": _("Year of study"),
        "group_name": _("Study group"),
        "study_form": _("Form of study"),
        "funding": _("Funding"),
        "degree": _("Level of education"),
        "admission_date": _("Date of admission"),
        "expected_graduation": _("Expected graduation"),
        "admission_order": _("Admission order"),
        "status": _("Status"),
        "citizenship": _("Citizenship"),
        "visa_expires": _("Visa valid until"),
        "registration_expires": _("Registration valid until"),
        "work_permit_expires": _("Work permit valid until"),
        "post_ky": _("Post, in Kyrgyz"),
        "post_ru": _("Post, in Russian"),
        "post_en": _("Post, in English"),
        "curator_of": _("Curator of the groups"),
    }


def _choices() -> dict[str, dict[str, str]]:
    return {
        "kind": {"student": _("student"), "staff": _("employee")},
        "study_form": {"full_time": _("full-time"), "part_time": _("extramural (part-time)")},
        "funding": {"budget": _("state-funded"), "contract": _("fee-paying (contract)")},
        "degree": {
            "bachelor": _("bachelor’s programme"),
            "specialist": _("specialist programme (five-year)"),
            "master": _("master’s programme"),
            "postgraduate": _("postgraduate programme (aspirantura)"),
            "doctoral": _("doctoral programme (PhD)"),
            "vocational_secondary": _("secondary vocational education"),
            "vocational_primary": _("primary vocational education"),
        },
        "status": {
            "active": _("active"),
            "leave": _("on academic leave"),
            "expelled": _("no longer enrolled"),
            "graduated": _("graduated"),
        },
    }
