"""Questionnaires are written: one change after the other, each with the version that was shown."""

from dataclasses import replace

from services.access import Actor
from services.ports import Factory
from services.questionnaires import beginnings
from services.questionnaires.draft_dto import Added, Bank, Draft, StoredDraft
from services.questionnaires.dto import ItemType, Scale
from services.questionnaires.edits import Edit, place_of_new
from services.questionnaires.errors import NoSuchQuestionnaire
from services.questionnaires.item_edits import AddItem, SetScale
from services.questionnaires.ports import QuestionnairesUnitOfWork
from services.questionnaires.rights import require_manager
from services.questionnaires.timing import timed
from services.questionnaires.weighing import editions_of, lock_draft, weighed


class QuestionnaireDraftService:
    """Changes of drafts.

    All raise NoSuchQuestionnaire where the draft or what is changed of it is gone, QuestionnaireChanged where it is not
    what was shown; nothing is written then.
    """

    def __init__(self, unit_of_work: Factory[QuestionnairesUnitOfWork]) -> None:
        self._unit_of_work = unit_of_work

    async def change(self, actor: Actor, draft_id: int, version: int, edit: Edit) -> Draft:
        """Change a draft; refuses also what the edit refuses."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            draft = await self._write(uow, await lock_draft(uow, draft_id, version), edit)
            await uow.commit()
        return draft

    async def add_new(
        self, actor: Actor, draft_id: int, version: int, kind: ItemType, scale: int | None = None
    ) -> Added:
        """Add an item without words; `scale`: by its number among `list_scales`. QuestionnaireFull."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            draft = await lock_draft(uow, draft_id, version)
            chosen = None if scale is None else await _scale(uow, draft, scale)
            used = {item.code for known in await editions_of(uow) for item in known.items}
            item = beginnings.new_item(kind, chosen, draft.questionnaire, used)
            written = await self._write(uow, draft, AddItem(item=item))
            await uow.commit()
        return Added(draft=written, place=place_of_new(draft.questionnaire, item.type))

    async def add_known(self, actor: Actor, draft_id: int, version: int, edition_id: int, place: int) -> Added:
        """Add an item of the library with its code, so that it can be compared; QuestionnaireFull."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            draft = await lock_draft(uow, draft_id, version)
            edition = await uow.surveys.find_questionnaire(edition_id)
            if edition is None or not 0 <= place < len(edition.questionnaire.items):
                raise NoSuchQuestionnaire
            item = edition.questionnaire.items[place]
            if any(one.code == item.code for one in draft.questionnaire.items):
                raise NoSuchQuestionnaire
            written = await self._write(uow, draft, AddItem(item=item))
            await uow.commit()
        return Added(draft=written, place=place_of_new(draft.questionnaire, item.type))

    async def set_scale(self, actor: Actor, draft_id: int, version: int, place: int, scale: int) -> Draft:
        """Let an item be answered on another scale, by its number among `list_scales`."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            draft = await lock_draft(uow, draft_id, version)
            edit = SetScale(place=place, scale=await _scale(uow, draft, scale))
            written = await self._write(uow, draft, edit)
            await uow.commit()
        return written

    async def list_scales(self, actor: Actor, draft_id: int) -> tuple[Scale, ...]:
        """Return the scales that an item of a draft can have."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            return await _scales(uow, await _draft(uow, draft_id))

    async def open_bank(self, actor: Actor, draft_id: int) -> Bank:
        """Return the items of the library that a draft lacks, by topic."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            draft = await _draft(uow, draft_id)
            return beginnings.bank_of(await uow.surveys.list_questionnaires(), draft.questionnaire)

    async def _write(self, uow: QuestionnairesUnitOfWork, draft: StoredDraft, edit: Edit) -> Draft:
        edited = timed(draft.questionnaire, edit.applied(draft.questionnaire))
        changed = replace(draft, version=draft.version + 1, questionnaire=edited)
        await uow.questionnaire_drafts.put_draft(changed)
        return await weighed(uow, changed)


async def _draft(uow: QuestionnairesUnitOfWork, draft_id: int) -> StoredDraft:
    draft = await uow.questionnaire_drafts.find_draft(draft_id)
    if draft is None:
        raise NoSuchQuestionnaire
    return draft


async def _scales(uow: QuestionnairesUnitOfWork, draft: StoredDraft) -> tuple[Scale, ...]:
    return beginnings.known_scales(await uow.surveys.list_questionnaires(), draft.questionnaire)


async def _scale(uow: QuestionnairesUnitOfWork, draft: StoredDraft, number: int) -> Scale:
    scales = await _scales(uow, draft)
    if not 0 <= number < len(scales):
        raise NoSuchQuestionnaire
    return scales[number]
