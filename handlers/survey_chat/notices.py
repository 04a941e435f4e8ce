"""Invitations to surveys and reminders of them: nothing that a lock screen should not show."""

from collections.abc import Callable
from typing import Protocol

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.ports import LocalDates
from handlers.survey_chat.callbacks import Action, Buttons, Step
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.questionnaires.dto import SurveyMode
from services.survey_answers.dto import OpenSurvey

_Words = Callable[[OpenSurvey, DueNotice], str]


class SurveyNews(Protocol):
    """Surveys at the moment of sending."""

    async def find_to_invite(self, survey_id: int, account_id: int) -> OpenSurvey | None:
        """Return an open survey that is not finished for the account's person."""
        ...


class SurveyNotices:
    """Renderers; None where the survey is over, or finished for whoever would be written to."""

    def __init__(self, news: SurveyNews, dates: LocalDates) -> None:
        self._news = news
        self._dates = dates

    async def invitation(self, message: DueNotice) -> OutgoingMessage | None:
        """Say that a survey has begun."""
        return await self._told(message, self._begun)

    async def reminder(self, message: DueNotice) -> OutgoingMessage | None:
        """Say that a survey is still open."""
        return await self._told(message, self._still_open)

    async def _told(self, message: DueNotice, words: _Words) -> OutgoingMessage | None:
        survey = await self._news.find_to_invite(int(message.payload["survey_id"]), message.chat_id)
        if survey is None:
            return None
        return OutgoingMessage(text=words(survey, message), buttons=_buttons(survey, message))

    def _begun(self, survey: OpenSurvey, _message: DueNotice) -> str:
        if survey.mode is SurveyMode.ANONYMOUS:
            return _(
                "The university's short survey has begun. Tickets are handed out by the curator or whoever runs the "
                "survey."
            )
        minutes = survey.questionnaire.minutes
        sentence = ngettext(
            "A short survey from the university. About {minutes} minute.",
            "A short survey from the university. About {minutes} minutes.",
            minutes,
        )
        return sentence.format(minutes=minutes)

    def _still_open(self, survey: OpenSurvey, message: DueNotice) -> str:
        if survey.survey.closes_on is None:
            return _("Reminder: the university's short survey is open.")
        day = self._dates.date(survey.survey.closes_on, message.language)
        if survey.mode is SurveyMode.ANONYMOUS:
            sentence = _(
                "Reminder: the survey is open until {date}. This message goes to everyone: we do not know who has "
                "answered."
            )
        else:
            sentence = _("Reminder: the university's short survey is open until {date}.")
        return sentence.format(date=day)


def _buttons(survey: OpenSurvey, message: DueNotice) -> tuple[OutgoingButton, ...]:
    buttons = Buttons(survey, message.chat_id)
    labels = {Action.QUIET: _("No more reminders")}
    if survey.mode is not SurveyMode.ANONYMOUS:
        labels = {Action.PROMISE: _("Open"), Action.DECLINE: _("I do not take part")}
    return tuple(
        OutgoingButton(text=label, data=buttons.write(Step(action=action, language=message.language)))
        for action, label in labels.items()
    )
