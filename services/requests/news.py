"""What notices ask at the moment of sending."""

from collections.abc import Collection, Mapping
from datetime import date

from services.certificates.dto import CertificateKind
from services.ports import Calendar, Clock, Factory
from services.requests.dto import CertificateRequest, DeskMorning, DeskOfficial, DueRequest
from services.requests.ports import RequestsUnitOfWork
from services.requests.rules import concerns, who_sits


class RequestNews:
    """Requests as they are now.

    `administrators` are Telegram ids that the operator's settings name.
    """

    def __init__(
        self,
        reading: Factory[RequestsUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        kinds: Mapping[str, CertificateKind],
        *,
        administrators: Collection[int] = (),
    ) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._kinds = kinds
        self._administrators = frozenset(administrators)

    async def find_mine(self, request_id: int, account_id: int) -> CertificateRequest | None:
        """Return a request if the account is its person's now."""
        async with self._reading() as uow:
            request = await uow.requests.find(request_id)
            if request is None or await uow.requests.find_account_of(request.person_id) != account_id:
                return None
        return request

    async def find_held(self, request_id: int, account_id: int) -> CertificateRequest | None:
        """Return a request if the account works on it, and sits at its desk still."""
        async with self._reading() as uow:
            request = await uow.requests.find(request_id)
            if request is None or request.taken_by != account_id:
                return None
            officials = await self._list_officials(uow)
        return request if account_id in who_sits(request.desk, officials) else None

    async def list_mornings(self, desks: Collection[str], account_id: int, today: date) -> list[DeskMorning]:
        """Return how desks stand."""
        async with self._reading() as uow:
            return [
                DeskMorning(desk=desk, counts=await uow.request_queue.count(desk, account_id, today)) for desk in desks
            ]

    async def list_due(self, request_ids: Collection[int], account_id: int) -> list[DueRequest]:
        """Return those of the requests that still wait for an answer, which the account may give now."""
        async with self._reading() as uow:
            due = await uow.request_queue.list_still_open(request_ids)
            officials = await self._list_officials(uow)
        return [request for request in due if concerns(request, account_id, officials)]

    def find_kind(self, kind_id: str) -> CertificateKind | None:
        """Return a kind."""
        return self._kinds.get(kind_id)

    def kind_of_desk(self, desk: str) -> CertificateKind | None:
        """Return a kind that names this desk."""
        return next((kind for kind in self._kinds.values() if kind.desk == desk), None)

    async def _list_officials(self, uow: RequestsUnitOfWork) -> list[DeskOfficial]:
        today = self._calendar.today(self._clock.now())
        return await uow.request_queue.list_officials(today, self._administrators)
