"""What notices ask at the moment of sending: is it still true?"""

from services.linking.dto import AccountStanding, LinkRecord
from services.linking.ports import LinkingUnitOfWork
from services.ports import Factory


class LinkNews:
    """Links and accounts as they are now."""

    def __init__(self, reading: Factory[LinkingUnitOfWork]) -> None:
        self._reading = reading

    async def find_link(self, link_id: int) -> LinkRecord | None:
        """Return a link, also one that has ended."""
        async with self._reading() as uow:
            return await uow.links.find_link(link_id)

    async def find_account(self, account_id: int) -> AccountStanding | None:
        """Return an account."""
        async with self._reading() as uow:
            return await uow.links.find_account(account_id)
