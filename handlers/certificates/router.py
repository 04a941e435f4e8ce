"""/certificate -> kind -> language -> confirmation: three taps."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.certificates.callbacks import ChooseCertificateLanguage, ConfirmCertificate
from handlers.certificates.keyboards import confirmation_keyboard, kinds_keyboard, languages_keyboard
from handlers.certificates.texts import (
    choose_kind_text,
    choose_language_text,
    confirmation_text,
    ordered_text,
    ordered_toast,
)
from handlers.common.callbacks import ChooseKind, GoTo, Place
from handlers.common.forms import leave_form
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from services.access import Actor
from services.certificates.service import CertificateService


async def order_certificate(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    certificates: CertificateService,
) -> None:
    """The person wants a certificate; a form that was open is left."""
    await leave_form(state, raw_state)
    kinds = await certificates.list_kinds(actor)
    await show(event, choose_kind_text(), kinds_keyboard(kinds, actor.language))


async def choose_kind(
    event: CallbackQuery, callback_data: ChooseKind, actor: Actor, certificates: CertificateService
) -> None:
    """The person chooses a kind."""
    kind = certificates.get_kind(actor, callback_data.kind)
    await show(event, choose_language_text(kind, actor.language), languages_keyboard(kind, actor.language))


async def choose_certificate_language(
    event: CallbackQuery,
    callback_data: ChooseCertificateLanguage,
    actor: Actor,
    certificates: CertificateService,
) -> None:
    """The person chooses the language of the paper."""
    review = await certificates.review(actor, callback_data.kind, callback_data.language)
    await show(event, confirmation_text(review, actor.language), confirmation_keyboard(review))


async def confirm_certificate(
    event: CallbackQuery,
    tap: Tap,
    callback_data: ConfirmCertificate,
    actor: Actor,
    certificates: CertificateService,
) -> None:
    """The person confirms; the paper is issued now and comes when it is rendered and signed."""
    screen = f"{actor.account_id}:{event.message.message_id if event.message else event.id}"
    issued = await certificates.request(actor, callback_data.kind, callback_data.language, screen=screen)
    await tap.answer(ordered_toast())
    kind = certificates.get_kind(actor, issued.kind)
    await show(event, ordered_text(kind, issued, actor.language), back_to_menu_keyboard())


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="certificates")
    router.message.register(order_certificate, Command("certificate"))
    router.callback_query.register(order_certificate, GoTo.filter(F.place == Place.CERTIFICATES), flags=ANSWERS_TAP)
    router.callback_query.register(choose_kind, ChooseKind.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(choose_certificate_language, ChooseCertificateLanguage.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(confirm_certificate, ConfirmCertificate.filter(), flags=ANSWERS_TAP)
    return router
