"""Refusals about channels and groups."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.announce.keyboards import editors_desk_keyboard
from handlers.common.keyboards import back_to_menu_keyboard
from services.channels.errors import ChannelLost, ChannelsClosed, ChannelTextTooLong, NoSuchChannel
from services.languages import Language


def _no_such_channel(_refusal: NoSuchChannel, _language: Language, _words: Words) -> str:
    return _("This channel or group is not registered any more. Choose another one.")


def _channel_lost(refusal: ChannelLost, _language: Language, _words: Words) -> str:
    return _(
        "I may not write there any more: {channel}. An administrator has to add me in Telegram once more; nothing was "
        "changed."
    ).format(channel=html.quote(refusal.title))


def _channels_closed(refusal: ChannelsClosed, _language: Language, _words: Words) -> str:
    return _(
        "Nothing was sent: I may not write there any more, or it is not registered any more: {channels}. Take it back "
        "in the draft under “Channels and groups”, or ask an administrator to add me there once more."
    ).format(channels=html.quote("; ".join(refusal.titles)))


def _text_too_long(refusal: ChannelTextTooLong, _language: Language, _words: Words) -> str:
    return _(
        "Nothing was sent. In this channel all languages stand in one message: {channel}. Together the texts are "
        "{length} signs long, and Telegram takes {limit}. Shorten them, or ask an administrator to choose one language "
        "for it."
    ).format(channel=html.quote(refusal.title), length=refusal.length, limit=refusal.limit)


SENTENCES: Sentences = {
    ChannelLost: _channel_lost,
    ChannelTextTooLong: _text_too_long,
    ChannelsClosed: _channels_closed,
    NoSuchChannel: _no_such_channel,
}

KEYBOARDS: Keyboards = {
    **dict.fromkeys(SENTENCES, editors_desk_keyboard),
    NoSuchChannel: back_to_menu_keyboard,
    ChannelLost: back_to_menu_keyboard,
}
