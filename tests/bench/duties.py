"""/plan among many items: how long the service takes for a unit's list and for a card."""

import random
import time
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, Role, RoleGrant
from services.db.engine import create_engine
from services.db.uow import reading_factory
from services.duties.dto import DutyKey, Group, Wish
from services.duties.service import DutyService
from services.ports import SystemClock
from tests.support.papers import BishkekCalendar
from tests.support.planned import put_units

UNITS, ITEMS = 500, 20_000
_SEED = 20
_GROUPS = 10
_ROUNDS = 150

_PLAN = text("""
    insert into plans (year, name, reminds_from, imported_at) values (2026, 'bench', :day, :now) returning id
""")
_ITEMS = text("""
    insert into plan_items (plan_id, key, position, section, number, title, task, deadline_text, deadline_kind, due_on,
        due_dates, confirmed, responsible_text, participants_text, document, indicator, budget, origin, changed_at)
    select :plan, 'k' || n, n, '2.1. Окуу иши', n::text, 'Чара ' || n || repeat(' окуу-усулдук иш', 6), '', 'декабрь',
        'date', cast(:day as date) + n % 300, array[cast(:day as date) + n % 300], true, 'бөлүм', '', 'Протокол',
        'Көрсөткүч', '', 'file', :now
    from generate_series(1, :items) n
""")
_INSTANCES = text("""
    insert into plan_instances (item_id, ordinal, first_due, due) select id, 1, due_on, due_on from plan_items
""")
_PARTIES = text("""
    insert into plan_parties (item_id, code, share, position, text)
    select i.id, p.code, 'responsible', p.place, p.code
    from unnest(cast(:items as int[]), cast(:codes as text[]), cast(:places as int[])) as p (item, code, place)
    join plan_items i on i.position = p.item
""")
_DUTIES = text("""
    insert into plan_duties (instance_id, unit_code, state, changed_at)
    select i.id, p.code, 'accepted', :now from plan_instances i join plan_parties p on p.item_id = i.item_id
    where p.code like 'u%' and i.id % 3 = 0
""")


@dataclass(frozen=True, slots=True)
class Looked:
    """Seconds of every list and of every card."""

    lists: list[float]
    cards: list[float]


async def measure(database: URL) -> Looked:
    """Put units and items into the database and look at the lists of many units, and at cards."""
    engine = create_engine(database)
    async with engine.begin() as connection:
        await _fill(connection)
    service = DutyService(reading_factory(engine), SystemClock(), BishkekCalendar())
    dice, looked = random.Random(_SEED), Looked([], [])  # noqa: S311 -- the same units at every run
    for _round in range(_ROUNDS):
        actor = _head_of(f"u{dice.randrange(UNITS)}")
        begun = time.perf_counter()
        page = await service.list_own(actor, Wish(group=dice.choice(list(Group))))
        looked.lists.append(time.perf_counter() - begun)
        for line in page.lines[:1]:
            begun = time.perf_counter()
            await service.open(actor, DutyKey(instance_id=line.key.instance_id, unit_id=line.key.unit_id))
            looked.cards.append(time.perf_counter() - begun)
    await engine.dispose()
    return looked


def _head_of(code: str) -> Actor:
    return replace(OPERATOR, account_id=1, grants=frozenset({RoleGrant(role=Role.UNIT_HEAD, unit_code=code)}))


async def _fill(connection: AsyncConnection) -> None:
    """Write the plan: each item names one to three units, every twentieth also a group of fifty."""
    dice, names = random.Random(_SEED), [f"u{number}" for number in range(UNITS)]  # noqa: S311 -- likewise
    await put_units(connection, dict.fromkeys(names, "Бөлүм"))
    members = {f"group{n}": names[n * 50 : (n + 1) * 50] for n in range(_GROUPS)}
    await put_units(connection, dict.fromkeys(members, "Топ"), posts=tuple(members), members=members)
    now, day = datetime.now(UTC), date.today() - timedelta(days=60)  # noqa: DTZ011 -- any day near this one
    plan = (await connection.execute(_PLAN, {"day": day, "now": now})).scalar_one()
    await connection.execute(_ITEMS, {"plan": plan, "day": day, "now": now, "items": ITEMS})
    await connection.execute(_INSTANCES)
    named = [
        (number, code, place)
        for number in range(1, ITEMS + 1)
        for place, code in enumerate(
            [*dice.sample(names, dice.randint(1, 3)), *([dice.choice(list(members))] if number % 20 == 0 else [])]
        )
    ]
    items, codes, places = (list(column) for column in zip(*named, strict=True))
    await connection.execute(_PARTIES, {"items": items, "codes": codes, "places": places})
    await connection.execute(_DUTIES, {"now": now})
    await connection.execute(text("analyze"))
