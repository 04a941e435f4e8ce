"""The coordinator sets a plan's reminders, groups, and taught words."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.plan_desk import setting_keyboards as keyboards
from handlers.plan_desk import setting_texts as texts
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
from handlers.plan_desk.decision_texts import no_day_text, units_found_text
from handlers.plan_desk.states import SettingForm
from services.access import Actor
from services.days import read_date
from services.plan_desk.groups import GroupService
from services.plan_desk.items import PlanDeskService
from services.plan_desk.setting_dto import PlanSettings
from services.plan_desk.settings import PlanSettingsService, read_ladder, read_rhythm
from services.plan_import.review import PlanReviewService

_TYPED = {SettingAct.LADDER, SettingAct.RHYTHM, SettingAct.BEGIN}
_AT_ONCE = {
    SettingAct.ESCALATE: PlanSettings(escalates=True),
    SettingAct.CALM: PlanSettings(escalates=False),
    SettingAct.CLOSE: PlanSettings(closed=True),
    SettingAct.OPEN: PlanSettings(closed=False),
}


async def open_settings(
    event: CallbackQuery,
    callback_data: OpenSettings,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_desk: PlanDeskService,
    reader: Reader,
) -> None:
    """The coordinator looks at a plan's settings."""
    await leave_form(state, raw_state)
    plan = (await plan_desk.open_plan(actor, callback_data.plan_id)).plan
    await show(event, texts.settings_text(plan, reader), keyboards.settings_keyboard(plan))


async def ask_setting(
    event: CallbackQuery, callback_data: ChangeSetting, actor: Actor, state: FSMContext, plan_desk: PlanDeskService
) -> None:
    """The coordinator wants to type a setting."""
    await plan_desk.open_plan(actor, callback_data.plan_id)
    await state.set_state(SettingForm.value)
    await state.set_data(callback_data.model_dump(mode="json"))
    keyboard = keyboards.setting_question_keyboard(callback_data.plan_id)
    await show(event, texts.setting_question(callback_data.act), keyboard)


async def ask_closing(
    event: CallbackQuery, callback_data: ChangeSetting, actor: Actor, plan_desk: PlanDeskService
) -> None:
    """The coordinator wants to close a plan; that is asked once more."""
    await plan_desk.open_plan(actor, callback_data.plan_id)
    await show(event, texts.close_question(), keyboards.close_keyboard(callback_data))


async def set_at_once(
    event: CallbackQuery, callback_data: ChangeSetting, actor: Actor, plan_settings: PlanSettingsService, reader: Reader
) -> None:
    """The coordinator switches something."""
    known = (callback_data.plan_id, callback_data.version)
    plan = await plan_settings.change(actor, *known, _AT_ONCE[callback_data.act])
    await show(event, texts.settings_text(plan, reader, texts.set_note()), keyboards.settings_keyboard(plan))


async def type_setting(
    message: Message, actor: Actor, state: FSMContext, plan_settings: PlanSettingsService, reader: Reader
) -> None:
    """The coordinator writes a setting."""
    asked, words = ChangeSetting(**await state.get_data()), message.text or ""
    if asked.act is SettingAct.LADDER:
        wanted = PlanSettings(ladder=read_ladder(words))
    elif asked.act is SettingAct.RHYTHM:
        wanted = PlanSettings(overdue_every=read_rhythm(words))
    else:
        wanted = PlanSettings(reminds_from=read_date(words))
    if wanted == PlanSettings():
        await show(message, no_day_text(), keyboards.setting_question_keyboard(asked.plan_id))
        return
    plan = await plan_settings.change(actor, asked.plan_id, asked.version, wanted)
    await state.clear()
    await show(message, texts.settings_text(plan, reader, texts.set_note()), keyboards.settings_keyboard(plan))


async def list_groups(
    event: CallbackQuery, callback_data: ListGroups, actor: Actor, plan_groups: GroupService, reader: Reader
) -> None:
    """The coordinator looks at groups."""
    groups = await plan_groups.list_groups(actor)
    keyboard = keyboards.groups_keyboard(groups, callback_data.page, reader)
    await show(event, texts.groups_text(groups), keyboard)


async def open_group(
    event: CallbackQuery,
    callback_data: OpenGroup,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_groups: GroupService,
    reader: Reader,
) -> None:
    """The coordinator looks at who stands in a group."""
    await leave_form(state, raw_state)
    group = await plan_groups.open(actor, callback_data.unit_id)
    await show(event, texts.group_text(group, reader), keyboards.group_keyboard(group, reader))


async def find_member(
    event: CallbackQuery,
    callback_data: FindMember,
    actor: Actor,
    state: FSMContext,
    plan_groups: GroupService,
    reader: Reader,
) -> None:
    """The coordinator wants to put somebody into a group."""
    group = await plan_groups.open(actor, callback_data.unit_id)
    await state.set_state(SettingForm.member)
    await state.set_data(callback_data.model_dump())
    await show(event, texts.member_question(), keyboards.members_keyboard(group.unit.id, [], reader))


async def type_member(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator writes a part of a name."""
    asked, words = FindMember(**await state.get_data()), message.text or ""
    units = await plan_review.find_units(actor, words)
    keyboard = keyboards.members_keyboard(asked.unit_id, units, reader)
    await show(message, units_found_text(words, len(units)), keyboard)


async def change_member(
    event: CallbackQuery,
    callback_data: ChangeMember,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_groups: GroupService,
    reader: Reader,
) -> None:
    """The coordinator puts a unit into a group, or takes it out."""
    act = plan_groups.add_member if callback_data.puts else plan_groups.remove_member
    group = await act(actor, callback_data.unit_id, callback_data.member_id)
    await leave_form(state, raw_state)
    await show(event, texts.group_text(group, reader), keyboards.group_keyboard(group, reader))


async def list_aliases(
    event: CallbackQuery, callback_data: ListAliases, actor: Actor, plan_groups: GroupService, reader: Reader
) -> None:
    """The coordinator looks at taught words, and forgets some."""
    if callback_data.mark:
        aliases = await plan_groups.forget_alias(actor, callback_data.mark)
    else:
        aliases = await plan_groups.list_aliases(actor)
    keyboard = keyboards.aliases_keyboard(aliases, callback_data.page)
    await show(event, texts.aliases_text(aliases, callback_data.page, reader), keyboard)


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps, messages = router.callback_query, router.message
    taps.register(open_settings, OpenSettings.filter())
    taps.register(ask_setting, ChangeSetting.filter(F.act.in_(_TYPED)))
    taps.register(ask_closing, ChangeSetting.filter((F.act == SettingAct.CLOSE) & ~F.sure))
    taps.register(set_at_once, ChangeSetting.filter())
    taps.register(list_groups, ListGroups.filter())
    taps.register(open_group, OpenGroup.filter())
    taps.register(find_member, FindMember.filter())
    taps.register(change_member, ChangeMember.filter())
    taps.register(list_aliases, ListAliases.filter())
    messages.register(type_setting, SettingForm.value, TYPED_TEXT)
    messages.register(type_member, SettingForm.member, TYPED_TEXT)
