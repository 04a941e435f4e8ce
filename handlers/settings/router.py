"""/settings: one screen of how things stand, and the ways to change them."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, Place
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form
from handlers.common.keyboards import menu_keyboard
from handlers.common.ports import LocalDates
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.common.texts import menu_text
from handlers.settings.callbacks import (
    AskToUnlink,
    ChooseEnd,
    ChooseStart,
    KeepCategory,
    KeepGathering,
    KeepHours,
    KeepReadyChoice,
    KeepSilence,
    OpenQuietHours,
    ReadyChoice,
    TypeHours,
    Unlink,
)
from handlers.settings.keyboards import (
    back_to_quiet_hours_keyboard,
    choice_keyboard,
    ends_keyboard,
    quiet_hours_keyboard,
    settings_keyboard,
    starts_keyboard,
    unlink_keyboard,
)
from handlers.settings.states import QuietHoursForm
from handlers.settings.texts import (
    ask_for_end_text,
    ask_for_start_text,
    ask_to_unlink_text,
    choice_text,
    kept_toast,
    no_hours_text,
    quiet_hours_text,
    settings_text,
    type_hours_text,
    unlinked_text,
)
from services.access import Actor
from services.accounts.service import AccountService
from services.delivery.quiet_hours import NO_QUIET_HOURS, read_quiet_hours
from services.linking.service import LinkingService
from services.university import UniversityCard


async def open_settings(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    accounts: AccountService,
    dates: LocalDates,
) -> None:
    """The person looks at their settings; a form that was open is left."""
    await leave_form(state, raw_state)
    await _show_settings(event, actor, accounts, dates)


async def open_quiet_hours(
    event: CallbackQuery, actor: Actor, state: FSMContext, raw_state: str | None, accounts: AccountService
) -> None:
    """The person looks at the quiet hours."""
    await leave_form(state, raw_state)
    settings = await accounts.get_settings(actor)
    await show(event, quiet_hours_text(settings), quiet_hours_keyboard(settings))


async def keep_ready_choice(
    event: CallbackQuery,
    tap: Tap,
    callback_data: KeepReadyChoice,
    actor: Actor,
    accounts: AccountService,
    dates: LocalDates,
) -> None:
    """The person takes the university's hours, or none."""
    hours = NO_QUIET_HOURS if callback_data.choice is ReadyChoice.NONE else None
    await accounts.choose_quiet_hours(actor, hours)
    await tap.answer(kept_toast())
    await _show_settings(event, actor, accounts, dates)


async def choose_start(event: CallbackQuery) -> None:
    """The person wants hours of their own."""
    await show(event, ask_for_start_text(), starts_keyboard())


async def choose_end(event: CallbackQuery, callback_data: ChooseEnd) -> None:
    """The person chose when they begin."""
    await show(event, ask_for_end_text(callback_data.start), ends_keyboard(callback_data.start))


async def keep_hours(
    event: CallbackQuery,
    tap: Tap,
    callback_data: KeepHours,
    actor: Actor,
    accounts: AccountService,
    dates: LocalDates,
) -> None:
    """The person chose when they end."""
    hours = read_quiet_hours(f"{callback_data.start}-{callback_data.until}")
    if hours is None:  # a button that we never made
        await choose_start(event)
        return
    await accounts.choose_quiet_hours(actor, hours)
    await tap.answer(kept_toast())
    await _show_settings(event, actor, accounts, dates)


async def begin_to_type(event: CallbackQuery, state: FSMContext) -> None:
    """The person wants hours that have no button."""
    await state.set_state(QuietHoursForm.hours)
    await show(event, type_hours_text(), back_to_quiet_hours_keyboard())


async def type_hours(
    message: Message, actor: Actor, state: FSMContext, accounts: AccountService, dates: LocalDates
) -> None:
    """The person writes the hours."""
    hours = read_quiet_hours(message.text or "")
    if hours is None:
        await show(message, no_hours_text(), back_to_quiet_hours_keyboard())
        return
    await accounts.choose_quiet_hours(actor, hours)
    await state.clear()
    await _show_settings(message, actor, accounts, dates)


async def keep_silence(
    event: CallbackQuery,
    tap: Tap,
    callback_data: KeepSilence,
    actor: Actor,
    accounts: AccountService,
    dates: LocalDates,
) -> None:
    """The person switches the sound of ordinary messages off, or on."""
    await accounts.choose_silence(actor, silent=callback_data.silent)
    await tap.answer(kept_toast())
    await _show_settings(event, actor, accounts, dates)


async def open_choice(
    event: CallbackQuery, actor: Actor, state: FSMContext, raw_state: str | None, accounts: AccountService
) -> None:
    """The person looks at what comes, and when."""
    await leave_form(state, raw_state)
    await _show_choice(event, actor, accounts)


async def keep_category(
    event: CallbackQuery, tap: Tap, callback_data: KeepCategory, actor: Actor, accounts: AccountService
) -> None:
    """The person switches a category off or on."""
    await accounts.choose_category(actor, callback_data.category, wanted=callback_data.wanted)
    await tap.answer(kept_toast())
    await _show_choice(event, actor, accounts)


async def keep_gathering(
    event: CallbackQuery, tap: Tap, callback_data: KeepGathering, actor: Actor, accounts: AccountService
) -> None:
    """The person wants ordinary messages together in the evening, or at once."""
    await accounts.choose_gathering(actor, gathered=callback_data.gathered)
    await tap.answer(kept_toast())
    await _show_choice(event, actor, accounts)


async def ask_to_unlink(event: CallbackQuery, actor: Actor, accounts: AccountService, dates: LocalDates) -> None:
    """The person thinks of unlinking the account."""
    if actor.person is None:
        await _show_settings(event, actor, accounts, dates)
        return
    await show(event, ask_to_unlink_text(actor.person), unlink_keyboard(actor.person))


async def unlink(
    event: CallbackQuery,
    callback_data: Unlink,
    actor: Actor,
    linking: LinkingService,
    accounts: AccountService,
    dates: LocalDates,
    university: UniversityCard,
) -> None:
    """The person is sure; a button under another person's name does nothing."""
    if actor.person is None or actor.person.id != callback_data.person_id:
        await _show_settings(event, actor, accounts, dates)
        return
    await linking.unlink(actor, callback_data.person_id)
    stranger = replace(actor, person=None, grants=frozenset())  # whatever rights are left show on the next screen
    await show(event, unlinked_text(menu_text(stranger, university)), menu_keyboard(stranger))


async def _show_settings(
    event: Message | CallbackQuery, actor: Actor, accounts: AccountService, dates: LocalDates
) -> None:
    settings = await accounts.get_settings(actor)
    await show(event, settings_text(actor, settings, dates), settings_keyboard(actor, settings))


async def _show_choice(event: CallbackQuery, actor: Actor, accounts: AccountService) -> None:
    settings = await accounts.get_settings(actor)
    await show(event, choice_text(settings), choice_keyboard(settings))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="settings")
    router.message.register(open_settings, Command("settings"))
    router.callback_query.register(open_settings, GoTo.filter(F.place == Place.SETTINGS))
    router.callback_query.register(open_quiet_hours, OpenQuietHours.filter())
    router.callback_query.register(keep_ready_choice, KeepReadyChoice.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(choose_start, ChooseStart.filter())
    router.callback_query.register(choose_end, ChooseEnd.filter())
    router.callback_query.register(keep_hours, KeepHours.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(begin_to_type, TypeHours.filter())
    router.message.register(type_hours, QuietHoursForm.hours, TYPED_TEXT)
    router.callback_query.register(keep_silence, KeepSilence.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(open_choice, GoTo.filter(F.place == Place.ANNOUNCEMENT_CHOICE))
    router.callback_query.register(keep_category, KeepCategory.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(keep_gathering, KeepGathering.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(ask_to_unlink, AskToUnlink.filter())
    router.callback_query.register(unlink, Unlink.filter(), flags=ANSWERS_TAP)
    return router
