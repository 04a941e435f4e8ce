"""A person's certificates, issuing one anew, and revoking one: choose, say why, confirm."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import mark_of
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.study_office.callbacks import (
    AskToReplace,
    AskToRevoke,
    ChooseReason,
    ListCertificates,
    ReplaceCertificate,
    RevokeCertificate,
)
from handlers.study_office.certificate_texts import (
    ask_for_reason_text,
    certificates_text,
    confirm_revocation_text,
    replaced_note,
    replacement_text,
    revoked_note,
    write_reason_text,
)
from handlers.study_office.keyboards import (
    certificates_keyboard,
    reason_keyboard,
    reasons_keyboard,
    replacement_keyboard,
    revocation_keyboard,
)
from handlers.study_office.states import StudyOfficeForm, take_seat
from handlers.study_office.texts import out_of_date_note
from services.access import Actor
from services.certificates.dto import RevocationReason
from services.certificates.replacing import ReplacementService
from services.certificates.revocation import RevocationService
from services.study_office.service import StudyOfficeService


async def list_certificates(
    event: CallbackQuery,
    callback_data: ListCertificates,
    actor: Actor,
    state: FSMContext,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official wants to see somebody's certificates."""
    page = await study_office.list_certificates(actor, callback_data.person_id, callback_data.page)
    await take_seat(state)
    await show(event, certificates_text(page, reader), certificates_keyboard(page))


async def ask_to_revoke(
    event: CallbackQuery,
    callback_data: AskToRevoke,
    actor: Actor,
    revocations: RevocationService,
    reader: Reader,
) -> None:
    """The official wants to revoke a certificate."""
    certificate = await revocations.review(actor, callback_data.certificate_id)
    await show(event, ask_for_reason_text(certificate, reader), reasons_keyboard(certificate))


async def ask_to_replace(
    event: CallbackQuery, callback_data: AskToReplace, actor: Actor, replacements: ReplacementService, reader: Reader
) -> None:
    """The official wants a certificate issued anew."""
    certificate = await replacements.review(actor, callback_data.certificate_id)
    await show(event, replacement_text(certificate, reader), replacement_keyboard(certificate))


async def replace_certificate(
    event: CallbackQuery,
    callback_data: ReplaceCertificate,
    actor: Actor,
    replacements: ReplacementService,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official says why, and it is done."""
    certificate = await replacements.review(actor, callback_data.certificate_id)
    issued = await replacements.replace(actor, certificate.id, callback_data.reason)
    page = await study_office.list_certificates(actor, certificate.person_id, 0)
    text = certificates_text(page, reader)
    await show(event, f"{replaced_note(issued.number)}\n\n{text}", certificates_keyboard(page))


async def choose_reason(
    event: CallbackQuery,
    callback_data: ChooseReason,
    actor: Actor,
    revocations: RevocationService,
    reader: Reader,
) -> None:
    """The official says why."""
    reason = callback_data.reason
    certificate = await revocations.review(actor, callback_data.certificate_id, reason)
    text = confirm_revocation_text(certificate, reason, "", reader)
    await show(event, text, revocation_keyboard(certificate, reason, mark_of("")))


async def ask_for_words(
    event: CallbackQuery,
    callback_data: ChooseReason,
    actor: Actor,
    state: FSMContext,
    revocations: RevocationService,
    reader: Reader,
) -> None:
    """The official has another reason; the next typed text is it."""
    certificate = await revocations.review(actor, callback_data.certificate_id)
    await take_seat(state)
    await state.update_data({"certificate": certificate.id, "reason": None})
    await state.set_state(StudyOfficeForm.reason)
    await show(event, write_reason_text(certificate, reader), reason_keyboard(certificate))


async def type_reason(
    message: Message,
    actor: Actor,
    state: FSMContext,
    revocations: RevocationService,
    reader: Reader,
) -> None:
    """The official types the reason."""
    certificate_id, words = (await state.get_data())["certificate"], " ".join((message.text or "").split())
    certificate = await revocations.review(actor, certificate_id, RevocationReason.OTHER, words)
    await state.update_data({"reason": words})
    text = confirm_revocation_text(certificate, RevocationReason.OTHER, words, reader)
    await show(message, text, revocation_keyboard(certificate, RevocationReason.OTHER, mark_of(words)))


async def revoke_certificate(
    event: CallbackQuery,
    callback_data: RevokeCertificate,
    actor: Actor,
    state: FSMContext,
    revocations: RevocationService,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official is sure; a reason that was typed is the one that the screen showed."""
    words = await _words(callback_data, state)
    if words is None:
        certificate, note = await revocations.review(actor, callback_data.certificate_id), out_of_date_note()
    else:
        certificate = await revocations.revoke(actor, callback_data.certificate_id, callback_data.reason, words)
        note = revoked_note(certificate)
    page = await study_office.list_certificates(actor, certificate.person_id, 0)
    await take_seat(state)
    text = certificates_text(page, reader)
    await show(event, f"{note}\n\n{text}", certificates_keyboard(page))


async def _words(button: RevokeCertificate, state: FSMContext) -> str | None:
    """Return the official's own words, if the reason has any; None where they are not those of the screen."""
    if button.reason is not RevocationReason.OTHER:
        return ""
    data = await state.get_data()
    words = str(data.get("reason") or "")
    theirs = await state.get_state() == StudyOfficeForm.reason.state
    same = data.get("certificate") == button.certificate_id and button.mark == mark_of(words)
    return words if theirs and same else None


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(list_certificates, ListCertificates.filter(), flags=ANSWERS_TAP)
    taps.register(ask_to_revoke, AskToRevoke.filter(), flags=ANSWERS_TAP)
    taps.register(ask_to_replace, AskToReplace.filter(), flags=ANSWERS_TAP)
    taps.register(replace_certificate, ReplaceCertificate.filter(), flags=ANSWERS_TAP)
    taps.register(ask_for_words, ChooseReason.filter(F.reason == RevocationReason.OTHER), flags=ANSWERS_TAP)
    taps.register(choose_reason, ChooseReason.filter(), flags=ANSWERS_TAP)
    taps.register(revoke_certificate, RevokeCertificate.filter(), flags=ANSWERS_TAP)
    router.message.register(type_reason, StudyOfficeForm.reason, TYPED_TEXT)
