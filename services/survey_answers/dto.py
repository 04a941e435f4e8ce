"""A survey as the chat asks it, and how somebody stands in it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.languages import Trilingual
from services.questionnaires.dto import Questionnaire, SurveyMode
from services.questionnaires.packing import Packing
from services.questionnaires.routes import Page
from services.surveys.dto import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSurvey:
    """An open survey with what every tap needs. `tap_key`: its buttons are signed with it; `pages`: its screens.

    `room`: bytes of a reply before it is sealed. `reader`: the name of the unit that reads named answers; may be empty.
    """

    survey: Survey
    tap_key: bytes
    packing: Packing
    room: int
    pages: tuple[Page, ...]
    reader: Trilingual = field(default_factory=Trilingual)

    @property
    def id(self) -> int:
        """The survey's number."""
        return self.survey.id

    @property
    def mode(self) -> SurveyMode:
        """Who can know whose answers they are."""
        return self.survey.mode

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.survey.questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """Somebody who is asked; `stratum`: the group that the reply will name."""

    person_id: int
    stratum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody who is asked stands. `named`: what they answered in a named survey, by code of item."""

    finished: bool
    named: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSurvey:
    """A survey in somebody's list."""

    survey: OpenSurvey
    finished: bool


class Ending(StrEnum):
    """What became of an answer or a refusal to answer.

    `FINISHED`: the survey is finished for the person, now or already before; `OVER`: it is not open any more;
    `NOT_ASKED`: the account belongs to nobody who is asked.
    """

    FINISHED = "finished"
    OVER = "over"
    NOT_ASKED = "not_asked"
