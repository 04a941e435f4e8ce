"""A survey as it is named at the command line: by its number, or by the code of its questionnaire."""

from collections.abc import Collection
from typing import Final

from services.surveys.dto import Survey, SurveyState
from services.surveys.errors import SurveyMissing, SurveysAlike
from services.surveys.ports import SurveyRepository

_LONGEST_NUMBER: Final = 18


async def find_named(surveys: SurveyRepository, text: str, states: Collection[SurveyState]) -> Survey:
    """Return the survey that is meant: the one of this number, or the only one of this code in one of the states.

    A number is taken as it is, so that whoever asks refuses by the survey's own state; and so is the newest one of a
    code, where none is in these states.

    Raises:
        SurveyMissing: there is none.
        SurveysAlike: several can be meant.
    """
    named = text.strip()
    if named.isascii() and named.isdecimal() and len(named) <= _LONGEST_NUMBER:
        found = await surveys.find_survey(int(named))
        if found is not None:
            return found
    rounds = [one for one in await surveys.list_surveys() if one.questionnaire.code == named.lower()]
    if not rounds:
        raise SurveyMissing
    fit = [one for one in rounds if one.state in states]
    if len(fit) > 1:
        raise SurveysAlike([one.id for one in reversed(fit)])
    return (fit or rounds)[0]


async def find_closed_named(surveys: SurveyRepository, text: str) -> Survey:
    """Return the closed survey that is meant, of a code the newest one; SurveyMissing, and those of another state."""
    for one in await surveys.list_surveys([SurveyState.CLOSED]):
        if one.questionnaire.code == text.strip().lower():
            return one
    return await find_named(surveys, text, [SurveyState.CLOSED])
