"""What roles are called."""

from aiogram.utils.i18n import gettext as _

from services.access import Role


def role_name(role: Role) -> str:
    """Return a role in the reader's words."""
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
