"""A closing service with everything it stands on, and what a test looks at around it."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.localtime import LocalTime
from bot.survey_keys import SurveyKeyFiles
from services.access import OPERATOR, Actor, Role, RoleGrant
from services.db.repositories.surveys import SqlSurveyRepository
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.surveys.closing import ClosingService
from services.surveys.dto import Closing, SurveyState
from tests.support.clock import StandingClock
from tests.support.office import rows
from tests.support.surveyed import OPENED, Surveyed

MANAGER = Actor(account_id=7001, language=Language.EN, grants=frozenset({RoleGrant(role=Role.SURVEY_MANAGER)}))
READABLE = "select stratum, answers from survey_replies where survey_id = :survey"
TEXTS = "select item, stratum, words, shown, state from survey_texts where survey_id = :survey order by words"


class RecordingAlarm:
    """Remembers for which surveys it was raised."""

    def __init__(self) -> None:
        self.raised: list[int] = []
        self.raised_while_open: list[int] = []
        self.damaged: list[tuple[int, int]] = []

    async def survey_key_is_missing(self, survey_id: int, *, is_open: bool) -> None:
        """Remember it."""
        (self.raised_while_open if is_open else self.raised).append(survey_id)

    async def survey_is_damaged(self, survey_id: int, broken: int) -> None:
        """Remember how much is broken."""
        self.damaged.append((survey_id, broken))


class Closer:
    """The service with everything it stands on."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, keys: SurveyKeyFiles) -> None:
        self.clock, self.alarm, self.keys = StandingClock(OPENED), RecordingAlarm(), keys
        self.service = ClosingService(
            unit_of_work, self.clock, LocalTime(ZoneInfo("Asia/Bishkek")), self.keys, self.alarm
        )

    async def close(
        self, surveyed: Surveyed, actor: Actor = MANAGER, *, anyway: bool = False, accept_damage: bool = False
    ) -> Closing:
        """Close a survey."""
        return await self.service.close(actor, surveyed.survey.id, anyway=anyway, accept_damage=accept_damage)

    async def give_up(self, surveyed: Surveyed, actor: Actor = OPERATOR) -> Closing:
        """End a survey without its answers."""
        return await self.service.give_up(actor, surveyed.survey.id)


def key_files(folder: Path, survey_id: int | None = None) -> list[Path]:
    """Return the keys in a folder, of one survey or of all."""
    return list(folder.glob(f"survey-{survey_id or '*'}-*.key"))


def lose_keys(folder: Path, survey_id: int | None = None) -> None:
    """Delete keys as a broken disk does."""
    for file in key_files(folder, survey_id):
        file.unlink()


async def state_of(connection: AsyncConnection, surveyed: Surveyed) -> SurveyState:
    """Return how far a survey is."""
    survey = await SqlSurveyRepository(connection).find_survey(surveyed.survey.id)
    assert survey is not None
    return survey.state


async def read_rows(
    connection: AsyncConnection, surveyed: Surveyed, statement: str = READABLE
) -> list[tuple[Any, ...]]:
    """Ask about a survey; without a statement, for its readable replies."""
    return await rows(connection, statement, survey=surveyed.survey.id)
