"""How a draft stands beside the library."""

from services.questionnaires.comparing import reworded
from services.questionnaires.completeness import faults_of_draft
from services.questionnaires.draft_dto import Draft, StoredDraft
from services.questionnaires.dto import Questionnaire
from services.questionnaires.errors import NoSuchQuestionnaire, QuestionnaireChanged
from services.questionnaires.ports import QuestionnairesUnitOfWork


async def lock_draft(uow: QuestionnairesUnitOfWork, draft_id: int, version: int) -> StoredDraft:
    """Return a draft as it was shown and keep it locked; NoSuchQuestionnaire, QuestionnaireChanged."""
    draft = await uow.questionnaire_drafts.lock_draft(draft_id)
    if draft is None:
        raise NoSuchQuestionnaire
    if draft.version != version:
        raise QuestionnaireChanged
    return draft


async def weighed(uow: QuestionnairesUnitOfWork, draft: StoredDraft) -> Draft:
    """Return a draft with what it lacks and what is worded anew."""
    known = await editions_of(uow)
    return Draft(
        id=draft.id,
        version=draft.version,
        questionnaire=draft.questionnaire,
        faults=faults_of_draft(draft.questionnaire, known),
        reworded=reworded(draft.questionnaire, known),
    )


async def editions_of(uow: QuestionnairesUnitOfWork) -> list[Questionnaire]:
    """Return what the library's editions ask, the newest revision of a code first."""
    return [edition.questionnaire for edition in await uow.surveys.list_questionnaires()]
