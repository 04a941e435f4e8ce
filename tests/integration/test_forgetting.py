"""What names people and is of no use any more goes by itself, hour by hour; what is of use stays."""

from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.jobs import forget_old
from services.access import OPERATOR
from services.db.repositories.telegram_files import _USED
from services.delivery.file_sweeps import FileSweeps
from services.link_requests.dto import TypedFacts
from services.people.drafts import RosterDraftService
from services.plan_import.review import PlanReviewService
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, NURLANS_PHONE, Office, rows, scalar
from tests.support.papers import BishkekCalendar
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN
from tests.support.planned import Wanted, instance_ids, put_plan
from tests.support.reminding import say

FACTS = TypedFacts(name="Асан уулу Нурлан", group_name="ПИ-1-25", person_no="S-1002")
Forget = Callable[[], Awaitable[None]]
CODES = "select person_no from link_codes join people on people.id = person_id order by person_no"


class _Purged:
    async def purge(self, *_older_than: object) -> int:
        return 0

    async def forget(self) -> int:
        return 0


@pytest.fixture
def forget(office: Office) -> Forget:
    """The job, with as much of the container as it touches."""
    imports: Any = None  # nothing is imported here
    given = SimpleNamespace(
        drafts=RosterDraftService(office.unit_of_work, office.clock),
        roster=office.roster,
        linking=office.linking,
        link_requests=office.link_requests,
        desk_sheets=_Purged(),
        survey_closing=_Purged(),
        plan_review=PlanReviewService(office.unit_of_work, office.clock, BishkekCalendar(), imports),
    )
    sweeps = FileSweeps(office.unit_of_work, office.clock)
    container: Any = SimpleNamespace(
        inbox=_Purged(), states=_Purged(), given=given, file_sweeps=sweeps, trust_rounds=_Purged()
    )
    return lambda: forget_old(container)


async def test_unused_codes_are_forgotten_a_month_after_their_last_day(
    office: Office, connection: AsyncConnection, clock: StandingClock, forget: Forget
) -> None:
    await office.enrol(AIZADA, NURLAN, GULNARA)
    await office.connect(AIZADAS_PHONE, AIZADA)
    await office.linking.issue_code(OPERATOR, NURLAN.person_no, days=7)
    await office.linking.issue_code(OPERATOR, GULNARA.person_no, days=8)
    clock.advance(days=37)
    await forget()
    assert await rows(connection, CODES) == [("S-1001",), ("S-1002",), ("S-1003",)]
    clock.advance(seconds=1)
    await forget()
    assert await rows(connection, CODES) == [("S-1001",), ("S-1003",)]  # a used code says how a link came about


async def test_decided_requests_are_forgotten_after_a_year_and_waiting_ones_wait(
    office: Office, connection: AsyncConnection, clock: StandingClock, forget: Forget
) -> None:
    await office.enrol(NURLAN, BAKYT)
    for phone in (AIZADAS_PHONE, NURLANS_PHONE, BAKYTS_PHONE):
        await office.link_requests.ask(await office.newcomer(phone), FACTS)
    await office.link_requests.withdraw(await office.recognise(AIZADAS_PHONE))
    clock.advance(days=1)
    await office.link_requests.withdraw(await office.recognise(NURLANS_PHONE))
    noted = await scalar(connection, "select count(*) from audit_entries")
    clock.advance(days=364, seconds=1)
    await forget()
    left = "select account_id, state from link_requests order by id"
    assert await rows(connection, left) == [(NURLANS_PHONE, "withdrawn"), (BAKYTS_PHONE, "waiting")]
    assert await scalar(connection, "select count(*) from audit_entries") == noted


async def test_former_facts_and_unconfirmed_files_go_without_another_import(
    office: Office, connection: AsyncConnection, clock: StandingClock, forget: Forget
) -> None:
    await office.enrol(AIZADA)
    await rows(
        connection,
        "insert into roster_drafts (account_id, file_name, content, digest, sent_at)"
        " values (1, 'x.csv', '', '', :now) returning 1",
        now=clock.now(),
    )
    await rows(
        connection,
        "insert into plan_drafts (account_id, year, name, file_name, content, sent_at)"
        " values (1, 2026, 'strategy', 'x.docx', '', :now) returning 1",
        now=clock.now(),
    )
    drafts = "(select count(*) from roster_drafts), (select count(*) from plan_drafts)"
    kept = f"select {drafts}, (select count(*) from roster_import_changes)"  # noqa: S608 -- ours
    counted = []
    for seconds in (24 * 3600, 1, 6 * 24 * 3600 - 1, 1):
        clock.advance(seconds=seconds)
        await forget()
        counted += await rows(connection, kept)
    assert counted == [(1, 1, 1), (0, 1, 1), (0, 1, 1), (0, 0, 0)]


async def test_files_that_nothing_refers_to_go_after_a_day_and_one_kept_anew_stays(
    office: Office, connection: AsyncConnection, clock: StandingClock, forget: Forget
) -> None:
    async def keep(content: bytes) -> int:
        async with office.unit_of_work() as uow:
            file_id = await uow.files.keep(content, "image/png", clock.now())
            await uow.commit()
        return file_id

    await office.request(await office.aizada())
    assert await office.printing.print_next()
    paper = await rows(connection, "select id from files")
    sent, shown_again, of_a_report = [await keep(content) for content in (b"picture", b"again", b"evidence")]
    _, [item_id] = await put_plan(connection, [Wanted(title="Отчет", responsible=["iit"])])
    [instance] = await instance_ids(connection, item_id)
    await say(connection, instance, "iit", "reported")
    await connection.execute(text("insert into telegram_files (file_id, bot_id) values (:id, 1)"), {"id": sent})
    await connection.execute(
        text(
            "with r as (insert into plan_reports (duty_id, outcome, words, reported_on, reported_at, reported_by)"
            " select id, 'done', 'Бүттү', '2026-03-01', now(), 1 from plan_duties returning id)"
            " insert into plan_evidence (report_id, kind, file_id) select id, 'photo', :id from r"
        ),
        {"id": of_a_report},
    )
    clock.advance(days=1)
    await forget()
    assert len(await rows(connection, "select id from files")) == 4
    clock.advance(seconds=1)
    assert await keep(b"again") == shown_again
    await forget()
    left = "select id from files order by id"
    assert await rows(connection, left) == [*paper, (shown_again,), (of_a_report,)]
    await connection.execute(text("delete from plan_evidence"))  # the report was withdrawn
    clock.advance(days=1, seconds=1)
    await forget()
    assert await rows(connection, left) == paper


def test_whatever_refers_to_a_file_is_asked_before_it_is_forgotten() -> None:
    assert {f"{column.table.name}.{column.name}" for column in _USED} == {
        "announcements.file_id", "certificate_requests.receipt_file_id", "certificates.file_id", "fact_reports.file_id",
        "plan_evidence.file_id", "plan_sittings.agenda_file_id", "plan_sittings.minutes_file_id", "plans.file_id",
    }  # fmt: skip
