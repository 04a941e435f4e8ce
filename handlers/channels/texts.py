"""What is said about channels and groups."""

from collections.abc import Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.channel_words import channel_label, channel_lines
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from services.channels.dto import Channel, ChannelCard, ChannelKind

_MOST_LISTED = 40  # a message has its limits


def channels_text(channels: Sequence[Channel]) -> str:
    """List them, and say how another one is registered."""
    registered = [channel for channel in channels if channel.is_registered]
    lines = [_("📣 <b>Channels and groups</b>"), ""]
    lines += channel_lines(registered[:_MOST_LISTED]) or [_("None is registered yet.")]
    if len(registered) > _MOST_LISTED:
        lines.append(_("… and {number} more").format(number=len(registered) - _MOST_LISTED))
    waiting = [channel for channel in channels if not channel.is_registered and channel.lost_at is None]
    if waiting:
        lines += ["", _("Not registered, though I may write there:")]
        lines += [f"• {html.quote(channel_label(channel))}" for channel in waiting[:_MOST_LISTED]]
    return "\n".join([*lines, "", how_text()])


def how_text() -> str:
    """Say how another one is registered."""
    return _(
        "To register one, add me in Telegram: to a channel as an administrator who may post messages, to a group as a "
        "member. Then I ask you here."
    )


def channel_text(card: ChannelCard, reader: Reader) -> str:
    """Show one."""
    channel = card.channel
    kind = _("Channel") if channel.kind is ChannelKind.CHANNEL else _("Group (chat)")
    lines = [f"<b>{html.quote(channel_label(channel))}</b>", kind]
    if channel.username:
        lines.append(f"@{html.quote(channel.username)}")
    lines += ["", _texts_line(channel), _unit_line(card, reader)]
    if channel.registered_at is not None:
        lines.append(_("Registered: {moment}").format(moment=reader.moment(channel.registered_at)))
    if card.registrar:
        lines.append(_("Registered by: {name}").format(name=html.quote(card.registrar)))
    return "\n".join([*lines, "", state_line(channel, reader)])


def state_line(channel: Channel, reader: Reader) -> str:
    """Say whether announcements go there, and what to do where they do not."""
    if channel.lost_at is not None:
        sentence = _("🚫 I may not write there any more. Since: {moment}. To mend it, add me in Telegram once more.")
        return sentence.format(moment=reader.moment(channel.lost_at))
    if channel.is_registered:
        return _(
            "✅ Registered: editors can choose it for announcements. Each of them needs a second person’s approval."
        )
    return _("➖ Not registered: no announcement goes there.")


def offered_text(channel: Channel) -> str:
    """Ask whoever brought the bot there."""
    where = f"<b>{html.quote(channel_label(channel))}</b>"
    sentence = _("I can write here now: {channel}. Shall announcements go there?").format(channel=where)
    after = _("Editors will be able to choose it, and an approver looks at each announcement first.")
    return f"{sentence}\n\n{after}"


def lost_text(channel: Channel) -> str:
    """Tell the administrators."""
    where = f"<b>{html.quote(channel_label(channel))}</b>"
    head = _("🚫 I may not write there any more: {channel}").format(channel=where)
    mend = _("Announcements do not arrive there. Add me in Telegram once more, or remove it from the list.")
    return f"{head}\n\n{mend}"


def ask_to_remove_text(card: ChannelCard) -> str:
    """Ask before it is removed."""
    where = f"<b>{html.quote(channel_label(card.channel))}</b>"
    return _("No announcement will go there any more; what stands there stays. Remove it? {channel}").format(
        channel=where
    )


def units_text(card: ChannelCard, page: int, pages: int) -> str:
    """Ask for the unit."""
    lines = [f"<b>{html.quote(channel_label(card.channel))}</b>"]
    lines.append(_("Which unit’s editors may choose it, besides those of the whole university?"))
    if pages > 1:
        lines.append(_("Page {page} of {pages}").format(page=page + 1, pages=pages))
    return "\n".join(lines)


def _texts_line(channel: Channel) -> str:
    if channel.language is None:
        return _("Text: in all languages, in one message")
    return _("Text: {language}").format(language=language_name(channel.language))


def _unit_line(card: ChannelCard, reader: Reader) -> str:
    if card.channel.unit_code is None:
        return _("Who may choose it: editors of the whole university")
    name = card.unit.get(reader.language) or card.unit.ky if card.unit is not None else ""
    unit = html.quote(name or card.channel.unit_code)
    return _("Who may choose it: also editors of the unit {unit}").format(unit=unit)
