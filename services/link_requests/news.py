"""What notices ask at the moment of sending."""

from services.link_requests.dto import LinkRequest
from services.link_requests.ports import LinkRequestsUnitOfWork
from services.link_requests.rules import REQUESTS
from services.ports import Factory


class LinkRequestNews:
    """Requests as they are now."""

    def __init__(self, reading: Factory[LinkRequestsUnitOfWork]) -> None:
        self._reading = reading

    async def find_request(self, request_id: int) -> LinkRequest | None:
        """Return a request."""
        async with self._reading() as uow:
            return await uow.link_requests.find(request_id)

    async def count_left(self, account_id: int) -> int:
        """Return how many more requests the account is allowed."""
        async with self._reading() as uow:
            return max(REQUESTS - await uow.link_requests.count_refused(account_id), 0)
