"""Who gets a draft: chosen by taps, found by typing, written as an expression, brought as a file."""

import asyncio
from functools import partial

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message

from handlers.audience import keyboards, texts
from handlers.audience.callbacks import (
    Ask,
    BringList,
    ChooseQuickly,
    ChooseValue,
    ListValues,
    RemoveTerm,
    TypeAudience,
)
from handlers.audience.channels import create_router as create_channels_router
from handlers.audience.screens import Desk, place_of, step_of, wait_for_name
from handlers.audience.states import AudienceForm
from handlers.common.callbacks import OpenAudience
from handlers.common.downloads import LIMIT_MEGABYTES, FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form, left_if_over, mark_of
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from services.access import Actor
from services.announcements.audience import DraftAudienceService
from services.audience.building import toggled, without_term


async def open_audience(
    event: CallbackQuery,
    callback_data: OpenAudience,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    draft_audiences: DraftAudienceService,
    reader: Reader,
) -> None:
    """The editor wants to choose who gets a draft."""
    await Desk(event, actor, draft_audiences, reader).show_audience(callback_data.draft_id)
    await leave_form(state, raw_state)


async def choose_quickly(
    event: CallbackQuery,
    callback_data: ChooseQuickly,
    tap: Tap,
    actor: Actor,
    draft_audiences: DraftAudienceService,
    reader: Reader,
) -> None:
    """The editor chooses a sort of people, or takes it back."""
    draft_id = callback_data.draft_id
    shown = await draft_audiences.read(actor, draft_id)
    if callback_data.mark == mark_of(shown.draft.version):
        step = partial(step_of, callback_data.quick)
        await draft_audiences.alter(actor, draft_id, shown.draft.version, step)
    else:
        await tap.answer(texts.changed_toast())
    await Desk(event, actor, draft_audiences, reader).show_audience(draft_id)


async def remove_term(
    event: CallbackQuery,
    callback_data: RemoveTerm,
    tap: Tap,
    actor: Actor,
    draft_audiences: DraftAudienceService,
    reader: Reader,
) -> None:
    """The editor takes a term back."""
    draft_id = callback_data.draft_id
    shown = await draft_audiences.read(actor, draft_id)
    terms = keyboards.marked_terms(shown.draft, shown.audience)
    found = next(((term, out) for mark, term, out in terms if mark == callback_data.mark), None)
    if found is None:
        await tap.answer(texts.changed_toast())
    else:
        step = partial(without_term, term=found[0], excluded=found[1])
        await draft_audiences.alter(actor, draft_id, shown.draft.version, step)
    await Desk(event, actor, draft_audiences, reader).show_audience(draft_id)


async def list_values(
    event: CallbackQuery,
    callback_data: ListValues,
    actor: Actor,
    state: FSMContext,
    draft_audiences: DraftAudienceService,
    reader: Reader,
) -> None:
    """The editor looks at what can be chosen."""
    ask, out = callback_data.ask, callback_data.out
    offer = await draft_audiences.offer(actor, callback_data.draft_id, ask.key)
    await Desk(event, actor, draft_audiences, reader).show_values(offer, ask, callback_data.page, out=out)
    await wait_for_name(state, callback_data.draft_id, ask, out=out)


async def type_name(
    message: Message, actor: Actor, state: FSMContext, draft_audiences: DraftAudienceService, reader: Reader
) -> None:
    """The editor types a part of a name."""
    form = await state.get_data()
    if "ask" not in form:
        await show(message, texts.gone_text(), keyboards.gone_keyboard())
        return
    ask = Ask(form["ask"])
    async with left_if_over(state):
        offer = await draft_audiences.offer(actor, form["draft"], ask.key, message.text or "")
    await Desk(message, actor, draft_audiences, reader).show_values(offer, ask, 0, out=form["out"])


async def choose_value(
    event: CallbackQuery,
    callback_data: ChooseValue,
    tap: Tap,
    actor: Actor,
    draft_audiences: DraftAudienceService,
    reader: Reader,
) -> None:
    """The editor chooses a value, or takes it back."""
    draft_id, ask, out = callback_data.draft_id, callback_data.ask, callback_data.out
    offer = await draft_audiences.offer(actor, draft_id, ask.key, counted=False)
    chosen = next((it.value for mark, it in keyboards.marked_values(offer) if mark == callback_data.mark), None)
    if chosen is None:
        await tap.answer(texts.changed_toast())
    else:
        step = partial(toggled, key=ask.key, value=chosen, excluded=out)
        await draft_audiences.alter(actor, draft_id, offer.draft.version, step)
    offer = await draft_audiences.offer(actor, draft_id, ask.key)
    desk = Desk(event, actor, draft_audiences, reader)
    await desk.show_values(offer, ask, place_of(offer, chosen or ""), out=out)


async def ask_for_expression(
    event: CallbackQuery,
    callback_data: TypeAudience,
    actor: Actor,
    state: FSMContext,
    draft_audiences: DraftAudienceService,
) -> None:
    """The editor wants to type who is meant."""
    shown = await draft_audiences.read(actor, callback_data.draft_id)
    await state.set_state(AudienceForm.expression)
    await state.set_data({"draft": shown.draft.id, "version": shown.draft.version})
    await show(event, texts.ask_for_expression_text(shown), keyboards.back_keyboard(shown.draft.id))


async def type_expression(
    message: Message, actor: Actor, state: FSMContext, draft_audiences: DraftAudienceService, reader: Reader
) -> None:
    """The editor types who is meant; what cannot be read may be written once more."""
    form = await state.get_data()
    if "version" not in form:
        await show(message, texts.gone_text(), keyboards.gone_keyboard())
        return
    async with left_if_over(state):
        await draft_audiences.write(actor, form["draft"], form["version"], message.text or "")
    await state.clear()
    await Desk(message, actor, draft_audiences, reader).show_audience(form["draft"])


async def ask_for_list(
    event: CallbackQuery,
    callback_data: BringList,
    actor: Actor,
    state: FSMContext,
    draft_audiences: DraftAudienceService,
) -> None:
    """The editor wants to send a file."""
    shown = await draft_audiences.read(actor, callback_data.draft_id)
    await state.set_state(AudienceForm.file)
    await state.set_data({"draft": shown.draft.id, "version": shown.draft.version})
    await show(event, texts.ask_for_list_text(), keyboards.back_keyboard(shown.draft.id))


async def type_instead(message: Message, state: FSMContext) -> None:
    """The editor types where a file is waited for."""
    form = await state.get_data()
    if "version" not in form:
        await show(message, texts.gone_text(), keyboards.gone_keyboard())
        return
    await show(message, texts.not_a_file_text(), keyboards.back_keyboard(form["draft"]))


class Lists:
    """Files of people, one in memory at a time."""

    def __init__(self) -> None:
        self._place = asyncio.Semaphore(1)

    async def send_list(
        self,
        message: Message,
        document: Document,
        bot: Bot,
        actor: Actor,
        state: FSMContext,
        draft_audiences: DraftAudienceService,
        reader: Reader,
    ) -> None:
        """The editor sends a file."""
        form = await state.get_data()
        if "version" not in form:
            await show(message, texts.gone_text(), keyboards.gone_keyboard())
            return
        draft_id, name = form["draft"], document.file_name or ""
        try:
            async with left_if_over(state), self._place:
                content = await download(bot, document)
                chosen = await draft_audiences.bring(actor, draft_id, form["version"], name, content)
        except FileTooLargeError:
            await show(message, texts.too_large_text(LIMIT_MEGABYTES), keyboards.back_keyboard(draft_id))
        except FileNotHandedOverError:
            await show(message, texts.send_again_text(), keyboards.back_keyboard(draft_id))
        else:
            await state.clear()
            await show(message, texts.brought_text(chosen))
            await Desk(message, actor, draft_audiences, reader).show_audience(draft_id)


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="audience")
    router.include_router(create_channels_router())
    router.callback_query.register(open_audience, OpenAudience.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(choose_quickly, ChooseQuickly.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(remove_term, RemoveTerm.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(list_values, ListValues.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(choose_value, ChooseValue.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(ask_for_expression, TypeAudience.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(ask_for_list, BringList.filter(), flags=ANSWERS_TAP)
    router.message.register(type_name, AudienceForm.search, TYPED_TEXT)
    router.message.register(type_expression, AudienceForm.expression, TYPED_TEXT)
    router.message.register(Lists().send_list, AudienceForm.file, F.document.as_("document"))
    router.message.register(type_instead, AudienceForm.file, TYPED_TEXT)
    return router
