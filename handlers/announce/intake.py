"""What editors send: formatted words, a photo, a document."""

from aiogram import Bot
from aiogram.types import CallbackQuery, Document, Message, PhotoSize

from handlers.announce.keyboards import editors_desk_keyboard
from handlers.announce.texts import file_gone_text, file_too_large_text
from handlers.common.downloads import LIMIT_MEGABYTES, FileNotHandedOverError, FileTooLargeError, download
from handlers.common.formatting import html_of
from handlers.common.screens import show
from services.announcements.dto import Media
from services.announcements.writing_dto import SentMedia, Written
from services.languages import Language

_JPEG, _BYTES = "image/jpeg", "application/octet-stream"
_UNNAMED, _PHOTO = "document", "photo.jpg"


async def read_message(message: Message, bot: Bot, language: Language) -> Written | None:
    """Return what was sent; None if Telegram did not hand the file over, which is said then."""
    return await read_parts(message, html_of(message), file_of(message), bot, language)


async def read_parts(
    event: Message | CallbackQuery, html: str, file: PhotoSize | Document | None, bot: Bot, language: Language
) -> Written | None:
    """Return words with their file; None if Telegram did not hand it over, which is said then."""
    try:
        media = await _fetch(file, bot) if file is not None else None
    except FileTooLargeError:
        await show(event, file_too_large_text(LIMIT_MEGABYTES), editors_desk_keyboard())
        return None
    except FileNotHandedOverError:
        await show(event, file_gone_text(), editors_desk_keyboard())
        return None
    return Written(language=language, html=html, media=media)


def file_of(message: Message) -> PhotoSize | Document | None:
    """Return the photo (its largest size) or the document of a message; None if there is neither."""
    return message.photo[-1] if message.photo else message.document


async def _fetch(file: PhotoSize | Document, bot: Bot) -> SentMedia:
    content = await download(bot, file)
    if isinstance(file, PhotoSize):
        return SentMedia(media=Media.PHOTO, content=content, mime=_JPEG, name=_PHOTO)
    name, mime = file.file_name or _UNNAMED, file.mime_type or _BYTES
    return SentMedia(media=Media.DOCUMENT, content=content, mime=mime, name=name)
