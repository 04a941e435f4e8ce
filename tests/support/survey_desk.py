"""The services of surveys as their managers use them, and the people who are asked."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.localtime import LocalTime
from bot.survey_keys import SurveyKeyFiles
from services.access import Actor, Role, RoleGrant
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.ports import NoBell
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import SurveySettings
from services.surveys.opening import OpeningService
from services.surveys.rounds import SurveyRounds
from services.surveys.service import SurveyService
from services.surveys.taking_part import TakingPartService
from tests.support.clock import StandingClock
from tests.support.surveyed import library_body, put_people

TODAY = date(2026, 11, 21)
BISHKEK = LocalTime(ZoneInfo("Asia/Bishkek"))
MANAGER = Actor(account_id=7005, language=Language.KY, grants=frozenset({RoleGrant(role=Role.SURVEY_MANAGER)}))
STRANGER = Actor(account_id=7006, language=Language.KY, grants=frozenset({RoleGrant(role=Role.EDITOR)}))
CONFIDENTIAL = SurveySettings(mode=SurveyMode.CONFIDENTIAL)


class Desk:
    """The services of surveys on one connection that is rolled back."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: StandingClock, folder: Path, url: str = "") -> None:
        self.unit_of_work = unit_of_work
        self.clock = clock
        self.surveys = SurveyService(unit_of_work, clock, BISHKEK)
        self.keys = SurveyKeyFiles(folder / "keys")
        self.opening = OpeningService(unit_of_work, clock, BISHKEK, self.keys, NoBell(), public_url=url)
        self.taking_part = TakingPartService(unit_of_work)
        self.rounds = SurveyRounds(unit_of_work, clock, BISHKEK, NoBell())

    async def bring(self, settings: SurveySettings = CONFIDENTIAL, code: str = "climate-students") -> int:
        """Bring a questionnaire that comes with the bot; return the draft for it."""
        return (await self.surveys.import_questionnaire(MANAGER, library_body(code), settings)).survey.id

    @property
    def key_files(self) -> list[Path]:
        """Return the keys that are kept."""
        return list(self.keys.folder.glob("*")) if self.keys.folder.exists() else []


async def settle(
    connection: AsyncConnection, code: str, count: int, *, course: int | None = None, kind: str = "student"
) -> list[int]:
    """Put people into a unit of the database that is made for them."""
    await connection.execute(
        text("""
            insert into units (code, name_ky, name_ru, name_en, abbreviation, kind, parent_code, aliases, sort_key)
            values (:code, :code, :code, :code, '', 'unit', '', '[]', :code) on conflict do nothing
        """),
        {"code": code},
    )
    prefix = f"{code}-{course}-{kind}-"
    people = await put_people(connection, prefix, count, unit=code, course=course, kind=kind)
    await connection.execute(
        text("update people set unit_id = (select id from units where code = :code) where unit = :code"),
        {"code": code},
    )
    return people


async def link(
    connection: AsyncConnection,
    account: int,
    person: int,
    *,
    blocked_at: datetime | None = None,
    frozen_at: datetime | None = None,
) -> None:
    """Link an account to somebody."""
    await connection.execute(
        text("""
            insert into accounts (telegram_id, person_id, first_seen_at, last_seen_at, blocked_at, frozen_at)
            values (:account, :person, now(), now(), :blocked_at, :frozen_at)
        """),
        {"account": account, "person": person, "blocked_at": blocked_at, "frozen_at": frozen_at},
    )
