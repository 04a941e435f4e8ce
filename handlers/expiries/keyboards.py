"""Keyboards of this feature."""

from collections.abc import Iterator, Mapping

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import ChooseKind, Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.notice_buttons import place_button as place_below
from handlers.expiries.callbacks import ListEndings, NoteApplied, TakeBackApplied
from handlers.expiries.texts import SIGNS, paper_name
from services.certificates.dto import CertificateKind
from services.delivery.dto import OutgoingButton
from services.expiries.dto import Ending, EndingsPage, OwnPapers, PaperGuide
from services.expiries.rules import FARTHEST
from services.languages import Language


def own_papers_keyboard(own: OwnPapers) -> InlineKeyboardMarkup:
    """Offer to say of what ends soon that a new paper is applied for, or not after all."""
    near = [ending for ending in own.endings if ending.expires_on - own.today <= FARTHEST]
    rows = [[_answer_button(ending)] for ending in near]
    if any(own.guides[ending.paper].kind for ending in near):
        rows.append([place_button(_("📄 Order a certificate"), Place.CERTIFICATES)])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [menu_button()]])


def endings_keyboard(shown: EndingsPage) -> InlineKeyboardMarkup:
    """Offer other pages, and the way back."""
    turns = []
    if shown.page > 0:
        turns.append(_button("←", ListEndings(page=shown.page - 1)))
    if shown.page + 1 < shown.pages:
        turns.append(_button("→", ListEndings(page=shown.page + 1)))
    rows = [turns] if turns else []
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [place_button(_("← Desks"), Place.DESKS), menu_button()]])


def reminder_buttons(
    ending: Ending, guide: PaperGuide, kinds: Mapping[str, CertificateKind], reader: Language
) -> Iterator[OutgoingButton]:
    """Offer under a reminder what can be done at once."""
    data = NoteApplied(paper=ending.paper, day=ending.expires_on.toordinal())
    yield OutgoingButton(text=_("✅ I have applied already"), data=data.pack())
    kind = kinds.get(guide.kind)
    if kind is not None:
        name = kind.name.get(reader)
        yield OutgoingButton(text=_("📄 Certificate: {kind}").format(kind=name), data=ChooseKind(kind=kind.id).pack())
    yield place_below(_("🛂 My papers"), Place.OWN_PAPERS)


def _answer_button(ending: Ending) -> InlineKeyboardButton:
    name, day = paper_name(ending.paper), ending.expires_on.toordinal()
    if ending.applied:
        text = _("🔔 Remind me again: {paper}").format(paper=name)
        return _button(text, TakeBackApplied(paper=ending.paper, day=day))
    text = _("✅ I have applied already: {paper}").format(paper=f"{SIGNS[ending.paper]} {name}")
    return _button(text, NoteApplied(paper=ending.paper, day=day))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
