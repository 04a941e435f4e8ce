"""The beginning of an announcement, by which it is recognised."""

from aiogram import html

from services.announcements.dto import Announcement
from services.html import visible_text
from services.languages import Language

_EXCERPT = 200


def excerpt(announcement: Announcement, reader: Language) -> str:
    """Return the beginning of an announcement, in the reader's language where there is a text."""
    texts = announcement.texts
    language = next((one for one in (reader, announcement.fallback, *texts) if one in texts), None)
    text = visible_text(texts[language]) if language is not None else "…"
    cut = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
    return f"<blockquote>{html.quote(cut)}</blockquote>"
