"""Attack: whoever printed the tickets, or wrote down who drew which, looks for the reply of a ticket."""

import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.survey_keys import SurveyKeyFiles
from services.db.engine import create_engine
from services.db.uow import reading_factory, unit_of_work_factory
from services.questionnaires.dto import SurveyMode
from services.questionnaires.reading import read_questionnaire
from services.survey_tickets.dto import Submission, TicketSheet
from services.survey_tickets.page import SurveyPageService
from services.survey_tickets.rules import hash_of
from services.survey_tickets.service import TicketService
from services.surveys.dto import Survey
from tests.support import database
from tests.support.attacks import (
    ALARM,
    ATTACKS,
    Attack,
    Evidence,
    Row,
    link_by_columns,
    link_by_mention,
    link_by_sorting,
    read_table,
)
from tests.support.clock import StandingClock
from tests.support.closing import MANAGER, Closer
from tests.support.crowd import FREE_TEXT, GROUPS, Crowd, gather
from tests.support.surveyed import OPENED, library_body, put_survey

_SPARE = 10
_NAIVE = (
    "create table naive_tickets (code text primary key, used boolean not null default false)",
    "create table naive_replies (id uuid primary key, stratum text not null, answers jsonb not null)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Tickets as their sheet has them (code and place), and whose each was; what they looked like in the database."""

    crowd: Crowd
    tickets: Sequence[Row]
    owners: Sequence[int]
    replies: Sequence[Row]
    texts: Sequence[Row]

    def evidence(self, replies: Sequence[Row]) -> Evidence:
        """Return what the attacker has."""
        authors = [self.crowd.author_of(reply) for reply in replies]
        return Evidence(
            traces=self.tickets, people=self.owners, replies=replies, authors=authors, groups=self.crowd.groups
        )


def _sheet(crowd: Crowd) -> dict[int, str]:
    """Return the code that each respondent drew; sheets are cut in an order of their own."""
    chance = random.Random(11)  # noqa: S311 -- a test that can be repeated
    drawn = [one.person for one in crowd.respondents]
    chance.shuffle(drawn)
    return {person: chance.randbytes(10).hex() for person in drawn}


@pytest.fixture(scope="module")
async def drawn(
    postgres: URL, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Drawn]:
    """An anonymous survey from its tickets to its replies; the attacker looked at the tickets before and after each."""
    keys = SurveyKeyFiles(tmp_path_factory.mktemp("survey-keys"))
    async with database.clone(postgres, template_database) as url:
        engine = create_engine(url, pool_size=2)
        yield await _live_through(engine, keys)
        await engine.dispose()


async def _live_through(engine: AsyncEngine, keys: SurveyKeyFiles) -> Drawn:
    async with engine.begin() as connection:
        surveyed = await put_survey(connection, keys, GROUPS, mode=SurveyMode.ANONYMOUS)
    survey = surveyed.survey
    crowd = gather(survey.questionnaire, surveyed.people, seed=2028)
    codes = await _draw(engine, survey, crowd)
    async with engine.connect() as connection:
        stored = {row["hash"]: row for row in await read_table(connection, "survey_tickets", survey.id)}
    pages = SurveyPageService(unit_of_work_factory(engine), reading_factory(engine), StandingClock(OPENED))
    for one in crowd.respondents:
        given = Submission(answers=one.answers, texts={FREE_TEXT: one.words})
        assert await pages.submit(codes[one.person], lambda _survey, given=given: given)  # type: ignore[misc]
    await Closer(unit_of_work_factory(engine), keys).service.close(MANAGER, survey.id)
    used = {one.person: str(place) for place, one in enumerate(crowd.respondents)}
    async with engine.connect() as connection:
        return Drawn(
            crowd=crowd,
            tickets=[
                {**stored[rf"\x{hash_of(code).hex()}"], "code": code, "sheet": str(place), "used": used[person]}
                for place, (person, code) in enumerate(codes.items())
            ],
            owners=list(codes),
            replies=await read_table(connection, "survey_replies", survey.id),
            texts=await read_table(connection, "survey_texts", survey.id),
        )


async def _draw(engine: AsyncEngine, survey: Survey, crowd: Crowd) -> dict[int, str]:
    """Print tickets and let everybody draw one of their group, as they lie on the sheets; a few are left over."""
    printer = _Printer()
    service = TicketService(
        unit_of_work_factory(engine), StandingClock(OPENED), printer, public_url="https://survey.example.kg"
    )
    codes: dict[int, str] = {}
    for group in GROUPS:
        people = [person for person in _sheet(crowd) if crowd.groups[person] == group]
        await service.make(MANAGER, survey.id, group, len(people) + _SPARE)
        codes |= dict(zip(people, printer.codes, strict=False))
    return codes


class _Printer:
    """Keeps the codes of the last sheet, as whoever prints it may."""

    def __init__(self) -> None:
        self.codes: Sequence[str] = ()

    async def draw(self, sheet: TicketSheet) -> bytes:
        """Keep them."""
        self.codes = sheet.codes
        return b""


async def test_the_attack_finds_the_replies_of_tickets_that_are_ticked_off(engine: AsyncEngine) -> None:
    crowd = gather(read_questionnaire(library_body()), {"mti": range(1, 171), "iit": range(171, 321)})
    codes = _sheet(crowd)
    async with engine.begin() as connection:
        for table in _NAIVE:
            await connection.execute(text(table))
        rows = [{"code": code} for code in codes.values()]
        await connection.execute(text("insert into naive_tickets values (:code)"), rows)
    for one in crowd.respondents:
        async with engine.begin() as connection:
            ticked = text("update naive_tickets set used = true where code = :code")
            await connection.execute(ticked, {"code": codes[one.person]})
            added = text("insert into naive_replies select gen_random_uuid(), :group, cast(:answers as jsonb)")
            answers = str(dict(one.answers)).replace("'", '"')
            await connection.execute(added, {"group": one.group, "answers": answers})
    async with engine.connect() as connection:
        tickets, replies = [await read_table(connection, table) for table in ("naive_tickets", "naive_replies")]
    owner = {code: person for person, code in codes.items()}
    evidence = Evidence(
        traces=tickets,
        people=[owner[ticket["code"]] for ticket in tickets],
        replies=replies,
        authors=[crowd.author_of(reply) for reply in replies],
        groups=crowd.groups,
    )
    for attack in (link_by_columns, link_by_sorting):
        success = attack(evidence)
        assert success.p < ALARM, success
        assert success.links >= 290


@pytest.mark.parametrize("attack", [*ATTACKS, link_by_mention], ids=lambda attack: attack.__name__)
def test_tickets_do_not_lead_to_replies(drawn: Drawn, attack: Attack) -> None:
    """Neither by code, hash, place on the sheet or in the table, nor by the order in which they were used."""
    for replies in (drawn.replies, drawn.texts):
        assert len(replies) == len(drawn.tickets) >= 300
        success = attack(drawn.evidence(replies))
        assert success.p > ALARM, success
