"""Files of ours that nothing needs any more are forgotten: pictures that were sent, evidence of withdrawn reports."""

from datetime import datetime, timedelta
from typing import Protocol

from services.ports import Clock, Factory, Transaction

#: Whoever keeps a file refers to it in the same transaction, or sends it at once; after a day nobody does any more.
_KEPT = timedelta(days=1)


class UnusedFiles(Protocol):
    """Files to which nothing refers."""

    async def forget_unused(self, before: datetime) -> int:
        """Forget files that nothing refers to and that were kept before a moment; return how many."""
        ...


class FileSweepsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this needs."""

    @property
    def files(self) -> UnusedFiles:
        """Files of ours."""
        ...


class FileSweeps:
    """Asked every hour."""

    def __init__(self, unit_of_work: Factory[FileSweepsUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def forget(self) -> int:
        """Forget what nothing refers to since a day; return how many files."""
        async with self._unit_of_work() as uow:
            forgotten = await uow.files.forget_unused(self._clock.now() - _KEPT)
            await uow.commit()
        return forgotten
