"""What requests need from storage, from the calendar of working days and from the documents."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from services.access import LinkedPerson
from services.attachments import KeptFiles
from services.certificates.dto import Paper
from services.certificates.ports import CertificatesUnitOfWork
from services.requests.dto import (
    CertificateRequest,
    DeskOfficial,
    DueRequest,
    MyCertificate,
    NewRequest,
    QueueCounts,
    QueueEntry,
    QueueView,
)


class Workdays(Protocol):
    """The university's working days."""

    async def add(self, day: date, days: int) -> date:
        """Return the last of so many working days after a day: by its end a promise is kept."""
        ...


class ChoiceWords(Protocol):
    """The words by which people may name a choice of a fact."""

    def __call__(self, kind: str, fact: str, key: str) -> Sequence[str]:
        """Return the words, in any language."""
        ...


class PaperPreview(Protocol):
    """Draws papers that are not issued."""

    async def preview(self, paper: Paper) -> Sequence[bytes]:
        """Return the pages as PNG pictures, unsigned."""
        ...


class RequestRepository(Protocol):
    """Requests, one by one, and those of one person."""

    async def add(self, request: NewRequest) -> int | None:
        """Write a request; None if its screen asked before."""
        ...

    async def find_by_occasion(self, occasion: str) -> CertificateRequest | None:
        """Return what a screen asked for."""
        ...

    async def find(self, request_id: int) -> CertificateRequest | None:
        """Return a request."""
        ...

    async def lock(self, request_id: int) -> CertificateRequest | None:
        """Return a request and keep it locked until the end of the transaction."""
        ...

    async def change(self, request: CertificateRequest, **values: object) -> bool:
        """Write columns of a request and raise its version; False if that is not the version any more."""
        ...

    async def lock_person(self, person_id: int) -> None:
        """Let nobody else ask for this person until the end of the transaction."""
        ...

    async def list_open(self, person_id: int) -> list[CertificateRequest]:
        """Return a person's open requests, the oldest first."""
        ...

    async def list_decided(self, person_id: int, limit: int) -> list[CertificateRequest]:
        """Return a person's requests that were refused or withdrawn, the newest first."""
        ...

    async def list_certificates(self, person_id: int, limit: int) -> list[MyCertificate]:
        """Return a person's certificates, the newest first."""
        ...

    async def find_certificate(self, certificate_id: int, person_id: int) -> MyCertificate | None:
        """Return a certificate of this person; it cannot be printed until the end of the transaction."""
        ...

    async def find_by_certificate(self, certificate_id: int) -> CertificateRequest | None:
        """Return the request that a certificate was issued for."""
        ...

    async def count_before(self, request: CertificateRequest) -> int:
        """Return how many requests of the same desk are to be answered before this one."""
        ...

    async def get_person(self, person_id: int) -> LinkedPerson:
        """Return the name and the number of a person, also one who has left the roster."""
        ...

    async def find_account_of(self, person_id: int) -> int | None:
        """Return the account that is the person's now, if it is not on hold."""
        ...


class RequestQueue(Protocol):
    """Requests as desks see them."""

    async def list_part(
        self, desk: str, view: QueueView, account_id: int | None, today: date, *, offset: int, limit: int
    ) -> tuple[list[QueueEntry], int]:
        """Return a part of a view, by promise and then by age, and how many there are in all."""
        ...

    async def count(self, desk: str, account_id: int | None, today: date) -> QueueCounts:
        """Count how a desk stands."""
        ...

    async def take(self, request_id: int, by: int | None, now: datetime) -> bool:
        """Give a request that waits to somebody; False if it does not wait."""
        ...

    async def take_next(self, desk: str, by: int | None, now: datetime) -> int | None:
        """Give the first that waits to somebody; None if none does that is not in another hand this moment."""
        ...

    async def count_receipts_alike(self, request: CertificateRequest) -> int:
        """Return how many other requests came with the very same receipt."""
        ...

    async def list_due(self, until: date) -> list[DueRequest]:
        """Return what a desk can work on, is promised by this day and was not told of; they are locked."""
        ...

    async def note_warned(self, request_ids: Collection[int], today: date) -> None:
        """Write that the desks were told."""
        ...

    async def list_still_open(self, request_ids: Collection[int]) -> list[DueRequest]:
        """Return those of the requests that a desk still has to answer."""
        ...

    async def list_officials(self, today: date, administrators: Collection[int]) -> list[DeskOfficial]:
        """Return who answers somewhere today and can be written to; registrars before administrators."""
        ...


class RequestsUnitOfWork(CertificatesUnitOfWork, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def requests(self) -> RequestRepository:
        """Requests."""
        ...

    @property
    def request_queue(self) -> RequestQueue:
        """The queues of the desks."""
        ...

    @property
    def files(self) -> KeptFiles:
        """Files."""
        ...
