"""A questionnaire as it is asked in one round."""

from dataclasses import replace
from typing import Final

from services.languages import Language, Trilingual
from services.questionnaires.dto import Questionnaire

_PERIOD: Final = "{period}"


def with_period(questionnaire: Questionnaire, period: Trilingual) -> Questionnaire:
    """Return a questionnaire whose line of the period names it; in a language in which it has none, as it was."""
    if questionnaire.period is None:
        return questionnaire
    said = {
        language.value: questionnaire.period.get(language).replace(_PERIOD, period.get(language) or _PERIOD)
        for language in Language
    }
    return replace(questionnaire, period=Trilingual(**said))
