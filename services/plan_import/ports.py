"""What the import of plans needs from storage."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from services.attachments import KeptFiles
from services.audit.ports import AuditLog
from services.plan_import.dto import Decision, NewDraft, PlanDraft
from services.plan_import.writing import ChangedRow, NewItem
from services.plans.dto import Instance, PlannedItem
from services.plans.ports import PlanRepository
from services.ports import Transaction
from services.responsibles.dto import Alias
from services.units.dto import UnitEntry


class PlanImportRepository(Protocol):
    """Plans as an import writes them."""

    async def lock(self) -> None:
        """Let another import wait until the end of the transaction."""
        ...

    async def lock_items(self, plan_id: int) -> None:
        """Let whoever changes an item of a plan wait until the end of the transaction."""
        ...

    async def list_removed(self, plan_id: int) -> list[PlannedItem]:
        """Return the items that earlier files took out of a plan, those of the last file first."""
        ...

    async def list_dropped(self, plan_id: int) -> dict[int, list[Instance]]:
        """Return the times that earlier printings took away, by item."""
        ...

    async def add_plan(self, year: int, name: str, reminds_from: date, now: datetime, account_id: int | None) -> int:
        """Write a plan without items; return its id."""
        ...

    async def note_file(
        self, plan_id: int, file_id: int, file_name: str, now: datetime, account_id: int | None
    ) -> None:
        """Note which file the plan is of now."""
        ...

    async def add_items(self, items: Sequence[NewItem], now: datetime, account_id: int | None) -> None:
        """Write items with their parties and instances."""
        ...

    async def change_items(self, rows: Sequence[ChangedRow], now: datetime, account_id: int | None) -> None:
        """Write items as they will be; their history tells what of their printing changed."""
        ...

    async def forget_places(self, plan_id: int, item_ids: Collection[int]) -> None:
        """Forget where the items of a plan stood in its file, but for these."""
        ...

    async def remove_items(self, item_ids: Collection[int], now: datetime, account_id: int | None) -> None:
        """Take items out of the plan; what was reported on them stays."""
        ...

    async def learn(self, aliases: Sequence[Alias], now: datetime, account_id: int | None) -> None:
        """Keep what a person said that words stand for."""
        ...


class PlanDraftRepository(Protocol):
    """Files that wait; an account has one at most."""

    async def put(self, account_id: int, draft: NewDraft, now: datetime) -> int:
        """Keep a file instead of whatever the account kept; return its id."""
        ...

    async def find(self, account_id: int, draft_id: int | None, since: datetime) -> PlanDraft | None:
        """Return the account's draft, if it is the one asked for and was brought since then."""
        ...

    async def waits(self, account_id: int, since: datetime) -> bool:
        """Tell whether the account has a draft that was brought since then."""
        ...

    async def decide(
        self, draft_id: int, version: int, decisions: Mapping[str, Decision], digest: bytes | None
    ) -> bool:
        """Keep decisions made on this version of a draft; False if it has another by now."""
        ...

    async def delete(self, account_id: int, draft_id: int) -> bool:
        """Forget a draft; False if there is none."""
        ...

    async def forget(self, before: datetime) -> int:
        """Forget drafts brought before a moment; return how many."""
        ...


class UnitEntries(Protocol):
    """The directory of units and posts."""

    async def list_entries(self) -> list[UnitEntry]:
        """Return all, as entries."""
        ...


class PlanImportUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def plans(self) -> PlanRepository:
        """Plans, read."""
        ...

    @property
    def plan_import(self) -> PlanImportRepository:
        """Plans, written."""
        ...

    @property
    def plan_drafts(self) -> PlanDraftRepository:
        """Files that wait."""
        ...

    @property
    def units(self) -> UnitEntries:
        """Units and posts."""
        ...

    @property
    def files(self) -> KeptFiles:
        """Files."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What was done."""
        ...
