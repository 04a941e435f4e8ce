"""The screens that every part of the desk comes back to: the card of a request, and the queue."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show, show_below
from handlers.desk.card_texts import card_text
from handlers.desk.keyboards import card_keyboard, queue_keyboard
from handlers.desk.queue_texts import queue_text
from services.access import Actor
from services.requests.desk import DeskService
from services.requests.dto import QueueView, RequestOnDesk
from services.requests.errors import HeldByAnother, NotAtThisStage, NotHeld, RequestChanged, RequestClosed

_STALE = (HeldByAnother, NotAtThisStage, NotHeld, RequestChanged, RequestClosed)


@dataclass(frozen=True, slots=True)
class Seat:
    """An official in front of a screen of the desk."""

    event: Message | CallbackQuery
    actor: Actor
    state: FSMContext
    desk: DeskService
    reader: Reader

    async def show_card(self, shown: RequestOnDesk, note: str = "") -> None:
        """Show a request; a form that was open is left."""
        await leave_form(self.state, await self.state.get_state())
        await show(self.event, card_text(shown, self.reader, note), card_keyboard(shown))

    async def show_card_below(self, shown: RequestOnDesk) -> None:
        """Show a request below a file."""
        await leave_form(self.state, await self.state.get_state())
        await show_below(self.event, card_text(shown, self.reader), card_keyboard(shown))

    async def show_queue(self, desk_code: str, note: str = "", page: int = 0, view: QueueView = QueueView.OPEN) -> None:
        """Show a part of a queue; a form that was open is left."""
        queue = await self.desk.list_queue(self.actor, desk_code, page, view)
        await leave_form(self.state, await self.state.get_state())
        text = queue_text(queue, self.reader)
        await show(self.event, f"{note}\n\n{text}" if note else text, queue_keyboard(queue))

    @asynccontextmanager
    async def at(self, request_id: int) -> AsyncIterator[None]:
        """Where the screen is out of date, show the request as it is now beside the sentence that says so."""
        try:
            yield
        except _STALE:
            await self.show_card(await self.desk.open(self.actor, request_id))
            raise
