"""The library of questionnaires: what was asked, and what is being written for the next time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.access import Actor
from services.audit.dto import Act
from services.ports import Calendar, Clock, Factory
from services.questionnaires import beginnings
from services.questionnaires.completeness import faults_of_draft
from services.questionnaires.draft_dto import Draft, Library, StoredDraft
from services.questionnaires.dto import KnownQuestionnaire, Questionnaire
from services.questionnaires.errors import NoSuchQuestionnaire, QuestionnaireUnready
from services.questionnaires.ports import QuestionnairesUnitOfWork
from services.questionnaires.rights import require_manager
from services.questionnaires.shipped import list_shipped, load_shipped, shipped_source
from services.questionnaires.weighing import editions_of, lock_draft, weighed
from services.questionnaires.writing import source_of


class QuestionnaireService:
    """Editions are for ever; drafts are everybody's who manages surveys, and become editions."""

    def __init__(self, unit_of_work: Factory[QuestionnairesUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar

    async def open_library(self, actor: Actor) -> Library:
        """Return all editions and drafts."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            editions = await uow.surveys.list_questionnaires()
            drafts = await uow.questionnaire_drafts.list_drafts()
        known = {edition.questionnaire.code for edition in editions}
        shipped = [load_shipped(code) for code in list_shipped() if code not in known]
        return Library(editions=editions, drafts=drafts, shipped=shipped)

    async def take_shipped(self, actor: Actor, number: int) -> KnownQuestionnaire:
        """Put a questionnaire that comes with the bot into the library, or return it as it stands there.

        Raises:
            NoSuchQuestionnaire: there is none of this number.
            QuestionnaireUnready: a code of it means another question in the library.
            QuestionnaireCodeTaken: somebody was faster.
        """
        require_manager(actor)
        if not 0 <= number < len(list_shipped()):
            raise NoSuchQuestionnaire
        code, now = list_shipped()[number], self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.questionnaire_drafts.lock_drafts()
            editions = await uow.surveys.list_questionnaires()
            there = next((one for one in editions if one.questionnaire.code == code), None)
            if there is not None:
                return there
            edition = await self._put(uow, actor, load_shipped(code), shipped_source(code), now)
            await uow.commit()
        return edition

    async def get_edition(self, actor: Actor, edition_id: int) -> KnownQuestionnaire:
        """Return an edition; NoSuchQuestionnaire."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            return await _edition(uow, edition_id)

    async def get_draft(self, actor: Actor, draft_id: int) -> Draft:
        """Return a draft and what it lacks; NoSuchQuestionnaire."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            draft = await uow.questionnaire_drafts.find_draft(draft_id)
            if draft is None:
                raise NoSuchQuestionnaire
            return await weighed(uow, draft)

    async def begin(self, actor: Actor) -> Draft:
        """Begin a questionnaire in which nothing is asked yet."""
        require_manager(actor)
        year = self._calendar.today(self._clock.now()).year
        async with self._unit_of_work() as uow:
            begun = beginnings.new_questionnaire(await _codes(uow), year)
            draft = await self._add(uow, actor, begun)
            await uow.commit()
        return draft

    async def begin_edition(self, actor: Actor, edition_id: int) -> Draft:
        """Begin the next revision of a questionnaire, or return the one that is begun; NoSuchQuestionnaire."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            edition = await _edition(uow, edition_id)
            begun = beginnings.next_edition(edition.questionnaire, await editions_of(uow))
            drafts = await uow.questionnaire_drafts.list_drafts()
            waiting = [
                one
                for one in drafts
                if (one.questionnaire.code, one.questionnaire.revision) == (begun.code, begun.revision)
            ]
            if waiting:
                return await weighed(uow, waiting[0])
            draft = await self._add(uow, actor, begun)
            await uow.commit()
        return draft

    async def begin_copy(self, actor: Actor, edition_id: int) -> Draft:
        """Begin another questionnaire with the same questions; NoSuchQuestionnaire."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            edition = await _edition(uow, edition_id)
            begun = beginnings.another_questionnaire(edition.questionnaire, await _codes(uow))
            draft = await self._add(uow, actor, begun)
            await uow.commit()
        return draft

    async def finish(self, actor: Actor, draft_id: int, version: int) -> KnownQuestionnaire:
        """Make a draft an edition: nothing of it changes any more.

        Raises:
            NoSuchQuestionnaire, QuestionnaireChanged: it is not what was shown.
            QuestionnaireUnready: something lacks.
            QuestionnaireCodeTaken: somebody was faster.
        """
        require_manager(actor)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.questionnaire_drafts.lock_drafts()
            draft = await lock_draft(uow, draft_id, version)
            edition = await _finish(uow, actor, draft, source_of(draft.questionnaire), now)
            await uow.commit()
        return edition

    async def delete(self, actor: Actor, draft_id: int, version: int) -> None:
        """Delete a draft; NoSuchQuestionnaire, QuestionnaireChanged."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            draft = await lock_draft(uow, draft_id, version)
            await uow.questionnaire_drafts.delete_draft(draft_id)
            subject, now = f"questionnaire:{draft.questionnaire.code}", self._clock.now()
            revision = draft.questionnaire.revision
            await uow.audit.add(actor, Act.QUESTIONNAIRE_DELETED, subject, now, revision=revision)
            await uow.commit()

    async def _put(
        self, uow: QuestionnairesUnitOfWork, actor: Actor, found: Questionnaire, body: Mapping[str, Any], now: datetime
    ) -> KnownQuestionnaire:
        draft_id = await uow.questionnaire_drafts.add_draft(found, now, actor.account_id)
        return await _finish(uow, actor, StoredDraft(id=draft_id, version=1, questionnaire=found), body, now)

    async def _add(self, uow: QuestionnairesUnitOfWork, actor: Actor, begun: Questionnaire) -> Draft:
        now = self._clock.now()
        draft_id = await uow.questionnaire_drafts.add_draft(begun, now, actor.account_id)
        return await weighed(uow, StoredDraft(id=draft_id, version=1, questionnaire=begun))


async def _finish(
    uow: QuestionnairesUnitOfWork, actor: Actor, draft: StoredDraft, body: Mapping[str, Any], now: datetime
) -> KnownQuestionnaire:
    found = draft.questionnaire
    if faults := faults_of_draft(found, await editions_of(uow)):
        raise QuestionnaireUnready(faults)
    await uow.questionnaire_drafts.finish_draft(draft.id, body, now, actor.account_id)
    subject = f"questionnaire:{found.code}"
    await uow.audit.add(actor, Act.QUESTIONNAIRE_FINISHED, subject, now, revision=found.revision)
    return await _edition(uow, draft.id)


async def _edition(uow: QuestionnairesUnitOfWork, edition_id: int) -> KnownQuestionnaire:
    edition = await uow.surveys.find_questionnaire(edition_id)
    if edition is None:
        raise NoSuchQuestionnaire
    return edition


async def _codes(uow: QuestionnairesUnitOfWork) -> set[str]:
    drafts = await uow.questionnaire_drafts.list_drafts()
    return {one.code for one in (*await editions_of(uow), *(draft.questionnaire for draft in drafts))}
