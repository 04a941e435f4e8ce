"""Answering in the chat. Nothing is written before the end, and the end is one transaction.

What ends a survey for somebody is one mark, the same for an answer and for declining. In confidential mode the answer
stands beside it, sealed, in a row that names nobody, and so does a blank of whoever declines: without the key nobody
tells them apart. In named mode it stands with the name, until closing, to be changed.
"""

from collections.abc import Mapping

from services.access import Actor
from services.ports import Calendar, Clock, Factory
from services.questionnaires.answers import from_json, to_json
from services.questionnaires.dto import Answer, Answers, SurveyMode
from services.questionnaires.routes import stored, stored_texts
from services.survey_answers.dto import AskedSurvey, Ending, OpenSurvey, Respondent, Standing
from services.survey_answers.open_surveys import OpenSurveys
from services.survey_answers.ports import AnswersUnitOfWork
from services.surveys.dto import Reply
from services.surveys.sealing import seal


class SurveyAnswerService:
    """Surveys as the person behind an account meets them. `reading`: single statements without a transaction."""

    def __init__(
        self,
        unit_of_work: Factory[AnswersUnitOfWork],
        reading: Factory[AnswersUnitOfWork],
        clock: Clock,
        calendar: Calendar,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._open = OpenSurveys(reading, clock, calendar)

    async def find_open(self, survey_id: int) -> OpenSurvey | None:
        """Return an open survey, as it was some seconds ago at most."""
        return await self._open.find(survey_id)

    async def find_standing(self, survey: OpenSurvey, account_id: int) -> Standing | None:
        """Return how the person behind an account stands; None if nobody behind it is asked."""
        async with self._reading() as uow:
            return await uow.survey_answers.find_standing(survey.id, account_id)

    async def list_asked(self, actor: Actor) -> list[AskedSurvey]:
        """Return the open surveys that ask the person, the oldest first."""
        person = actor.require_person()
        async with self._reading() as uow:
            surveys = await uow.surveys.list_open_to(person.id)
            finished = await uow.survey_answers.list_finished(person.id) if surveys else set()
        prepared = (self._open.prepare(survey) for survey in surveys)
        return [AskedSurvey(survey=one, finished=one.id in finished) for one in prepared if one is not None]

    async def find_to_invite(self, survey_id: int, account_id: int) -> OpenSurvey | None:
        """Return a survey to which an account is to be invited, or of which it is to be reminded, at this moment.

        Who is through, or wants quiet, is left out when a reminder is planned. Whoever comes to an end after that gets
        it all the same: a message that was left out would tell for ever that they had.
        """
        survey = await self.find_open(survey_id)
        if survey is None:
            return None
        async with self._reading() as uow:
            asked = await uow.survey_answers.find_standing(survey.id, account_id)
        return survey if asked is not None else None

    async def finish(self, survey: OpenSurvey, account_id: int, answers: Answers, texts: Mapping[str, str]) -> Ending:
        """Take an answer. A second one of a confidential survey changes nothing, and ends with the same words."""
        given = stored(survey.questionnaire, answers)
        words = stored_texts(survey.questionnaire, answers, texts)
        async with self._unit_of_work() as uow:
            asked = await uow.survey_answers.keep_open(survey.id, survey.mode, account_id)
            if asked is None:
                return await self._why_not(uow, survey)
            await self._write(uow, survey, asked, given, words)
            await uow.commit()
        return Ending.FINISHED

    async def decline(self, survey: OpenSurvey, account_id: int) -> Ending:
        """Let a survey end for somebody who does not take part; a named answer given before is taken back."""
        async with self._unit_of_work() as uow:
            asked = await uow.survey_answers.keep_open(survey.id, survey.mode, account_id)
            if asked is None:
                return await self._why_not(uow, survey)
            if survey.mode is SurveyMode.CONFIDENTIAL:
                await self._seal(uow, survey, asked, Reply(stratum="", answers={}, declined=True))
            else:
                await uow.survey_answers.mark(survey.id, asked.person_id)
                await uow.survey_answers.drop_named(survey.id, asked.person_id)
            await uow.commit()
        return Ending.FINISHED

    async def silence(self, survey: OpenSurvey, account_id: int) -> None:
        """Let no more reminders of an anonymous survey come to somebody, whether they have answered or not."""
        async with self._unit_of_work() as uow:
            await uow.survey_answers.silence(survey.id, account_id)
            await uow.commit()

    async def _write(
        self,
        uow: AnswersUnitOfWork,
        survey: OpenSurvey,
        asked: Respondent,
        given: dict[str, Answer],
        words: dict[str, str],
    ) -> None:
        if survey.mode is SurveyMode.NAMED:
            await uow.survey_answers.mark(survey.id, asked.person_id)
            await uow.survey_answers.put_named(survey.id, asked.person_id, {**to_json(given), **words})
            return
        await self._seal(uow, survey, asked, Reply(stratum=asked.stratum, answers=given, texts=words))

    @staticmethod
    async def _seal(uow: AnswersUnitOfWork, survey: OpenSurvey, asked: Respondent, reply: Reply) -> None:
        if survey.mode is not SurveyMode.CONFIDENTIAL or survey.survey.public_key is None:
            raise RuntimeError("this survey is not answered in the chat")
        sealed = seal(reply, survey.survey.public_key, survey.room)
        await uow.survey_answers.mark_and_seal(survey.id, asked.person_id, sealed)

    @staticmethod
    async def _why_not(uow: AnswersUnitOfWork, survey: OpenSurvey) -> Ending:
        return Ending.NOT_ASKED if await uow.survey_answers.is_open(survey.id, survey.mode) else Ending.OVER


def answered_before(survey: OpenSurvey, standing: Standing) -> tuple[dict[str, Answer], dict[str, str]]:
    """Return the answers and texts of a named survey that was answered before."""
    texts = {item.code for item in survey.questionnaire.texts}
    kept = standing.named or {}
    answers = from_json({code: value for code, value in kept.items() if code not in texts})
    return stored(survey.questionnaire, answers), {code: str(kept[code]) for code in texts if code in kept}
