"""The library of questionnaires: editions, what is being written, and what can be taken along."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.callbacks import GoTo, OpenEdition, Place, TakeShipped
from handlers.common.forms import leave_form
from handlers.common.ports import QuestionnaireForms
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show
from handlers.questionnaires import library_texts as texts
from handlers.questionnaires.callbacks import (
    CHAIN,
    AskWords,
    BeginQuestionnaire,
    ListQuestionnaires,
    Take,
    TakeEdition,
    spot_of,
)
from handlers.questionnaires.draft_screens import card_screen, question_screen
from handlers.questionnaires.library_keyboards import edition_keyboard, library_keyboard, taken_keyboard
from handlers.questionnaires.states import WordsForm
from services.access import Actor
from services.questionnaires.draft_dto import Draft
from services.questionnaires.edits import Field
from services.questionnaires.service import QuestionnaireService
from services.questionnaires.writing import write_toml


async def open_library(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    questionnaires: QuestionnaireService,
    reader: Reader,
) -> None:
    """The manager looks at all questionnaires; a form that was open is left."""
    library = await questionnaires.open_library(actor)
    await leave_form(state, raw_state)
    await show(event, texts.library_text(library, reader), library_keyboard(library, 0, reader))


async def turn_library(
    event: CallbackQuery,
    callback_data: ListQuestionnaires,
    actor: Actor,
    questionnaires: QuestionnaireService,
    reader: Reader,
) -> None:
    """The manager turns a page."""
    library = await questionnaires.open_library(actor)
    await show(event, texts.library_text(library, reader), library_keyboard(library, callback_data.page, reader))


async def open_edition(
    event: CallbackQuery, callback_data: OpenEdition, actor: Actor, questionnaires: QuestionnaireService, reader: Reader
) -> None:
    """The manager looks at an edition."""
    edition = await questionnaires.get_edition(actor, callback_data.edition_id)
    await show(event, texts.edition_text(edition, reader), edition_keyboard(edition, reader))


async def take_shipped(
    event: CallbackQuery, callback_data: TakeShipped, actor: Actor, questionnaires: QuestionnaireService, reader: Reader
) -> None:
    """The manager puts a questionnaire that comes with the bot into the library."""
    edition = await questionnaires.take_shipped(actor, callback_data.number)
    await show(event, texts.edition_text(edition, reader), edition_keyboard(edition, reader))


async def take_paper(
    event: CallbackQuery,
    callback_data: TakeEdition,
    actor: Actor,
    questionnaires: QuestionnaireService,
    questionnaire_forms: QuestionnaireForms,
    reader: Reader,
) -> None:
    """The manager wants the blank questionnaire on paper."""
    edition = await questionnaires.get_edition(actor, callback_data.edition_id)
    asked = edition.questionnaire
    content = await questionnaire_forms.draw(asked, reader.dates.today(edition.created_at))
    name = f"{asked.code}-{asked.revision}.pdf"
    await send_file(event, content, name, texts.paper_caption(asked, reader), taken_keyboard(edition))


async def take_file(
    event: CallbackQuery, callback_data: TakeEdition, actor: Actor, questionnaires: QuestionnaireService, reader: Reader
) -> None:
    """The manager wants the file that can be changed on a computer and brought back."""
    edition = await questionnaires.get_edition(actor, callback_data.edition_id)
    asked = edition.questionnaire
    name = f"{asked.code}-{asked.revision}.toml"
    await send_file(event, write_toml(asked), name, texts.file_caption(asked, reader), taken_keyboard(edition))


async def begin_from(
    event: CallbackQuery, callback_data: TakeEdition, actor: Actor, questionnaires: QuestionnaireService, reader: Reader
) -> None:
    """The manager begins the next edition, or another questionnaire with the same questions."""
    begin: Callable[[Actor, int], Awaitable[Draft]] = questionnaires.begin_copy
    note = texts.copied_note()
    if callback_data.take is Take.REVISION:
        begin, note = questionnaires.begin_edition, texts.revision_note()
    draft = await begin(actor, callback_data.edition_id)
    await show(event, *card_screen(draft, reader, note=note))


async def begin(event: CallbackQuery, actor: Actor, state: FSMContext, questionnaires: QuestionnaireService) -> None:
    """The manager begins a questionnaire from nothing: its title is asked for first."""
    draft = await questionnaires.begin(actor)
    asked = AskWords(draft_id=draft.id, field=Field.TITLE, spot=spot_of(draft.version, 0, CHAIN))
    await state.set_state(WordsForm.words)
    await state.set_data(asked.model_dump(mode="json"))
    await show(event, *question_screen(draft, asked))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(open_library, GoTo.filter(F.place == Place.QUESTIONNAIRES))
    taps.register(turn_library, ListQuestionnaires.filter())
    taps.register(open_edition, OpenEdition.filter())
    taps.register(take_shipped, TakeShipped.filter())
    taps.register(take_paper, TakeEdition.filter(F.take == Take.PAPER))
    taps.register(take_file, TakeEdition.filter(F.take == Take.FILE))
    taps.register(begin_from, TakeEdition.filter())
    taps.register(begin, BeginQuestionnaire.filter())
