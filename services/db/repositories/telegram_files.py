"""Files of ours, and Telegram's own copies of them."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, delete, exists, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Interval

from services.attachments import SentFile
from services.db.models import Base, File, TelegramFile
from services.db.presence import worker_is_gone
from services.delivery.dto import Attachment

# Whoever writes the row, or takes over one whose writer is gone, brings the file there; nobody else does meanwhile.
_BRING = text(f"""
    insert into telegram_files (file_id, bot_id, worker, leased_until)
    values (:file, :bot, :worker, clock_timestamp() + :lease)
    on conflict (file_id, bot_id) do update set worker = excluded.worker, leased_until = excluded.leased_until
    where telegram_files.telegram_file_id is null
      and (telegram_files.leased_until is null or telegram_files.leased_until < clock_timestamp()
           or {worker_is_gone("telegram_files")})
    returning telegram_file_id
""").bindparams(bindparam("lease", type_=Interval))  # noqa: S608 -- a constant of ours

# Everything that may refer to a file, whatever table it is in; Telegram's copies go with the file.
_USED = tuple(
    column
    for table in Base.metadata.sorted_tables
    if table is not TelegramFile.__table__
    for column in table.columns
    if any(key.column is File.__table__.c.id for key in column.foreign_keys)
)
_MOST_FORGOTTEN = 1000


class SqlFileRepository:
    """Files by id, copies by bot."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, content: bytes, mime: str, now: datetime) -> int:
        """Keep bytes, once; return their id. Those of a file that was emptied with its person come back.

        A file that is there is kept anew from now on: nobody forgets it before the caller refers to it.
        """
        digest = hashlib.sha256(content).digest()
        statement = insert(File).values(sha256=digest, size=len(content), mime=mime, content=content, created_at=now)
        there = {
            "content": case((File.size == 0, statement.excluded.content), else_=File.content),
            "size": len(content),
            "created_at": func.greatest(File.created_at, now),
        }
        anew = statement.on_conflict_do_update(index_elements=["sha256"], set_=there)
        return (await self._connection.execute(anew.returning(File.id))).scalar_one()

    async def forget_unused(self, before: datetime) -> int:
        """Forget files that nothing refers to and that were kept before a moment, with Telegram's copies' names.

        Returns how many. One that somebody keeps anew at this moment stays.
        """
        unused = select(File.id).where(File.created_at < before, *(~exists().where(used == File.id) for used in _USED))
        locked = unused.order_by(File.id).limit(_MOST_FORGOTTEN).with_for_update(of=File, skip_locked=True)
        ids = list(await self._connection.scalars(locked))
        if ids:
            await self._connection.execute(delete(TelegramFile).where(TelegramFile.file_id.in_(ids)))
            await self._connection.execute(delete(File).where(File.id.in_(ids)))
        return len(ids)

    async def get(self, file_id: int) -> SentFile:
        """Return the bytes and what they are."""
        rows = await self._connection.execute(select(File.content, File.mime).where(File.id == file_id))
        content, mime = rows.one()
        return SentFile(content=content, mime=mime)

    async def find_attachment(
        self, file_id: int, name: str, bot_id: int, worker: int, lease: timedelta
    ) -> Attachment | None:
        """Return Telegram's copy of a file, else its bytes; None while another message brings it to Telegram."""
        copy = await self._connection.scalar(
            select(TelegramFile.telegram_file_id).where(TelegramFile.file_id == file_id, TelegramFile.bot_id == bot_id)
        )
        if copy is not None:
            return Attachment(name=name, telegram_file_id=copy, content=None)
        known = {"file": file_id, "bot": bot_id, "worker": worker, "lease": lease}
        if (await self._connection.execute(_BRING, known)).one_or_none() is None:
            return None
        content = await self._connection.scalar(select(File.content).where(File.id == file_id))
        return Attachment(name=name, telegram_file_id=None, content=content)

    async def keep_copy(self, file_id: int, bot_id: int, telegram_file_id: str) -> None:
        """Remember Telegram's copy of a file."""
        await self._connection.execute(
            update(TelegramFile)
            .where(TelegramFile.file_id == file_id, TelegramFile.bot_id == bot_id)
            .values(telegram_file_id=telegram_file_id, worker=None, leased_until=None)
        )

    async def forget_copy(self, file_id: int, bot_id: int, telegram_file_id: str) -> None:
        """Forget a copy that is gone; a newer one stays."""
        await self._connection.execute(
            delete(TelegramFile).where(
                TelegramFile.file_id == file_id,
                TelegramFile.bot_id == bot_id,
                TelegramFile.telegram_file_id == telegram_file_id,
            )
        )

    async def leave_copy(self, file_id: int, bot_id: int, worker: int) -> None:
        """Let others make the copy that this worker was to make and did not."""
        await self._connection.execute(
            delete(TelegramFile).where(
                TelegramFile.file_id == file_id,
                TelegramFile.bot_id == bot_id,
                TelegramFile.worker == worker,
                TelegramFile.telegram_file_id.is_(None),
            )
        )
