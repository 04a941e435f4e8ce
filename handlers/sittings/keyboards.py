"""Keyboards of sittings."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import AddPlanItem, OpenPlan, OpenPlanItem, OpenSitting, OpenSittings, Place, TieItem
from handlers.common.keyboards import menu_button, place_button
from handlers.sittings.callbacks import (
    ActOnSitting,
    AttachPaper,
    MakeSittings,
    NewSitting,
    ShowPaper,
    SittingAct,
    TieTo,
)
from handlers.sittings.texts import cut
from services.sittings.dto import Paper, Sitting, SittingCard, SittingState

_WIDEST = 48
_ITEMS = 20


def sittings_keyboard(plan_id: int, sittings: Sequence[Sitting]) -> InlineKeyboardMarkup:
    """Offer the sittings of a plan, and new ones."""
    rows = [[_button(f"🏛 {one.title}", OpenSitting(sitting_id=one.id))] for one in sittings]
    return _markup(
        *rows,
        [_button(_("📋 Those that the plan prints"), MakeSittings(plan_id=plan_id))],
        [_button(_("➕ A sitting by hand"), NewSitting(plan_id=plan_id))],
        [_button(_("← The plan"), OpenPlan(plan_id=plan_id))],
        [menu_button()],
    )


def sitting_keyboard(card: SittingCard) -> InlineKeyboardMarkup:
    """Offer the papers; to the coordinator also what can be done."""
    one = card.sitting
    papers = []
    if one.agenda_name:
        papers.append(_button(_("📎 Agenda"), ShowPaper(sitting_id=one.id, paper=Paper.AGENDA)))
    if one.minutes_name:
        papers.append(_button(_("📎 Minutes"), ShowPaper(sitting_id=one.id, paper=Paper.MINUTES)))
    if not card.can_change:
        return _markup(papers, [place_button(_("📋 Work plan"), Place.PLAN), menu_button()])
    items = [[_button(f"{item.number or '•'} {item.title}", OpenPlanItem(item_id=item.id))] for item in card.items]
    return _markup(
        papers,
        *_acts(one),
        [
            _button(_("⬆️ Agenda"), AttachPaper(sitting_id=one.id, paper=Paper.AGENDA)),
            _button(_("⬆️ Minutes"), AttachPaper(sitting_id=one.id, paper=Paper.MINUTES)),
        ],
        [_button(_("➕ Enter a decision"), AddPlanItem(plan_id=one.plan_id, sitting_id=one.id))],
        *items[:_ITEMS],
        [_button(_("← Sittings"), OpenSittings(plan_id=one.plan_id))],
        [menu_button()],
    )


def plan_back_keyboard(plan_id: int) -> InlineKeyboardMarkup:
    """Offer the way back to the sittings."""
    return _markup([_button(_("← Sittings"), OpenSittings(plan_id=plan_id))])


def none_printed_keyboard(plan_id: int) -> InlineKeyboardMarkup:
    """Offer to make a sitting by hand."""
    return _markup(
        [_button(_("➕ A sitting by hand"), NewSitting(plan_id=plan_id))],
        [_button(_("← Sittings"), OpenSittings(plan_id=plan_id))],
        [menu_button()],
    )


def back_keyboard(sitting_id: int) -> InlineKeyboardMarkup:
    """Offer the way back to a sitting."""
    return _markup([_button(_("← Back"), OpenSitting(sitting_id=sitting_id))])


def tie_keyboard(asked: TieItem, sittings: Sequence[Sitting]) -> InlineKeyboardMarkup:
    """Offer the sittings by which an item may go."""
    known = {"item_id": asked.item_id, "version": asked.version}
    rows = [[_button(f"🏛 {one.title}", TieTo(**known, sitting_id=one.id))] for one in sittings]
    none = [_button(_("By none"), TieTo(**known, sitting_id=0))]
    return _markup(*rows, none, [_button(_("← The item"), OpenPlanItem(item_id=asked.item_id))])


def item_keyboard(item_id: int) -> InlineKeyboardMarkup:
    """Lead back to an item."""
    return _markup([_button(_("← The item"), OpenPlanItem(item_id=item_id))])


def desk_keyboard() -> InlineKeyboardMarkup:
    """Lead to the coordinator's desk."""
    return _markup([place_button(_("← Plans"), Place.PLAN_DESK), menu_button()])


def _acts(one: Sitting) -> list[list[InlineKeyboardButton]]:
    def act(words: str, which: SittingAct) -> InlineKeyboardButton:
        return _button(words, ActOnSitting(sitting_id=one.id, version=one.version, act=which))

    if one.state is not SittingState.PLANNED:
        return [[act(_("↩️ Planned after all"), SittingAct.PLAN)]]
    return [
        [act(_("📅 Set the day"), SittingAct.DAY)],
        [act(_("📑 When materials are asked for"), SittingAct.MATERIALS)],
        [act(_("✅ It was held"), SittingAct.HELD), act(_("⛔ It is not held"), SittingAct.CANCEL)],
    ]


def _markup(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=cut(text, _WIDEST), callback_data=data.pack())
