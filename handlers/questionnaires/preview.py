"""A questionnaire as respondents will see it, question by question, in every language."""

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from handlers.common.callbacks import OpenEdition
from handlers.common.keyboards import menu_button
from handlers.common.languages import OWN_NAMES
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.questionnaires.asked import answer_rows, asked_text, preview_toast
from handlers.questionnaires.callbacks import LANGUAGES, PreviewAnswer, PreviewDraft, PreviewEdition, spot_of
from handlers.questionnaires.draft_keyboards import to_draft_button
from handlers.questionnaires.words import Row, button, markup
from services.access import Actor
from services.languages import Language
from services.questionnaires.draft_dto import Draft
from services.questionnaires.dto import KnownQuestionnaire, Questionnaire
from services.questionnaires.errors import NoSuchQuestionnaire
from services.questionnaires.routes import pages
from services.questionnaires.service import QuestionnaireService


async def preview_edition(
    event: CallbackQuery, callback_data: PreviewEdition, actor: Actor, questionnaires: QuestionnaireService
) -> None:
    """The manager looks at a question of an edition."""
    edition = await questionnaires.get_edition(actor, callback_data.edition_id)
    page, language = _page(edition.questionnaire, callback_data.page), callback_data.language
    text = asked_text(edition.questionnaire, page, language)
    await show(event, text, _edition_keyboard(edition, page, language))


async def preview_draft(
    event: CallbackQuery, callback_data: PreviewDraft, actor: Actor, questionnaires: QuestionnaireService
) -> None:
    """The manager looks at a question of a draft."""
    draft = await questionnaires.get_draft(actor, callback_data.draft_id)
    language = LANGUAGES[callback_data.value % len(LANGUAGES)]
    page = _page(draft.questionnaire, callback_data.place)
    await show(event, asked_text(draft.questionnaire, page, language), _draft_keyboard(draft, page, language))


async def tap_answer(event: CallbackQuery, tap: Tap) -> None:  # noqa: ARG001 -- every handler takes its event
    """The manager taps on an answer of a preview."""
    await tap.answer(preview_toast())


def _page(asked: Questionnaire, page: int) -> int:
    """Return a page that there is."""
    last = len(pages(asked)) - 1
    if last < 0:
        raise NoSuchQuestionnaire
    return min(max(page, 0), last)


def _edition_keyboard(edition: KnownQuestionnaire, page: int, language: Language) -> InlineKeyboardMarkup:
    def at(place: int, said_in: Language = language) -> PreviewEdition:
        return PreviewEdition(edition_id=edition.id, page=place, language=said_in)

    asked = edition.questionnaire
    turns = [button("←", at(page - 1))] if page else []
    turns += [button("→", at(page + 1))] if page + 1 < len(pages(asked)) else []
    others: Row = [button(OWN_NAMES[one], at(page, one)) for one in Language if one is not language]
    back = button("✖️", OpenEdition(edition_id=edition.id))
    return markup(*answer_rows(asked, page, language), turns, others, [back, menu_button()])


def _draft_keyboard(draft: Draft, page: int, language: Language) -> InlineKeyboardMarkup:
    def at(place: int, said_in: Language = language) -> PreviewDraft:
        return PreviewDraft(draft_id=draft.id, spot=spot_of(draft.version, place, LANGUAGES.index(said_in)))

    asked = draft.questionnaire
    turns = [button("←", at(page - 1))] if page else []
    turns += [button("→", at(page + 1))] if page + 1 < len(pages(asked)) else []
    others: Row = [button(OWN_NAMES[one], at(page, one)) for one in Language if one is not language]
    return markup(*answer_rows(asked, page, language), turns, others, [to_draft_button(draft), menu_button()])


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(preview_edition, PreviewEdition.filter())
    taps.register(preview_draft, PreviewDraft.filter())
    taps.register(tap_answer, PreviewAnswer.filter(), flags=ANSWERS_TAP)
