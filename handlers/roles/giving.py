"""Giving a role, or appointing a deputy: who -> which role -> where -> from and until which day -> review."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.ports import LocalDates
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.roles.callbacks import (
    AppointDeputy,
    ChooseCandidate,
    ChooseDay,
    ChooseRole,
    ChooseUnit,
    ConfirmRole,
    DayChoice,
    GiveRole,
)
from handlers.roles.form import draft_of, proposal_of
from handlers.roles.keyboards import (
    candidates_keyboard,
    desk_keyboard,
    first_day_keyboard,
    last_day_keyboard,
    review_keyboard,
    roles_keyboard,
    units_keyboard,
)
from handlers.roles.states import RoleForm
from handlers.roles.texts import (
    ask_for_deputy_text,
    ask_for_first_day_text,
    ask_for_holder_text,
    ask_for_last_day_text,
    ask_for_role_text,
    ask_for_unit_text,
    earlier_step_toast,
    found_people_text,
    found_units_text,
    given_text,
    not_a_day_text,
    review_text,
)
from services.access import Actor, Role
from services.days import read_date
from services.roles.register import RoleRegister
from services.roles.rules import ROLES_WITH_UNIT
from services.roles.service import RoleService


async def begin(event: CallbackQuery, actor: Actor, state: FSMContext) -> None:
    """The administrator wants to give a role."""
    actor.require(Role.ADMIN)
    await state.set_data({})
    await state.set_state(RoleForm.holder)
    await show(event, ask_for_holder_text(), candidates_keyboard([], actor.language))


async def begin_deputy(
    event: CallbackQuery, callback_data: AppointDeputy, actor: Actor, state: FSMContext, role_register: RoleRegister
) -> None:
    """The administrator wants somebody to stand in for a holder."""
    card = await role_register.get_grant(actor, callback_data.grant_id)
    await state.set_data({"deputy_of": card.grant.id})
    await state.set_state(RoleForm.holder)
    await show(event, ask_for_deputy_text(card.grant, actor.language), candidates_keyboard([], actor.language))


async def type_holder(message: Message, actor: Actor, role_register: RoleRegister) -> None:
    """The administrator types a name, a number or a Telegram id."""
    found = await role_register.find_candidates(actor, message.text or "")
    await show(message, found_people_text(found), candidates_keyboard(found.candidates, actor.language))


async def choose_candidate(event: CallbackQuery, callback_data: ChooseCandidate, state: FSMContext) -> None:
    """The administrator says who is meant; a deputy's role and unit are known already."""
    form = await state.update_data(person=callback_data.person_id or None, account=callback_data.account_id or None)
    if form.get("deputy_of"):
        await _ask_for_first_day(event, state)
        return
    await state.set_state(RoleForm.role)
    await show(event, ask_for_role_text(), roles_keyboard())


async def choose_role(event: CallbackQuery, callback_data: ChooseRole, actor: Actor, state: FSMContext) -> None:
    """The administrator chooses the role."""
    role = callback_data.role
    await state.update_data(role=role.value, unit=None)
    if role not in ROLES_WITH_UNIT:
        await _ask_for_first_day(event, state)
        return
    await state.set_state(RoleForm.unit)
    await show(event, ask_for_unit_text(role), units_keyboard([], role, actor.language))


async def type_unit(message: Message, actor: Actor, state: FSMContext, role_register: RoleRegister) -> None:
    """The administrator types a part of a unit's name."""
    found = await role_register.find_units(actor, message.text or "")
    role = Role((await state.get_data())["role"])
    await show(message, found_units_text(found), units_keyboard(found.units, role, actor.language))


async def choose_unit(event: CallbackQuery, callback_data: ChooseUnit, state: FSMContext) -> None:
    """The administrator chooses the unit, or the whole university."""
    await state.update_data(unit=callback_data.unit_id or None)
    await _ask_for_first_day(event, state)


async def type_day(
    message: Message, actor: Actor, state: FSMContext, raw_state: str | None, roles: RoleService, dates: LocalDates
) -> None:
    """The administrator types a day."""
    day = read_date(message.text or "")
    if day is None:
        await show(message, not_a_day_text(), back_to_menu_keyboard())
    elif raw_state == RoleForm.first_day.state:
        await _ask_for_last_day(message, state, first=day.isoformat())
    else:
        await _review(message, actor, state, roles, dates, last=day.isoformat())


async def begin_now(event: CallbackQuery, state: FSMContext) -> None:
    """The role is to begin at once."""
    await _ask_for_last_day(event, state, first=None)


async def set_no_end(
    event: CallbackQuery, actor: Actor, state: FSMContext, roles: RoleService, dates: LocalDates
) -> None:
    """The role is to have no end."""
    await _review(event, actor, state, roles, dates, last=None)


async def confirm(
    event: CallbackQuery,
    callback_data: ConfirmRole,
    actor: Actor,
    state: FSMContext,
    roles: RoleService,
    dates: LocalDates,
) -> None:
    """The administrator confirms; what another draft's button said is not given, but shown as it is now."""
    form = await state.get_data()
    if callback_data.draft != draft_of(form):
        await _review(event, actor, state, roles, dates, last=form.get("last"))
        return
    grant = await roles.give(actor, proposal_of(form))
    await state.clear()
    await show(event, given_text(grant, actor.language, dates), desk_keyboard())


async def press_late(event: CallbackQuery, tap: Tap) -> None:  # noqa: ARG001 -- every handler takes its event
    """The administrator taps twice, or on a screen of an earlier step; what is on the screen stays."""
    await tap.answer(earlier_step_toast())


async def _ask_for_first_day(event: CallbackQuery, state: FSMContext) -> None:
    await state.set_state(RoleForm.first_day)
    await show(event, ask_for_first_day_text(), first_day_keyboard())


async def _ask_for_last_day(event: Message | CallbackQuery, state: FSMContext, *, first: str | None) -> None:
    form = await state.update_data(first=first)
    endless = not form.get("deputy_of")
    await state.set_state(RoleForm.last_day)
    await show(event, ask_for_last_day_text(endless=endless), last_day_keyboard(endless=endless))


async def _review(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    roles: RoleService,
    dates: LocalDates,
    *,
    last: str | None,
) -> None:
    """Show what would be given; what is refused leaves the form where it was, so that another day can be written."""
    form = await state.get_data() | {"last": last}
    review = await roles.review(actor, proposal_of(form))
    await state.set_data(form)
    await state.set_state(RoleForm.review)
    await show(event, review_text(review, actor.language, dates), review_keyboard(draft_of(form)))


def create_router() -> Router:
    """Handlers of the form; buttons of a step work in that step only."""
    router = Router(name="roles: giving")
    router.callback_query.register(begin, GiveRole.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(begin_deputy, AppointDeputy.filter(), flags=ANSWERS_TAP)
    router.message.register(type_holder, RoleForm.holder, TYPED_TEXT)
    router.callback_query.register(choose_candidate, RoleForm.holder, ChooseCandidate.filter())
    router.callback_query.register(choose_role, RoleForm.role, ChooseRole.filter())
    router.message.register(type_unit, RoleForm.unit, TYPED_TEXT)
    router.callback_query.register(choose_unit, RoleForm.unit, ChooseUnit.filter())
    router.message.register(type_day, RoleForm.first_day, TYPED_TEXT)
    router.message.register(type_day, RoleForm.last_day, TYPED_TEXT)
    router.callback_query.register(begin_now, RoleForm.first_day, ChooseDay.filter(F.day == DayChoice.FROM_NOW))
    router.callback_query.register(
        set_no_end, RoleForm.last_day, ChooseDay.filter(F.day == DayChoice.NO_END), flags=ANSWERS_TAP
    )
    router.callback_query.register(confirm, RoleForm.review, ConfirmRole.filter(), flags=ANSWERS_TAP)
    for button in (ChooseCandidate, ChooseRole, ChooseUnit, ChooseDay, ConfirmRole):
        router.callback_query.register(press_late, button.filter(), flags=ANSWERS_TAP)
    return router
