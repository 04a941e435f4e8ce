"""A survey as it is named at the command line: by its number, or by the code of its questionnaire."""

from collections.abc import Collection
from typing import Final

from services.surveys.dto import Survey, SurveyState
from services.surveys.errors import SurveyMissing
from services.surveys.ports import SurveyRepository

_LONGEST_NUMBER: Final = 18


async def find_named(surveys: SurveyRepository, text: str, wanted: Collection[SurveyState] = ()) -> Survey:
    """Return the survey that is meant.

    Of a questionnaire that is the newest one in a state that the command is for (`wanted`), else the newest one that is
    not closed, else the newest.

    Raises:
        SurveyMissing: there is none.
    """
    named = text.strip()
    if named.isascii() and named.isdecimal() and len(named) <= _LONGEST_NUMBER:
        found = await surveys.find_survey(int(named))
        if found is not None:
            return found
    rounds = [one for one in await surveys.list_surveys() if one.questionnaire.code == named.lower()]
    if not rounds:
        raise SurveyMissing
    fit = (one for one in rounds if one.state in wanted)
    return next(fit, next((one for one in rounds if one.state is not SurveyState.CLOSED), rounds[0]))
