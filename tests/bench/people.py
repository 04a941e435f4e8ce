"""Linked students in numbers."""

from dataclasses import replace

from sqlalchemy import URL

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
