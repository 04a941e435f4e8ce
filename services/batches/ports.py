"""What batches need from storage."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from services.batches.dto import ArchivedPaper, Batch, BatchRow, NewBatch
from services.certificates.ports import CertificatesUnitOfWork


class BatchRepository(Protocol):
    """Batches and their rows."""

    async def list_group(self, group: str) -> Sequence[str]:
        """Return the numbers of those who study in a group now, by name; the group however it is spelt."""
        ...

    async def find_person_id(self, person_no: str) -> int | None:
        """Return who in the roster has this number, however it is spelt."""
        ...

    async def add(self, batch: NewBatch) -> int:
        """Write a batch with its rows."""
        ...

    async def find(self, batch_id: int) -> Batch | None:
        """Return a batch as it stands."""
        ...

    async def list_recent(self, desk: str, limit: int) -> list[Batch]:
        """Return a desk's newest batches."""
        ...

    async def claim(self, worker: int, lease: timedelta) -> int | None:
        """Take the oldest open batch that is in nobody's living hand; it stays locked to the end of the transaction."""
        ...

    async def list_left(self, batch_id: int, limit: int) -> list[BatchRow]:
        """Return the first rows without an end."""
        ...

    async def settle(self, batch_id: int, row: int, certificate_id: int | None, refusal: str | None) -> None:
        """Write the end of a row."""
        ...

    async def finish(self, batch_id: int, now: datetime) -> None:
        """Write that no row is left."""
        ...

    async def cancel(self, batch_id: int, now: datetime) -> bool:
        """Write that what is left is not issued; False if nothing is."""
        ...

    def read_papers(self, batch_id: int) -> AsyncIterator[ArchivedPaper]:
        """Return the rows with their files, one after the other."""
        ...


class BatchesUnitOfWork(CertificatesUnitOfWork, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def batches(self) -> BatchRepository:
        """Batches."""
        ...
