"""Settings of plans, groups and taught words on the screen."""

from collections.abc import Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.plan_desk.callbacks import SettingAct
from handlers.plan_desk.item_texts import settings_lines
from handlers.plan_desk.setting_keyboards import PAGE
from handlers.plan_desk.words import cut
from services.plan_desk.groups import Group, TaughtAlias
from services.plans.dto import Plan


def settings_text(plan: Plan, reader: Reader, note: str = "") -> str:
    """Show a plan's settings."""
    lines = [note, ""] if note else []
    lines.append(f"⚙️ <b>{html.quote(cut(plan.name, 200))}</b>")
    if plan.closed:
        lines.append(_("🔒 The plan is closed; nobody is reminded of anything in it."))
    return "\n".join([*lines, *settings_lines(plan, reader)])


def setting_question(act: SettingAct) -> str:
    """Ask for a setting."""
    questions = {
        SettingAct.LADDER: _("How many working days before the last day? Write numbers such as 30, 14, 7, 3, 1, 0."),
        SettingAct.RHYTHM: _("When overdue, after how many working days is it said again? Write a number."),
        SettingAct.BEGIN: _("From which day on may units be reminded? Write a date such as 25.12.2026."),
    }
    return questions[act]


def close_question() -> str:
    """Ask before a plan is closed."""
    return _("Close the plan? Nobody is reminded of it any more, and nothing more is taken. It can be opened again.")


def set_note() -> str:
    """Say that it is set."""
    return _("✅ Set.")


def groups_text(groups: Sequence[Group]) -> str:
    """Head the list of groups."""
    lines = [_("👥 <b>Groups that plans name</b>")]
    empty = sum(not group.members for group in groups)
    if empty:
        words = _("👤 Without members: {count}. A single post needs none; if it is a group, add its members.")
        lines.append(words.format(count=empty))
    lines.append(_("Reminders go to whoever stands in a group on that day. Tap one to change it."))
    return "\n".join(lines)


def group_text(group: Group, reader: Reader) -> str:
    """Show who stands in a group."""
    lines = [f"👥 <b>{html.quote(unit_name(group.unit, reader.language))}</b>"]
    lines += [f"• {html.quote(unit_name(one, reader.language))}" for one in group.members]
    if not group.members:
        lines.append(_("Nobody stands in it; what plans ask of it goes to the post itself."))
    return "\n".join(lines)[:4000]


def member_question() -> str:
    """Ask for a new member."""
    return _("Which unit or post? Write a part of the name or the code.")


def aliases_text(aliases: Sequence[TaughtAlias], page: int, reader: Reader) -> str:
    """List what was taught."""
    lines = [_("🧠 <b>Words that coordinators taught</b>")]
    if not aliases:
        return "\n".join([lines[0], _("Nothing was taught yet. What you say about printed words is learned.")])
    start = max(page, 0) * PAGE
    for one in aliases[start : start + PAGE]:
        names = ", ".join(unit_name(unit, reader.language) for unit in one.units)
        lines.append(f"\n“{html.quote(cut(one.alias.text, 100))}” → {html.quote(cut(names, 200))}")
    lines += ["", _("Tap one to forget it; plans that were read with it stay as they are.")]
    return "\n".join(lines)
