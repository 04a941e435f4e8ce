"""Whether whoever let an announcement go may still do so, asked inside of somebody's unit of work."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from services.access import Actor, Role, RoleGrant
from services.announcements.dto import Announcement
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.rules import check_approver, check_sending, check_stopping, may_write
from services.languages import Language


class Rights:
    """The rights of whoever let something go. `administrators`: accounts that the operator's settings name."""

    def __init__(self, administrators: Collection[int] = ()) -> None:
        self._administrators = frozenset(administrators)

    async def are_gone(self, uow: AnnouncementsUnitOfWork, announcement: Announcement, today: date) -> bool:
        """Tell whether whoever submitted it may not announce it any more; the operator always may."""
        submitter = announcement.submitted_by
        return submitter is not None and not await self.has(uow, submitter, announcement, today)

    async def has(self, uow: AnnouncementsUnitOfWork, account_id: int, announcement: Announcement, today: date) -> bool:
        """Tell whether an account may write in the name of an announcement today."""
        account = await uow.accounts.find(account_id, Language.KY, today)
        return account is not None and may_write(self._with_settings(account.actor), announcement.voice)

    async def check_release(
        self, uow: AnnouncementsUnitOfWork, actor: Actor, announcement: Announcement | None, today: date
    ) -> None:
        """Refuse whoever may not let it go on: who may send it may, and where nobody of theirs can, its approvers."""
        if not await self._decides(uow, actor, announcement, today):
            check_sending(actor, announcement)

    async def check_end(
        self, uow: AnnouncementsUnitOfWork, actor: Actor, announcement: Announcement | None, today: date
    ) -> None:
        """Refuse whoever may not end it: who may stop it may, and where nobody of theirs can, its approvers."""
        if not await self._decides(uow, actor, announcement, today):
            check_stopping(actor, announcement)

    async def _decides(
        self, uow: AnnouncementsUnitOfWork, actor: Actor, announcement: Announcement | None, today: date
    ) -> bool:
        """Tell whether it is held because its submitter may not send it any more, and this is an approver of it."""
        if announcement is None or announcement.notice_id is not None:
            return False
        if not actor.has(Role.APPROVER, announcement.unit_code):
            return False
        if may_write(actor, announcement.voice) or not await self.are_gone(uow, announcement, today):
            return False
        check_approver(actor, announcement)
        return True

    def _with_settings(self, actor: Actor) -> Actor:
        if actor.account_id not in self._administrators:
            return actor
        return replace(actor, grants=actor.grants | {RoleGrant(role=Role.ADMIN)})
