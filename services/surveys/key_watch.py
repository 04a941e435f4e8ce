"""Looks for the keys of surveys, so that a lost one is told on its first day and not on the last."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from services.ports import Clock
from services.surveys.dto import Survey, SurveyState
from services.surveys.ports import ClosingAlarm, SurveyKeys
from services.surveys.rules import SEALED

logger = logging.getLogger(__name__)

#: So long a missing key may be on a replica whose tick has not come yet; then the operators hear of it.
KEY_PATIENCE = timedelta(minutes=10)
_SAID = {
    SurveyState.OPEN: "survey %d is open, but its key is not in SURVEY_KEY_DIR: its answers could not be read",
    SurveyState.CLOSING: "survey %d cannot be closed here: its key is not in SURVEY_KEY_DIR",
}


class KeyWatch:
    """Remembers since when this process misses which key; logs it at once and raises the alarm later, both once."""

    def __init__(self, clock: Clock, keys: SurveyKeys, alarm: ClosingAlarm) -> None:
        self._clock = clock
        self._keys = keys
        self._alarm = alarm
        self._missed: dict[tuple[int, SurveyState], datetime] = {}
        self._told: set[tuple[int, SurveyState]] = set()

    def find(self, survey: Survey) -> bytes | None:
        """Return a survey's private key; None if it is not on this machine."""
        return self._keys.find(survey.id, survey.public_key) if survey.public_key is not None else None

    async def look(self, unfinished: Sequence[Survey]) -> None:
        """Look for the keys of the surveys that are open or closing; whatever is not among them is forgotten."""
        sealed = [survey for survey in unfinished if survey.mode in SEALED]
        missing = [survey for survey in sealed if self.find(survey) is None]
        known = {(survey.id, survey.state) for survey in missing}
        self._missed = {one: since for one, since in self._missed.items() if one in known}
        self._told &= known
        for survey in missing:
            await self._miss(survey)

    async def _miss(self, survey: Survey) -> None:
        one, now = (survey.id, survey.state), self._clock.now()
        if one not in self._missed:
            self._missed[one] = now
            logger.warning(_SAID[survey.state], survey.id)
        if now - self._missed[one] >= KEY_PATIENCE and one not in self._told:
            self._told.add(one)
            await self._alarm.survey_key_is_missing(survey.id, is_open=survey.state is SurveyState.OPEN)
