"""How long a questionnaire takes, as far as its questions tell."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from services.questionnaires import limits
from services.questionnaires.dto import ItemType, Questionnaire

#: Seconds for reading and answering; of a table, for each of its lines.
_SECONDS: Final[Mapping[ItemType, int]] = {
    ItemType.SCALE: 12,
    ItemType.SINGLE: 12,
    ItemType.ROUTE: 8,
    ItemType.MULTI: 20,
    ItemType.MATRIX: 8,
    ItemType.TEXT: 40,
}
_MINUTE: Final = 60


def usual_minutes(questionnaire: Questionnaire) -> int:
    """Return about how many minutes its questions take, one at least."""
    seconds = sum(_SECONDS[item.type] * max(1, len(item.rows)) for item in questionnaire.items)
    return min(max(1, round(seconds / _MINUTE)), limits.MINUTES)


def timed(before: Questionnaire, after: Questionnaire) -> Questionnaire:
    """Let the minutes of a questionnaire that was changed follow its questions, until somebody has set others."""
    if after.minutes != before.minutes or before.minutes != usual_minutes(before):
        return after
    return replace(after, minutes=usual_minutes(after))
