"""Keyboards of this feature."""

from collections.abc import Sequence
from datetime import date

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import BringPlan, OpenPlan, Place
from handlers.common.forms import mark_of
from handlers.common.keyboards import menu_button, place_button
from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.plan_import.callbacks import (
    ChooseYear,
    DropPlan,
    LookAtDifference,
    LookAtDoubt,
    OpenReview,
    PassItem,
    SayDays,
    SayUnit,
    SearchUnit,
    TakeOver,
    TakeSheet,
    TypeDays,
)
from services.deadlines.dto import AcademicYear
from services.languages import Language
from services.plan_import.dto import PlanImport, ReadItem, Review
from services.plans.dto import NamedUnit

_MOST_SUGGESTED = 4
_DECEMBER = 12
_WIDEST = 40


def years_keyboard(year: AcademicYear, *, waits: bool) -> InlineKeyboardMarkup:
    """Offer the academic years around today, and the file that waits already."""
    rows = [[_button(_("🔎 Go on with the file I sent"), OpenReview())]] if waits else []
    years = [AcademicYear(year.first + step) for step in (-1, 0, 1)]
    rows.append([_button(one.label, ChooseYear(year=one.first)) for one in years])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _end()])


def other_year_keyboard(asked: AcademicYear, printed: AcademicYear | None) -> InlineKeyboardMarkup:
    """Offer the year that the file's title names, and the one that was asked for after all."""
    rows = []
    if printed is not None:
        rows.append([_button(_("It is of {year}").format(year=printed.label), ChooseYear(year=printed.first))])
    sure = ChooseYear(year=asked.first, sure=True)
    rows.append([_button(_("{year} is right").format(year=asked.label), sure)])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _end()])


def file_keyboard() -> InlineKeyboardMarkup:
    """Offer the way back from a question for a file."""
    return InlineKeyboardMarkup(inline_keyboard=[[_button(_("← Academic year"), BringPlan())], _end()])


def review_keyboard(review: Review) -> InlineKeyboardMarkup:
    """Offer what can be done with a file that waits."""
    rows = []
    if review.doubtful:
        label = _("🔎 Doubtful items: {count}").format(count=len(review.doubtful))
        rows.append([_button(label, LookAtDoubt())])
    rows += [
        [_button(_("⬇️ All of it as a spreadsheet"), TakeSheet())],
        [_button(_("➡️ Take over …"), LookAtDifference())],
        [_button(_("✖️ Forget the file"), DropPlan(draft_id=review.draft_id))],
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _end()])


def doubt_keyboard(review: Review, item: ReadItem, reader: Reader) -> InlineKeyboardMarkup:
    """Offer what a doubtful item may mean."""
    rows: list[list[InlineKeyboardButton]] = []
    if not item.confirmed:
        rows += _days(review, item, reader)
    if item.unresolved:
        rows += _units(review, item, reader.language)
    mark = mark_of_item(review, item)
    rows += [
        [_button(_("⏭ Leave it open"), PassItem(mark=mark))],
        [_button(_("🚫 This is no item of the plan"), PassItem(mark=mark, out=True))],
        [_button(_("← The file"), OpenReview())],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def found_keyboard(mark: int, row: int, units: Sequence[NamedUnit], language: Language) -> InlineKeyboardMarkup:
    """Offer the units that were found for a piece."""
    rows = [[_button(_unit_label(unit, language), SayUnit(mark=mark, unit_id=unit.id))] for unit in units]
    back = LookAtDoubt(after=row - 1)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_button(_("← The item"), back)]])


def item_keyboard(row: int) -> InlineKeyboardMarkup:
    """Offer the way back from a question about an item."""
    back = LookAtDoubt(after=row - 1)
    return InlineKeyboardMarkup(inline_keyboard=[[_button(_("← The item"), back)]])


def back_to_review_keyboard() -> InlineKeyboardMarkup:
    """Offer the way back to the file."""
    return InlineKeyboardMarkup(inline_keyboard=[[_button(_("← The file"), OpenReview())]])


def sheet_again_keyboard() -> InlineKeyboardMarkup:
    """Offer another spreadsheet where the one sent back was not taken, and the way back to the file."""
    rows = [[_button(_("⬇️ All of it as a spreadsheet"), TakeSheet())], [_button(_("← The file"), OpenReview())]]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def difference_keyboard(review: Review) -> InlineKeyboardMarkup:
    """Offer to take over, and to remove what the file lacks."""
    mark = mark_of(review.draft_id, review.version)
    rows = [[_button(_("✅ Take over"), TakeOver(mark=mark))]]
    gone = len(review.planned.difference.removed)
    if gone:
        label = _("🗑 Take over and remove {count}").format(count=gone)
        rows.append([_button(label, TakeOver(mark=mark, removing=True))])
    rows.append([_button(_("← The file"), OpenReview())])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def removal_keyboard(asked: TakeOver, count: int) -> InlineKeyboardMarkup:
    """Ask for the last tap of all."""
    sure = asked.model_copy(update={"sure": True})
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [_button(_("Yes, remove {count}").format(count=count), sure)],
            [_button(_("← The file"), OpenReview())],
        ]
    )


def taken_keyboard(done: PlanImport) -> InlineKeyboardMarkup:
    """Lead to the plan."""
    rows = [[_button(_("📋 The plan"), OpenPlan(plan_id=done.plan_id))]] if done.plan_id is not None else []
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _end()])


def desk_keyboard() -> InlineKeyboardMarkup:
    """Lead to the coordinator's desk."""
    return InlineKeyboardMarkup(inline_keyboard=[[_button(_("📥 Bring a plan"), BringPlan())], _end()])


def mark_of_item(review: Review, item: ReadItem) -> int:
    """Return by what a button recognises an item as it was shown."""
    return mark_of(review.draft_id, review.version, item.mark)


def _unit_label(unit: NamedUnit, language: Language) -> str:
    """Return a name as a button shows it; a post is marked, for where it is cut it looks like its unit."""
    return _short(f"{'👤' if unit.is_post else '🏛'} {unit_name(unit, language)}")


def _days(review: Review, item: ReadItem, reader: Reader) -> list[list[InlineKeyboardButton]]:
    mark = mark_of_item(review, item)
    year = review.planned.read.year
    suggested = [day for day in (year.end, date(year.first, _DECEMBER, 31)) if day not in item.deadline.dates]
    rows = []
    if item.deadline.dates:
        days = ", ".join(reader.day(day) for day in item.deadline.dates)
        rows.append([_button(_("✅ Right: {days}").format(days=days), SayDays(mark=mark, days="ok"))])
    rows.append([_button(reader.day(day), SayDays(mark=mark, days=f"{day:%Y%m%d}")) for day in suggested])
    rows.append(
        [
            _button(_("📅 Another day"), TypeDays(mark=mark)),
            _button(_("∅ It has no day"), SayDays(mark=mark, days="none")),
        ]
    )
    return rows


def _units(review: Review, item: ReadItem, language: Language) -> list[list[InlineKeyboardButton]]:
    """Offer whom the first piece that is not understood may stand for; the others come after it."""
    mark = mark_of_item(review, item)
    suggested = [review.units[code] for code in item.unresolved[0].candidates if code in review.units]
    rows = [
        [_button(_unit_label(unit, language), SayUnit(mark=mark, unit_id=unit.id))]
        for unit in suggested[:_MOST_SUGGESTED]
    ]
    rows.append(
        [
            _button(_("🔎 Find it"), SearchUnit(mark=mark)),
            _button(_("🏛 Not of our units"), SayUnit(mark=mark, unit_id=0)),
        ]
    )
    return rows


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _end() -> list[InlineKeyboardButton]:
    return [place_button(_("← Plans"), Place.PLAN_DESK), menu_button()]


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
