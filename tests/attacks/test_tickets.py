"""Attack: whoever printed the tickets, or wrote down who drew which, looks for the reply of a ticket."""

import hashlib
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.survey_keys import SurveyKeyFiles
from services.db.engine import create_engine
from services.db.uow import unit_of_work_factory
from services.questionnaires.dto import SurveyMode
from services.questionnaires.reading import read_questionnaire
from services.surveys.dto import Reply
from tests.support import database
from tests.support.answering import redeem
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
from tests.support.closing import MANAGER, Closer
from tests.support.crowd import FREE_TEXT, GROUPS, Crowd, gather
from tests.support.surveyed import library_body, put_survey

_SPARE = 40
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
        codes = _sheet(crowd)
        hashes = {person: hashlib.sha256(code.encode()).digest() for person, code in codes.items()}
        await _put_tickets(connection, survey.id, {hashes[person]: crowd.groups[person] for person in codes})
        await _put_tickets(connection, survey.id, {hashlib.sha256(bytes([n])).digest(): "mti" for n in range(_SPARE)})
        stored = {row["hash"]: row for row in await read_table(connection, "survey_tickets", survey.id)}
    sealed: dict[int, str] = {}
    for place, one in enumerate(crowd.respondents):
        async with engine.begin() as connection:
            reply = Reply(stratum=one.group, answers=one.answers, texts={FREE_TEXT: one.words})
            assert await redeem(connection, survey, hashes[one.person], reply)
            assert not await redeem(connection, survey, hashes[one.person], reply)
            sealed[one.person] = str(place)
    await Closer(unit_of_work_factory(engine), keys).service.close(MANAGER, survey.id)
    async with engine.connect() as connection:
        replies = await read_table(connection, "survey_replies", survey.id)
        texts = await read_table(connection, "survey_texts", survey.id)
    tickets = [
        {**stored[rf"\x{hashes[person].hex()}"], "code": code, "sheet": str(place), "used": sealed[person]}
        for place, (person, code) in enumerate(codes.items())
    ]
    return Drawn(crowd=crowd, tickets=tickets, owners=list(codes), replies=replies, texts=texts)


async def _put_tickets(connection: AsyncConnection, survey: int, tickets: dict[bytes, str]) -> None:
    rows = [{"hash": key, "survey": survey, "group": tickets[key]} for key in sorted(tickets)]
    await connection.execute(text("insert into survey_tickets values (:hash, :survey, :group)"), rows)


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
