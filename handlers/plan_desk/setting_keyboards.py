"""Keyboards of plans' settings, of groups, of taught words; and rows that other screens of the desk add."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import (
    OpenDashboard,
    OpenForecast,
    OpenPlan,
    OpenSittings,
    OpenUnheard,
    Place,
    TieItem,
)
from handlers.common.keyboards import place_button
from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.plan_desk.callbacks import (
    ChangeMember,
    ChangeSetting,
    FindMember,
    ListAliases,
    ListGroups,
    OpenGroup,
    OpenSettings,
    SettingAct,
)
from handlers.plan_desk.words import button, end, markup
from services.access import Actor, Role
from services.plan_desk.groups import Group, TaughtAlias
from services.plan_desk.item_dto import ItemCard
from services.plans.dto import NamedUnit, Plan

PAGE = 8
_MOST_MEMBERS = 40


def desk_rows(actor: Actor) -> list[list[InlineKeyboardButton]]:
    """Return what else the desk leads to."""
    rows = [
        [button(_("📊 How plans stand"), OpenDashboard())],
        [button(_("👥 Groups"), ListGroups()), button(_("🧠 Taught words"), ListAliases())],
    ]
    if actor.has(Role.ADMIN):
        rows.append([place_button(_("🔑 Who holds which post"), Place.ROLES)])
    return rows


def plan_rows(plan: Plan) -> list[list[InlineKeyboardButton]]:
    """Return what else can be done with a plan."""
    return [
        [
            button(_("🏛 Sittings"), OpenSittings(plan_id=plan.id)),
            button(_("⚙️ Settings of the plan"), OpenSettings(plan_id=plan.id)),
        ],
        [
            button(_("📊 How it stands"), OpenDashboard(plan_id=plan.id)),
            button(_("🔭 What will be sent"), OpenForecast(plan_id=plan.id)),
        ],
        [button(_("🔕 Whom nobody would hear"), OpenUnheard(plan_id=plan.id))],
    ]


def item_rows(card: ItemCard) -> list[list[InlineKeyboardButton]]:
    """Return what else can be done with an item."""
    tie = TieItem(item_id=card.item.id, version=card.item.version)
    return [[button(_("🏛 Goes by a sitting …"), tie)]]


def settings_keyboard(plan: Plan) -> InlineKeyboardMarkup:
    """Offer what can be set."""

    def act(words: str, which: SettingAct) -> list[InlineKeyboardButton]:
        return [button(words, ChangeSetting(plan_id=plan.id, version=plan.version, act=which))]

    back = [button(_("← The plan"), OpenPlan(plan_id=plan.id))]
    if plan.closed:
        return markup(act(_("🔓 Open the plan again"), SettingAct.OPEN), back, end())
    escalation = (
        act(_("🔕 Silence does not climb"), SettingAct.CALM)
        if plan.escalates
        else act(_("📣 Let silence climb to heads and vice-rectors"), SettingAct.ESCALATE)
    )
    return markup(
        act(_("🪜 Days of the reminders"), SettingAct.LADDER),
        act(_("🔁 How often when overdue"), SettingAct.RHYTHM),
        act(_("📅 When reminders begin"), SettingAct.BEGIN),
        escalation,
        act(_("🔒 Close the plan"), SettingAct.CLOSE),
        back,
        end(),
    )


def setting_question_keyboard(plan_id: int) -> InlineKeyboardMarkup:
    """Offer the way back from a question about a setting."""
    return markup([button(_("← Back"), OpenSettings(plan_id=plan_id))])


def close_keyboard(asked: ChangeSetting) -> InlineKeyboardMarkup:
    """Ask once more."""
    sure = asked.model_copy(update={"sure": True})
    return markup([button(_("🔒 Yes, close it"), sure)], [button(_("← Back"), OpenSettings(plan_id=asked.plan_id))])


def groups_keyboard(groups: Sequence[Group], page: int, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the groups; those without members may be single posts."""
    start = max(page, 0) * PAGE
    rows = [
        [
            button(
                (f"👥 {len(group.members)} · " if group.members else "👤 ") + unit_name(group.unit, reader.language),
                OpenGroup(unit_id=group.unit.id),
            )
        ]
        for group in groups[start : start + PAGE]
    ]
    turns = [button("◀️", ListGroups(page=page - 1))] if start else []
    turns += [button("▶️", ListGroups(page=page + 1))] if start + PAGE < len(groups) else []
    return markup(*rows, turns, end())


def group_keyboard(group: Group, reader: Reader) -> InlineKeyboardMarkup:
    """Offer to take members out and to put others in."""
    unit_id = group.unit.id
    rows = [
        [
            button(
                f"✖️ {unit_name(member, reader.language)}",
                ChangeMember(unit_id=unit_id, member_id=member.id, puts=False),
            )
        ]
        for member in group.members[:_MOST_MEMBERS]
    ]
    find = [button(_("➕ Add a unit or post"), FindMember(unit_id=unit_id))]
    return markup(*rows, find, [button(_("← Groups"), ListGroups())], end())


def members_keyboard(unit_id: int, units: Sequence[NamedUnit], reader: Reader) -> InlineKeyboardMarkup:
    """Offer the units that were found for a group."""
    rows = [
        [button(unit_name(one, reader.language), ChangeMember(unit_id=unit_id, member_id=one.id, puts=True))]
        for one in units
    ]
    return markup(*rows, [button(_("← Back"), OpenGroup(unit_id=unit_id))])


def aliases_keyboard(aliases: Sequence[TaughtAlias], page: int) -> InlineKeyboardMarkup:
    """Offer to forget words."""
    start = max(page, 0) * PAGE
    rows = [
        [button(f"🗑 {one.alias.text}", ListAliases(page=page, mark=one.mark))] for one in aliases[start : start + PAGE]
    ]
    turns = [button("◀️", ListAliases(page=page - 1))] if start else []
    turns += [button("▶️", ListAliases(page=page + 1))] if start + PAGE < len(aliases) else []
    return markup(*rows, turns, end())
