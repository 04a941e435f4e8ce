"""What people are told of what changed because of their answers."""

from typing import Protocol

from handlers.survey_reports.texts import outcome_message
from services.delivery.dto import DueNotice, OutgoingMessage
from services.languages import Trilingual


class OutcomeNews(Protocol):
    """What changed, at the moment of sending."""

    async def find_outcome(self, survey_id: int) -> tuple[Trilingual, Trilingual] | None:
        """Return the survey's period and what changed; None if there is no such closed survey any more."""
        ...


class SurveyOutcomeNotices:
    """Renderers; None where there is nothing to tell any more."""

    def __init__(self, news: OutcomeNews) -> None:
        self._news = news

    async def outcome(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell what changed."""
        found = await self._news.find_outcome(int(message.payload["survey_id"]))
        if found is None or not found[1].get(message.language):
            return None
        return OutgoingMessage(text=outcome_message(*found, message.language))
