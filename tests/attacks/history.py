"""A survey is opened, three hundred people answer it one after the other, twenty decline, it is closed."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.survey_keys import SurveyKeyFiles
from services.db.engine import create_engine
from services.db.uow import reading_factory, unit_of_work_factory
from services.survey_answers.dto import Ending, OpenSurvey
from services.survey_answers.service import SurveyAnswerService
from services.surveys.dto import Survey
from services.surveys.sealing import open_sealed
from services.surveys.shuffling import shuffle_replies
from tests.support.attacks import Row, read_table
from tests.support.clock import StandingClock
from tests.support.closing import MANAGER, Closer
from tests.support.crowd import ANSWERING, FREE_TEXT, GROUPS, Crowd, Respondent, gather
from tests.support.disk import Disk, Insert
from tests.support.papers import BishkekCalendar
from tests.support.surveyed import OPENED, put_survey

#: Around so many replies in the middle, everything is copied before and after.
COPIED = 25
#: So many of the crowd answer another survey as well, which stays open.
OTHERS = 100
_TABLES = """
    select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1
"""
_ACCOUNTS = 7_000_000
_LINK = f"""
    insert into accounts (telegram_id, person_id, first_seen_at, last_seen_at)
    select {_ACCOUNTS} + id, id, now(), now() from people
"""  # noqa: S608 -- a number
_GIVEN = "select 'sequences', sequencename || ' ' || coalesce(last_value, 0) from pg_sequences"

Dump = Mapping[str, Sequence[str]]


@dataclass(slots=True, kw_only=True)
class History:
    """What was to be seen, stage by stage.

    `dumps[i]`, `dumps[i + 1]`: all tables before and after the reply of `copied[i]`; `full`, `final`: before and after
    the closing. `answered*`: sealed rows without blanks and whose they are, which only the key tells; `night_*`: the
    same after the night in which marks and sealed rows are written anew. `found_*`: the server's files that hold a word
    of a reply, in any writing. `log`: at level DEBUG.
    """

    crowd: Crowd
    survey: Survey
    other: Survey
    copied: list[Respondent] = field(default_factory=list)
    dumps: list[Dump] = field(default_factory=list)
    full: Dump = field(default_factory=dict)
    final: Dump = field(default_factory=dict)
    marks: list[Row] = field(default_factory=list)
    sealed: list[Row] = field(default_factory=list)
    replies: list[Row] = field(default_factory=list)
    texts: list[Row] = field(default_factory=list)
    other_marks: list[Row] = field(default_factory=list)
    other_sealed: list[Row] = field(default_factory=list)
    other_authors: list[int] = field(default_factory=list)
    answered: list[Row] = field(default_factory=list)
    answered_by: list[int] = field(default_factory=list)
    night_marks: list[Row] = field(default_factory=list)
    night_answered: list[Row] = field(default_factory=list)
    night_answered_by: list[int] = field(default_factory=list)
    strata: dict[str, int] = field(default_factory=dict)
    found_open: set[str] = field(default_factory=set)
    found_closed: set[str] = field(default_factory=set)
    bodies_left: set[str] = field(default_factory=set)
    inserts: list[Insert] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    on_disk: bool = False

    @property
    def people(self) -> list[int]:
        """Return whom each mark is of."""
        return [int(mark["person_id"]) for mark in self.marks]


async def live_through(url: URL, folder: Path) -> History:
    """Let it all happen; everything that is written is committed person by person."""
    keys, listener = SurveyKeyFiles(folder), _Listener()
    attacker = create_engine(url, pool_size=2)
    with listener.listening():  # SQLAlchemy decides how much it says when the engine is made
        program = create_engine(url, pool_size=2)
    try:
        async with attacker.begin() as connection:
            surveyed, other = await put_survey(connection, keys, GROUPS), await put_survey(connection, keys, GROUPS)
            await connection.execute(text(_LINK))
        history = History(
            crowd=gather(surveyed.survey.questionnaire, surveyed.people),
            survey=surveyed.survey,
            other=other.survey,
            log=listener.lines,
        )
        other_crowd = gather(other.survey.questionnaire, other.people, seed=2027)
        disk = await Disk.of(attacker)
        begun = await disk.position()
        with listener.listening():
            service = SurveyAnswerService(
                unit_of_work_factory(program), reading_factory(program), StandingClock(OPENED), BishkekCalendar()
            )
            await _answer(service, attacker, history)
            for one in other_crowd.respondents[:OTHERS]:
                await _finish(service, await _opened(service, other.survey), one)
        await _look_while_open(attacker, disk, history, begun)
        await _look_with_the_key(attacker, program, history, keys)
        begun = await disk.position()
        with listener.listening():
            await Closer(unit_of_work_factory(program), keys).service.close(MANAGER, history.survey.id)
        await _look_when_closed(attacker, disk, history, begun)
        _, history.other_authors = _opened_by(history.other_sealed, history.other, keys, other_crowd)
        return history
    finally:
        await program.dispose()
        await attacker.dispose()


async def _answer(service: SurveyAnswerService, attacker: AsyncEngine, history: History) -> None:
    """Everybody in their order; who declines comes between the others."""
    middle = (ANSWERING - COPIED) // 2
    declining, survey = iter(history.crowd.declining), await _opened(service, history.survey)
    for place, one in enumerate(history.crowd.respondents):
        if place in range(middle, middle + COPIED):
            history.copied.append(one)
            history.dumps.append(await _dump(attacker))
        elif place % 13 == 0 and (person := next(declining, None)) is not None:
            assert await service.decline(survey, _ACCOUNTS + person) is Ending.FINISHED
        await _finish(service, survey, one)
        if place == middle + COPIED - 1:
            history.dumps.append(await _dump(attacker))


async def _opened(service: SurveyAnswerService, survey: Survey) -> OpenSurvey:
    opened = await service.find_open(survey.id)
    assert opened is not None
    return opened


async def _finish(service: SurveyAnswerService, survey: OpenSurvey, one: Respondent) -> None:
    given = await service.finish(survey, _ACCOUNTS + one.person, one.answers, {FREE_TEXT: one.words})
    assert given is Ending.FINISHED


async def _look_while_open(engine: AsyncEngine, disk: Disk, history: History, begun: str) -> None:
    history.full = await _dump(engine)
    async with engine.connect() as connection:
        history.marks = await read_table(connection, "survey_marks", history.survey.id)
        history.sealed = await read_table(connection, "sealed_replies", history.survey.id)
        history.other_marks = await read_table(connection, "survey_marks", history.other.id)
        await disk.name_tables(connection)
    history.inserts = await disk.list_inserts(begun)
    history.found_open = await disk.find(_writings(history))


async def _look_with_the_key(engine: AsyncEngine, program: AsyncEngine, history: History, keys: SurveyKeyFiles) -> None:
    """Look at the evening, and after the night."""
    survey = history.survey
    history.answered, history.answered_by = _opened_by(history.sealed, survey, keys, history.crowd)
    assert await shuffle_replies(unit_of_work_factory(program))
    async with engine.connect() as connection:
        history.night_marks = await read_table(connection, "survey_marks", survey.id)
        sealed = await read_table(connection, "sealed_replies", survey.id)
    history.night_answered, history.night_answered_by = _opened_by(sealed, survey, keys, history.crowd)


async def _look_when_closed(engine: AsyncEngine, disk: Disk, history: History, begun: str) -> None:
    history.final = await _dump(engine)
    async with engine.connect() as connection:
        history.replies = await read_table(connection, "survey_replies", history.survey.id)
        history.texts = await read_table(connection, "survey_texts", history.survey.id)
        history.other_sealed = await read_table(connection, "sealed_replies", history.other.id)
        history.strata = await _strata(connection, history.survey)
        await disk.name_tables(connection)
    history.on_disk = disk.is_readable
    history.inserts += await disk.list_inserts(begun)
    history.found_closed = await disk.find(_writings(history))
    bodies = [bytes.fromhex(row["body"].removeprefix(r"\x"))[:64] for row in history.sealed[::30]]
    history.bodies_left = await disk.find(bodies)


async def _strata(connection: AsyncConnection, survey: Survey) -> dict[str, int]:
    statement = text("select stratum, count(*) as people from survey_people where survey_id = :survey group by 1")
    leaves = {row.stratum: row.people for row in await connection.execute(statement, {"survey": survey.id})}
    return {**leaves, "all": sum(leaves.values())}


async def _dump(engine: AsyncEngine) -> Dump:
    """Copy all tables and what sequences have given, as a logical dump does; one statement, past SQLAlchemy's log."""
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        tables = [row[0] for row in await driver.fetch(_TABLES)]
        parts = [f"select '{table}', t::text from {table} t" for table in tables]  # noqa: S608 -- our tables
        dump: dict[str, list[str]] = {table: [] for table in [*tables, "sequences"]}
        for table, row in await driver.fetch(" union all ".join([*parts, _GIVEN])):
            dump[table].append(row)
        return dump


def _writings(history: History) -> list[bytes]:
    """Return what one respondent wrote in their own words, as careless programs leave it behind."""
    words = history.crowd.respondents[ANSWERING // 2].words
    secret = words.split()[-1].encode()
    escaped = words.encode("unicode_escape")
    return [secret, secret.hex().encode(), secret[::-1], escaped, words.encode(), words.encode("utf-16-le")]


def _opened_by(
    sealed: Sequence[Row], survey: Survey, keys: SurveyKeyFiles, crowd: Crowd
) -> tuple[list[Row], list[int]]:
    """Return the sealed rows that are no blanks, and whose they are, which only the survey's key tells."""
    assert survey.public_key is not None
    private = keys.find(survey.id, survey.public_key)
    assert private is not None
    written = {one.words: one.person for one in crowd.respondents}
    opened = [(row, open_sealed(bytes.fromhex(row["body"].removeprefix(r"\x")), private)) for row in sealed]
    answered = [(row, written[reply.texts[FREE_TEXT]]) for row, reply in opened if not reply.declined]
    return [row for row, _ in answered], [person for _, person in answered]


class _Listener(logging.Handler):
    """Keeps every line of every logger, the driver's and SQLAlchemy's included."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear everything while the block lasts."""
        root = logging.getLogger()
        levels = {logger: logger.level for logger in (root, logging.getLogger("sqlalchemy"))}
        root.addHandler(self)
        for logger in levels:
            logger.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            for logger, level in levels.items():
                logger.setLevel(level)
            root.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line with all that hangs on it."""
        self.lines.append(f"{record.getMessage()} {record.args!r} {record.exc_text or ''}")
