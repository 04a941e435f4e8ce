"""The desk of channels and groups: the list, one of them, registering and removing it."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.channels.callbacks import (
    AskToRemoveChannel,
    ChooseChannelTexts,
    ChooseChannelUnit,
    ListChannelUnits,
    OpenChannel,
    RegisterChannel,
    RemoveChannel,
)
from handlers.channels.keyboards import channel_keyboard, channels_keyboard, pages_of, remove_keyboard, units_keyboard
from handlers.channels.texts import ask_to_remove_text, channel_text, channels_text, units_text
from handlers.common.callbacks import GoTo, Place
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from services.access import Actor
from services.channels.dto import ChannelCard
from services.channels.service import ChannelService


async def open_channels(
    event: CallbackQuery, actor: Actor, state: FSMContext, raw_state: str | None, channels: ChannelService
) -> None:
    """The administrator looks at all of them; a form that was open is left."""
    known = await channels.list_all(actor)
    await leave_form(state, raw_state)
    await show(event, channels_text(known), channels_keyboard(known))


async def open_channel(
    event: CallbackQuery, callback_data: OpenChannel, actor: Actor, channels: ChannelService, reader: Reader
) -> None:
    """The administrator looks at one."""
    await _show(event, await channels.open(actor, callback_data.channel_id), reader)


async def register(
    event: CallbackQuery, callback_data: RegisterChannel, actor: Actor, channels: ChannelService, reader: Reader
) -> None:
    """The administrator lets announcements go there."""
    await _show(event, await channels.register(actor, callback_data.channel_id), reader)


async def ask_to_remove(
    event: CallbackQuery, callback_data: AskToRemoveChannel, actor: Actor, channels: ChannelService
) -> None:
    """The administrator wants none to go there and is asked once more."""
    card = await channels.open(actor, callback_data.channel_id)
    await show(event, ask_to_remove_text(card), remove_keyboard(card.channel.id))


async def remove(
    event: CallbackQuery, callback_data: RemoveChannel, actor: Actor, channels: ChannelService, reader: Reader
) -> None:
    """The administrator lets none go there any more."""
    await _show(event, await channels.remove(actor, callback_data.channel_id), reader)


async def choose_texts(
    event: CallbackQuery, callback_data: ChooseChannelTexts, actor: Actor, channels: ChannelService, reader: Reader
) -> None:
    """The administrator chooses whose text goes there."""
    told = callback_data
    await _show(event, await channels.choose_language(actor, told.channel_id, told.texts.language), reader)


async def list_units(
    event: CallbackQuery, callback_data: ListChannelUnits, actor: Actor, channels: ChannelService, reader: Reader
) -> None:
    """The administrator looks for the unit to which it belongs."""
    card = await channels.open(actor, callback_data.channel_id)
    units = await channels.list_units(actor)
    page = min(callback_data.page, pages_of(units) - 1)
    keyboard = units_keyboard(card.channel.id, units, page, reader.language)
    await show(event, units_text(card, page, pages_of(units)), keyboard)


async def choose_unit(
    event: CallbackQuery, callback_data: ChooseChannelUnit, actor: Actor, channels: ChannelService, reader: Reader
) -> None:
    """The administrator chooses it."""
    card = await channels.choose_unit(actor, callback_data.channel_id, callback_data.unit_id or None)
    await _show(event, card, reader)


async def _show(event: CallbackQuery, card: ChannelCard, reader: Reader) -> None:
    await show(event, channel_text(card, reader), channel_keyboard(card))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="channels")
    taps = router.callback_query
    taps.register(open_channels, GoTo.filter(F.place == Place.CHANNELS), flags=ANSWERS_TAP)
    taps.register(open_channel, OpenChannel.filter(), flags=ANSWERS_TAP)
    taps.register(register, RegisterChannel.filter(), flags=ANSWERS_TAP)
    taps.register(ask_to_remove, AskToRemoveChannel.filter(), flags=ANSWERS_TAP)
    taps.register(remove, RemoveChannel.filter(), flags=ANSWERS_TAP)
    taps.register(choose_texts, ChooseChannelTexts.filter(), flags=ANSWERS_TAP)
    taps.register(list_units, ListChannelUnits.filter(), flags=ANSWERS_TAP)
    taps.register(choose_unit, ChooseChannelUnit.filter(), flags=ANSWERS_TAP)
    return router
