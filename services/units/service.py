"""Taking over the university's units."""

from collections.abc import Sequence
from dataclasses import replace

from services.access import Actor, Role
from services.languages import Language
from services.ports import Factory
from services.units.dto import UnitEntry, UnitsDifference
from services.units.ports import UnitsUnitOfWork


class UnitService:
    """Units and posts; a unit is never removed by an import, because papers and plans name it."""

    def __init__(self, unit_of_work: Factory[UnitsUnitOfWork]) -> None:
        self._unit_of_work = unit_of_work

    async def import_units(self, actor: Actor, entries: Sequence[UnitEntry]) -> UnitsDifference:
        """Write units by code; people whose unit was unknown find theirs."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            stored = {entry.code: entry for entry in await uow.units.list_entries()}
            complete = [_with_members(entry, stored.get(entry.code)) for entry in entries]
            written = [entry for entry in complete if stored.get(entry.code) != entry]
            await uow.units.put(written)
            await uow.units.relink_people()
            await uow.commit()
        added = sum(entry.code not in stored for entry in written)
        return UnitsDifference(
            added=added,
            changed=len(written) - added,
            unchanged=len(entries) - len(written),
            missing_names={
                language.value: sum(not entry.name.get(language) for entry in entries) for language in Language
            },
        )


def _with_members(entry: UnitEntry, stored: UnitEntry | None) -> UnitEntry:
    """Return the entry with members: the file's, or where it has no such column those that are known."""
    if entry.members is not None:
        return entry
    return replace(entry, members=(stored.members if stored else None) or ())
