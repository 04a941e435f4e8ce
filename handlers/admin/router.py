"""/admin, and the row of the menu that leads to the same."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.admin.keyboards import desks_keyboard
from handlers.admin.texts import own_roles_text
from handlers.common.callbacks import GoTo, Place
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from services.access import Actor
from services.expiries.service import ExpiryService
from services.roles.register import RoleRegister


async def open_desks(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    role_register: RoleRegister,
    expiries: ExpiryService,
    reader: Reader,
) -> None:
    """The person wants to see what their roles allow; a form that was open is left."""
    await leave_form(state, raw_state)
    roles = await role_register.list_own(actor)
    await show(
        event, own_roles_text(roles, reader), desks_keyboard(actor, looks_after_papers=expiries.looks_after(actor))
    )


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="admin")
    router.message.register(open_desks, Command("admin"))
    router.callback_query.register(open_desks, GoTo.filter(F.place == Place.DESKS))
    return router
