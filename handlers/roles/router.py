"""The list of roles, a role's card, and revoking it. Giving one is a form of its own (`giving`)."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.callbacks import GoTo, Place
from handlers.common.forms import leave_form
from handlers.common.ports import LocalDates
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.roles import giving
from handlers.roles.callbacks import AskRevoke, ChooseFilter, ListGrants, OpenGrant, RevokeGrant, RoleFilter
from handlers.roles.keyboards import card_keyboard, desk_keyboard, filter_keyboard, list_keyboard, revoke_keyboard
from handlers.roles.texts import card_text, filter_text, list_text, revoke_question, revoked_text
from services.access import Actor
from services.roles.register import RoleRegister
from services.roles.service import RoleService


async def open_roles(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    role_register: RoleRegister,
    dates: LocalDates,
) -> None:
    """The administrator opens the desk; a form that was open is left."""
    shown = await role_register.list_grants(actor)
    await leave_form(state, raw_state)
    everything = RoleFilter.ALL
    await show(event, list_text(shown, everything, actor.language, dates), list_keyboard(shown, everything))


async def turn_page(
    event: CallbackQuery, callback_data: ListGrants, actor: Actor, role_register: RoleRegister, dates: LocalDates
) -> None:
    """The administrator turns a page, or wants to see one role only."""
    role = callback_data.role
    shown = await role_register.list_grants(actor, callback_data.page, role.role)
    await show(event, list_text(shown, role, actor.language, dates), list_keyboard(shown, role))


async def choose_filter(event: CallbackQuery) -> None:
    """The administrator wants to see one role only."""
    await show(event, filter_text(), filter_keyboard())


async def open_grant(
    event: CallbackQuery, callback_data: OpenGrant, actor: Actor, role_register: RoleRegister, dates: LocalDates
) -> None:
    """The administrator looks at a grant."""
    card = await role_register.get_grant(actor, callback_data.grant_id)
    keyboard = card_keyboard(card, callback_data.page, callback_data.role)
    await show(event, card_text(card, actor.language, dates), keyboard)


async def ask_to_revoke(
    event: CallbackQuery, callback_data: AskRevoke, actor: Actor, role_register: RoleRegister
) -> None:
    """The administrator wants to end a grant and is asked once more."""
    card = await role_register.get_grant(actor, callback_data.grant_id)
    await show(event, revoke_question(card, actor.language), revoke_keyboard(card.grant.id))


async def revoke(event: CallbackQuery, callback_data: RevokeGrant, actor: Actor, roles: RoleService) -> None:
    """The administrator ends a grant."""
    ended = await roles.revoke_grant(actor, callback_data.grant_id)
    await show(event, revoked_text(ended, actor.language), desk_keyboard())


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="roles")
    router.callback_query.register(open_roles, GoTo.filter(F.place == Place.ROLES), flags=ANSWERS_TAP)
    router.callback_query.register(turn_page, ListGrants.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(choose_filter, ChooseFilter.filter())
    router.callback_query.register(open_grant, OpenGrant.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(ask_to_revoke, AskRevoke.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(revoke, RevokeGrant.filter(), flags=ANSWERS_TAP)
    router.include_router(giving.create_router())
    return router
