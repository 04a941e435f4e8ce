"""What an announcement says in channels and groups, and whether it can go there."""

from dataclasses import replace

from services.announcements.dto import Announcement, ChosenText, Content
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.rules import text_for
from services.channels.dto import Channel
from services.channels.errors import ChannelsClosed, ChannelTextTooLong
from services.html import LONGEST_CAPTION, LONGEST_MESSAGE, visible_length
from services.languages import Language

#: Between the texts of a channel that gets all of them.
RULE = "\n\n———\n\n"


def joint_text(content: Content) -> str:
    """Return all texts as one, in the order of the languages."""
    return RULE.join(content.texts[language] for language in Language if language in content.texts)


def as_posted(announcement: Announcement) -> Announcement:
    """Return an announcement as a channel shows it: nobody confirms there, for the button would be everybody's."""
    return replace(announcement, options=replace(announcement.options, asks_reading=False))


def text_in(announcement: Announcement, channel: Channel, reader: Language) -> ChosenText:
    """Return the text of a channel: in its language, else all of them; `reader`: that of the buttons."""
    if channel.language is not None:
        return text_for(announcement, channel.language)
    return ChosenText(html=joint_text(announcement.content), language=reader)


def check_joint(content: Content, channel: Channel) -> None:
    """Refuse texts that do not fit into one message together.

    Raises:
        ChannelTextTooLong: with how long it is.
    """
    if channel.language is not None:
        return
    limit = LONGEST_MESSAGE if content.file is None else LONGEST_CAPTION
    length = visible_length(joint_text(content))
    if length > limit:
        raise ChannelTextTooLong(channel.title, length, limit)


async def stands_joint(uow: AnnouncementsUnitOfWork, announcement: Announcement) -> bool:
    """Tell whether one of its channels gets all texts in one message."""
    channels = await uow.channels.list_named(announcement.channels) if announcement.channels else ()
    return any(channel.language is None for channel in channels)


async def require_joint(uow: AnnouncementsUnitOfWork, announcement: Announcement) -> None:
    """Refuse texts that do not fit together into one message of its channels."""
    for channel in await uow.channels.list_named(announcement.channels) if announcement.channels else ():
        check_joint(announcement.content, channel)


async def require_channels(uow: AnnouncementsUnitOfWork, announcement: Announcement) -> None:
    """Refuse what could not stand in one of its channels; so nothing goes out by halves.

    Raises:
        ChannelsClosed: the bot may not write there any more, it was removed, or it is not the unit's by now.
        ChannelTextTooLong: all texts together do not fit into one message.
    """
    channels = await uow.channels.list_named(announcement.channels)
    closed = [channel.title for channel in channels if not _may_go_to(announcement, channel)]
    if closed:
        raise ChannelsClosed(closed)
    for channel in channels:
        check_joint(announcement.content, channel)


def _may_go_to(announcement: Announcement, channel: Channel) -> bool:
    writes_there = announcement.group_name is None and announcement.unit_code in {None, channel.unit_code}
    return channel.is_open and writes_there
