"""The manager writes texts of a draft, one after the other."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.questionnaires.callbacks import AskWords
from handlers.questionnaires.draft_keyboards import after_words, next_words
from handlers.questionnaires.draft_screens import card_screen, question_screen, screen_of
from handlers.questionnaires.draft_texts import changed_text, written_note
from handlers.questionnaires.states import WordsForm
from services.access import Actor
from services.questionnaires.drafts import QuestionnaireDraftService
from services.questionnaires.edits import Write
from services.questionnaires.errors import QuestionnaireChanged
from services.questionnaires.service import QuestionnaireService


async def ask_words(
    event: CallbackQuery,
    callback_data: AskWords,
    actor: Actor,
    state: FSMContext,
    questionnaires: QuestionnaireService,
    reader: Reader,
) -> None:
    """The manager wants to write a text; of a draft that has changed meanwhile, look at it first."""
    draft = await questionnaires.get_draft(actor, callback_data.draft_id)
    if draft.version != callback_data.version:
        await state.clear()
        await show(event, *card_screen(draft, reader))
        return
    screen = question_screen(draft, callback_data)
    await state.set_state(WordsForm.words)
    await state.set_data(callback_data.model_dump(mode="json"))
    await show(event, *screen)


async def type_words(
    message: Message,
    actor: Actor,
    state: FSMContext,
    questionnaires: QuestionnaireService,
    questionnaire_drafts: QuestionnaireDraftService,
    reader: Reader,
) -> None:
    """The manager writes; what is refused can be written anew, what met another's change is given back."""
    asked, words = AskWords(**await state.get_data()), message.text or ""
    edit = Write(field=asked.field, words=words, language=asked.language, place=asked.place)
    try:
        draft = await questionnaire_drafts.change(actor, asked.draft_id, asked.version, edit)
    except QuestionnaireChanged:
        fresh = await questionnaires.get_draft(actor, asked.draft_id)
        await state.clear()
        await show(message, *card_screen(fresh, reader, note=changed_text(words)))
        return
    following = next_words(draft, asked) if asked.goes_on else None
    if following is not None:
        await state.set_data(following.model_dump(mode="json"))
        await show(message, *question_screen(draft, following, note=written_note()))
        return
    await state.clear()
    await show(message, *screen_of(after_words(asked), draft, reader, asked.place, note=written_note()))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    router.callback_query.register(ask_words, AskWords.filter())
    router.message.register(type_words, WordsForm.words, TYPED_TEXT)
