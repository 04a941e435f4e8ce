"""What surveys need from outside: storage that all their features share, and the keys beside the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from services.questionnaires.dto import KnownQuestionnaire, SurveyMode
from services.surveys.dto import Stratum, Survey, SurveyState


class SurveyKeys(Protocol):
    """Private keys of open surveys: files, never in the database or in a backup."""

    def create(self, survey_id: int) -> bytes:
        """Make a survey's key and return its public half; SurveyKeyUnusable if it cannot be kept."""
        ...

    def find(self, survey_id: int, public_key: bytes) -> bytes | None:
        """Return the private key; None if it is not on this machine."""
        ...

    def delete(self, survey_id: int, public_key: bytes) -> None:
        """Delete the key for good."""
        ...


class SurveyRepository(Protocol):
    """Questionnaires and surveys."""

    async def list_questionnaires(self) -> list[KnownQuestionnaire]:
        """Return all editions: by code, the newest revision first."""
        ...

    async def find_questionnaire(self, questionnaire_id: int) -> KnownQuestionnaire | None:
        """Return an edition."""
        ...

    async def add_questionnaire(
        self, body: Mapping[str, Any], code: str, revision: int, *, draft: bool, now: datetime, by: int | None
    ) -> int:
        """Write an edition that was read without fault; return its id."""
        ...

    async def add_survey(
        self, questionnaire_id: int, mode: SurveyMode, now: datetime, values: Mapping[str, Any]
    ) -> int:
        """Write a draft; return its id."""
        ...

    async def find_survey(self, survey_id: int) -> Survey | None:
        """Return a survey."""
        ...

    async def list_surveys(self, states: Collection[SurveyState] = ()) -> list[Survey]:
        """Return surveys in one of the states, or all: the newest first."""
        ...

    async def list_open_to(self, person_id: int) -> list[Survey]:
        """Return the open surveys whose frozen audience has the person, finished ones included: the oldest first."""
        ...

    async def lock_survey(self, survey_id: int) -> None:
        """Let others who change the survey wait until the end of the transaction."""
        ...

    async def change_survey(self, survey_id: int, values: Mapping[str, Any]) -> None:
        """Write columns of a survey; its version grows."""
        ...

    async def list_strata(self, survey_id: int) -> list[Stratum]:
        """Return the groups of a survey: the whole first, then by parent and code."""
        ...

    async def put_strata(self, survey_id: int, strata: Sequence[Stratum]) -> None:
        """Write the groups of a survey in place of those it had."""
        ...

    async def put_people(self, survey_id: int, strata: Mapping[int, str]) -> None:
        """Freeze who is asked: the group by person's id."""
        ...

    async def list_due(self, today: date) -> list[int]:
        """Return the ids of open surveys whose last day is over, and of those whose closing was begun."""
        ...
