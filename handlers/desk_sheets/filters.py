"""Which documents are queues that come back without a form."""

import asyncio

from aiogram import Bot
from aiogram.filters import BaseFilter
from aiogram.types import Message

from handlers.common.downloads import FileNotHandedOverError, FileTooLargeError, download
from services.access import Actor
from services.certificates.desks import sits_anywhere
from services.desk_sheets.service import DeskSheetService

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST = 1024 * 1024  # bytes; what is larger is no queue, and a roster is not read twice


class CarriesQueue(BaseFilter):
    """Whoever sits at a desk sends a workbook that is headed as ours; passes its bytes on as `content`.

    Others' files, and workbooks that are something else, are left to whom they are meant for.
    """

    def __init__(self) -> None:
        self._place = asyncio.Semaphore(1)  # one file in memory at a time

    async def __call__(
        self, message: Message, actor: Actor, bot: Bot, desk_sheets: DeskSheetService
    ) -> bool | dict[str, object]:
        """Look at the name first, and into the file only if it can be one."""
        document = message.document
        if document is None or not sits_anywhere(actor) or not 0 < (document.file_size or 0) <= _LARGEST:
            return False
        if document.mime_type != _TYPE and not (document.file_name or "").lower().endswith(".xlsx"):
            return False
        try:
            async with self._place:
                content = await download(bot, document)
                ours = await asyncio.to_thread(desk_sheets.is_queue, content)
        except (FileTooLargeError, FileNotHandedOverError):
            return False  # whoever takes the file then says so
        return {"content": content} if ours else False
