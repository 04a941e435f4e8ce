"""Keyboards of this feature."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.channels.callbacks import (
    AskToRemoveChannel,
    ChooseChannelTexts,
    ChooseChannelUnit,
    ListChannelUnits,
    OpenChannel,
    RegisterChannel,
    RemoveChannel,
    Texts,
)
from handlers.common.callbacks import Place
from handlers.common.channel_words import channel_label
from handlers.common.keyboards import menu_button, place_button
from handlers.common.languages import language_name
from handlers.common.roles import unit_name
from services.channels.dto import Channel, ChannelCard
from services.languages import Language
from services.roles.dto import UnitName

PAGE = 8
_MOST_LISTED = 40


def channels_keyboard(channels: Sequence[Channel]) -> InlineKeyboardMarkup:
    """Offer each of them, and the way back."""
    shown = [channel for channel in channels if channel.is_registered or channel.lost_at is None]
    rows = [[_button(_sign(channel), OpenChannel(channel_id=channel.id))] for channel in shown[:_MOST_LISTED]]
    end = [place_button(_("← Desks"), Place.DESKS), menu_button()]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, end])


def channel_keyboard(card: ChannelCard) -> InlineKeyboardMarkup:
    """Offer what can be changed."""
    channel, rows = card.channel, list[list[InlineKeyboardButton]]()
    if not channel.is_registered and channel.lost_at is None:
        rows.append([_button(_("✅ Register it for announcements"), RegisterChannel(channel_id=channel.id))])
    if channel.is_registered:
        rows += [_texts_row(channel)]
        rows.append([_button(_("🏛 Unit"), ListChannelUnits(channel_id=channel.id, page=0))])
        rows.append([_button(_("🗑 Remove it from the list"), AskToRemoveChannel(channel_id=channel.id))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _end()])


def remove_keyboard(channel_id: int) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    yes = _button(_("🗑 Yes, remove it"), RemoveChannel(channel_id=channel_id))
    return InlineKeyboardMarkup(inline_keyboard=[[yes], [_back(channel_id)]])


def units_keyboard(channel_id: int, units: Sequence[UnitName], page: int, reader: Language) -> InlineKeyboardMarkup:
    """Offer a page of units, and none of them."""
    whole = _button(_("The whole university"), ChooseChannelUnit(channel_id=channel_id, unit_id=0))
    rows = [
        [_button(unit_name(unit, reader), ChooseChannelUnit(channel_id=channel_id, unit_id=unit.id))]
        for unit in units[page * PAGE : (page + 1) * PAGE]
    ]
    turns = [
        _button(sign, ListChannelUnits(channel_id=channel_id, page=turned))
        for sign, turned in (("←", page - 1), ("→", page + 1))
        if 0 <= turned < pages_of(units)
    ]
    return InlineKeyboardMarkup(
        inline_keyboard=[[whole], *rows, *([turns] if turns else []), [_back(channel_id), menu_button()]]
    )


def pages_of(units: Sequence[UnitName]) -> int:
    """Return how many pages the units fill; at least one."""
    return max(1, -(-len(units) // PAGE))


def back_to_channels_keyboard() -> InlineKeyboardMarkup:
    """Lead back to the list."""
    return InlineKeyboardMarkup(inline_keyboard=[_end()])


def _texts_row(channel: Channel) -> list[InlineKeyboardButton]:
    labels = {texts: language_name(texts.language) if texts.language else _("All languages") for texts in Texts}
    return [
        _button(
            f"✅ {label}" if texts.language is channel.language else label,
            ChooseChannelTexts(channel_id=channel.id, texts=texts),
        )
        for texts, label in labels.items()
    ]


def _sign(channel: Channel) -> str:
    mark = "" if channel.is_open else "🚫 " if channel.is_registered else "➕ "
    return f"{mark}{channel_label(channel)}"


def _end() -> list[InlineKeyboardButton]:
    return [place_button(_("← Channels and groups"), Place.CHANNELS), menu_button()]


def _back(channel_id: int) -> InlineKeyboardButton:
    return _button(_("← Back"), OpenChannel(channel_id=channel_id))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
