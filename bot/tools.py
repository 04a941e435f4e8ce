"""What the parts of the program stand on; tests put their own clock and press here."""

from dataclasses import dataclass, field
from typing import Protocol
from zoneinfo import ZoneInfo

from aiogram import Bot
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.documents.university_model import University
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.settings import Settings
from bot.supervisor import Doorbell, Supervisor
from bot.telegram import MeteredAnswers
from services.certificates.ports import CodeReader, PaperInspector, PaperPress
from services.db.uow import UnitOfWorkFactory, reading_factory, unit_of_work_factory
from services.ports import Clock
from services.requests.ports import PaperPreview
from services.timestamps.ports import TimeStamper


class Press(PaperPress, PaperPreview, Protocol):
    """Makes signed papers, and pictures of those that are not issued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The database, the clock, the university and its press, Telegram, and whoever keeps background work.

    `stamper`: the time-stamp authority, None where no TSA_URL is set.
    """

    engine: AsyncEngine
    clock: Clock
    university: University
    press: Press
    inspector: PaperInspector
    reader: CodeReader
    bot: Bot
    bot_username: str
    stamper: TimeStamper | None = None
    supervisor: Supervisor = field(default_factory=Supervisor)
    meter: MeteredAnswers = field(default_factory=MeteredAnswers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bells:
    """What wakes the workers of this process."""

    printing: Doorbell = field(default_factory=Doorbell)
    outbox: Doorbell = field(default_factory=Doorbell)
    schedule: Doorbell = field(default_factory=Doorbell)
    stamping: Doorbell = field(default_factory=Doorbell)
    menus: Doorbell = field(default_factory=Doorbell)


@dataclass(frozen=True, slots=True)
class Ground:
    """Settings, tools and bells, and what every service is made from."""

    settings: Settings
    tools: Tools
    i18n: Catalogues
    bells: Bells

    @property
    def unit_of_work(self) -> UnitOfWorkFactory:
        """Units of work."""
        return unit_of_work_factory(self.tools.engine)

    @property
    def reading(self) -> UnitOfWorkFactory:
        """Single statements outside of a transaction: no BEGIN and COMMIT on the way."""
        return reading_factory(self.tools.engine)

    @property
    def clock(self) -> Clock:
        """The clock."""
        return self.tools.clock

    @property
    def calendar(self) -> LocalTime:
        """Days and dates in the university's zone."""
        return LocalTime(ZoneInfo(self.settings.timezone))
