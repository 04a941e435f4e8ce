"""A roster file that is sent in the chat: looked at first, confirmed afterwards."""

import asyncio
import hashlib
from datetime import timedelta

from services.access import Actor, NotAllowed, Role
from services.people.dto import RosterDifference
from services.people.errors import DraftDiffers, DraftGone
from services.people.imports_dto import RosterDraft, RosterPreview
from services.people.ports import RosterUnitOfWork
from services.people.roster_file import read_roster
from services.people.service import plan_import, write_import
from services.ports import Clock, Factory

#: How long a file waits for its confirmation.
DRAFT_PERIOD = timedelta(days=1)


class RosterDraftService:
    """Files that wait for their confirmation; an account has one at most."""

    def __init__(self, unit_of_work: Factory[RosterUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def preview(self, actor: Actor, file_name: str, content: bytes) -> RosterPreview:
        """Say what the file would change, and keep it where it can be confirmed; the roster stays as it is."""
        account_id = _account(actor)
        roster = await asyncio.to_thread(read_roster, content)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            _plan, difference = await plan_import(uow, roster)
            draft_id = None
            if difference.changes_anything and not difference.rejected:
                draft_id = await uow.roster.put_draft(account_id, file_name, content, _digest(difference), now)
            await uow.commit()
        return RosterPreview(file_name=file_name, difference=difference, draft_id=draft_id)

    async def require_kept(self, actor: Actor, draft_id: int) -> None:
        """Refuse unless the file can still be confirmed."""
        await self._get(actor, draft_id)

    async def confirm(self, actor: Actor, draft_id: int, *, removals: int) -> RosterDifference:
        """Make the roster equal to a kept file, all or nothing, and forget the file.

        Refuses to write anything but the difference that was shown: an import in between would be rolled back unseen.
        `removals`: how many people the administrator has agreed to lose; more are refused.
        """
        draft = await self._get(actor, draft_id)
        roster = await asyncio.to_thread(read_roster, draft.content)
        async with self._unit_of_work() as uow:
            plan, difference = await plan_import(uow, roster)
            if not await uow.roster.delete_draft(_account(actor), draft_id):
                raise DraftGone  # another tap was faster
            if _digest(difference) != draft.digest or difference.rejected or difference.removed > removals:
                raise DraftDiffers
            await write_import(uow, actor, plan, difference, self._clock.now())
            await uow.commit()
        return difference

    async def cancel(self, actor: Actor, draft_id: int) -> None:
        """Forget a kept file."""
        account_id = _account(actor)
        async with self._unit_of_work() as uow:
            if not await uow.roster.delete_draft(account_id, draft_id):
                raise DraftGone
            await uow.commit()

    async def forget(self) -> int:
        """Forget everybody's files that cannot be confirmed any more; return how many."""
        async with self._unit_of_work() as uow:
            forgotten = await uow.roster.forget_drafts(self._clock.now() - DRAFT_PERIOD)
            await uow.commit()
        return forgotten

    async def _get(self, actor: Actor, draft_id: int) -> RosterDraft:
        account_id = _account(actor)
        async with self._unit_of_work() as uow:
            draft = await uow.roster.find_draft(account_id, draft_id, self._clock.now() - DRAFT_PERIOD)
        if draft is None:
            raise DraftGone
        return draft


def _digest(difference: RosterDifference) -> bytes:
    """Return what stands for a difference as people see it: who is touched, and every fact before and after."""
    return hashlib.sha256(repr(difference.people).encode()).digest()


def _account(actor: Actor) -> int:
    """Return the administrator's account; the operator at the command line has none and keeps no files."""
    actor.require(Role.ADMIN)
    if actor.account_id is None:
        raise NotAllowed
    return actor.account_id
