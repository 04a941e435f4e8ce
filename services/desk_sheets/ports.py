"""What spreadsheets of queues need from storage and from the university's words."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from typing import Protocol

from services.desk_sheets.dto import KeptSheet, SheetEntry
from services.requests.ports import RequestsUnitOfWork

#: The names by which a column may be meant, for a fact of a kind (both by their ids): its labels in all languages.
FactLabels = Callable[[str, str], Collection[str]]

#: Hears how many rows of how many are worked through.
Progress = Callable[[int, int], Awaitable[None]]


class DeskSheetRepository(Protocol):
    """Requests many at a time, and the spreadsheets that wait."""

    async def list_workable(self, desk: str, account_id: int | None, limit: int) -> tuple[list[SheetEntry], int]:
        """Return what waits or is in this account's hand, by promise and then by age, and how many there are in all."""
        ...

    async def find_entries(self, request_ids: Collection[int]) -> Mapping[int, SheetEntry]:
        """Return those requests that exist, whatever their state and desk."""
        ...

    async def put(
        self, account_id: int, desk: str, file_name: str, content: bytes, digest: bytes, now: datetime
    ) -> int:
        """Keep a spreadsheet and return its id, which is new every time; an account has one at most."""
        ...

    async def find(self, account_id: int, since: datetime) -> KeptSheet | None:
        """Return the account's spreadsheet, if one is kept that is not older than this."""
        ...

    async def clear(self, account_id: int) -> None:
        """Delete the account's spreadsheet, if there is one."""
        ...

    async def forget(self, before: datetime) -> int:
        """Delete everybody's spreadsheets older than this; return how many."""
        ...


class DeskSheetsUnitOfWork(RequestsUnitOfWork, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def desk_sheets(self) -> DeskSheetRepository:
        """Spreadsheets of queues."""
        ...
