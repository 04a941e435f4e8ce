"""What people are told unasked about their roles."""

from typing import Protocol

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.ports import LocalDates
from handlers.common.roles import days, holder_name, role_name, unit_name
from services.delivery.dto import DueNotice, OutgoingMessage
from services.languages import Language
from services.roles.dto import Grant


class Grants(Protocol):
    """Roles at the moment of sending."""

    async def find_told(self, grant_id: int) -> Grant | None:
        """Return a grant."""
        ...


class RoleNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, grants: Grants, dates: LocalDates) -> None:
        self._grants = grants
        self._dates = dates

    async def changed(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the holder of a role given or ended; nothing of one that was ended before anybody was told."""
        granted = bool(message.payload["granted"])
        grant = await self._grants.find_told(int(message.payload["grant_id"]))
        if grant is None or grant.ended is granted:
            return None
        return _granted(grant, message.language, self._dates) if granted else _ended(grant, message.language)


def _granted(grant: Grant, reader: Language, dates: LocalDates) -> OutgoingMessage:
    """Tell the holder what they were given, and where it leads."""
    lines = [
        _("🗂 You were given a role: <b>{role}</b>").format(role=role_name(grant.role, of_unit=grant.unit is not None)),
        *_where(grant, reader),
    ]
    lines += [days(grant.period, reader, dates), "", _("What it opens: /admin")]
    return OutgoingMessage(text="\n".join(lines))


def _ended(grant: Grant, reader: Language) -> OutgoingMessage:
    """Tell the holder what they no longer have."""
    lines = [
        _("🗂 This role of yours was ended: <b>{role}</b>").format(
            role=role_name(grant.role, of_unit=grant.unit is not None)
        ),
        *_where(grant, reader),
    ]
    lines += ["", _("What you may do now: /admin")]
    return OutgoingMessage(text="\n".join(lines))


def _where(grant: Grant, reader: Language) -> list[str]:
    lines = []
    if grant.unit is not None:
        lines.append(_("Unit: {unit}").format(unit=html.quote(unit_name(grant.unit, reader))))
    if grant.principal is not None:
        lines.append(_("Stands in for: {person}").format(person=html.quote(holder_name(grant.principal))))
    return lines
