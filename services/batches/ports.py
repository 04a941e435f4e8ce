"""What batches need from storage."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from services.batches.dto import ArchivedPaper, Batch, BatchRow, NewBatch
from services.certificates.ports import CertificatesUnitOfWork


class BatchRepository(Protocol):
    """Batches and their rows."""

    async def list_group(self, group: str) -> Sequence[str]:
        """Return the numbers of a group's students, by name, those who were expelled left out; however it is spelt."""
        ...

    async def find_people(self, numbers: Sequence[str]) -> Mapping[str, int]:
        """Return who in the roster has these numbers, by `number_key`."""
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

    async def claim(self, ahead: int) -> int | None:
        """Take the oldest batch that can go on and that no other has; it stays locked to the end of the transaction.

        It can while fewer than `ahead` of its papers wait for the printers; without a row left, when none does.
        """
        ...

    async def list_left(self, batch_id: int, limit: int) -> list[BatchRow]:
        """Return the first rows without an end, with the accounts of their people if the batch sends."""
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

    async def list_papers(self, batch_id: int) -> list[ArchivedPaper]:
        """Return all rows that have come to an end, without their files."""
        ...

    async def read_files(self, file_ids: Sequence[int]) -> Mapping[int, bytes]:
        """Return files by their ids."""
        ...


class BatchesUnitOfWork(CertificatesUnitOfWork, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def batches(self) -> BatchRepository:
        """Batches."""
        ...
