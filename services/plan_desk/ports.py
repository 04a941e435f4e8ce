"""What the coordinator's desk needs from storage."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from services.audit.ports import AuditLog
from services.delivery.dto import NewNotice
from services.duties.dto import DutyReport, HistoryLine
from services.plan_desk.dto import Asked, DecisionKind, DeskLine, WaitingLine
from services.plan_desk.item_dto import NewDeskItem
from services.plan_desk.setting_dto import PlanSettings
from services.plans.ports import PlanRepository
from services.ports import Transaction
from services.responsibles.dto import Alias, Party, Unresolved


class DecisionRepository(Protocol):
    """What waits for coordinators, and who is told what they say. The item is locked before anything is written."""

    async def list_waiting(self) -> list[WaitingLine]:
        """Return what waits in open plans, the oldest first."""
        ...

    async def find_asked(self, kind: DecisionKind, thing_id: int) -> Asked | None:
        """Return what waits, if it does."""
        ...

    async def decide_report(
        self, report_id: int, decision: str, comment: str, now: datetime, account_id: int | None
    ) -> None:
        """Write what was decided about a report."""
        ...

    async def accept_earlier(self, duty_id: int, now: datetime, account_id: int | None) -> None:
        """Accept what was reported in part on a duty and not decided yet."""
        ...

    async def decide_extension(
        self, extension_id: int, granted: date | None, comment: str, now: datetime, account_id: int | None
    ) -> None:
        """Write what was decided about a wish for another day; None: it was refused."""
        ...

    async def put_parties(self, item_id: int, parties: Sequence[Party]) -> None:
        """Write who is named in an item."""
        ...

    async def change_item(self, item_id: int, now: datetime, values: Mapping[str, Any]) -> None:
        """Write columns of an item; its version grows."""
        ...

    async def note(
        self,
        item_id: int,
        act: str,
        now: datetime,
        *,
        account_id: int | None,
        instance_id: int | None = None,
        unit_code: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> int:
        """Write a line of an item's history; return its id."""
        ...

    async def find_line(self, line_id: int) -> DeskLine | None:
        """Return a line of an item's history."""
        ...

    async def list_people(self, codes: Collection[str], today: date) -> list[tuple[str, int]]:
        """Return unit and account of everybody who speaks for one of these units today and can be written to."""
        ...

    async def list_coordinators(self, today: date) -> list[int]:
        """Return the accounts of coordinators; of administrators where there is none."""
        ...


class DutyWriter(Protocol):
    """Duties, as the units' side writes and reads them."""

    async def put(self, instance_id: int, unit_code: str, values: Mapping[str, Any], now: datetime) -> tuple[int, int]:
        """Write columns of a duty, also its first ones; return its id and its version."""
        ...

    async def list_reports(self, duty_id: int) -> tuple[DutyReport, ...]:
        """Return the reports of a duty with their evidence, the newest first."""
        ...

    async def count_said(self, item_id: int) -> int:
        """Return how much of what an item counts was reported, without what was returned."""
        ...


class DutyHistory(DutyWriter, Protocol):
    """Duties with what happened to their items."""

    async def list_history(self, item_id: int, *, offset: int, limit: int) -> tuple[list[HistoryLine], int]:
        """Return a part of an item's history, the newest first, and how much there is in all; units by their codes."""
        ...


class ChangeRepository(Protocol):
    """Days of items, and items that no file brought."""

    async def move_instance(self, instance_id: int, day: date, now: datetime) -> None:
        """Set an instance's day for good; days of single units that are not later go."""
        ...

    async def add_instance(self, item_id: int, day: date) -> int:
        """Write one more time that an item is due; return its id."""
        ...

    async def add_item(self, item: NewDeskItem, now: datetime) -> int:
        """Write an item at the end of its plan; return its id."""
        ...

    async def put_unresolved(self, item_id: int, pieces: Sequence[Unresolved]) -> None:
        """Write which printed pieces stand for nobody known."""
        ...

    async def has_sitting(self, plan_id: int, sitting_id: int) -> bool:
        """Tell whether a sitting is one of a plan's."""
        ...

    async def sitting_title(self, sitting_id: int) -> str:
        """Return what a sitting is called."""
        ...


class SettingsRepository(Protocol):
    """Settings of plans, members of groups, words that were taught."""

    async def change(self, plan_id: int, version: int, settings: PlanSettings, now: datetime) -> bool:
        """Write settings of a plan of this version; False if it has another by now."""
        ...

    async def list_named_codes(self) -> frozenset[str]:
        """Return the codes that active items of open plans name."""
        ...

    async def lock_groups(self) -> None:
        """Let others who change groups wait until the end of the transaction."""
        ...

    async def put_members(self, code: str, members: Sequence[str]) -> None:
        """Write who stands in a group."""
        ...

    async def list_taught(self) -> list[tuple[int, Alias]]:
        """Return what was taught, the newest first, each with a number that stands for its words."""
        ...

    async def forget(self, text_key: str) -> None:
        """Forget words."""
        ...


class AliasSchool(Protocol):
    """Where words are taught."""

    async def learn(self, aliases: Sequence[Alias], now: datetime, account_id: int | None) -> None:
        """Keep what a person said that words stand for."""
        ...


class Outbox(Protocol):
    """Where messages are left."""

    async def add_all(self, notices: Sequence[NewNotice], now: datetime) -> int:
        """Leave many notices; return how many, without those whose occasion was told before."""
        ...


class DecisionsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that decisions use."""

    @property
    def plans(self) -> PlanRepository:
        """Plans and their items."""
        ...

    @property
    def plan_desk(self) -> DecisionRepository:
        """What waits, and what is written about it."""
        ...

    @property
    def duties(self) -> DutyWriter:
        """Duties."""
        ...

    @property
    def plan_import(self) -> AliasSchool:
        """What was taught."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Where messages are left."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What was done."""
        ...


class DeskUnitOfWork(DecisionsUnitOfWork, Protocol):
    """The part of the unit of work that the whole desk uses."""

    @property
    def duties(self) -> DutyHistory:
        """Duties, and what happened."""
        ...

    @property
    def plan_changes(self) -> ChangeRepository:
        """Days and items, written."""
        ...

    @property
    def plan_settings(self) -> SettingsRepository:
        """Settings, groups, words."""
        ...
