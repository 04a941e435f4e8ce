"""Keyboards of this feature."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenDuty, OpenEvidence, Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.plan.callbacks import (
    AcceptDuty,
    BeginAct,
    ChangePart,
    ChooseDay,
    DropEvidence,
    DutyAct,
    ExplainDuty,
    GiveReport,
    HandOn,
    HeldToday,
    ListDuties,
    ReportPart,
    SendAgain,
    ShowDraft,
    ShowHistory,
    TakeBackDispute,
    WithdrawDutyReport,
)
from handlers.plan.form import Draft
from handlers.plan.list_texts import count_label, cut, line_label, mine_label
from services.duties.dto import Colleague, DutyCard, DutyKey, DutyPage, Group, HistoryPage
from services.duties.evidence_dto import EvidenceKind
from services.duties.rules import UNFINISHED
from services.plans.dto import DutyState

_FILES_SHOWN = 6
_MOST_UNITS = 8
_Row = list[InlineKeyboardButton]


def list_keyboard(page: DutyPage, reader: Reader, *, coordinator: bool) -> InlineKeyboardMarkup:
    """Offer the lines, the other groups, the units, what was handed to oneself."""
    rows = [
        [_button(line_label(place, line), OpenDuty(instance_id=line.key.instance_id, unit_id=line.key.unit_id))]
        for place, line in enumerate(page.lines, 1)
    ]
    if page.pages > 1:
        turns = ((page.page - 1, "‹"), (page.page + 1, "›"))
        rows.append([_button(sign, _list(page, turned=to)) for to, sign in turns if 0 <= to < page.pages])
    rows += [
        [_button(count_label(group, page.counts[group]), _list(page, group=group))]
        for group in Group
        if page.counts.get(group) and group is not page.group
    ]
    rows += _filters(page, reader)
    desk = [[place_button(_("🗂 Coordinator’s desk"), Place.PLAN_DESK)]] if coordinator else []
    return _keyboard(*rows, *desk, [menu_button()])


def nobody_keyboard(*, coordinator: bool) -> InlineKeyboardMarkup:
    """Offer the coordinator their desk, everybody the menu."""
    desk = [[place_button(_("🗂 Coordinator’s desk"), Place.PLAN_DESK)]] if coordinator else []
    return _keyboard(*desk, [menu_button()])


def card_keyboard(card: DutyCard) -> InlineKeyboardMarkup:
    """Offer what can be done with a duty now."""
    ids = {"instance_id": card.instance.id, "unit_id": card.unit.id}
    rows = _acts(card) if card.can_act else []
    files = [one for report in card.reports for one in report.evidence if one.kind is not EvidenceKind.LINK]
    rows += [[_button(f"📎 {cut(one.label, 50)}", OpenEvidence(evidence_id=one.id))] for one in files[:_FILES_SHOWN]]
    return _keyboard(
        *rows,
        [
            _button(_("🕘 History"), ShowHistory(**ids, page=0)),
            _button(_("❔ Why did I get this?"), ExplainDuty(**ids)),
        ],
        [_plan_button(), menu_button()],
    )


def back_keyboard(key: DutyKey) -> InlineKeyboardMarkup:
    """Offer the way back to the card; a form is left by it."""
    return _keyboard([_back(key), menu_button()])


def history_keyboard(key: DutyKey, page: HistoryPage) -> InlineKeyboardMarkup:
    """Offer other pages and the way back."""
    ids = {"instance_id": key.instance_id, "unit_id": key.unit_id}
    turns = ((page.page - 1, "‹"), (page.page + 1, "›"))
    row = [_button(sign, ShowHistory(**ids, page=to)) for to, sign in turns if 0 <= to < page.pages]
    return _keyboard(*([row] if row else []), [_back(key), menu_button()])


def colleagues_keyboard(key: DutyKey, colleagues: Iterable[Colleague]) -> InlineKeyboardMarkup:
    """Offer the people of the unit."""
    ids = {"instance_id": key.instance_id, "unit_id": key.unit_id}
    rows = [[_button(cut(one.name, 60), HandOn(**ids, person_id=one.person_id))] for one in colleagues]
    return _keyboard(*rows, [_back(key), menu_button()])


def day_keyboard(card: DutyCard, reader: Reader) -> InlineKeyboardMarkup:
    """Offer one week, two weeks, the end of the month."""
    base = card.today if card.due is None or card.soft else max(card.due, card.today)
    offers = (
        (_("+1 week: {date}"), base + timedelta(weeks=1)),
        (_("+2 weeks: {date}"), base + timedelta(weeks=2)),
        (_("End of the month: {date}"), _month_end(base + timedelta(days=1))),
    )
    rows = [[_button(label.format(date=reader.day(day)), ChooseDay(day=day.toordinal()))] for label, day in offers]
    return _keyboard(*rows, [_back(card.key), menu_button()])


def resend_keyboard(key: DutyKey) -> InlineKeyboardMarkup:
    """Offer to send what was typed once more."""
    return _keyboard([_button(_("📨 Send it again"), SendAgain())], [_back(key), menu_button()])


def draft_keyboard(draft: Draft) -> InlineKeyboardMarkup:
    """Offer the parts of the report, and to give it."""
    parts = [
        (True, _("✏️ Text"), ReportPart.WORDS),
        (True, _("📅 Held on"), ReportPart.HELD_ON),
        (draft.counts, _("🔢 Count"), ReportPart.COUNT),
        (draft.attended, _("👥 People who came"), ReportPart.ATTENDANCE),
    ]
    buttons = [_button(label, ChangePart(part=part)) for offered, label, part in parts if offered]
    rows = [buttons[place : place + 2] for place in range(0, len(buttons), 2)]
    if draft.pieces:
        rows.append([_button(_("🗑 Take the last evidence out"), DropEvidence())])
    return _keyboard(
        [_button(_("📨 Give the report"), GiveReport(bare=False))], *rows, [_back(draft.key), menu_button()]
    )


def held_keyboard() -> InlineKeyboardMarkup:
    """Offer today, and the way back to the report."""
    return _keyboard([_button(_("Today"), HeldToday())], [_draft_button()])


def part_keyboard() -> InlineKeyboardMarkup:
    """Offer the way back to the report."""
    return _keyboard([_draft_button()])


def bare_keyboard() -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    return _keyboard([_draft_button()], [_button(_("Give it without"), GiveReport(bare=True))])


def plan_keyboard() -> InlineKeyboardMarkup:
    """Offer the way to one's list."""
    return _keyboard([_plan_button(), menu_button()])


def draft_or_plan_keyboard() -> InlineKeyboardMarkup:
    """Offer the way back to the report, or to one's list."""
    return _keyboard([_draft_button()], [_plan_button(), menu_button()])


def _acts(card: DutyCard) -> list[_Row]:
    ids = {"instance_id": card.instance.id, "unit_id": card.unit.id}
    rows: list[_Row] = []
    if card.state is DutyState.OPEN:
        rows.append([_button(_("✅ I accept it"), AcceptDuty(**ids, stamp=card.stamp))])
    if card.state in UNFINISHED:
        rows += [
            [_act(card, DutyAct.DONE, _("📨 Report: done")), _act(card, DutyAct.PARTLY, _("◐ Report: in part"))],
            [_act(card, DutyAct.DAY, _("📅 Another day")), _act(card, DutyAct.HAND_ON, _("👤 Hand on"))],
        ]
    if card.state is DutyState.DISPUTED:
        rows.append([_button(_("↩️ It is our business after all"), TakeBackDispute(**ids))])
    waiting = _waiting(card)
    if waiting is not None:
        rows.append([_button(_("↩️ Withdraw the report"), WithdrawDutyReport(report_id=waiting))])
    last = [_act(card, DutyAct.NOTE, _("📝 Note"))]
    if card.state in UNFINISHED:
        last.append(_act(card, DutyAct.DISPUTE, _("🚫 Not our business")))
    return [*rows, last]


def _waiting(card: DutyCard) -> int | None:
    """Return the newest report if nobody has looked at it."""
    if not card.reports or card.reports[0].accepted is not None:
        return None
    return card.reports[0].id if card.state in UNFINISHED | {DutyState.REPORTED} else None


def _filters(page: DutyPage, reader: Reader) -> list[_Row]:
    rows: list[_Row] = []
    if len(page.units) > 1:
        rows += [
            [_button(f"▫️ {cut(unit_name(unit, reader.language), 55)}", _list(page, unit_id=unit.id))]
            for unit in page.units[:_MOST_UNITS]
            if unit.id != page.unit_id
        ]
        if page.unit_id is not None:
            rows.append([_button(_("All my units"), _list(page, unit_id=0))])
    if page.only_mine:
        rows.append([_button(_("Everything of the unit"), _list(page, mine=False))])
    elif page.mine:
        rows.append([_button(mine_label(page.mine), _list(page, mine=True))])
    return rows


def _list(
    page: DutyPage,
    *,
    group: Group | None = None,
    unit_id: int | None = None,
    mine: bool | None = None,
    turned: int = 0,
) -> ListDuties:
    return ListDuties(
        group=group or page.group,
        unit_id=unit_id if unit_id is not None else page.unit_id or 0,
        mine=page.only_mine if mine is None else mine,
        page=turned,
    )


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _act(card: DutyCard, act: DutyAct, label: str) -> InlineKeyboardButton:
    return _button(label, BeginAct(instance_id=card.instance.id, unit_id=card.unit.id, act=act))


def _back(key: DutyKey) -> InlineKeyboardButton:
    return _button(_("← Back"), OpenDuty(instance_id=key.instance_id, unit_id=key.unit_id))


def _draft_button() -> InlineKeyboardButton:
    return _button(_("← The report"), ShowDraft())


def _plan_button() -> InlineKeyboardButton:
    return place_button(_("📋 Work plan"), Place.PLAN)


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _keyboard(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows])
