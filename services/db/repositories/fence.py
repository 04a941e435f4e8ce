"""Whether numbers are given, and from which on."""

from datetime import datetime

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import CertificateSeries, Issuing
from services.register.dto import LastNumber

_LAST = text("""
    select greatest(
        coalesce((select last_serial from certificate_series where year = :year), 0),
        coalesce((select max(serial) from certificates where year = :year), 0),
        coalesce((select max(split_part(number, '-', 2)::int) from register_entries
                  where number like :prefix and split_part(number, '-', 2) ~ '^[0-9]{5,9}$'), 0)
    )
""")


class SqlFenceRepository:
    """The one row, and the series."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def halt(self, now: datetime) -> None:
        """Let no number be given."""
        statement = insert(Issuing).values(id=1, halted_at=now)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"halted_at": now}))

    async def find_halted(self) -> datetime | None:
        """Return since when no numbers are given."""
        return await self._connection.scalar(select(Issuing.halted_at))

    async def lift(self) -> datetime | None:
        """Let numbers be given; returns since when none were, None if they were."""
        halted_at = await self._connection.scalar(select(Issuing.halted_at).with_for_update())
        await self._connection.execute(update(Issuing).values(halted_at=None))
        return halted_at

    async def get_last(self, year: int) -> LastNumber:
        """Return the greatest number of a year, by the series, the certificates and the chain."""
        serial = (await self._connection.execute(_LAST, {"year": year, "prefix": f"{year}-%"})).scalar_one()
        return LastNumber(year=year, serial=serial)

    async def reach(self, year: int, serial: int) -> None:
        """Let the series go on behind this number at least."""
        statement = insert(CertificateSeries).values(year=year, last_serial=serial)
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["year"], set_={"last_serial": func.greatest(CertificateSeries.last_serial, serial)}
            )
        )
