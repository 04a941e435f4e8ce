"""A local Telegram with the bot on it, and people who use it: what they do reads like a story.

aizada = await telegram.meet("Айзада", AIZADA)
await aizada.says("/certificate")
await aizada.taps("Окуп жаткандыгы жөнүндө")
assert "Кайсы тилде" in aizada.sees
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.container import Container
from bot.program import running
from bot.sandbox import Sandbox, World
from bot.settings import Settings
from services.access import OPERATOR
from services.db.engine import create_engine
from services.db.uow import UnitOfWorkFactory, unit_of_work_factory
from services.languages import Language, Trilingual
from services.linking.dto import IssuedLinkCode
from services.linking.service import LinkingService
from services.people.dto import RosterEntry
from services.ports import SystemClock
from services.units.dto import UnitEntry, UnitKind
from tests.support.clock import SilentBell

#: The group in which the operators are told of incidents.
OPERATORS = -500

_ids = count(70_001)
_UNITS = [
    UnitEntry(
        code="mti",
        name=Trilingual(
            ky="Маалыматтык технологиялар институту", ru="Институт информационных технологий", en="Institute of IT"
        ),
        abbreviation="МТИ",
        kind=UnitKind.UNIT,
        parent_code="",
        aliases=(),
    )
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document as it stands in the chat."""

    name: str
    caption: str
    file_unique_id: str
    content: bytes = field(repr=False)


class ServedUpdates(BaseMiddleware):
    """Notes which updates the bot is through with, answers included; the test's way to wait without sleeping."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.ids: list[int] = []

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 -- whatever the handler returns
        """Serve and note."""
        try:
            return await handler(event, data)
        finally:
            if isinstance(event, Update):
                self.ids.append(event.update_id)
                self._world.board.changed()


@dataclass(frozen=True, slots=True)
class Telegram:
    """The local Telegram, and the office behind the bot. `container` and `served` only where the bot runs inside."""

    sandbox: Sandbox
    engine: AsyncEngine
    container: Container | None = None
    served: ServedUpdates | None = None

    @property
    def world(self) -> World:
        """People and chats."""
        return self.sandbox.world

    @property
    def bot(self) -> Container:
        """The parts of the bot that runs in this process."""
        assert self.container is not None
        return self.container

    @property
    def unit_of_work(self) -> UnitOfWorkFactory:
        """Units of work on the bot's database."""
        return unit_of_work_factory(self.engine)

    def stranger(self, nickname: str = "Бейтааныш", language_code: str = "ky") -> "Friend":
        """Somebody whom the bot has never seen."""
        number = next(_ids)
        self.world.add_user(number, nickname, language_code=language_code)
        return Friend(self, number)

    async def meet(
        self, nickname: str, entry: RosterEntry, language: Language = Language.KY, **facts: object
    ) -> "Friend":
        """Somebody of the roster whose account is linked and whose language is chosen; `facts` change the entry."""
        friend = self.stranger(nickname, language.value)
        self.world.person(friend.id).started = True
        await self.enrol(friend, entry, **facts)
        now = datetime.now(UTC)
        async with self.unit_of_work() as uow:
            person = await uow.people.find_by_number(friend.person_no)
            assert person is not None
            await uow.accounts.see(friend.id, now)
            await uow.accounts.set_language(friend.id, language)
            await uow.links.link(friend.id, person.id, now)
            await uow.commit()
        return friend

    async def enrol(self, friend: "Friend", entry: RosterEntry, **facts: object) -> None:
        """Put somebody into the roster, under a number of their own."""
        own = replace(entry, person_no=friend.person_no, **facts)  # type: ignore[arg-type]  # fields of the entry
        async with self.unit_of_work() as uow:
            await uow.people.add([own], await uow.units.resolve([own.unit]))
            await uow.commit()

    async def one_time_code(self, friend: "Friend") -> IssuedLinkCode:
        """What the Study Office hands out."""
        linking = LinkingService(self.unit_of_work, SystemClock(), SilentBell())
        return await linking.issue_code(OPERATOR, friend.person_no)

    async def execute(self, statement: str, **parameters: object) -> None:
        """Change the database behind the bot's back."""
        async with self.engine.begin() as connection:
            await connection.execute(text(statement), parameters)

    async def rows(self, statement: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Look into the database."""
        async with self.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(statement), parameters)]

    async def value(self, statement: str, **parameters: object) -> Any:  # noqa: ANN401 -- of whatever type the column is
        """Return the one value of the one row."""
        ((value,),) = await self.rows(statement, **parameters)
        return value

    def last_update(self) -> int:
        """The number of the newest update."""
        return next(reversed(self.world.updates._past))

    async def is_through(self, update_id: int) -> None:
        """Wait until the bot is through with an update."""
        served = self.served
        if served is not None:
            await self.world.wait_for(lambda: update_id in served.ids)


class Friend:
    """Somebody in a private chat with the bot."""

    def __init__(self, telegram: Telegram, number: int) -> None:
        self.telegram = telegram
        self.world = telegram.world
        self.id = number
        self.person_no = f"S-{number}"
        self.last_tap = ""

    async def says(self, words: str, **how: Any) -> None:  # noqa: ANN401 -- `World.send_text`'s own
        """Write to the bot and wait until it is through with that."""
        self.world.send_text(self.id, words, **how)
        await self.waits()

    async def starts(self, payload: str = "") -> None:
        """Press Start, or open a deep link."""
        self.world.start(self.id, payload)
        await self.waits()

    async def taps(self, label: str, *, wait: bool = True) -> None:
        """Press a button of the newest keyboard by what stands on it."""
        screen = next(message for message in reversed(self.messages) if "reply_markup" in message)
        await self.taps_on(screen, label, wait=wait)

    async def taps_on(self, screen: dict[str, Any], label: str, *, wait: bool = True) -> None:
        """Press a button of any message, as it stood when it was looked at."""
        rows = screen["reply_markup"]["inline_keyboard"]
        data = {button["text"]: button["callback_data"] for row in rows for button in row}
        found = [text for text in data if label in text]
        assert len(found) == 1, f"{label!r} is not one of {list(data)}"
        await self.presses(screen["message_id"], data[found[0]], wait=wait)

    async def presses(self, message_id: int, data: str, *, wait: bool = True) -> None:
        """Press a button by its data, also one that is gone."""
        self.last_tap = self.world.press(self.id, message_id, data)
        if wait:
            await self.waits()

    async def sends_file(self, content: bytes, name: str = "certificate.pdf", **how: Any) -> None:  # noqa: ANN401 -- `World.send_document`'s own
        """Send a document."""
        self.world.send_document(self.id, name, content, **({"mime": "application/pdf"} | how))
        await self.waits()

    async def waits(self) -> None:
        """Wait until the bot is through with what was done last."""
        await self.telegram.is_through(self.telegram.last_update())

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the bot has written and not deleted."""
        return self.world.bot_messages(self.id)

    @property
    def screen(self) -> dict[str, Any]:
        """The newest message of the bot."""
        return self.messages[-1]

    @property
    def sees(self) -> str:
        """The text of the newest message of the bot; nothing while it has not written."""
        if not self.messages:
            return ""
        return str(self.screen.get("text") or self.screen.get("caption") or "")

    @property
    def buttons(self) -> list[str]:
        """What stands on the buttons of the newest message."""
        rows = self.screen.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    @property
    def tap_answer(self) -> dict[str, Any]:
        """What the last tap was answered with."""
        answer = self.world.callback_answer(self.last_tap)
        assert answer is not None, "the tap was not answered"
        return answer

    @property
    def papers(self) -> list[Paper]:
        """All documents that the bot has sent."""
        return [self._paper(message) for message in self.messages if "document" in message]

    async def document(self, number: int = 1) -> Paper:
        """Wait for the first (or another) document."""
        await self.hears(lambda: len(self.papers) >= number)
        return self.papers[number - 1]

    async def hears(self, condition: Callable[[], object]) -> None:
        """Wait for something to be seen."""
        await self.world.wait_for(condition)

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The bot's calls of a method that concerned this chat, those that failed too."""
        return [
            call.params
            for call in self.world.calls
            if call.method == method and str(call.params.get("chat_id")) == str(self.id)
        ]

    def _paper(self, message: dict[str, Any]) -> Paper:
        document = message["document"]
        return Paper(
            name=document["file_name"],
            caption=message.get("caption", ""),
            content=self.world.file(document["file_id"]),
            file_unique_id=document["file_unique_id"],
        )


@asynccontextmanager
async def office(url: URL, sandbox: Sandbox) -> AsyncIterator[Telegram]:
    """Set up the university's data beside a local Telegram; the bot is somewhere else."""
    engine = create_engine(url, pool_size=8)
    telegram = Telegram(sandbox, engine)
    sandbox.world.add_user(next(_ids), "Операторлор")
    async with telegram.unit_of_work() as uow:
        await uow.units.put(_UNITS)
        await uow.commit()
    try:
        yield telegram
    finally:
        await engine.dispose()


@asynccontextmanager
async def telegram_with_bot(url: URL, settings: dict[str, Any]) -> AsyncIterator[Telegram]:
    """Run the production bot in this process against a local Telegram of its own."""
    async with Sandbox() as sandbox, office(url, sandbox) as outside:
        operator = outside.stranger("Оператор")
        sandbox.world.add_group(OPERATORS, "Операторлор", [operator.id])
        own: dict[str, Any] = {
            "_env_file": None,
            "bot_token": sandbox.token,
            "telegram_api_url": sandbox.url,
            "operators_chat": OPERATORS,
        }
        address = url.render_as_string(hide_password=False)
        async with running(Settings(**(own | settings)), address) as container:
            served = ServedUpdates(sandbox.world)
            container.dispatcher.update.outer_middleware._middlewares.insert(0, served)
            yield Telegram(sandbox, outside.engine, container, served)
