"""What this feature needs from storage."""

from collections.abc import Mapping
from typing import Any, Protocol

from services.languages import Trilingual
from services.ports import Transaction
from services.questionnaires.dto import SurveyMode
from services.survey_answers.dto import Respondent, Standing
from services.surveys.dto import Survey


class AnswerRepository(Protocol):
    """Who is through with which survey, and what they gave."""

    async def find_standing(self, survey_id: int, account_id: int) -> Standing | None:
        """Return how the account's person stands; None if it has none who is asked, or is on hold."""
        ...

    async def list_finished(self, person_id: int) -> set[int]:
        """Return the ids of surveys that are finished for a person."""
        ...

    async def get_unit_name(self, code: str) -> Trilingual:
        """Return a unit's name; empty if there is none of this code."""
        ...

    async def keep_open(self, survey_id: int, mode: SurveyMode, account_id: int) -> Respondent | None:
        """Return whom an account belongs to if the survey is open and asks them; until the end it cannot be closed."""
        ...

    async def is_open(self, survey_id: int, mode: SurveyMode) -> bool:
        """Tell whether a survey is open."""
        ...

    async def mark_and_seal(self, survey_id: int, person_id: int, sealed: bytes) -> None:
        """Write the mark and the sealed reply; nothing if there is a mark already."""
        ...

    async def mark(self, survey_id: int, person_id: int) -> None:
        """Write the mark alone; nothing if there is one already."""
        ...

    async def put_named(self, survey_id: int, person_id: int, answers: Mapping[str, Any]) -> None:
        """Write what a person answers under their name, in place of what they answered before."""
        ...

    async def drop_named(self, survey_id: int, person_id: int) -> None:
        """Take back what a person answered under their name."""
        ...

    async def silence(self, survey_id: int, account_id: int) -> None:
        """Note that an account's person wants no more reminders of an open anonymous survey."""
        ...


class OpenSurveyRepository(Protocol):
    """The part of `services.surveys.ports.SurveyRepository` that this feature uses."""

    async def find_survey(self, survey_id: int) -> Survey | None:
        """Return a survey."""
        ...

    async def list_open_to(self, person_id: int) -> list[Survey]:
        """Return the open surveys whose frozen audience has the person, finished ones included: the oldest first."""
        ...


class AnswersUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def surveys(self) -> OpenSurveyRepository:
        """Surveys."""
        ...

    @property
    def survey_answers(self) -> AnswerRepository:
        """Who is through, and what they gave."""
        ...
