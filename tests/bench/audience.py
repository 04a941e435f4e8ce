"""Choosing who gets an announcement among many linked people: how long counting takes, and the whole survey."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import URL, text

from services.access import OPERATOR
from services.announcements.audience import DraftAudienceService
from services.announcements.drafts import DraftService
from services.announcements.dto import Content, DraftChange
from services.audience.dto import TermKey
from services.audience.service import AudienceService
from services.db.engine import create_engine
from services.db.uow import UnitOfWorkFactory, unit_of_work_factory
from services.languages import Language, Trilingual
from services.ports import SystemClock
from services.units.dto import UnitEntry, UnitKind
from tests.bench.people import link_many
from tests.support.announcements import begin_draft
from tests.support.papers import BishkekCalendar

PEOPLE = 20_000
_ROUNDS = 20
_EVERY = 40  # of them gives blood
_UNITS = 140
_HUNDRED = 100
_AUDIENCES = (
    "all",
    "role:student unit:u-1 -course:1",
    'citizenship:foreign lang:en -programme:"Программалык инженерия 3"',
    "role:student,staff,guest -group:ПИ-1-8,ПИ-2-9 form:full_time",
    "role:editor,student -list:donors",
)

#: Everybody in a unit, a course, a group, of a country, with a language; by their ids, so that no run differs.
_SORTED = """
    update people set unit_id = (select id from units where code = 'u-' || (people.id * 7) % :units),
        course = 1 + people.id % 4, group_name = 'ПИ-' || 1 + people.id % 4 || '-' || people.id % 200,
        group_key = 'пи' || 1 + people.id % 4 || people.id % 200,
        programme_ky = 'Программалык инженерия ' || people.id % 60,
        citizenship = (array['Кыргызстан', 'KG', 'Индия', 'Пакистан', ''])[1 + people.id % 5],
        kind = case when people.id % 20 = 0 then 'staff' else 'student' end
"""
_OFFERED = (TermKey.UNIT, TermKey.PROGRAMME, TermKey.GROUP)
_LANGUAGES = "update accounts set language = (array['ky', 'ru', 'en', null])[1 + telegram_id % 4]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Milliseconds, 95 of a hundred, over all audiences: counted, surveyed as the screen does, values offered."""

    counted: float
    surveyed: float
    offered: float

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the rows of the table."""
        what = f"an audience of {PEOPLE:,}"
        return [
            (f"{what} counted, p95", f"{self.counted:.0f} ms", "<= 300 ms"),
            (f"{what}: count, names, missing languages for the screen, p95", f"{self.surveyed:.0f} ms", "<= 300 ms"),
            (f"{what}: units, programmes, groups to choose from, p95", f"{self.offered:.0f} ms", ""),
        ]


async def measure(database: URL) -> Counting:
    """Link so many people of all sorts, and ask."""
    await link_many(database, PEOPLE)
    engine = create_engine(database)
    unit_of_work = unit_of_work_factory(engine)
    await _bring_units(unit_of_work)
    async with engine.begin() as connection:
        await connection.execute(text(_SORTED), {"units": _UNITS})
        await connection.execute(text(_LANGUAGES))
    async with engine.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("vacuum analyze"))
    clock, calendar = SystemClock(), BishkekCalendar()
    audiences = AudienceService(unit_of_work, clock, calendar)
    await audiences.bring_list(OPERATOR, "donors", [f"M-{n}" for n in range(2, PEOPLE, _EVERY)])
    drafts = DraftService(unit_of_work, clock)
    desk = DraftAudienceService(unit_of_work, clock, calendar, drafts)
    ids = []
    for audience in _AUDIENCES:
        draft = await begin_draft(unit_of_work, Content(texts={Language.KY: "Жарыя"}))
        ids.append((await drafts.change(OPERATOR, draft.id, 1, DraftChange(audience=audience))).id)
    counting = Counting(
        counted=await _p95([partial(audiences.count, OPERATOR, it) for it in _AUDIENCES]),
        surveyed=await _p95([partial(desk.look, OPERATOR, it) for it in ids]),
        offered=await _p95([partial(desk.offer, OPERATOR, ids[0], key) for key in _OFFERED]),
    )
    await engine.dispose()
    return counting


async def _bring_units(unit_of_work: UnitOfWorkFactory) -> None:
    entries = [
        UnitEntry(
            code=f"u-{n}", name=Trilingual(ky=f"Бөлүм {n}"), abbreviation="", kind=UnitKind.UNIT,
            parent_code=f"u-{n // 10}" if n >= 10 else "", aliases=(),
        )
        for n in range(_UNITS)
    ]  # fmt: skip
    async with unit_of_work() as uow:
        await uow.units.put(entries)
        await uow.commit()


async def _p95(questions: list[Callable[[], Awaitable[object]]]) -> float:
    """Ask each so many times; return milliseconds."""
    waits = []
    for question in questions * _ROUNDS:
        begun = time.perf_counter()
        await question()
        waits.append(time.perf_counter() - begun)
    return statistics.quantiles(waits, n=_HUNDRED)[94] * 1000
