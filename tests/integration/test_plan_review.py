"""A plan's file reviewed before it is taken over: taps, spreadsheets, and the same file once more."""

import io
from collections.abc import Callable
from datetime import date
from time import process_time

import pytest
from openpyxl import Workbook

from bot.i18n import Catalogues
from handlers.plan_import.texts import difference_text
from services.access import OPERATOR, Actor, Role
from services.plan_import.decisions_sheet import COLUMNS, row_of
from services.plan_import.dto import Changed, Review
from services.plan_import.errors import DecisionsOutdated, DecisionsUnreadable
from services.plan_import.review import PlanReviewService
from services.plan_import.service import PlanImportService
from services.units.units_file import read_units
from tests.integration.test_plan_import import HEAD, LINES, REAL, YEAR
from tests.support.clock import StandingClock
from tests.support.office import STRANGERS_PHONE, Office
from tests.support.papers import BishkekCalendar

I18N = Catalogues()
GALAXY = "Галактика комитети"


class Desk:
    """A coordinator with a file."""

    def __init__(self, service: PlanReviewService, actor: Actor) -> None:
        self.service = service
        self.actor = actor

    async def brings(self, *lines: str) -> Review:
        """Bring a file with these rows."""
        return await self.service.bring(self.actor, "plan.csv", "\n".join([HEAD, *lines]).encode(), YEAR)

    async def sends(self, review: Review, sheet: bytes) -> Review:
        """Send a spreadsheet back."""
        return await self.service.take_sheet(self.actor, review.draft_id, sheet)

    async def says_unit(self, review: Review, place: int, code: str | None) -> Review:
        """Say whom the first piece of the item at a place stands for."""
        row, unit = review.planned.read.items[place].mark, review.units[code].id if code else None
        return await self.service.decide_piece(self.actor, review.draft_id, review.version, row, unit)

    async def takes_over(self) -> None:
        """Take the file over."""
        shown = await self.service.show_difference(self.actor)
        await self.service.confirm(self.actor, shown.draft_id, shown.version, removing=False)


@pytest.fixture
async def desk(office: Office, clock: StandingClock) -> Desk:
    await office.units.import_units(OPERATOR, read_units((REAL / "units.csv").read_bytes()))
    await office.recognise(STRANGERS_PHONE)
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.PLAN_COORDINATOR)
    actor = await office.recognise(STRANGERS_PHONE)
    calendar = BishkekCalendar()
    imports = PlanImportService(office.unit_of_work, clock, calendar)
    return Desk(PlanReviewService(office.unit_of_work, clock, calendar, imports), actor)


Cells = dict[str, str]


def sheet_of(review: Review, edit: Callable[[list[Cells]], None] = lambda _rows: None) -> bytes:
    """Return the spreadsheet of a review, corrected by `edit` (its rows in the plan's order)."""
    read = review.planned.read
    found = [(item.mark, {**row_of(item), "include": "yes"}) for item in read.items]
    found += [(item.mark, {**row_of(item, left_out=True), "include": "no"}) for item in read.left_out]
    rows = [cells for _mark, cells in sorted(found, key=lambda one: one[0])]
    edit(rows)
    book = Workbook()
    page = book.worksheets[0]
    page.append([names[2] for names in COLUMNS.values()])
    for cells in rows:
        page.append([cells[column] for column in COLUMNS])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def corrected(place: int, **cells: str) -> Callable[[list[Cells]], None]:
    return lambda rows: rows[place].update(cells)


def codes_of(review: Review, place: int) -> list[str]:
    return [party.code for party in review.planned.read.items[place].parties]


def days_of(review: Review, place: int) -> list[str]:
    return [day.isoformat() for day in review.planned.read.items[place].deadline.dates]


async def test_a_spreadsheet_that_leaves_a_row_out_can_be_sent_again_and_takes_it_back(desk: Desk) -> None:
    review = await desk.brings(*LINES)
    whole = sheet_of(review)
    fewer = sheet_of(review, corrected(1, include="no"))
    for _time in range(2):
        review = await desk.sends(review, fewer)
        assert [item.row.number for item in review.planned.read.items] == ["1", "3"]
        assert [item.row.number for item in review.planned.read.left_out] == ["2"]
    review = await desk.sends(review, whole)  # downloaded before, and nothing corrected in it
    assert len(review.planned.read.items) == 2
    review = await desk.sends(review, sheet_of(review, corrected(1, include="yes")))
    assert [item.row.number for item in review.planned.read.items] == ["1", "2", "3"]


async def test_a_spreadsheet_takes_back_nothing_that_was_tapped(desk: Desk) -> None:
    review = await desk.brings(*LINES)
    older = sheet_of(review)
    review = await desk.says_unit(review, 2, "itk")
    review = await desk.sends(review, older)
    assert (codes_of(review, 2), review.planned.read.items[2].unresolved) == (["itk"], ())
    review = await desk.sends(review, sheet_of(review, corrected(2, days="2026-04-01")))
    assert (codes_of(review, 2), days_of(review, 2)) == (["itk"], ["2026-04-01"])
    assert [alias.codes for alias in review.planned.read.learned] == [("itk",)]
    review = await desk.sends(review, sheet_of(review, corrected(2, units="ob")))
    assert (codes_of(review, 2), days_of(review, 2)) == (["ob"], ["2026-04-01"])


async def test_a_spreadsheet_that_is_outdated_never_wins_silently(desk: Desk) -> None:
    review = await desk.brings(*LINES)
    older = sheet_of(review, corrected(2, units="ob"))
    review = await desk.says_unit(review, 2, "itk")
    with pytest.raises(DecisionsOutdated) as refused:
        await desk.sends(review, older)
    assert refused.value.rows == (4,)
    assert codes_of(await desk.service.get(desk.actor), 2) == ["itk"]


async def test_empty_codes_say_nothing_unless_there_were_some(desk: Desk) -> None:
    review = await desk.brings(*LINES)
    review = await desk.sends(review, sheet_of(review, corrected(2, days="2026-04-01", units="")))
    assert [piece.text for piece in review.planned.read.items[2].unresolved] == [GALAXY]
    review = await desk.sends(review, sheet_of(review, corrected(0, units="")))
    assert codes_of(review, 0) == []


async def test_a_row_that_lost_what_it_was_downloaded_with_is_named(desk: Desk) -> None:
    review = await desk.brings(*LINES)
    for cells in ({"sent": ""}, {"row": "77"}, {"units": "nobody-here"}, {"days": "31 of May"}):
        with pytest.raises(DecisionsUnreadable) as refused:
            await desk.sends(review, sheet_of(review, corrected(1, **cells)))
        assert refused.value.rows == (3,)


async def test_one_answer_serves_all_rows_that_print_the_same(desk: Desk) -> None:
    lines = [f"{number};Иш {number};май 2026-ж.;{GALAXY}" for number in range(1, 4)]
    lines += ["4;Башка;май 2026-ж.;Галактика комитетине, ПКБ", "5;Дагы;май 2026-ж.;Улуттук комиссия"]
    lines += ["6;Дагы бир;май 2026-ж.;Улуттук комиссия"]
    review = await desk.brings(*lines)
    assert len(review.doubtful) == 6
    review = await desk.says_unit(review, 0, "itk")
    assert [item.row.number for item in review.doubtful] == ["5", "6"]
    assert codes_of(review, 3)[0] == "itk"
    review = await desk.says_unit(review, 4, None)
    assert review.doubtful == ()
    assert (await desk.service.show_difference(desk.actor)).doubtful == ()  # understood anew, it is the same


async def test_what_was_settled_is_not_asked_again_with_the_same_file(desk: Desk) -> None:
    lines = ("1;Иш;бир кездерде;Улуттук комиссия", "2;Башка;бир кездерде;ПКБ")
    review = await desk.brings(*lines)
    row = review.planned.read.items[0].mark
    review = await desk.service.decide_days(desk.actor, review.draft_id, review.version, row, (date(2026, 5, 5),))
    await desk.says_unit(review, 0, None)
    await desk.takes_over()
    again = await desk.brings(*lines)
    assert [item.row.number for item in again.doubtful] == ["2"]
    printed = await desk.brings(lines[0].replace("бир кездерде", "бир күнү"), lines[1])
    assert [item.row.number for item in printed.doubtful] == ["1", "2"]


async def test_items_printed_as_before_that_become_clearer_are_told(desk: Desk) -> None:
    await desk.brings(*LINES)
    await desk.takes_over()
    review = await desk.brings(*LINES)
    review = await desk.says_unit(review, 2, "itk")
    shown = await desk.service.show_difference(desk.actor)
    difference = shown.planned.difference
    assert [one.changed for one in difference.changed] == [frozenset({Changed.MEANING})]
    assert [(len(difference.unchanged), len(difference.reprinted), len(difference.clearer))] == [(2, 0, 1)]
    with I18N.context(), I18N.use_locale("en"):
        text = difference_text(shown)
    assert "Printed as before, but understood better now: 1" in text
    assert "• Китепкананын фондун толуктоо: responsible" in text


async def test_codes_teach_where_the_cell_is_one_piece(desk: Desk) -> None:
    review = await desk.brings(*LINES, f"4;Иш;май 2026-ж.;{GALAXY}, Улуттук комиссия")
    review = await desk.sends(review, sheet_of(review, corrected(3, units="itk")))
    assert review.planned.read.learned == ()
    review = await desk.sends(review, sheet_of(review, corrected(2, units="itk")))
    assert [(alias.text, alias.codes) for alias in review.planned.read.learned] == [("галактика комитети", ("itk",))]


async def test_a_tap_on_a_file_of_thousands_of_rows_takes_a_moment(desk: Desk) -> None:
    lines = [f"{number};Иш {number};май 2026-ж.;ПКБ" for number in range(4_900)]
    lines += [f"{number};Шашылыш иш {number};бир кездерде;{GALAXY}" for number in range(4_900, 5_000)]
    review = await desk.brings(*lines)
    review = await desk.says_unit(review, 4_900, "itk")
    began = process_time()
    row = review.doubtful[0].mark
    review = await desk.service.decide_days(desk.actor, review.draft_id, review.version, row, ())
    assert process_time() - began < 0.6  # a fourth of it on a quiet machine
    assert len(review.doubtful) == 99
