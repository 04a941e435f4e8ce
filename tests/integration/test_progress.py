"""The message in which somebody watches an announcement go out, on a Telegram that sometimes says no."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.progress import ProgressBoard
from bot.sandbox import Sandbox, World
from bot.telegram import MeteredAnswers, create_bot
from services.announcements.dto import AnnouncementStage, AnnouncementState
from services.announcements.sending_dto import Card, Watched
from services.delivery.dto import Tally
from services.languages import Language
from tests.support.announcements import announcement
from tests.support.clock import StandingClock

AIZADA = 1001
GOING = Card(
    announcement=announcement(stage=AnnouncementStage.BEGUN, notice_id=1, recipients=40),
    state=AnnouncementState.SENDING,
    tally=Tally(sent=10, pending=30),
    seconds_left=61,
)
DONE = replace(GOING, state=AnnouncementState.DONE, tally=Tally(sent=38, unknown=2), seconds_left=0)


class Told:
    """One message that is due once, and what is noted of it."""

    def __init__(self, message_id: int, card: Card, shown: str = "") -> None:
        self.due: list[tuple[Watched, Card]] = [
            (
                Watched(announcement_id=1, chat_id=AIZADA, message_id=message_id, language=Language.RU, shown=shown),
                card,
            )
        ]
        self.noted: list[tuple[str, bool]] = []
        self.rests: list[datetime] = []

    async def take_watched(self, _fallback: Language) -> tuple[Watched, Card] | None:
        """Return it once."""
        return self.due.pop() if self.due else None

    async def note_shown(self, _watched: Watched, shown: str, *, ended: bool) -> None:
        """Note it."""
        self.noted.append((shown, ended))

    async def rest(self, _watched: Watched, until: datetime) -> None:
        """Note it."""
        self.rests.append(until)


class Scene:
    """A chat with a message, and the board that changes it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.world: World = sandbox.world
        self.meter = MeteredAnswers()
        self.bot = create_bot(sandbox.token, sandbox.url, self.meter)
        self.clock = StandingClock()

    async def shown(self, told: Told) -> Told:
        """Let the board look once."""
        dates = LocalTime(ZoneInfo("Asia/Bishkek"))
        await ProgressBoard(self.bot, told, Catalogues(), dates, self.clock, Language.KY).show()
        return told

    async def message(self) -> int:
        """Write a message that can be changed."""
        return (await self.bot.send_message(AIZADA, "…")).message_id


@pytest.fixture(scope="module")
async def scene() -> AsyncIterator[Scene]:
    async with Sandbox() as sandbox:
        sandbox.world.add_user(AIZADA, "Айзада")
        sandbox.world.start(AIZADA)
        scene = Scene(sandbox)
        yield scene
        await scene.bot.session.close()


async def test_message_shows_how_far_it_is_and_the_result_with_what_can_be_done(scene: Scene) -> None:
    message_id = await scene.message()
    going = await scene.shown(Told(message_id, GOING))
    message = scene.world.bot_messages(AIZADA)[-1]
    assert "▓▓░░░░░░░░ 25 %" in message["text"]
    assert going.noted[0][1] is False
    scene.meter.take()
    same = await scene.shown(Told(message_id, GOING, going.noted[0][0]))
    assert same.noted == []
    done = await scene.shown(Told(message_id, DONE, going.noted[0][0]))
    assert done.noted[0][1] is True
    rows = scene.world.bot_messages(AIZADA)[-1]["reply_markup"]["inline_keyboard"]
    assert any(button["callback_data"] == "z8:1:u" for row in rows for button in row)
    assert scene.meter.take() == 0  # the engine need not give way to it


async def test_where_telegram_asks_for_silence_only_the_message_waits(scene: Scene) -> None:
    message_id = await scene.message()
    scene.world.faults.refuse(429, retry_after=7)
    told = await scene.shown(Told(message_id, GOING))
    assert (told.rests, told.noted) == ([scene.clock.now() + timedelta(seconds=7)], [])
    assert scene.meter.take_silence() == 0
    scene.world.faults.drop()
    told = await scene.shown(Told(message_id, GOING))
    assert (told.rests, told.noted) == ([], [])


async def test_message_that_is_gone_is_left_alone_and_one_that_is_the_same_is_no_trouble(scene: Scene) -> None:
    told = await scene.shown(Told(99_999_999, GOING))
    assert [ended for _shown, ended in told.noted] == [True]
    message_id = await scene.message()
    for _ in range(2):  # the second time Telegram says that nothing was changed
        told = await scene.shown(Told(message_id, GOING))
        assert [ended for _shown, ended in told.noted] == [False]
