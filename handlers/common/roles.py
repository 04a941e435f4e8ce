"""What roles are called, and for whom, where and how long somebody has them."""

from aiogram.utils.i18n import gettext as _

from handlers.common.ports import LocalDates
from services.access import LinkedPerson, Role
from services.languages import Language
from services.roles.dto import Grant, GrantState, Period, Principal, UnitName


def role_name(role: Role, *, of_unit: bool = False) -> str:
    """Return a role in the reader's words; a registrar of one unit answers for its certificates only."""
    if of_unit and role is Role.REGISTRAR:
        return _("Certificates officer")
    names = {
        Role.ADMIN: _("Administrator"),
        Role.REGISTRAR: _("Study Office employee"),
        Role.EDITOR: _("Editor of announcements"),
        Role.APPROVER: _("Approver of announcements"),
        Role.SURVEY_MANAGER: _("Survey manager"),
        Role.TRUST_OFFICER: _("Trust line officer"),
        Role.PLAN_COORDINATOR: _("Coordinator of the work plan"),
        Role.UNIT_HEAD: _("Head of a unit"),
        Role.UNIT_STAFF: _("Employee of a unit"),
    }
    return names[role]


def unit_name(unit: UnitName, language: Language) -> str:
    """Return a unit in the reader's language, or by what else it is known; plain text."""
    return unit.name.get(language) or unit.name.ky or unit.name.ru or unit.abbreviation or unit.code


def days(period: Period, language: Language, dates: LocalDates) -> str:
    """Return from when until when; plain text."""
    if period.first is None and period.last is None:
        return _("Without an end")
    if period.last is None and period.first is not None:
        return _("First day: {date}").format(date=dates.date(period.first, language))
    if period.first is None and period.last is not None:
        return _("Last day: {date}").format(date=dates.date(period.last, language))
    first, last = (dates.date(day, language) for day in (period.first, period.last) if day is not None)
    return _("Days: {first} – {last}, both included").format(first=first, last=last)


def state_text(state: GrantState) -> str:
    """Say whether a grant is in force, and if not, why."""
    sentences = {
        GrantState.IN_FORCE: _("✅ In force"),
        GrantState.NOT_YET: _("⏳ Not in force yet"),
        GrantState.WAITING: _("⏳ In force when the person links their Telegram account by a one-time code"),
        GrantState.RESTING: _(
            "💤 Rests: the account is on hold or not the person's now, the person is not in the roster, or the role of "
            "the one they stand in for rests"
        ),
        GrantState.PAST: _("⛔ Over"),
    }
    return sentences[state]


def holder_name(holder: Grant | Principal) -> str:
    """Return who holds a grant; plain text."""
    return name_of(holder.person or holder.account_person, holder.telegram_id)


def name_of(person: LinkedPerson | None, telegram_id: int | None) -> str:
    """Return a person's name, or the account's id; plain text."""
    return person.full_name if person else _("Telegram account {id}").format(id=telegram_id)
