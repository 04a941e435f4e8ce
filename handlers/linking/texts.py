"""What is said about linking."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from services.access import LinkedPerson
from services.languages import Language
from services.university import UniversityCard


def ask_for_code_text(university: UniversityCard, language: Language) -> str:
    """Ask for the code and say where it comes from."""
    office = university.study_office
    return _(
        "Write your one-time code (10 characters).\n\nThe code is given by: {office}\n📍 {place}, {hours}\n☎️ {phone}"
    ).format(
        office=html.quote(office.name.get(language)),
        place=html.quote(office.place.get(language)),
        hours=html.quote(office.hours.get(language)),
        phone=html.quote(office.phone),
    )


def not_a_code_text() -> str:
    """Answer a text that cannot be a code."""
    return _(
        "This is not a one-time code. It has 10 letters and digits, for example 7K3QX-9MVP2. "
        "Write it once more, or /cancel."
    )


def linked_text(person: LinkedPerson) -> str:
    """Say whom the account belongs to now."""
    return _("✅ This account is now linked to: <b>{person}</b>").format(person=html.quote(person.full_name))
