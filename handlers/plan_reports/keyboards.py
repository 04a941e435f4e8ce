"""Keyboards of this feature."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenCalendar, OpenDashboard, OpenPlanItem
from handlers.common.keyboards import menu_button
from handlers.common.reader import Reader
from handlers.plan_reports.callbacks import (
    ChooseAddressee,
    ChooseQuarter,
    OpenRow,
    TakeChart,
    TakeLanguageReport,
    TakePlanFile,
    TakeState,
    To,
    TurnRows,
    entries_button,
)
from handlers.plan_reports.texts import quarter_words
from handlers.plan_reports.words import SHOWN, axis_title, mark, measure_words, row_name
from services.plan_reports.dto import NOWHERE, Axis, EntryPage, Figures, Row, Tally
from services.plan_reports.papers import PaperForm
from services.plan_reports.quarters import Quarter
from services.plan_reports.service import PAGE

_ROWS = 8
_LONGEST = 48


def dashboard_keyboard(figures: Figures, plan_id: int) -> InlineKeyboardMarkup:
    """Offer the numbers, the pictures, and what can be taken along."""
    rows = _numbers(figures.total, plan_id, Axis.ALL, NOWHERE)
    rows += [
        [button(f"🖼 {axis_title(axis)}", TakeChart(plan_id=plan_id, axis=axis))]
        for axis in (Axis.PROGRAMME, Axis.UNIT, Axis.MONTH)
    ]
    rows.append(
        [
            button("⬇️ Excel (XLSX)", TakeState(plan_id=plan_id, form=PaperForm.XLSX)),
            button("⬇️ Word (DOCX)", TakeState(plan_id=plan_id, form=PaperForm.DOCX)),
        ]
    )
    rows.append([button(_("🗣 Report on the state language"), ChooseQuarter())])
    if plan_id:
        rows += _own_file(figures, plan_id)
        rows.append([button(_("📊 All plans"), OpenDashboard())])
    elif len(figures.plans) > 1:
        rows += [[button(f"📘 {_cut(plan.name)}", OpenDashboard(plan_id=plan.id))] for plan in figures.plans]
    else:
        rows += _own_file(figures, figures.plans[0].id)
    return keyboard(*rows, [menu_button()])


def _own_file(figures: Figures, plan_id: int) -> list[list[InlineKeyboardButton]]:
    """Offer the plan's own file to who sees all of it, where it is kept."""
    kept = any(plan.id == plan_id and plan.file_name.lower().endswith(".docx") for plan in figures.plans)
    if not kept or figures.scope.codes is not None:
        return []
    return [[button(_("📄 The plan’s file with statuses"), TakePlanFile(plan_id=plan_id))]]


def rows_keyboard(rows: Sequence[Row], plan_id: int, axis: Axis, page: int, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the rows of a picture, a page of them."""
    pages = max(1, -(-len(rows) // _ROWS))
    page = min(max(page, 0), pages - 1)
    shown = rows[page * _ROWS : (page + 1) * _ROWS]
    buttons = [[button(_row_label(row, reader), OpenRow(plan_id=plan_id, axis=axis, key=row.key))] for row in shown]
    turns = [
        button(sign, TurnRows(plan_id=plan_id, axis=axis, page=other))
        for sign, other in (("←", page - 1), ("→", page + 1))
        if 0 <= other < pages
    ]
    return keyboard(*buttons, turns, _back(plan_id))


def row_keyboard(figures: Figures, row: Row, plan_id: int) -> InlineKeyboardMarkup:
    """Offer the numbers of a row; of a unit also its own report and its calendar."""
    rows = _numbers(row.tally, plan_id, row.axis, row.key)
    if row.unit is not None:
        rows.append([button(_("🗣 Report on the state language"), ChooseQuarter(unit_id=row.unit.id))])
        if figures.scope.manages:
            rows.append([button(_("🗓 Calendar address"), OpenCalendar(unit_id=row.unit.id))])
    return keyboard(
        *rows, [button(f"🖼 {axis_title(row.axis)}", TakeChart(plan_id=plan_id, axis=row.axis))], _back(plan_id)
    )


def entries_keyboard(page: EntryPage, plan_id: int) -> InlineKeyboardMarkup:
    """Offer the items to who may change them, other pages, and the way back."""
    rows: list[list[InlineKeyboardButton]] = []
    first = page.page * PAGE + 1
    if page.figures.scope.manages:
        rows = [
            [button(f"{place}. {_cut(entry.item.title)}", OpenPlanItem(item_id=entry.item.id))]
            for place, entry in enumerate(page.entries, start=first)
        ]
    key = page.row.key if page.row is not None else NOWHERE
    turns = [
        button(sign, entries_button(plan_id, page.axis, key, page.measure, other))
        for sign, other in (("←", page.page - 1), ("→", page.page + 1))
        if 0 <= other < page.pages
    ]
    back = []
    if page.row is not None:
        back = [button(_("← Back"), OpenRow(plan_id=plan_id, axis=page.axis, key=key))]
    return keyboard(*rows, turns, back, _back(plan_id))


def quarters_keyboard(quarters: Sequence[Quarter], unit_id: int) -> InlineKeyboardMarkup:
    """Offer quarters."""
    rows = [
        [button(quarter_words(quarter), ChooseAddressee(unit_id=unit_id, quarter=quarter.packed))]
        for quarter in quarters
    ]
    return keyboard(*rows, _back(0))


def addressees_keyboard(quarter: Quarter, unit_id: int) -> InlineKeyboardMarkup:
    """Offer both addressees in both forms."""
    names = {To.COUNCIL: _("Academic Council"), To.MINISTRY: _("National Commission and Ministry")}
    rows = [
        [
            button(
                f"{name}: {form.value.upper()}",
                TakeLanguageReport(unit_id=unit_id, quarter=quarter.packed, to=to, form=form),
            )
        ]
        for to, name in names.items()
        for form in (PaperForm.DOCX, PaperForm.PDF)
    ]
    return keyboard(*rows, [button(_("← Back"), ChooseQuarter(unit_id=unit_id)), menu_button()])


def back_keyboard(plan_id: int = 0) -> InlineKeyboardMarkup:
    """Offer the way back to the numbers."""
    return keyboard(_back(plan_id))


def _numbers(tally: Tally, plan_id: int, axis: Axis, key: str) -> list[list[InlineKeyboardButton]]:
    buttons = [
        button(
            f"{mark(measure)} {measure_words(measure)}: {tally.count(measure)}",
            entries_button(plan_id, axis, key, measure),
        )
        for measure in SHOWN
        if tally.count(measure)
    ]
    return [buttons[place : place + 2] for place in range(0, len(buttons), 2)]


def _row_label(row: Row, reader: Reader) -> str:
    return f"{_cut(row_name(row, reader.language))}: {row.tally.total}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _back(plan_id: int) -> list[InlineKeyboardButton]:
    return [button(_("📊 How plans stand"), OpenDashboard(plan_id=plan_id)), menu_button()]


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """Return a button."""
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Return a keyboard without empty rows."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])
