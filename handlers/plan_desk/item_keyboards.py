"""Keyboards of plans and items."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import AddPlanItem, BringPlan, OpenPlan, OpenPlanItem
from handlers.common.keyboards import menu_button
from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.plan_desk.callbacks import (
    ActOnItem,
    DoIt,
    EditParties,
    FilterItems,
    FindParty,
    ItemAct,
    LeaveOutside,
    ListDecisions,
    ListItems,
    MoveDay,
    RemoveParty,
    ShowItemHistory,
    TakeParty,
    TakeUnit,
    TurnParty,
)
from handlers.plan_desk.item_texts import has_day, view_words
from handlers.plan_desk.words import button, cut, end, markup, name_of
from services.plan_desk.item_dto import DeskHistory, DeskHome, DeskPlan, ItemCard, ItemPage, View
from services.plans.dto import ItemState, NamedUnit
from services.responsibles.dto import Share

_CHOICES, _MOVES, _PARTIES = 8, 6, 12


def home_keyboard(home: DeskHome, *extra: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Offer the plans, what waits, and a new plan."""
    plans = [[button(f"🗓 {one.plan.name}", OpenPlan(plan_id=one.plan.id))] for one in home.plans]
    waiting = [button(_("⏳ Decisions: {count}").format(count=home.waiting), ListDecisions())]
    return markup(waiting, *plans, [button(_("📥 Bring a plan"), BringPlan())], *extra, [menu_button()])


def plan_keyboard(one: DeskPlan, *extra: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Offer a plan's lists, and what can be done with it."""
    plan_id, figures, words = one.plan.id, one.figures, view_words()
    counts = {
        View.ALL: figures.items + figures.cancelled, View.UNCLEAR: figures.unclear, View.OVERDUE: figures.overdue,
        View.DONE: figures.done, View.CANCELLED: figures.cancelled,
    }  # fmt: skip
    views = [
        [button(f"{words[view]}: {count}", ListItems.of(plan_id, view))]
        for view, count in counts.items()
        if count or view is View.ALL
    ]
    filters = [
        button(_("By unit"), FilterItems(plan_id=plan_id, by_unit=True)),
        button(_("By programme"), FilterItems(plan_id=plan_id, by_unit=False)),
    ]
    add = [] if one.plan.closed else [button(_("➕ Add an item"), AddPlanItem(plan_id=plan_id))]
    return markup(*views, filters, add, *extra, end())


def items_keyboard(page: ItemPage) -> InlineKeyboardMarkup:
    """Offer the items, and other parts of the list."""
    wish = page.wish
    only = wish.unit_id or (0 if wish.programme is None else -wish.programme - 1)
    rows = [[button(f"{line.number or '•'} {line.title}", OpenPlanItem(item_id=line.item_id))] for line in page.lines]
    turns = []
    if page.page > 0:
        turns.append(button("◀️", ListItems.of(wish.plan_id, wish.view, only=only, page=page.page - 1)))
    if page.page + 1 < page.pages:
        turns.append(button("▶️", ListItems.of(wish.plan_id, wish.view, only=only, page=page.page + 1)))
    others = [
        button(words.partition(" ")[0] if view is not View.ALL else words, ListItems.of(wish.plan_id, view, only=only))
        for view, words in view_words().items()
        if view is not wish.view
    ]
    return markup(*rows, turns, others, [button(_("← The plan"), OpenPlan(plan_id=wish.plan_id))], end())


def choice_keyboard(page: ItemPage, asked: FilterItems, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the units or the programmes."""
    plan_id = asked.plan_id
    if asked.by_unit:
        found = [button(unit_name(unit, reader.language), ListItems.of(plan_id, only=unit.id)) for unit in page.units]
    else:
        found = [
            button(name or "–", ListItems.of(plan_id, only=-place - 1)) for place, name in enumerate(page.programmes)
        ]
    start = max(asked.page, 0) * _CHOICES
    turns = []
    if start:
        turns.append(button("◀️", FilterItems(plan_id=plan_id, by_unit=asked.by_unit, page=asked.page - 1)))
    if start + _CHOICES < len(found):
        turns.append(button("▶️", FilterItems(plan_id=plan_id, by_unit=asked.by_unit, page=asked.page + 1)))
    rows = [[one] for one in found[start : start + _CHOICES]]
    return markup(*rows, turns, [button(_("← The plan"), OpenPlan(plan_id=plan_id))], end())


def item_keyboard(card: ItemCard, *extra: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Offer what can be done with an item."""
    item = card.item
    known = {"item_id": item.id, "version": item.version}
    foot = [
        [button(_("🕘 History"), ShowItemHistory(item_id=item.id))],
        [button(_("← The plan"), OpenPlan(plan_id=item.plan_id))],
        end(),
    ]
    if card.plan.closed:
        return markup(*foot)
    if item.state is ItemState.CANCELLED:
        return markup([button(_("↩️ Take the cancellation back"), ActOnItem(**known, act=ItemAct.RESTORE))], *foot)
    sure = _("✅ The days are right") if has_day(card) else _("✅ It stays without a day")
    confirm = [] if item.confirmed else [button(sure, ActOnItem(**known, act=ItemAct.CONFIRM))]
    many = len(card.planned.instances) > 1
    moves = [
        [button(_("📅 Another day") + (f" ({place})" if many else ""), MoveDay(**known, instance_id=instance.id))]
        for place, instance in enumerate(card.planned.instances[:_MOVES], 1)
    ]
    mark = ItemAct.UNMARK if item.state_language else ItemAct.MARK
    language = _("🇰🇬 Not about the state language") if item.state_language else _("🇰🇬 About the state language")
    return markup(
        confirm,
        [button(_("👥 Who answers"), EditParties(item_id=item.id))],
        *moves,
        [
            button(_("➕ One more day"), ActOnItem(**known, act=ItemAct.ADD_DAY)),
            button(_("🔢 Counter"), ActOnItem(**known, act=ItemAct.COUNT)),
        ],
        [button(language, ActOnItem(**known, act=mark))],
        *extra,
        [button(_("⛔ Cancel the item"), ActOnItem(**known, act=ItemAct.CANCEL))],
        *foot,
    )


def history_keyboard(page: DeskHistory) -> InlineKeyboardMarkup:
    """Offer the other pages and the way back."""
    item_id, turns = page.item.id, []
    if page.page > 0:
        turns.append(button("◀️", ShowItemHistory(item_id=item_id, page=page.page - 1)))
    if page.page + 1 < page.pages:
        turns.append(button("▶️", ShowItemHistory(item_id=item_id, page=page.page + 1)))
    return markup(turns, [button(_("← The item"), OpenPlanItem(item_id=item_id))])


def back_keyboard(item_id: int) -> InlineKeyboardMarkup:
    """Offer the way back from a question about an item."""
    return markup([button(_("← The item"), OpenPlanItem(item_id=item_id))])


def sure_keyboard(item_id: int) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    return markup([button(_("✅ Do it"), DoIt())], [button(_("← The item"), OpenPlanItem(item_id=item_id))])


def parties_keyboard(card: ItemCard, reader: Reader) -> InlineKeyboardMarkup:
    """Offer to change who answers, and what printed pieces mean."""
    known = {"item_id": card.item.id, "version": card.item.version}
    rows = []
    for party in card.item.parties[:_PARTIES]:
        unit = card.units.get(party.code)
        if unit is None:
            continue
        name = name_of(party.code, card.units, reader)
        answers = party.share is Share.RESPONSIBLE
        turn = _("⇄ {unit}: make it a participant") if answers else _("⇄ {unit}: make it responsible")
        rows.append([button(f"✖️ {name}", RemoveParty(**known, unit_id=unit.id))])
        rows.append([button(turn.format(unit=cut(name, 24)), TurnParty(**known, unit_id=unit.id))])
    rows += [
        [
            button(_("🔎 Find {place}").format(place=place + 1), FindParty(**known, place=place)),
            button(_("🏛 Not of our units"), LeaveOutside(**known, place=place)),
        ]
        for place in range(len(card.item.unresolved[:_PARTIES]))
    ]
    rows.append([button(_("➕ Add a unit or post"), FindParty(**known))])
    return markup(*rows, [button(_("← The item"), OpenPlanItem(item_id=card.item.id))])


def found_keyboard(asked: FindParty, units: Sequence[NamedUnit], reader: Reader) -> InlineKeyboardMarkup:
    """Offer the units that were found for an item."""
    rows = [[button(unit_name(unit, reader.language), TakeParty(unit_id=unit.id))] for unit in units]
    return markup(*rows, [button(_("← Back"), EditParties(item_id=asked.item_id))])


def adding_keyboard(
    plan_id: int, units: Sequence[NamedUnit], reader: Reader, *, ready: bool = False
) -> InlineKeyboardMarkup:
    """Offer the units that were found for a new item, and to add it."""
    rows = [[button(unit_name(unit, reader.language), TakeUnit(unit_id=unit.id))] for unit in units]
    done = [button(_("✅ Add the item"), DoIt())] if ready else []
    return markup(*rows, done, [button(_("← The plan"), OpenPlan(plan_id=plan_id))])
