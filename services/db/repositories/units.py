"""Units and posts."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.locks import AdvisoryLock
from services.db.models import Person, Unit
from services.languages import Trilingual
from services.spelling import fold, sort_key
from services.units.dto import UnitEntry, UnitKind

_BATCH = 500  # the protocol knows 32,767 parameters a statement


class SqlUnitRepository:
    """Units by code, and by whatever a file calls them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_entries(self) -> list[UnitEntry]:
        """Return all, as entries."""
        rows = await self._connection.execute(
            select(
                Unit.code, Unit.name_ky, Unit.name_ru, Unit.name_en,
                Unit.abbreviation, Unit.kind, Unit.parent_code, Unit.aliases, Unit.members,
            )
        )  # fmt: skip
        return [
            UnitEntry(
                code=code,
                name=Trilingual(ky=ky, ru=ru, en=en),
                abbreviation=abbreviation,
                kind=UnitKind(kind),
                parent_code=parent_code,
                aliases=tuple(aliases),
                members=tuple(members),
            )
            for code, ky, ru, en, abbreviation, kind, parent_code, aliases, members in rows
        ]

    async def put(self, entries: Sequence[UnitEntry]) -> None:
        """Write units by code."""
        for start in range(0, len(entries), _BATCH):
            await self._put(entries[start : start + _BATCH])

    async def _put(self, entries: Sequence[UnitEntry]) -> None:
        values = [
            {
                "code": entry.code,
                "name_ky": entry.name.ky,
                "name_ru": entry.name.ru,
                "name_en": entry.name.en,
                "abbreviation": entry.abbreviation,
                "kind": entry.kind.value,
                "parent_code": entry.parent_code,
                "aliases": list(entry.aliases),
                "members": list(entry.members or ()),
                "sort_key": sort_key(entry.name.ky or entry.code),
            }
            for entry in entries
        ]
        statement = insert(Unit).values(values)
        changes = {name: statement.excluded[name] for name in values[0] if name != "code"}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=changes))

    async def resolve(self, texts: Sequence[str]) -> dict[str, int]:
        """Return the unit's id for each text that names exactly one unit (posts are not units)."""
        rows = await self._connection.execute(
            select(Unit.id, Unit.code, Unit.name_ky, Unit.name_ru, Unit.name_en, Unit.abbreviation, Unit.aliases).where(
                Unit.kind == UnitKind.UNIT.value
            )
        )
        codes: dict[str, int] = {}
        called: dict[str, set[int]] = defaultdict(set)
        for unit_id, code, *names, aliases in rows:
            codes[code] = unit_id
            for name in (*names, *aliases):
                called[fold(name)].add(unit_id)
        found = {text: codes.get(text) or _only(called.get(fold(text), set())) for text in texts}
        return {text: unit_id for text, unit_id in found.items() if unit_id is not None}

    async def relink_people(self) -> None:
        """Find anew the unit of everybody in the roster; an import of people that is under way is waited for."""
        await self._connection.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.ROSTER)))
        texts = list(await self._connection.scalars(select(Person.unit).where(Person.unit != "").distinct()))
        units = await self.resolve(texts)
        for text in texts:  # a text that names two units by now names none
            await self._connection.execute(update(Person).where(Person.unit == text).values(unit_id=units.get(text)))


def _only(unit_ids: set[int]) -> int | None:
    return next(iter(unit_ids)) if len(unit_ids) == 1 else None
