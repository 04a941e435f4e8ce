"""/certificate -> kind -> language -> what has to be asked -> confirmation; three taps where nothing has to be."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.certificates import asking
from handlers.certificates.callbacks import ConfirmCertificate, SubmitRequest
from handlers.certificates.form import answers_of
from handlers.certificates.keyboards import kinds_keyboard, languages_keyboard
from handlers.certificates.texts import (
    choose_kind_text,
    choose_language_text,
    form_is_gone_alert,
    ordered_text,
    ordered_toast,
)
from handlers.common.callbacks import ChooseKind, GoTo, Place
from handlers.common.forms import leave_form
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.reader import Reader
from handlers.common.request_screens import submitted_keyboard, submitted_text
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from services.access import Actor
from services.certificates.service import CertificateService
from services.requests.service import RequestService


async def order_certificate(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    certificates: CertificateService,
    requests: RequestService,
    reader: Reader,
) -> None:
    """The person wants a certificate; a form that was open is left."""
    await leave_form(state, raw_state)
    kinds = await certificates.list_kinds(actor)
    promises = await requests.list_promises(actor, kinds)
    await show(event, choose_kind_text(kinds, promises, reader), kinds_keyboard(kinds, actor.language))


async def choose_kind(
    event: CallbackQuery, callback_data: ChooseKind, actor: Actor, certificates: CertificateService
) -> None:
    """The person chooses a kind."""
    kind = certificates.get_kind(actor, callback_data.kind)
    await show(event, choose_language_text(kind, actor.language), languages_keyboard(kind, actor.language))


async def confirm_certificate(
    event: CallbackQuery,
    tap: Tap,
    callback_data: ConfirmCertificate,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    certificates: CertificateService,
) -> None:
    """The person confirms; the paper is issued now and comes when it is rendered and signed."""
    kind_id, language = callback_data.kind, callback_data.language
    given = await answers_of(state, kind_id, language, callback_data.mark)
    if given is None:
        await tap.answer(form_is_gone_alert(), alert=True)
        return
    issued = await certificates.request(actor, kind_id, language, screen=_screen(event, actor), given=given)
    await tap.answer(ordered_toast())
    kind = certificates.get_kind(actor, issued.kind)
    await show(event, ordered_text(kind, issued, actor.language), back_to_menu_keyboard())
    await leave_form(state, raw_state)


async def submit_request(
    event: CallbackQuery,
    tap: Tap,
    callback_data: SubmitRequest,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    requests: RequestService,
    reader: Reader,
) -> None:
    """The person confirms what a desk decides about."""
    kind_id, language = callback_data.kind, callback_data.language
    given = await answers_of(state, kind_id, language, callback_data.mark)
    if given is None:
        await tap.answer(form_is_gone_alert(), alert=True)
        return
    mine = await requests.submit(actor, kind_id, language, given=given, screen=_screen(event, actor))
    await show(event, submitted_text(mine, reader), submitted_keyboard(mine))
    await leave_form(state, raw_state)


def _screen(event: CallbackQuery, actor: Actor) -> str:
    """Name the screen whose button was pressed: what it asked for is asked for once."""
    return f"{actor.account_id}:{event.message.message_id if event.message else event.id}"


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="certificates")
    router.message.register(order_certificate, Command("certificate"))
    router.callback_query.register(order_certificate, GoTo.filter(F.place == Place.CERTIFICATES), flags=ANSWERS_TAP)
    router.callback_query.register(choose_kind, ChooseKind.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(confirm_certificate, ConfirmCertificate.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(submit_request, SubmitRequest.filter(), flags=ANSWERS_TAP)
    router.include_router(asking.create_router())
    return router
