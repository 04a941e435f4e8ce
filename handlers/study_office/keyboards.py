"""Keyboards of this feature."""

from collections.abc import Iterator, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import GroupCodes, OpenPerson, Place, ReleaseLink
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from handlers.common.reasons import reason_name
from handlers.study_office.callbacks import (
    AskToReplace,
    AskToRevoke,
    AskToUnlink,
    ChooseReason,
    ChooseValue,
    EnterFact,
    GiveCode,
    ListCertificates,
    ListCorrections,
    ListFacts,
    ReplaceCertificate,
    RevokeCertificate,
    SaveFact,
    ShowResults,
    TakeLinkAway,
    WithdrawCorrection,
)
from handlers.study_office.card import facts_of
from handlers.study_office.facts import choice_word, cut, fact_name
from services.certificates.dto import RevocationReason
from services.certificates.register import OfficialCertificate, RegisterStatus
from services.certificates.replacing import REPLACEMENT_REASONS
from services.corrections.dto import Correction, Fact, FactQuestion
from services.corrections.rules import value_of
from services.study_office.dto import CertificatePage, IssuedCertificate, PersonCard, SearchPage

_PER_ROW = 2
_LONGEST_LABEL = 60
Rows = list[list[InlineKeyboardButton]]


def desk_keyboard() -> InlineKeyboardMarkup:
    """Offer what else is done here."""
    rows = [
        [place_button(_("🙋 Requests to be linked"), Place.REQUESTS)],
        [_button(_("🖨 Codes for a group"), GroupCodes())],
        [menu_button()],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def results_keyboard(found: SearchPage) -> InlineKeyboardMarkup:
    """Offer the people who were found, and the pages."""
    rows = [
        [_button(cut(f"{place}. {person.full_name}", _LONGEST_LABEL), OpenPerson(person_id=person.id))]
        for place, person in enumerate(found.people, start=1)
    ]
    rows += _pager(ShowResults(page=found.page - 1), ShowResults(page=found.page + 1), found.page, found.has_next)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _way_out()])


def card_keyboard(card: PersonCard, *, results: int | None) -> InlineKeyboardMarkup:
    """Offer what can be done for a person; `results`: the page of the list that they were found in."""
    rows: Rows = []
    if any(missing.fact for lacking in card.lacking for missing in lacking.facts):
        rows.append([_button(_("✏️ Enter missing facts"), ListFacts(person_id=card.id, missing=True))])
    rows.append([_button(_("✏️ Correct a fact"), ListFacts(person_id=card.id, missing=False))])
    if card.corrections:
        rows[-1].append(_button(_("↩️ Corrected facts"), ListCorrections(person_id=card.id)))
    if card.certificates.total:
        rows.append([_button(_("📄 Certificates"), ListCertificates(person_id=card.id, page=0))])
    if card.absent_since is None:
        rows.append([_button(_("🔑 One-time code"), GiveCode(person_id=card.id))])
    rows += [
        [_button(_("✂️ Unlink"), AskToUnlink(person_id=card.id, link_id=link.id))]
        for link in card.links
        if link.in_force
    ]
    holds = {link.account_id: link.hold for link in card.links if link.hold is not None}
    rows += [
        [_button(_("🔓 Lift the freeze"), ReleaseLink(account_id=account, link_id=hold))]
        for account, hold in holds.items()
    ]
    if results is not None:
        rows.append([_button(_("← What was found"), ShowResults(page=results))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _way_out()])


def facts_keyboard(card: PersonCard, *, missing: bool) -> InlineKeyboardMarkup:
    """Offer facts to enter."""
    facts = facts_of(card)
    if missing:
        wanted = {one.fact for lacking in card.lacking for one in lacking.facts}
        facts = tuple(fact for fact in facts if fact in wanted)
    buttons = [_button(_fact_label(card, fact), EnterFact(person_id=card.id, fact=fact)) for fact in facts]
    rows = [buttons[start : start + _PER_ROW] for start in range(0, len(buttons), _PER_ROW)]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_card_button(card.id)]])


def value_keyboard(question: FactQuestion, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the answers of a closed list, and to leave the fact empty."""
    rows = [
        [_button(choice_word(question.fact, choice, reader), ChooseValue(value=choice))] for choice in question.choices
    ]
    if question.may_be_empty and question.value:
        rows.append([_button(_("🗑 Leave it empty"), ChooseValue(value=""))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_card_button(question.person_id)]])


def proposal_keyboard(person_id: int, mark: int) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    rows = [[_button(_("✅ Save"), SaveFact(mark=mark))], [_card_button(person_id)]]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def corrections_keyboard(person_id: int, corrections: Sequence[Correction]) -> InlineKeyboardMarkup:
    """Offer to take corrections back."""
    rows = [
        [
            _button(
                _("↩️ As the source says: {fact}").format(fact=fact_name(correction.fact)),
                WithdrawCorrection(correction_id=correction.id),
            )
        ]
        for correction in corrections
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_card_button(person_id)]])


def back_to_card_keyboard(person_id: int) -> InlineKeyboardMarkup:
    """Offer the way back."""
    return InlineKeyboardMarkup(inline_keyboard=[[_card_button(person_id)], _way_out()])


def unlink_keyboard(person_id: int, link_id: int) -> InlineKeyboardMarkup:
    """Ask once more."""
    yes = _button(_("✂️ Yes, unlink"), TakeLinkAway(person_id=person_id, link_id=link_id))
    rows = [[yes], [_card_button(person_id)]]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def certificates_keyboard(page: CertificatePage) -> InlineKeyboardMarkup:
    """Offer to replace and to revoke what is in force, and the pages."""
    rows = [
        [_button(text.format(number=certificate.number), button)]
        for certificate in page.certificates
        for text, button in _what_can_be_done(certificate)
    ]
    before = ListCertificates(person_id=page.person_id, page=page.page - 1)
    after = ListCertificates(person_id=page.person_id, page=page.page + 1)
    rows += _pager(before, after, page.page, page.page + 1 < page.pages)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_card_button(page.person_id)]])


def _what_can_be_done(certificate: IssuedCertificate) -> Iterator[tuple[str, CallbackData]]:
    if certificate.status is RegisterStatus.ISSUED:
        yield _("🔁 Issue {number} anew"), AskToReplace(certificate_id=certificate.id)
    if certificate.status is not RegisterStatus.REVOKED:
        yield _("⛔ Revoke {number}"), AskToRevoke(certificate_id=certificate.id)


def replacement_keyboard(certificate: OfficialCertificate) -> InlineKeyboardMarkup:
    """Offer the reasons; the one that is tapped does it."""
    rows = [
        [_button(reason_name(reason), ReplaceCertificate(certificate_id=certificate.id, reason=reason))]
        for reason in REPLACEMENT_REASONS
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_certificates_button(certificate)]])


def reasons_keyboard(certificate: OfficialCertificate) -> InlineKeyboardMarkup:
    """Offer the reasons."""
    rows = [
        [_button(reason_name(reason), ChooseReason(certificate_id=certificate.id, reason=reason))]
        for reason in RevocationReason
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_certificates_button(certificate)]])


def reason_keyboard(certificate: OfficialCertificate) -> InlineKeyboardMarkup:
    """Offer the way back from the typed reason."""
    return InlineKeyboardMarkup(inline_keyboard=[[_certificates_button(certificate)]])


def revocation_keyboard(certificate: OfficialCertificate, reason: RevocationReason, mark: int) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    revoke = RevokeCertificate(certificate_id=certificate.id, reason=reason, mark=mark)
    rows = [[_button(_("⛔ Revoke {number}").format(number=certificate.number), revoke)]]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_certificates_button(certificate)]])


def _fact_label(card: PersonCard, fact: Fact) -> str:
    return fact_name(fact) if value_of(card.entry, fact) else f"{fact_name(fact)} —"


def _certificates_button(certificate: OfficialCertificate) -> InlineKeyboardButton:
    return _button(_("← Back"), ListCertificates(person_id=certificate.person_id, page=0))


def _card_button(person_id: int) -> InlineKeyboardButton:
    return _button(_("← To the card"), OpenPerson(person_id=person_id))


def _way_out() -> list[InlineKeyboardButton]:
    return [place_button(_("🎓 Study Office"), Place.STUDY_OFFICE), menu_button()]


def _pager(before: CallbackData, after: CallbackData, page: int, has_next: bool) -> Rows:
    row = []
    if page:
        row.append(_button(_("‹ Earlier"), before))
    if has_next:
        row.append(_button(_("More ›"), after))
    return [row] if row else []


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
