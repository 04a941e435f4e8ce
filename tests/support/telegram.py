"""A local Telegram with the bot on it, and people who use it: what they do reads like a story.

aizada = await telegram.meet("Айзада", AIZADA)
await aizada.says("/certificate")
await aizada.taps("Окуп жаткандыгы жөнүндө")
assert "Кайсы тилде" in aizada.sees
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
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
from bot.survey_door import SurveyDoor
from services.access import OPERATOR
from services.announcements.dto import Content, Voice
from services.db.engine import create_engine
from services.db.uow import UnitOfWorkFactory, unit_of_work_factory
from services.languages import Language, Trilingual
from services.linking.dto import IssuedLinkCode
from services.linking.rules import CONSENT_VERSION
from services.linking.service import LinkingService
from services.people.dto import RosterEntry
from services.ports import SystemClock
from services.units.dto import UnitEntry, UnitKind
from tests.support.announcements import begin_draft
from tests.support.clock import SilentBell
from tests.support.friends import Friend
from tests.support.papers import BishkekCalendar

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

    def watch(self, door: SurveyDoor) -> None:
        """Note also what goes past the dispatcher: what is tapped and written in surveys."""
        serve = door.serve

        async def serve_and_note(updates: Sequence[Mapping[str, Any]]) -> None:
            await serve(updates)
            self.ids.extend(update["update_id"] for update in updates)
            self._world.board.changed()

        door.serve = serve_and_note  # type: ignore[method-assign]


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

    def stranger(self, nickname: str = "Бейтааныш", language_code: str = "ky") -> Friend:
        """Somebody whom the bot has never seen."""
        number = next(_ids)
        self.world.add_user(number, nickname, language_code=language_code)
        return Friend(self, number)

    async def meet(
        self, nickname: str, entry: RosterEntry, language: Language = Language.KY, **facts: object
    ) -> Friend:
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
            await uow.links.add_consent(friend.id, CONSENT_VERSION, language, now)
            await uow.links.link(friend.id, person.id, now)
            await uow.commit()
        return friend

    async def begin_draft(self, unit_code: str | None = None, content: Content | None = None) -> int:
        """The operator begins a draft of an announcement; returns its number."""
        return (await begin_draft(self.unit_of_work, content, voice=Voice(unit_code=unit_code))).id

    async def agree(self, friend: Friend, language: Language = Language.KY) -> None:
        """Somebody wrote and agreed to the text about personal data before the story begins."""
        self.world.person(friend.id).started = True
        async with self.unit_of_work() as uow:
            now = datetime.now(UTC)
            await uow.accounts.see(friend.id, now, language)
            await uow.links.add_consent(friend.id, CONSENT_VERSION, language, now)
            await uow.commit()

    async def enrol(self, friend: Friend, entry: RosterEntry, **facts: object) -> None:
        """Put somebody into the roster, under a number of their own."""
        own = replace(entry, person_no=friend.person_no, **facts)  # type: ignore[arg-type]  # fields of the entry
        async with self.unit_of_work() as uow:
            await uow.people.add([own], await uow.units.resolve([own.unit]))
            await uow.commit()

    async def one_time_code(self, friend: Friend) -> IssuedLinkCode:
        """What the Study Office hands out."""
        linking = LinkingService(self.unit_of_work, SystemClock(), BishkekCalendar(), SilentBell(), SilentBell())
        return await linking.issue_code(OPERATOR, friend.person_no)

    async def execute(self, statement: str, **parameters: object) -> None:
        """Change the database behind the bot's back, past the guards of the register."""
        async with self.engine.begin() as connection:
            await connection.execute(text("set local session_replication_role = replica"))
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
            "quiet_hours": "",  # the stories are told at any hour
        }
        address = url.render_as_string(hide_password=False)
        async with running(Settings(**(own | settings)), address) as container:
            served = ServedUpdates(sandbox.world)
            container.dispatcher.update.outer_middleware._middlewares.insert(0, served)
            served.watch(container.survey_door)
            # Reminders of the day would come into the middle of stories; the story of reminders asks for them itself.
            today = container.expiry_sweeps._calendar.today(datetime.now(UTC))
            container.expiry_sweeps._done = container.plan_sweeps._done = today
            container.survey_ticks.rounds._done = container.survey_ticks.shuffle._done = today
            yield Telegram(sandbox, outside.engine, container, served)
