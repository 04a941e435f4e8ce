"""A survey of 20 questions in the chat: how soon a tap is answered, what it asks of the database, and the end."""

import asyncio
import itertools
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.methods import AnswerCallbackQuery
from sqlalchemy import URL, event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.sandbox import Sandbox
from bot.survey_door import EditSurvey, SurveyDoor
from bot.survey_keys import SurveyKeyFiles
from handlers.survey_chat.callbacks import Action, Buttons, Step
from handlers.survey_chat.conversation import SurveyConversation
from services.db.engine import create_engine
from services.db.uow import reading_factory, unit_of_work_factory
from services.languages import Language, Trilingual
from services.ports import SystemClock
from services.questionnaires.routes import shown_pages
from services.survey_answers.dto import OpenSurvey
from services.survey_answers.service import SurveyAnswerService
from tests.bench.processes import environment, running, wait_until_ready
from tests.support.ports import held_port
from tests.support.surveyed import Surveyed, put_survey

PEOPLE = 20_000
#: Of them, how many answer everything here, and finish at the same time.
FINISHING = 2_000
_TALKERS = 12  # who tap in the local Telegram side by side, each without a pause
_BATCH = 100  # updates that Telegram gives at once
_HUNDRED = 100
_FIRST_ACCOUNT = 1_000_000
_FIRST_MESSAGE = 5
_WRITING = ("insert", "update", "delete", "with")

Update = dict[str, Any]
Row = tuple[str, str, str]

_ACCOUNTS = text("""
    insert into accounts (telegram_id, person_id, language, first_seen_at, last_seen_at)
    select :first + row_number() over (order by person_id), person_id, 'ky', :now, :now
    from survey_people where survey_id = :survey
""")


@dataclass(slots=True)
class Taps:
    """What was measured: seconds until a tap was answered, statements by kind, the end of those who finish at once."""

    seconds: list[float] = field(default_factory=list)
    took: float = 0.0
    reads: int = 0
    writes: int = 0
    ends: list[float] = field(default_factory=list)
    ending: float = 0.0
    kept: int = 0
    through_telegram: list[float] = field(default_factory=list)

    def rows(self) -> list[Row]:
        """Return lines of the table."""
        return [
            (
                f"survey in the chat: {len(self.seconds):,} taps, {PEOPLE:,} people asked, a hundred at once, p95",
                f"{_milliseconds(self.seconds)} ({len(self.seconds) / self.took:.0f} taps a second)",
                "<= 150 ms",
            ),
            ("the same through the local Telegram, p95", _milliseconds(self.through_telegram), "<= 150 ms"),
            ("statements that write before the end; that read, one look a person", f"{self.writes}; {self.reads}", "0"),
            (
                f"{FINISHING:,} finishing at once: all, p95 (sealed replies kept: {self.kept:,})",
                f"{self.ending:.1f} s, {_milliseconds(self.ends)}",
                "<= 60 s",
            ),
        ]


class SilentTelegram:
    """Stands in for the client: takes no time, and keeps what each person would tap next."""

    id = 42

    def __init__(self) -> None:
        self.next: dict[int, str] = {}
        self.answered: dict[str, float] = {}

    async def __call__(self, method: object) -> bool:
        """Note a screen, or the moment of an answer."""
        if isinstance(method, EditSurvey):
            rows = (method.reply_markup or {}).get("inline_keyboard", [])
            self.next[int(method.chat_id or 0)] = _wanted([[one["callback_data"] for one in row] for row in rows])
        elif isinstance(method, AnswerCallbackQuery):
            self.answered[method.callback_query_id] = time.perf_counter()
        return True


async def measure(database: URL, data_dir: Path) -> Taps:
    """Let two thousand answer everything and finish at once; some do the same through a local Telegram."""
    taps = Taps()
    engine = create_engine(database, pool_size=10)
    try:
        written = await _open(engine, data_dir)
        clock, calendar = SystemClock(), LocalTime(ZoneInfo("Asia/Bishkek"))
        answers = SurveyAnswerService(unit_of_work_factory(engine), reading_factory(engine), clock, calendar)
        survey = await answers.find_open(written.survey.id)
        assert survey is not None
        telegram = SilentTelegram()
        conversation = SurveyConversation(answers, Catalogues(), calendar, lambda _words: "", Trilingual())
        door = SurveyDoor(conversation, cast("Bot", telegram))
        people = [_FIRST_ACCOUNT + number for number in range(1, PEOPLE + 1)]
        await _answer_all(door, telegram, survey, people[:FINISHING], engine, taps)
        await _finish(door, telegram, people[:FINISHING], taps)
        async with engine.connect() as connection:
            taps.kept = int(await connection.scalar(text("select count(*) from sealed_replies")) or 0)
        taps.through_telegram = await _through_telegram(database, data_dir, survey, people[-_TALKERS:])
    finally:
        await engine.dispose()
    return taps


async def _open(engine: AsyncEngine, folder: Path) -> Surveyed:
    async with engine.begin() as connection:
        written = await put_survey(
            connection, SurveyKeyFiles(folder / "keys"), {"mti": PEOPLE // 2, "iit": PEOPLE // 2}
        )
        given = {"first": _FIRST_ACCOUNT, "survey": written.survey.id, "now": SystemClock().now()}
        await connection.execute(_ACCOUNTS, given)
        await connection.execute(text("analyze survey_people, accounts, people"))
    return written


async def _answer_all(
    door: SurveyDoor,
    telegram: SilentTelegram,
    survey: OpenSurvey,
    people: Sequence[int],
    engine: AsyncEngine,
    taps: Taps,
) -> None:
    begin = Step(action=Action.BEGIN, language=Language.KY)
    telegram.next = {person: Buttons(survey, person).write(begin) for person in people}
    statements: Counter[bool] = Counter()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements[statement.lstrip().lower().startswith(_WRITING)] += 1

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    screens = len(shown_pages(survey.questionnaire, {}))
    begun = time.perf_counter()
    for _ in range(screens + 1):  # one tap begins
        taps.seconds += await _tap_once(door, telegram, people)
    taps.took = time.perf_counter() - begun
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    taps.writes, taps.reads = statements[True], statements[False]


async def _finish(door: SurveyDoor, telegram: SilentTelegram, people: Sequence[int], taps: Taps) -> None:
    begun = time.perf_counter()
    taps.ends = await _tap_once(door, telegram, people)
    taps.ending = time.perf_counter() - begun


async def _tap_once(door: SurveyDoor, telegram: SilentTelegram, people: Sequence[int]) -> list[float]:
    """Let each tap once, a batch after the other; return how long each waited from when its batch came."""
    waited = []
    for start in range(0, len(people), _BATCH):
        batch = [_tap(telegram, person) for person in people[start : start + _BATCH]]
        telegram.answered.clear()
        begun = time.perf_counter()
        await door.serve(batch)
        waited += [moment - begun for moment in telegram.answered.values()]
    return waited


_numbers = itertools.count(1)


def _tap(telegram: SilentTelegram, person: int) -> Update:
    number = next(_numbers)
    message = {"message_id": _FIRST_MESSAGE, "date": 1, "chat": {"id": person, "type": "private"}, "text": ""}
    sender = {"id": person, "is_bot": False, "language_code": "ky"}
    tap = {"id": str(number), "from": sender, "message": message, "data": telegram.next[person]}
    return {"update_id": number, "callback_query": tap}


def _wanted(rows: Sequence[Sequence[str]]) -> str:
    """Return what is tapped next: the third answer, or the way on, which stands last; Send stands first."""
    if len(rows) <= 1:
        return rows[-1][-1] if rows else ""
    first = [data for row in rows for data in row]
    return first[0] if len(rows) == _SUMMARY_ROWS else first[min(2, len(first) - 1)]


_SUMMARY_ROWS = 3  # Send, change, pause: no question has so few lines of answers and ways


async def _through_telegram(database: URL, data_dir: Path, survey: OpenSurvey, people: Sequence[int]) -> list[float]:
    async with Sandbox() as sandbox:
        for person in people:
            sandbox.world.add_user(person, "Айзада", language_code="ky")
        sandbox.world.record = False
        with held_port() as port:
            async with running("bot", "run", env=environment(sandbox, database, data_dir, port)):
                await wait_until_ready(port)
                talks = await asyncio.gather(*(_talk(sandbox, survey, person) for person in people))
    return list(itertools.chain.from_iterable(talks))


async def _talk(sandbox: Sandbox, survey: OpenSurvey, person: int) -> list[float]:
    """Answer the whole survey, each tap as soon as the one before is answered."""
    world, seconds = sandbox.world, []
    world.start(person)
    await world.wait_for(lambda: bool(world.bot_messages(person)), 30)
    message = world.bot_messages(person)[-1]["message_id"]
    data = Buttons(survey, person).write(Step(action=Action.BEGIN, language=Language.KY))
    while data:
        begun = time.perf_counter()
        tap = world.press(person, message, data)
        await world.wait_for(lambda tap=tap: world.callback_answer(tap) is not None, 30)  # type: ignore[misc]
        seconds.append(time.perf_counter() - begun)
        data = _wanted(list(_rows_of(world.conversations[person].messages[message])))
    return seconds


def _rows_of(message: Mapping[str, Any]) -> Iterator[list[str]]:
    for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
        yield [button["callback_data"] for button in row]


def _milliseconds(seconds: Sequence[float]) -> str:
    return f"{statistics.quantiles(seconds, n=_HUNDRED)[94] * 1000:.0f} ms"
