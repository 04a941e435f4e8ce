"""How announcements were received, counted and never named."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.announcements.dto import Voice
from services.bulletin.figures import TotalsRow, UnitFigures
from services.bulletin.rules import shown_readings
from services.db.models import Announcement, Broadcast
from services.db.repositories.announcement_rows import ANNOUNCEMENTS, announcement_of, spoken_in
from services.languages import Trilingual

# Who read it before it was corrected has not read what it says now.
_COUNTS = "r.read_at >= coalesce((select corrected_at from announcements where id = r.announcement_id), r.read_at)"

_BY_UNIT = text(f"""
    select coalesce(u.code, '') as code, coalesce(u.name_ky, '') as ky, coalesce(u.name_ru, '') as ru,
           coalesce(u.name_en, '') as en, count(*) as recipients, count(*) filter (where m.state = 'sent') as sent,
           count(r.account_id) as read
    from deliveries d
    join accounts a on a.telegram_id = d.account_id
    left join people p on p.id = a.person_id and p.absent_since is null
    left join units u on u.id = p.unit_id
    left join messages m on m.id = d.message_id
    left join announcement_readings r on r.announcement_id = :announcement and r.account_id = d.account_id
                                        and {_COUNTS}
    where d.notice_id = :notice
    group by u.id
""")  # noqa: S608 -- constants of ours

_BY_HOUR = text(f"""
    select date_trunc('hour', r.read_at) as hour, count(*) as number from announcement_readings r
    where r.announcement_id = :announcement and {_COUNTS} group by hour order by hour
""")  # noqa: S608 -- as above

_BEFORE = text(f"""
    select count(*) from announcement_readings r where r.announcement_id = :announcement and not ({_COUNTS})
""")  # noqa: S608 -- as above

_SENT = text("""
    select d.notice_id, count(*) from deliveries d join messages m on m.id = d.message_id and m.state = 'sent'
    where d.notice_id = any(:notices) and d.account_id > 0 group by d.notice_id
""").bindparams(bindparam("notices", type_=ARRAY(BigInteger)))

_READ = text(f"""
    select r.announcement_id, count(*) from announcement_readings r
    where r.announcement_id = any(:announcements) and {_COUNTS} group by r.announcement_id
""").bindparams(bindparam("announcements", type_=ARRAY(BigInteger)))  # noqa: S608 -- as above


class SqlFigureRepository:
    """Figures of announcements."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get_out_since(self, notice_id: int) -> datetime:
        """Return when something began to go out."""
        found = await self._connection.execute(select(Broadcast.opened_at).where(Broadcast.notice_id == notice_id))
        return found.scalar_one()

    async def count_by_unit(self, announcement_id: int, notice_id: int) -> list[UnitFigures]:
        """Count the recipients of each unit as people belong to it now."""
        rows = await self._connection.execute(_BY_UNIT, {"announcement": announcement_id, "notice": notice_id})
        return [
            UnitFigures(
                code=row.code,
                name=Trilingual(ky=row.ky, ru=row.ru, en=row.en),
                recipients=row.recipients,
                sent=row.sent,
                read=row.read,
            )
            for row in rows
        ]

    async def count_by_hour(self, announcement_id: int) -> list[tuple[datetime, int]]:
        """Count the readings of each hour in which there were any."""
        rows = await self._connection.execute(_BY_HOUR, {"announcement": announcement_id})
        return [(row.hour, row.number) for row in rows]

    async def count_before_correction(self, announcement_id: int) -> int:
        """Count who has confirmed it only before it was corrected."""
        counted = await self._connection.execute(_BEFORE, {"announcement": announcement_id})
        number: int = counted.scalar_one()
        return number

    async def list_totals(
        self, voices: Collection[Voice], since: datetime, most: int | None
    ) -> tuple[int, list[TotalsRow]]:
        """Return how many began to go out since then in these names, and the newest of them, the newest first."""
        begun = ANNOUNCEMENTS.add_columns(Broadcast.opened_at, func.count().over().label("number")).join(
            Broadcast, Broadcast.notice_id == Announcement.notice_id
        )
        last = begun.where(spoken_in(voices), Broadcast.opened_at >= since).order_by(
            Broadcast.opened_at.desc(), Announcement.id.desc()
        )
        rows = (await self._connection.execute(last.limit(most))).all()
        sent = await self._connection.execute(_SENT, {"notices": [row.notice_id for row in rows]})
        sent_of = {row[0]: row[1] for row in sent}
        read = await self._connection.execute(_READ, {"announcements": [row.id for row in rows]})
        read_of = {row[0]: row[1] for row in read}
        number = rows[0].number if rows else 0
        return number, [
            TotalsRow(
                announcement=announcement_of(row),
                out_since=row.opened_at,
                recipients=row.recipients,
                sent=sent_of.get(row.notice_id, 0),
                read=shown_readings(read_of.get(row.id, 0), row.recipients),
            )
            for row in rows
        ]
