"""Who sees a command menu of their own: whoever holds a role today."""

from collections.abc import Collection

from services.languages import Language
from services.ports import Calendar, Clock, Factory
from services.roles.dto import AccountMenu
from services.roles.ports import RolesUnitOfWork


class MenuService:
    """Which menus should be shown and which are; whoever publishes them compares. `reading`: single statements."""

    def __init__(
        self,
        unit_of_work: Factory[RolesUnitOfWork],
        reading: Factory[RolesUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        *,
        default_language: Language,
        administrators: Collection[int] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._default_language = default_language
        self._administrators = frozenset(administrators)

    async def list_menus(self) -> list[AccountMenu]:
        """Return the accounts that have or should have a menu of their own."""
        async with self._reading() as uow:
            today = self._calendar.today(self._clock.now())
            return await uow.roles.list_menus(self._administrators, today, self._default_language)

    async def note_published(self, account_id: int, shown: str | None) -> None:
        """Keep which menu Telegram shows now; None for the ordinary one."""
        async with self._unit_of_work() as uow:
            await uow.roles.note_menu(account_id, shown)
            await uow.commit()
