"""How long the state of a large plan takes: counted, and written as a spreadsheet and as a paper."""

import time
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import URL, text

from bot.documents.university import load
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.plan_papers import PlanPaperMaker
from bot.stationery import UniversityWords
from handlers.common.reader import Reader
from handlers.plan_reports.book import compose_book
from services.access import OPERATOR
from services.db.engine import create_engine
from services.db.uow import reading_factory
from services.languages import Language
from services.plan_reports.papers import PaperForm
from services.plan_reports.service import PlanReportService
from services.ports import SystemClock

_DAY = date(2026, 3, 1)

_UNITS = """
    insert into units (code, name_ky, name_ru, name_en, abbreviation, kind, parent_code, aliases, members, sort_key)
    select 'bench-' || n, 'Бөлүм ' || n, '', '', '', 'unit', '', '{}', '{}', lpad(n::text, 4, '0')
    from generate_series(1, 500) n
"""
_PLAN = "insert into plans (year, name, reminds_from, imported_at) values (2025, 'bench', '2025-09-01', now())"
_ITEMS = """
    insert into plan_items (plan_id, key, position, section, number, title, task, deadline_text, deadline_kind,
        confirmed, responsible_text, participants_text, document, indicator, budget, origin, changed_at)
    select (select id from plans where name = 'bench'), n::text, n, 'Программа ' || n % 7, n::text,
        repeat('Окуу иши ', 12), '', 'декабрь', 'date', true, 'Бөлүм', '', 'Отчет', '', '', 'file', now()
    from generate_series(1, cast(:items as int)) n
"""
_PARTIES = """
    insert into plan_parties (item_id, code, share, position, text)
    select i.id, 'bench-' || 1 + (i.position + k) % 500, 'responsible', k, ''
    from plan_items i, generate_series(0, 1) k
"""
_INSTANCES = """
    insert into plan_instances (item_id, ordinal, first_due, due)
    select id, 1, day, day from (select id, date '2025-09-01' + position % 300 as day from plan_items) i
"""
_DUTIES = """
    insert into plan_duties (instance_id, unit_code, state, done_on, changed_at)
    select n.id, p.code, 'done', n.due, now()
    from plan_instances n join plan_parties p on p.item_id = n.item_id where n.id % 2 = 0
"""
_STATEMENTS = (_UNITS, _PLAN, _ITEMS, _PARTIES, _INSTANCES, _DUTIES)


async def measure(database: URL, items: int) -> dict[str, float]:
    """Put a plan of so many items, two of 500 units each, and return the seconds of each step."""
    engine = create_engine(database)
    async with engine.begin() as connection:
        for statement in _STATEMENTS:
            await connection.execute(text(statement), {"items": items} if ":items" in statement else {})
    async with engine.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("analyze"))
    dates = LocalTime(ZoneInfo("Asia/Bishkek"))
    reports, university = PlanReportService(reading_factory(engine), SystemClock(), dates), load()
    papers, seconds = PlanPaperMaker(university), {}
    begun = time.perf_counter()
    state = await reports.get_state(OPERATOR, 0, _DAY)
    seconds["counted"] = time.perf_counter() - begun
    i18n = Catalogues(Language.KY)
    for form in (PaperForm.XLSX, PaperForm.DOCX):
        begun = time.perf_counter()
        with i18n.context(), i18n.use_locale("ky"):
            book = compose_book(state, Reader(language=Language.KY, words=UniversityWords(university), dates=dates))
        await papers.write_state(book, form)
        seconds[form.value] = time.perf_counter() - begun
    await engine.dispose()
    return seconds
