"""A plan and the people of two units, for tests of duties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, Role
from services.duties.acting import ActingService
from services.duties.dto import DutyKey
from services.duties.news import DutyNews
from services.duties.reporting import ReportingService
from services.duties.service import DutyService
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    GULNARAS_PHONE,
    INSTITUTE,
    NURLANS_PHONE,
    Office,
)
from tests.support.papers import BishkekCalendar
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN
from tests.support.planned import Wanted, instance_ids, put_plan, put_units

TODAY = date(2026, 11, 21)
AHEAD = date(2026, 12, 25)
PDF = b"%PDF-1.7 evidence"
JPEG = b"\xff\xd8\xff evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The services of duties. Айзада heads the institute, Бакыт works there, Нурлан heads the library.

    Гүлнара holds no role. The group `heads` has the institute and the library as its members.
    """

    office: Office
    connection: AsyncConnection
    duties: DutyService
    acts: ActingService
    reports: ReportingService
    news: DutyNews
    head: Actor
    colleague: Actor
    other: Actor
    stranger: Actor

    async def plan(self, *items: Wanted) -> list[DutyKey]:
        """Write a plan; return the institute's duty for the first time each item is due."""
        return await self.plan_in("strategy", *items)

    async def plan_in(self, name: str, *items: Wanted) -> list[DutyKey]:
        """Write a plan of a name, likewise."""
        _, ids = await put_plan(self.connection, items, year=2026, name=name)
        return [await self.key(item_id) for item_id in ids]

    async def key(self, item_id: int, unit: str = "mti", ordinal: int = 1) -> DutyKey:
        """Return the duty of a unit for a time that an item is due."""
        instances = await instance_ids(self.connection, item_id)
        return DutyKey(instance_id=instances[ordinal - 1], unit_id=await self.unit_id(unit))

    async def of(self, unit: str, key: DutyKey) -> DutyKey:
        """Return another unit's duty for the same instance."""
        return DutyKey(instance_id=key.instance_id, unit_id=await self.unit_id(unit))

    async def unit_id(self, code: str) -> int:
        """Return a unit's id."""
        found = await self.connection.scalar(text("select id from units where code = :code"), {"code": code})
        assert isinstance(found, int)
        return found

    async def execute(self, statement: str, **parameters: object) -> None:
        """Change the database as a coordinator's side does."""
        await self.connection.execute(text(statement), parameters)


async def units_on(office: Office, connection: AsyncConnection) -> Units:
    """Put the units and their people into the database and return the services."""
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await put_units(
        connection,
        {"lib": "Китепкана <b>", "heads": "Түзүмдөрдүн жетекчилери", "rectorate": "Ректорат", "rector": "Ректор"},
        posts=("heads", "rector"),
        parents={"rector": "rectorate"},
        members={"heads": ("mti", "lib")},
    )
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT)
    people: Sequence[tuple[int, object, Role | None, str]] = (
        (AIZADAS_PHONE, AIZADA, Role.UNIT_HEAD, "mti"),
        (BAKYTS_PHONE, BAKYT, Role.UNIT_STAFF, "mti"),
        (NURLANS_PHONE, NURLAN, Role.UNIT_HEAD, "lib"),
        (GULNARAS_PHONE, GULNARA, None, ""),
    )
    actors = []
    for phone, entry, role, unit in people:
        await office.connect(phone, entry)  # type: ignore[arg-type]  # an entry of the roster
        if role is not None:
            await office.roles.grant(OPERATOR, str(phone), role, unit)
        actors.append(await office.recognise(phone))
    head, colleague, other, stranger = actors
    doors = (office.unit_of_work, office.clock, BishkekCalendar())
    return Units(
        office=office,
        connection=connection,
        duties=DutyService(office.reading, office.clock, BishkekCalendar()),
        acts=ActingService(*doors, office.outbox_bell),
        reports=ReportingService(*doors),
        news=DutyNews(office.reading, office.clock, BishkekCalendar()),
        head=head,
        colleague=colleague,
        other=other,
        stranger=stranger,
    )
