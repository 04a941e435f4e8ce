"""Units as audiences know them."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.audience.dto import KnownUnit
from services.db.models import Unit
from services.languages import Trilingual
from services.units.dto import UnitKind

_COLUMNS = (
    Unit.id, Unit.code, Unit.parent_code, Unit.kind, Unit.abbreviation, Unit.aliases, Unit.name_ky, Unit.name_ru,
    Unit.name_en,
)  # fmt: skip


async def load_units(connection: AsyncConnection) -> list[KnownUnit]:
    """Return all units and posts in the order of the alphabet."""
    return [
        KnownUnit(
            id=unit_id,
            code=code,
            parent_code=parent_code,
            name=Trilingual(ky=ky, ru=ru, en=en),
            names=(abbreviation, ky, ru, en, *aliases),
            is_post=kind != UnitKind.UNIT.value,
        )
        for unit_id, code, parent_code, kind, abbreviation, aliases, ky, ru, en in await connection.execute(
            select(*_COLUMNS).order_by(Unit.sort_key, Unit.id)
        )
    ]
