"""Channels and groups, and how an announcement stands in them, in the reader's words."""

from collections.abc import Iterable, Mapping

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from services.channels.dto import Channel, ChannelKind, ChannelPost, PostState

_LONGEST = 40  # signs of a title
_SIGNS: Mapping[ChannelKind, str] = {ChannelKind.CHANNEL: "📣", ChannelKind.GROUP: "👥"}


def channel_label(channel: Channel | ChannelPost) -> str:
    """Return what it is and what it is called; plain text."""
    title = channel.title if len(channel.title) <= _LONGEST else f"{channel.title[: _LONGEST - 1]}…"
    return f"{_SIGNS[channel.kind]} {title}"


def channel_lines(channels: Iterable[Channel]) -> list[str]:
    """Return a line for each; one that would get nothing is struck out."""
    return [_line(channel) for channel in channels]


def channel_count(number: int) -> str:
    """Say in how many it will stand."""
    sentence = ngettext("+ {count} channel or group", "+ {count} channels and groups", number)
    return sentence.format(count=number)


def post_lines(posts: Iterable[ChannelPost]) -> list[str]:
    """Return how an announcement stands in each."""
    return [f"{html.quote(channel_label(post))}: {post_words(post.state)}" for post in posts]


def post_words(state: PostState) -> str:
    """Say how an announcement stands in a channel."""
    words = {
        PostState.PENDING: _("⏳ is waiting"),
        PostState.SENT: _("✅ sent"),
        PostState.FAILED: _("❌ failed"),
        PostState.BLOCKED: _("🚫 not sent: the bot may not write there"),
        PostState.UNKNOWN: _("❓ nobody knows whether it arrived"),
        PostState.CANCELLED: _("➖ not sent any more"),
        PostState.SKIPPED: _("➖ not sent any more"),
    }
    return words[state]


def _line(channel: Channel) -> str:
    label = html.quote(channel_label(channel))
    if channel.is_open:
        return f"• {label}"
    if channel.is_registered:
        return _("• <s>{channel}</s>: the bot may not write there any more").format(channel=label)
    return _("• <s>{channel}</s>: not registered any more").format(channel=label)
