"""Linked students in numbers."""

from dataclasses import replace

from sqlalchemy import URL, text

from services.access import OPERATOR
from services.accounts.service import AccountService
from services.db.engine import create_engine
from services.db.uow import reading_factory, unit_of_work_factory
from services.languages import Language
from services.linking.rules import CONSENT_VERSION
from services.linking.service import LinkingService
from services.people.dto import RosterFile
from services.people.service import RosterService
from services.ports import SystemClock
from tests.support.clock import SilentBell
from tests.support.papers import BishkekCalendar
from tests.support.people import AIZADA

FIRST_ACCOUNT = 5_000
FIRST_OF_MANY = 1_000_000

# Everybody has the facts of the one who stands there already; only what must be a person's own differs.
_PEOPLE = """
    insert into people ({columns})
    select {values} from people, generate_series(2, :count) n where people.number_key = :model
"""
_OWN = {
    "person_no": "'M-' || n",
    "number_key": "left(people.number_key, -1) || n",  # M-1 as it is folded, without its digit
    "sort_key": "people.sort_key || n",
    "phone_keys": "'{}'::text[]",
}
_ACCOUNTS = """
    insert into accounts (telegram_id, person_id, language, first_seen_at, last_seen_at, linked_at)
    select :first + row_number() over (order by id), id, 'ky', now(), now(), now() from people
"""


async def link_students(database: URL, count: int) -> list[int]:
    """Import and link students with all facts; return their Telegram ids."""
    engine = create_engine(database)
    unit_of_work, clock = unit_of_work_factory(engine), SystemClock()
    entries = tuple(replace(AIZADA, person_no=f"B-{n}", phone="", unit="") for n in range(count))
    await RosterService(unit_of_work, clock).import_roster(OPERATOR, RosterFile(entries=entries, rejected=()))
    accounts = AccountService(
        unit_of_work, reading_factory(engine), clock, BishkekCalendar(), default_language=Language.KY
    )
    linking = LinkingService(unit_of_work, clock, BishkekCalendar(), SilentBell(), SilentBell())
    ids = []
    for n in range(count):
        actor = await accounts.recognise(FIRST_ACCOUNT + n, "ky")
        await accounts.choose_language(actor, Language.KY)
        await linking.agree(actor, CONSENT_VERSION, Language.KY)
        await linking.link(actor, (await linking.issue_code(OPERATOR, f"B-{n}")).payload)
        ids.append(FIRST_ACCOUNT + n)
    await engine.dispose()
    return ids


async def link_many(database: URL, count: int) -> list[int]:
    """Write so many linked students straight into the tables of an empty database; return their Telegram ids."""
    engine = create_engine(database, pool_size=1)
    async with unit_of_work_factory(engine)() as uow:
        await uow.people.add([replace(AIZADA, person_no="M-1", phone="", unit="")], {})
        await uow.commit()
    async with engine.begin() as connection:
        found = await connection.execute(
            text(
                "select column_name from information_schema.columns where table_schema = 'public'"
                " and table_name = 'people' and column_name <> 'id' and is_generated = 'NEVER'"
            )
        )
        columns = [row[0] for row in found]
        own = ", ".join(_OWN.get(column, f"people.{column}") for column in columns)
        key = await connection.scalar(text("select number_key from people"))
        statement = _PEOPLE.format(columns=", ".join(columns), values=own)
        await connection.execute(text(statement), {"count": count, "model": key})
        await connection.execute(text(_ACCOUNTS), {"first": FIRST_OF_MANY - 1})
        await connection.execute(text("analyze people, accounts"))
    await engine.dispose()
    return list(range(FIRST_OF_MANY, FIRST_OF_MANY + count))
