"""A questionnaire as respondents will see it, question by question, in every language."""

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.asked import asked_keyboard, asked_text, page_within, preview_toast
from handlers.common.callbacks import OpenEdition, PreviewAnswer
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.questionnaires.callbacks import LANGUAGES, PreviewDraft, PreviewEdition, spot_of
from handlers.questionnaires.draft_keyboards import to_draft_button
from handlers.questionnaires.words import button
from services.access import Actor
from services.languages import Language
from services.questionnaires.draft_dto import Draft
from services.questionnaires.dto import KnownQuestionnaire
from services.questionnaires.service import QuestionnaireService


async def preview_edition(
    event: CallbackQuery, callback_data: PreviewEdition, actor: Actor, questionnaires: QuestionnaireService
) -> None:
    """The manager looks at a question of an edition."""
    edition = await questionnaires.get_edition(actor, callback_data.edition_id)
    page, language = page_within(edition.questionnaire, callback_data.page), callback_data.language
    text = asked_text(edition.questionnaire, page, language)
    await show(event, text, _edition_keyboard(edition, page, language))


async def preview_draft(
    event: CallbackQuery, callback_data: PreviewDraft, actor: Actor, questionnaires: QuestionnaireService
) -> None:
    """The manager looks at a question of a draft."""
    draft = await questionnaires.get_draft(actor, callback_data.draft_id)
    language = LANGUAGES[callback_data.value % len(LANGUAGES)]
    page = page_within(draft.questionnaire, callback_data.place)
    await show(event, asked_text(draft.questionnaire, page, language), _draft_keyboard(draft, page, language))


async def tap_answer(event: CallbackQuery, tap: Tap) -> None:  # noqa: ARG001 -- every handler takes its event
    """The manager taps on an answer of a preview."""
    await tap.answer(preview_toast())


def _edition_keyboard(edition: KnownQuestionnaire, page: int, language: Language) -> InlineKeyboardMarkup:
    def at(place: int, said_in: Language) -> PreviewEdition:
        return PreviewEdition(edition_id=edition.id, page=place, language=said_in)

    back = button(_("← To the questionnaire"), OpenEdition(edition_id=edition.id))
    return asked_keyboard(edition.questionnaire, page, language, at, back)


def _draft_keyboard(draft: Draft, page: int, language: Language) -> InlineKeyboardMarkup:
    def at(place: int, said_in: Language) -> PreviewDraft:
        return PreviewDraft(draft_id=draft.id, spot=spot_of(draft.version, place, LANGUAGES.index(said_in)))

    return asked_keyboard(draft.questionnaire, page, language, at, to_draft_button(draft))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(preview_edition, PreviewEdition.filter())
    taps.register(preview_draft, PreviewDraft.filter())
    taps.register(tap_answer, PreviewAnswer.filter(), flags=ANSWERS_TAP)
