"""The channels and groups of a draft, chosen by taps."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.audience.callbacks import ChooseChannel, ListChannels
from handlers.audience.keyboards import channels_keyboard, marked_channels
from handlers.audience.texts import changed_toast, channels_text
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from services.access import Actor
from services.announcements.posting import ChannelOffer, DraftChannelService


async def list_channels(
    event: CallbackQuery, callback_data: ListChannels, actor: Actor, draft_channels: DraftChannelService
) -> None:
    """The editor looks at what can be chosen."""
    await _show(event, await draft_channels.offer(actor, callback_data.draft_id))


async def choose_channel(
    event: CallbackQuery, callback_data: ChooseChannel, tap: Tap, actor: Actor, draft_channels: DraftChannelService
) -> None:
    """The editor chooses one, or takes it back."""
    offer = await draft_channels.offer(actor, callback_data.draft_id)
    chosen = next((one.id for mark, one in marked_channels(offer) if mark == callback_data.mark), None)
    if chosen is None:
        await tap.answer(changed_toast())
    else:
        await draft_channels.toggle(actor, offer.draft.id, offer.draft.version, chosen)
    await _show(event, await draft_channels.offer(actor, callback_data.draft_id))


async def _show(event: CallbackQuery, offer: ChannelOffer) -> None:
    await show(event, channels_text(offer), channels_keyboard(offer))


def create_router() -> Router:
    """Handlers of channels and groups."""
    router = Router(name="audience channels")
    router.callback_query.register(list_channels, ListChannels.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(choose_channel, ChooseChannel.filter(), flags=ANSWERS_TAP)
    return router
