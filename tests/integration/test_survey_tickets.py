"""Paper tickets: who makes them, what is kept of them, and that each is worth one reply."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.survey_keys import SurveyKeyFiles
from services.access import OPERATOR, Actor, NotAllowed, Role, RoleGrant
from services.db.uow import UnitOfWorkFactory, reading_factory, unit_of_work_factory
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.survey_tickets.dto import Submission, TicketSheet
from services.survey_tickets.errors import NoSuchGroup, TicketsNotMeant, TicketsRunOut, TooManyTickets
from services.survey_tickets.page import SurveyPageService
from services.survey_tickets.rules import find_group, hash_of, read_ticket
from services.survey_tickets.service import TicketService
from services.surveys.dto import Stratum, Survey
from services.surveys.errors import PublicAddressMissing, SurveyChanged, SurveyMissing, SurveyNotOpen
from tests.support.clock import StandingClock
from tests.support.office import picture, rows, scalar
from tests.support.surveyed import PERIOD, Surveyed, put_survey, read_sealed
from tests.support.ticketed import GROUP, open_ticketed

MANAGER = Actor(account_id=1, language=Language.KY, grants=frozenset({RoleGrant(role=Role.SURVEY_MANAGER)}))
STRANGER = Actor(account_id=2, language=Language.KY, grants=frozenset({RoleGrant(role=Role.REGISTRAR)}))
LEFT = "select count(*) from survey_tickets"


def said(**answers: int) -> Callable[[Survey], Submission]:
    """Return what reads every form as these answers."""
    return lambda _survey: Submission(answers=answers)


class Paper:
    """Remembers what was to be printed, in the order of the sheets."""

    def __init__(self) -> None:
        self.sheets: list[TicketSheet] = []

    async def draw(self, sheet: TicketSheet) -> bytes:
        """Remember a sheet."""
        self.sheets.append(sheet)
        return b"%PDF"

    @property
    def codes(self) -> list[str]:
        """All codes in the order of the sheets."""
        return [code for sheet in self.sheets for code in sheet.codes]


@pytest.fixture
def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path)


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def tickets(unit_of_work: UnitOfWorkFactory, clock: StandingClock, paper: Paper) -> TicketService:
    return TicketService(unit_of_work, clock, paper, public_url="https://bot.university.example")


@pytest.fixture
def page(unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock) -> SurveyPageService:
    return SurveyPageService(unit_of_work, reading, clock)


@pytest.fixture
async def surveyed(connection: AsyncConnection, keys: SurveyKeyFiles) -> Surveyed:
    return await put_survey(connection, keys, mode=SurveyMode.ANONYMOUS)


@pytest.mark.parametrize("actor", [OPERATOR, MANAGER])
async def test_of_a_ticket_only_hash_and_group_are_kept_and_nothing_of_the_order_of_printing(
    tickets: TicketService, surveyed: Surveyed, connection: AsyncConnection, paper: Paper, actor: Actor
) -> None:
    made = await tickets.make(actor, surveyed.survey.id, "MTI", 40)
    assert (made.stratum, made.count, made.total, made.pdf) == ("mti", 40, 40, b"%PDF")
    assert (await tickets.make(actor, surveyed.survey.id, "mti", 3)).total == 43
    assert len(set(paper.codes)) == 43
    assert all(read_ticket(code) == code for code in paper.codes)

    kept = await rows(connection, "select hash, survey_id, stratum from survey_tickets order by ctid")
    assert {row[1:] for row in kept} == {(surveyed.survey.id, "mti")}
    hashes = [row[0] for row in kept if isinstance(row[0], bytes)]
    assert hashes == sorted(hashes), "as they lie in the table, whichever sheet they stand on"
    assert sorted(hashes) == sorted(map(hash_of, paper.codes))
    acts = await rows(connection, "select act, subject, details from audit_entries order by id desc limit 2")
    assert acts == [
        ("survey_tickets_made", f"survey:{surveyed.survey.id}", {"group": "mti", "count": count}) for count in (3, 40)
    ]


async def test_who_does_not_manage_surveys_makes_no_tickets(
    tickets: TicketService, surveyed: Surveyed, connection: AsyncConnection, paper: Paper
) -> None:
    before = await picture(connection)
    for attempt in (tickets.make(STRANGER, surveyed.survey.id, "mti", 1),
                    tickets.list_groups(STRANGER, surveyed.survey.id)):  # fmt: skip
        with pytest.raises(NotAllowed):
            await attempt
    assert (await picture(connection), paper.codes) == (before, [])


async def test_tickets_that_would_open_nothing_are_not_made(
    tickets: TicketService,
    surveyed: Surveyed,
    connection: AsyncConnection,
    keys: SurveyKeyFiles,
    unit_of_work: UnitOfWorkFactory,
    clock: StandingClock,
    paper: Paper,
) -> None:
    chat = await put_survey(connection, keys)
    nowhere = TicketService(unit_of_work, clock, paper, public_url="")
    before = await picture(connection)
    for count in (0, 2_001):
        with pytest.raises(TooManyTickets):
            await tickets.make(OPERATOR, surveyed.survey.id, "mti", count)
    with pytest.raises(TicketsNotMeant):
        await tickets.make(OPERATOR, chat.survey.id, "mti", 1)
    with pytest.raises(SurveyMissing):
        await tickets.make(OPERATOR, 0, "mti", 1)
    with pytest.raises(PublicAddressMissing):
        await nowhere.make(OPERATOR, surveyed.survey.id, "mti", 1)
    for code in ("all", "nobody"):
        with pytest.raises(NoSuchGroup) as refused:
            await tickets.make(OPERATOR, surveyed.survey.id, code, 1)
        assert refused.value.groups == ("iit", "mti")
    assert await picture(connection) == before
    await connection.exec_driver_sql("update surveys set state = 'closing'")
    with pytest.raises(SurveyNotOpen):
        await tickets.make(OPERATOR, surveyed.survey.id, "mti", 1)
    assert paper.codes == []


async def test_a_group_gets_few_more_tickets_than_it_has_people_however_often_they_are_made(
    tickets: TicketService, surveyed: Surveyed, connection: AsyncConnection, paper: Paper
) -> None:
    """Ten spare tickets in a group where one student has answered would tell what that one said."""
    for count in (30, 24):
        await tickets.make(OPERATOR, surveyed.survey.id, "mti", count)
    before = await picture(connection)
    with pytest.raises(TicketsRunOut) as refused:
        await tickets.make(OPERATOR, surveyed.survey.id, "mti", 1)
    assert (refused.value.most, refused.value.left) == (40 + 4 + 10, 0)
    with pytest.raises(TicketsRunOut) as refused:
        await tickets.make(OPERATOR, surveyed.survey.id, "iit", 49)
    assert (refused.value.most, refused.value.left) == (48, 48)
    assert (await picture(connection), len(paper.sheets)) == (before, 2)


async def test_two_who_make_tickets_at_once_make_no_more_than_one_may_and_how_they_lie_tells_no_sheet(
    engine: AsyncEngine, clock: StandingClock, tmp_path: Path
) -> None:
    ticketed = await open_ticketed(engine, tmp_path, tickets=2)
    papers = [Paper() for _ in range(3)]
    makers = [TicketService(unit_of_work_factory(engine), clock, paper, public_url="https://x") for paper in papers]
    made = await asyncio.gather(
        *(maker.make(OPERATOR, ticketed.survey.id, GROUP, 20) for maker in makers), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in made) == ["PrintedTickets", "PrintedTickets", "TicketsRunOut"]
    async with engine.connect() as connection:
        lying = [row[0] for row in await rows(connection, "select hash from survey_tickets order by ctid")]
    assert len(lying) == 42
    assert lying == sorted(lying)  # type: ignore[type-var]


async def test_a_second_tap_on_the_same_button_makes_no_tickets(tickets: TicketService, surveyed: Surveyed) -> None:
    survey_id = surveyed.survey.id
    group = next(one for one in await tickets.list_groups(MANAGER, survey_id))
    await tickets.make(MANAGER, survey_id, group.code, 3, shown=0)
    with pytest.raises(SurveyChanged):
        await tickets.make(MANAGER, survey_id, group.code, 3, shown=0)
    assert (await tickets.make(MANAGER, survey_id, group.code, 3, shown=3)).total == 6


async def test_a_ticket_is_used_while_others_are_made(
    engine: AsyncEngine, clock: StandingClock, tmp_path: Path
) -> None:
    """The row that the reply found is gone by then, and another one of the same ticket there."""
    ticketed = await open_ticketed(engine, tmp_path, tickets=1)
    page = SurveyPageService(unit_of_work_factory(engine), reading_factory(engine), clock)
    async with unit_of_work_factory(engine)() as uow:
        await uow.survey_tickets.hold_open(ticketed.survey.id)
        await uow.survey_tickets.add_tickets(ticketed.survey.id, GROUP, [hash_of("another")])
        submitting = asyncio.ensure_future(page.submit(ticketed.codes[0], said(rec1=7)))
        await asyncio.sleep(0.05)
        assert not submitting.done()
        await uow.commit()
    assert await submitting
    assert await ticketed.left() == 1


async def test_a_failure_of_the_printer_leaves_no_tickets(
    unit_of_work: UnitOfWorkFactory, clock: StandingClock, surveyed: Surveyed, connection: AsyncConnection
) -> None:
    class Jammed(Paper):
        async def draw(self, sheet: TicketSheet) -> bytes:
            """Fail."""
            raise OSError(len(sheet.codes))

    with pytest.raises(OSError, match="5"):
        await TicketService(unit_of_work, clock, Jammed(), public_url="https://x").make(
            OPERATOR, surveyed.survey.id, "mti", 5
        )
    assert await scalar(connection, LEFT) == 0


def test_a_group_that_was_merged_is_found_by_its_own_code() -> None:
    def stratum(code: str, *covers: str, leaf: bool = True) -> Stratum:
        return Stratum(code=code, parent=None, name=PERIOD, people=30, leaf=leaf, covers=covers)

    strata = [stratum("all", leaf=False), stratum("mti-1", "mti-2"), stratum("other", "lib", "it"), stratum("it")]
    found = {code: find_group(strata, code).code for code in ("mti-1", " MTI-2", "lib", "it")}
    assert found == {"mti-1": "mti-1", " MTI-2": "mti-1", "lib": "other", "it": "it"}


async def test_a_ticket_that_is_used_leaves_a_sealed_reply_and_no_row_of_its_own(
    tickets: TicketService,
    page: SurveyPageService,
    surveyed: Surveyed,
    connection: AsyncConnection,
    keys: SurveyKeyFiles,
    paper: Paper,
) -> None:
    await tickets.make(OPERATOR, surveyed.survey.id, "iit", 2)
    entry = await page.find(paper.codes[0])
    assert entry is not None
    assert (entry.survey.id, entry.by_ticket) == (surveyed.survey.id, True)
    assert not await page.submit(paper.codes[0], lambda _survey: None), "what has to be looked at once more"
    assert await page.submit(paper.codes[0].lower(), said(rec1=7, dorm0=0, dorm1=3))
    (reply,) = await read_sealed(connection, keys, surveyed.survey)
    assert (reply.stratum, dict(reply.answers)) == ("iit", {"rec1": 7})
    assert await rows(connection, "select hash from survey_tickets") == [(hash_of(paper.codes[1]),)]
    assert not await page.submit(paper.codes[0], said(rec1=1))
    assert await page.find(paper.codes[0]) is None
    assert len(await read_sealed(connection, keys, surveyed.survey)) == 1


async def test_twenty_at_once_with_one_ticket_leave_one_reply(
    engine: AsyncEngine, clock: StandingClock, tmp_path: Path
) -> None:
    ticketed = await open_ticketed(engine, tmp_path, tickets=1)
    page = SurveyPageService(unit_of_work_factory(engine), reading_factory(engine), clock)
    (code,) = ticketed.codes
    outcomes = await asyncio.gather(*(page.submit(code, said(rec1=n % 11)) for n in range(20)))
    assert sorted(outcomes) == [False] * 19 + [True]
    (reply,) = await ticketed.replies()
    assert reply.answers["rec1"] == outcomes.index(True) % 11
    assert await ticketed.left() == 0


async def test_a_reply_on_its_way_is_counted_and_one_behind_the_closing_is_refused(
    engine: AsyncEngine, clock: StandingClock, tmp_path: Path
) -> None:
    """Whoever closes takes the survey for update: it waits for replies, later ones wait for it and find it closed."""
    ticketed = await open_ticketed(engine, tmp_path, tickets=2)
    page = SurveyPageService(unit_of_work_factory(engine), reading_factory(engine), clock)
    first, second = ticketed.codes
    assert await page.submit(first, said())
    async with unit_of_work_factory(engine)() as uow:
        await uow.surveys.lock_survey(ticketed.survey.id)
        late = asyncio.ensure_future(page.submit(second, said()))
        await asyncio.sleep(0.05)
        assert not late.done()
        await uow.surveys.change_survey(ticketed.survey.id, {"state": "closing"})
        await uow.commit()
    assert not await late
    assert len(await ticketed.replies()) == 1
