"""Files that people send, taken from Telegram; too large ones are refused by their declared size."""

from http import HTTPStatus
from io import BytesIO

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Document, PhotoSize
from aiohttp import ClientResponseError

LIMIT_MEGABYTES = 20  # what Telegram lets a bot download
_LIMIT = LIMIT_MEGABYTES * 1024 * 1024
_TOO_BIG = "file is too big"  # getFile, where the sender's size is not declared


class FileTooLargeError(Exception):
    """Telegram does not hand over a file of this size."""


class FileNotHandedOverError(Exception):
    """Telegram does not have the file any more, or refuses it."""


async def download(bot: Bot, document: Document | PhotoSize) -> bytes:
    """Return the bytes of a document or of one size of a photo.

    Raises:
        FileTooLargeError: the file is larger than `LIMIT_MEGABYTES`.
        FileNotHandedOverError: it is gone; what may pass (429, 5xx) is raised as it is, the update is tried again.
    """
    if (document.file_size or 0) > _LIMIT:
        raise FileTooLargeError
    try:
        file = await bot.get_file(document.file_id)
    except TelegramBadRequest as error:
        raise (FileTooLargeError if _TOO_BIG in error.message else FileNotHandedOverError) from error
    if (file.file_size or 0) > _LIMIT:
        raise FileTooLargeError
    if file.file_path is None:
        raise FileNotHandedOverError
    content = BytesIO()
    try:
        await bot.download_file(file.file_path, content, seek=False)
    except ClientResponseError as error:
        if error.status == HTTPStatus.TOO_MANY_REQUESTS or error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise  # it passes; the update is tried again
        raise FileNotHandedOverError from error
    return content.getvalue()  # no copy: the stream gives its own bytes away
