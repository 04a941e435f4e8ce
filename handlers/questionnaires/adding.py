"""The manager puts questions, scales and topics into a draft."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.forms import leave_form, mark_of
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.questionnaires import item_keyboards as keyboards
from handlers.questionnaires import item_texts as texts
from handlers.questionnaires.callbacks import CHAIN, Look, LookAtDraft, Put, PutIntoDraft
from handlers.questionnaires.draft_keyboards import ask
from handlers.questionnaires.draft_screens import card_screen, question_screen, screen_of
from handlers.questionnaires.draft_texts import changed_text
from handlers.questionnaires.item_keyboards import TYPES
from handlers.questionnaires.states import WordsForm
from handlers.questionnaires.topics import known_topics
from services.access import Actor
from services.questionnaires.answers import WITH_POINTS
from services.questionnaires.draft_dto import Added
from services.questionnaires.drafts import QuestionnaireDraftService
from services.questionnaires.edits import Field, item_at
from services.questionnaires.errors import NoSuchQuestionnaire, QuestionnaireChanged
from services.questionnaires.item_edits import SetTopic
from services.questionnaires.service import QuestionnaireService

_TEN = 10
#: Questions of a topic that one message has room for, the newest ones.
_MOST_SHOWN = 30


async def choose_scale(
    event: CallbackQuery,
    callback_data: LookAtDraft,
    actor: Actor,
    questionnaires: QuestionnaireService,
    questionnaire_drafts: QuestionnaireDraftService,
    reader: Reader,
) -> None:
    """The manager looks at scales: of a new question (`value`: ten times its type's number), or of one."""
    draft = await questionnaires.get_draft(actor, callback_data.draft_id)
    if draft.version != callback_data.version:
        await show(event, *card_screen(draft, reader))
        return
    scales = await questionnaire_drafts.list_scales(actor, draft.id)
    kind = callback_data.value // _TEN - 1 if callback_data.value >= _TEN else None
    keyboard = keyboards.scales_keyboard(draft, scales, callback_data.place, kind, reader)
    await show(event, texts.scales_text(), keyboard)


async def choose_topic(
    event: CallbackQuery, callback_data: LookAtDraft, actor: Actor, questionnaires: QuestionnaireService, reader: Reader
) -> None:
    """The manager looks at topics."""
    draft = await questionnaires.get_draft(actor, callback_data.draft_id)
    if draft.version != callback_data.version:
        await show(event, *card_screen(draft, reader))
        return
    item = item_at(draft.questionnaire, callback_data.place)
    keyboard = keyboards.topics_keyboard(draft, known_topics(), callback_data.place)
    await show(event, texts.topics_text(item), keyboard)


async def open_bank(
    event: CallbackQuery,
    callback_data: LookAtDraft,
    actor: Actor,
    questionnaires: QuestionnaireService,
    questionnaire_drafts: QuestionnaireDraftService,
) -> None:
    """The manager looks at the topics of the library."""
    draft = await questionnaires.get_draft(actor, callback_data.draft_id)
    bank = await questionnaire_drafts.open_bank(actor, draft.id)
    await show(event, texts.bank_text(any_left=bool(bank)), keyboards.bank_keyboard(draft, bank))


async def open_bank_topic(
    event: CallbackQuery,
    callback_data: LookAtDraft,
    actor: Actor,
    questionnaires: QuestionnaireService,
    questionnaire_drafts: QuestionnaireDraftService,
    reader: Reader,
) -> None:
    """The manager looks at the library's questions of a topic; of one that has none any more, at the topics."""
    draft = await questionnaires.get_draft(actor, callback_data.draft_id)
    bank = await questionnaire_drafts.open_bank(actor, draft.id)
    found = next((items for topic, items in bank.items() if mark_of(topic) == callback_data.value), None)
    if found is None:
        await show(event, texts.bank_text(any_left=bool(bank)), keyboards.bank_keyboard(draft, bank))
        return
    shown = found[:_MOST_SHOWN]
    text = texts.bank_topic_text([one.item for one in shown], reader)
    await show(event, text, keyboards.bank_topic_keyboard(draft, shown, reader))


async def put_new(
    event: CallbackQuery,
    callback_data: PutIntoDraft,
    actor: Actor,
    state: FSMContext,
    questionnaires: QuestionnaireService,
    questionnaire_drafts: QuestionnaireDraftService,
    reader: Reader,
) -> None:
    """The manager adds a question of a type; its texts are asked for at once."""
    kind = TYPES[callback_data.place % len(TYPES)]
    scale = callback_data.value if callback_data.put is Put.NEW_SCALED else None
    if (scale is None) is (kind in WITH_POINTS):
        raise NoSuchQuestionnaire
    known = (callback_data.draft_id, callback_data.version)
    try:
        added = await questionnaire_drafts.add_new(actor, *known, kind, scale)
    except QuestionnaireChanged:
        await _show_fresh(event, actor, callback_data.draft_id, questionnaires, reader)
        return
    asked = ask(added.draft, Field.TEXT, added.place, CHAIN)
    await state.set_state(WordsForm.words)
    await state.set_data(asked.model_dump(mode="json"))
    await show(event, *question_screen(added.draft, asked))


async def put_known(
    event: CallbackQuery,
    callback_data: PutIntoDraft,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    questionnaires: QuestionnaireService,
    questionnaire_drafts: QuestionnaireDraftService,
    reader: Reader,
) -> None:
    """The manager takes a question, a scale or a topic that is known."""
    try:
        put = await _put(callback_data, actor, questionnaire_drafts)
    except QuestionnaireChanged:
        await _show_fresh(event, actor, callback_data.draft_id, questionnaires, reader)
        return
    await leave_form(state, raw_state)
    note = texts.added_note() if callback_data.put is Put.KNOWN else ""
    await show(event, *screen_of(Look.ITEM, put.draft, reader, put.place, note=note))


async def _put(tapped: PutIntoDraft, actor: Actor, drafts: QuestionnaireDraftService) -> Added:
    known = (tapped.draft_id, tapped.version)
    if tapped.put is Put.KNOWN:
        return await drafts.add_known(actor, *known, tapped.value, tapped.place)
    if tapped.put is Put.SCALE:
        return Added(draft=await drafts.set_scale(actor, *known, tapped.place, tapped.value), place=tapped.place)
    topic = next((one for one in known_topics() if mark_of(one) == tapped.value), None)
    if topic is None:
        raise NoSuchQuestionnaire
    draft = await drafts.change(actor, *known, SetTopic(place=tapped.place, topic=topic))
    return Added(draft=draft, place=tapped.place)


async def _show_fresh(
    event: CallbackQuery, actor: Actor, draft_id: int, questionnaires: QuestionnaireService, reader: Reader
) -> None:
    draft = await questionnaires.get_draft(actor, draft_id)
    await show(event, *card_screen(draft, reader, note=changed_text()))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(choose_scale, LookAtDraft.filter(F.look == Look.SCALES))
    taps.register(choose_topic, LookAtDraft.filter(F.look == Look.TOPICS))
    taps.register(open_bank, LookAtDraft.filter(F.look == Look.BANK))
    taps.register(open_bank_topic, LookAtDraft.filter(F.look == Look.BANK_TOPIC))
    taps.register(put_new, PutIntoDraft.filter(F.put.in_({Put.NEW, Put.NEW_SCALED})))
    taps.register(put_known, PutIntoDraft.filter())
