"""Formatted words as editors type them, in the HTML that Telegram takes."""

from html import escape

from aiogram.enums import MessageEntityType
from aiogram.types import Message
from aiogram.utils.text_decorations import HtmlDecoration

#: Formatting that every reader sees as the author does. Of an emoji of one's own the ordinary one stays.
_KEPT = frozenset(
    {
        MessageEntityType.BLOCKQUOTE,
        MessageEntityType.BOLD,
        MessageEntityType.CODE,
        MessageEntityType.EXPANDABLE_BLOCKQUOTE,
        MessageEntityType.ITALIC,
        MessageEntityType.PRE,
        MessageEntityType.SPOILER,
        MessageEntityType.STRIKETHROUGH,
        MessageEntityType.TEXT_LINK,
        MessageEntityType.TEXT_MENTION,
        MessageEntityType.UNDERLINE,
    }
)


class _Decoration(HtmlDecoration):
    """aiogram's, with attributes as HTML has them."""

    def link(self, value: str, link: str) -> str:
        """Lead somewhere, whatever signs the address has."""
        return super().link(value, escape(link))

    def pre_language(self, value: str, language: str) -> str:
        """Say in which language a piece of code is; aiogram's own attribute for it Telegram does not know."""
        return f'<pre><code class="language-{escape(language)}">{value}</code></pre>'


def html_of(message: Message) -> str:
    """Return the words of a message, or those below its file, with their formatting; typed tags are words."""
    entities = [one for one in message.entities or message.caption_entities or [] if one.type in _KEPT]
    entities.sort(key=lambda one: (one.offset, -one.length))  # what is around comes before what is inside
    return _Decoration().unparse(message.text or message.caption or "", entities)
