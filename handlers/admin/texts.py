"""What is said about one's own roles."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.reader import Reader
from handlers.common.roles import days, holder_name, role_name, unit_name
from services.access import Role
from services.roles.dto import Grant, OwnRoles, Period


def own_roles_text(roles: OwnRoles, reader: Reader) -> str:
    """List the roles of the person; tell who has none where they come from."""
    lines = [_line(grant, reader) for grant in roles.grants]
    if roles.by_settings:
        lines.append(_("• <b>{role}</b>, by the operator's settings").format(role=role_name(Role.ADMIN)))
    if not lines:
        return _("You hold no role here, so there is nothing to open. Roles are given by the administrators.")
    return "\n".join([_("🗂 <b>Desks</b>"), "", _("Your roles:"), *lines])


def _line(grant: Grant, reader: Reader) -> str:
    lines = [f"• <b>{role_name(grant.role, of_unit=grant.unit is not None)}</b>"]
    if grant.unit is not None:
        lines.append(html.quote(unit_name(grant.unit, reader.language)))
    if grant.period.last is not None:
        lines.append(days(Period(last=grant.period.last), reader.language, reader.dates))
    if grant.principal is not None:
        lines.append(_("Stands in for: {person}").format(person=html.quote(holder_name(grant.principal))))
    return "\n".join(lines)
