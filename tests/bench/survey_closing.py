"""A survey that 20,000 people answered is closed: how long it takes, and how long others wait for the event loop."""

import asyncio
import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.localtime import LocalTime
from bot.survey_keys import SurveyKeyFiles
from services.access import OPERATOR
from services.db.engine import create_engine
from services.db.uow import unit_of_work_factory
from services.questionnaires.dto import Answer, ItemType, Questionnaire
from services.surveys.closing import ClosingService
from services.surveys.dto import Closing, Reply, Survey
from services.surveys.ports import NoAlarm
from services.surveys.sealing import room_for, seal
from tests.support.clock import StandingClock
from tests.support.surveyed import OPENED, put_survey

PEOPLE = 20_000
#: Of another survey that stays open meanwhile.
_OTHERS = 2_000
_AT_ONCE = 500
_LOOK = 0.001
_PEAK_ANEW = Path("/proc/self/clear_refs")
_WORDS = "Китепканада орун жетпейт, окуу залы кечки саат сегизге чейин ачык болсо жакшы болмок."


@dataclass(frozen=True, slots=True)
class Closed:
    """Seconds from beginning to end; the longest that a task had to wait for the event loop; MB more than before."""

    closing: Closing
    seconds: float
    stall: float
    memory: float


async def measure(url: URL, folder: Path) -> Closed:
    """Answer a survey with free text in every reply, then close it while another task looks at the clock."""
    keys, engine = SurveyKeyFiles(folder / "survey-keys"), create_engine(url, pool_size=4)
    try:
        async with engine.begin() as connection:
            survey = (await put_survey(connection, keys, {"mti": PEOPLE})).survey
            other = (await put_survey(connection, keys, {"mti": _OTHERS})).survey
            for answered, people in ((survey, PEOPLE), (other, _OTHERS)):
                await _answer(connection, answered, people)
        service = ClosingService(
            unit_of_work_factory(engine), StandingClock(OPENED), LocalTime(ZoneInfo("Asia/Bishkek")), keys, NoAlarm()
        )
        stalls: list[float] = []
        before = _look_anew()
        watch = asyncio.create_task(_watch(stalls))
        begun = time.perf_counter()
        closing = await service.close(OPERATOR, survey.id)
        seconds = time.perf_counter() - begun
        watch.cancel()
        return Closed(closing, seconds, max(stalls), _memory("VmHWM") - before)
    finally:
        await engine.dispose()


async def _answer(connection: AsyncConnection, survey: Survey, people: int) -> None:
    assert survey.public_key is not None
    statement = text("insert into sealed_replies (id, survey_id, body) values (:id, :survey, :body)")
    room = room_for(survey.questionnaire)
    reply = Reply(
        stratum="mti",
        answers=dict(_answers(survey.questionnaire)),
        texts=dict.fromkeys((one.code for one in survey.questionnaire.texts), _WORDS),
    )
    for _ in range(0, people, _AT_ONCE):
        bodies = [seal(reply, survey.public_key, room) for _ in range(_AT_ONCE)]
        await connection.execute(statement, [{"id": uuid4(), "survey": survey.id, "body": body} for body in bodies])


def _answers(questionnaire: Questionnaire) -> Iterator[tuple[str, Answer]]:
    for item in questionnaire.closed_items:
        for key in item.keys:
            if item.type is ItemType.MULTI:
                yield key, (item.choices[0].code,)
            else:
                yield key, item.scale.last if item.scale is not None else item.choices[0].code


async def _watch(stalls: list[float]) -> None:
    """Ask for a turn again and again; what comes later than asked for is how long the loop was not free."""
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(_LOOK)
        stalls.append(time.perf_counter() - asked - _LOOK)


def _look_anew() -> float:
    """Return the memory in use and count the highest from here; what was made before is no garbage of ours."""
    gc.collect()
    gc.freeze()
    _PEAK_ANEW.write_text("5")
    return _memory("VmRSS")


def _memory(what: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(what))
