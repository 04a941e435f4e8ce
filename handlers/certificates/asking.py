"""What is asked for a certificate, one question after the other: typed, or chosen by a button."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.certificates.callbacks import (
    AddAnswer,
    ChooseAnswer,
    ChooseCertificateLanguage,
    SkipQuestion,
    StepBack,
)
from handlers.certificates.form import CertificateOrder, order_of
from handlers.certificates.keyboards import confirmation_keyboard, question_keyboard
from handlers.certificates.states import CertificateForm
from handlers.certificates.texts import confirmation_text, earlier_step_toast, question_text
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from services.access import Actor
from services.certificates.dto import FactRule, Source
from services.certificates.service import CertificateService
from services.requests.dto import RequestPlan
from services.requests.service import RequestService


async def choose_certificate_language(
    event: CallbackQuery,
    callback_data: ChooseCertificateLanguage,
    actor: Actor,
    state: FSMContext,
    requests: RequestService,
    reader: Reader,
) -> None:
    """The person chooses the language of the paper; what has to be asked is asked."""
    order = CertificateOrder(kind=callback_data.kind, language=callback_data.language)
    plan = await requests.begin(actor, order.kind, order.language)
    await go_on(event, state, order, plan, reader)


async def type_answer(
    message: Message, actor: Actor, state: FSMContext, requests: RequestService, reader: Reader
) -> None:
    """The person types what was asked; a refusal leaves the question where it is."""
    order = order_of(await state.get_data())
    if order is not None:
        await _answer(message, order, message.text or "", actor, state, requests, reader)


async def choose_answer(
    event: CallbackQuery,
    callback_data: ChooseAnswer,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    certificates: CertificateService,
    requests: RequestService,
    reader: Reader,
) -> None:
    """The person chooses one of the answers."""
    order = order_of(await state.get_data())
    if order is None or callback_data.mark != order.mark:
        await tap.answer(earlier_step_toast())
        return
    rule = certificates.get_kind(actor, order.kind).fact(order.asking)
    choices = rule.choices if rule is not None else ()
    chosen = "".join(choices[callback_data.choice : callback_data.choice + 1])
    await _answer(event, order, chosen, actor, state, requests, reader)


async def add_answer(
    event: CallbackQuery,
    callback_data: AddAnswer,
    actor: Actor,
    state: FSMContext,
    requests: RequestService,
    reader: Reader,
) -> None:
    """The person wants to add what may be left out."""
    kind_id, language = callback_data.kind, callback_data.language
    order = order_of(await state.get_data())
    if order is None or (order.kind, order.language) != (kind_id, language):
        order = CertificateOrder(kind=kind_id, language=language)
    plan = await requests.begin(actor, kind_id, language, order.given)
    offered = plan.kind.facts_from(Source.ASKED)[callback_data.question :][:1]
    if not offered:
        await go_on(event, state, order, plan, reader)
        return
    order = order.adding(offered[0].name)
    await _ask(event, state, order, plan, offered[0], reader)


async def skip_question(
    event: CallbackQuery,
    callback_data: SkipQuestion,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    requests: RequestService,
    reader: Reader,
) -> None:
    """The person leaves out what may be left out."""
    order = order_of(await state.get_data())
    if order is None or callback_data.mark != order.mark:
        await tap.answer(earlier_step_toast())
        return
    order = order.dropped()
    plan = await requests.begin(actor, order.kind, order.language, order.given)
    await go_on(event, state, order, plan, reader)


async def step_back(
    event: CallbackQuery,
    callback_data: StepBack,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    requests: RequestService,
    reader: Reader,
) -> None:
    """The person goes back to the question before."""
    order = order_of(await state.get_data())
    if order is None or callback_data.mark != order.mark:
        await tap.answer(earlier_step_toast())
        return
    order = order.stepped_back()
    plan = await requests.begin(actor, order.kind, order.language, order.given)
    await go_on(event, state, order, plan, reader)


async def type_at_review(
    message: Message, actor: Actor, state: FSMContext, requests: RequestService, reader: Reader
) -> None:
    """The person writes instead of confirming; the last screen stands again."""
    order = order_of(await state.get_data())
    if order is not None:
        plan = await requests.begin(actor, order.kind, order.language, order.given)
        await go_on(message, state, order, plan, reader)


async def press_late(event: CallbackQuery, tap: Tap) -> None:  # noqa: ARG001 -- every handler takes its event
    """The person taps on a screen of a form that is left; what is on the screen stays."""
    await tap.answer(earlier_step_toast())


async def go_on(
    event: Message | CallbackQuery, state: FSMContext, order: CertificateOrder, plan: RequestPlan, reader: Reader
) -> None:
    """Ask what the paper still needs; where there is nothing, show what will be ordered."""
    order, rule = order.asked(plan)
    if rule is not None:
        await _ask(event, state, order, plan, rule, reader)
        return
    if order.given:
        await state.set_data(order.stored)
        await state.set_state(CertificateForm.review)
    else:  # nothing was asked: two taps before the last leave no form
        await leave_form(state, await state.get_state())
    await show(event, confirmation_text(plan, reader), confirmation_keyboard(order, plan, reader))


async def _ask(
    event: Message | CallbackQuery,
    state: FSMContext,
    order: CertificateOrder,
    plan: RequestPlan,
    rule: FactRule,
    reader: Reader,
) -> None:
    await state.set_data(order.stored)
    await state.set_state(CertificateForm.question)
    await show(event, question_text(plan, rule, reader), question_keyboard(order, rule, reader))


async def _answer(
    event: Message | CallbackQuery,
    order: CertificateOrder,
    text: str,
    actor: Actor,
    state: FSMContext,
    requests: RequestService,
    reader: Reader,
) -> None:
    plan = await requests.read_asked(actor, order.kind, order.language, fact=order.asking, text=text, given=order.given)
    await go_on(event, state, order.passed(), plan, reader)


def create_router() -> Router:
    """Handlers of the form; buttons of a question work at that question only."""
    router = Router(name="certificates: asking")
    router.callback_query.register(choose_certificate_language, ChooseCertificateLanguage.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(add_answer, AddAnswer.filter(), flags=ANSWERS_TAP)
    router.message.register(type_answer, CertificateForm.question, TYPED_TEXT)
    router.message.register(type_at_review, CertificateForm.review, TYPED_TEXT)
    router.callback_query.register(choose_answer, CertificateForm.question, ChooseAnswer.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(skip_question, CertificateForm.question, SkipQuestion.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(step_back, CertificateForm.question, StepBack.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(step_back, CertificateForm.review, StepBack.filter(), flags=ANSWERS_TAP)
    for button in (ChooseAnswer, SkipQuestion, StepBack):
        router.callback_query.register(press_late, button.filter(), flags=ANSWERS_TAP)
    return router
