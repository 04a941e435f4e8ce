"""XLSX files as offices save them, and those that somebody made to do harm."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.documents.sheets import write_csv, write_xlsx
from bot.i18n import Catalogues
from handlers.roster.problems import fault_text, row_text
from services.people.dto import RosterFile
from services.people.errors import RosterUnreadable
from services.people.roster_file import read_roster
from services.tables import xlsx_scan
from services.tables.dto import FaultKind, SheetText

I18N = Catalogues()
HEADING = ("person_no", "kind", "last_name", "first_name")
AIZADA = ("S-1001", "student", "Маматова", "Айзада")
SHEET = "xl/worksheets/sheet1.xml"


def book(*rows: Sequence[object], change: Callable[[Any], None] = lambda _book: None) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    change(made)
    return saved(made)


def saved(made: Any) -> bytes:  # noqa: ANN401 -- the library has no types
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def packed(content: bytes, **members: bytes) -> bytes:
    """Return the archive with other contents of some members, named by their last part."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            target.writestr(name, members.get(stem, source.read(name)))
    return changed.getvalue()


def reasons(roster: RosterFile) -> list[tuple[int, str]]:
    with I18N.context(), I18N.use_locale("en"):
        return [(row.row, row_text(row)) for row in roster.rejected]


def refused(content: bytes) -> tuple[FaultKind, str]:
    with pytest.raises(RosterUnreadable) as caught, I18N.context(), I18N.use_locale("en"):
        read_roster(content)
    with I18N.context(), I18N.use_locale("en"):
        return caught.value.fault.kind, fault_text(caught.value.fault)


def test_values_are_read_as_people_see_them() -> None:
    heading = (*HEADING, "phone", "birth_date", "admission_date", "course", "admission_order")
    moment = datetime.fromisoformat("2025-08-25T00:00")
    row = ("0427", "Студент", "Маматова", "Айзада", 996700000001, date(2006, 3, 14), moment, 2, 45.0)
    (entry,) = read_roster(book(heading, row)).entries
    assert (entry.person_no, entry.phone, entry.course, entry.admission_order) == ("0427", "996700000001", 2, "45")
    assert (entry.birth_date, entry.admission_date) == (date(2006, 3, 14), date(2025, 8, 25))


def test_titles_empty_margins_and_joined_titles_do_no_harm() -> None:
    def title(made: Any) -> None:  # noqa: ANN401 -- the library has no types
        made.active.insert_cols(1)
        made.active.merge_cells("A1:E1")

    content = book(("Тизме",), (), HEADING, AIZADA, (), ("S-2", "x", "А", "Б"), change=title)
    roster = read_roster(content)
    assert [entry.person_no for entry in roster.entries] == ["S-1001"]
    assert reasons(roster) == [(6, "kind must be one of student, staff: x")]


def test_merged_heading_rows_are_refused_with_what_is_missing() -> None:
    def merge(made: Any) -> None:  # noqa: ANN401 -- the library has no types
        for cells in ("A1:A2", "B1:B2", "C1:E1"):
            made.active.merge_cells(cells)

    kind, sentence = refused(
        book(
            ("Студенттик билет №", "Түрү", "Аты-жөнү"),
            ("", "", "Фамилиясы", "Аты", "Атасынын аты"),
            AIZADA,
            change=merge,
        )
    )
    assert kind is FaultKind.MISSING_COLUMNS
    assert "row 2 lacks the column(s): person_no (Number in the roster), kind" in sentence
    assert "Its cells are merged" in sentence


def test_merged_cells_in_the_rows_reject_them() -> None:
    def merge(made: Any) -> None:  # noqa: ANN401 -- the library has no types
        made.active.merge_cells("E2:E3")

    roster = read_roster(
        book((*HEADING, "unit"), (*AIZADA, "mti"), ("S-2", *AIZADA[1:]), ("S-3", *AIZADA[1:]), change=merge)
    )
    assert [row for row, _reason in reasons(roster)] == [2, 3]
    assert "E3 (unit) is merged with another cell" in reasons(roster)[1][1]


def test_formula_with_a_value_is_taken_and_one_without_rejects_its_row() -> None:
    content = book((*HEADING, "unit"), (*AIZADA, "=A1"), ("S-2", *AIZADA[1:], "=A1"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read(SHEET)
    computed = sheet.replace(b'<c r="E2"><f>A1</f><v></v>', b'<c r="E2" t="str"><f>A1</f><v>mti</v>')
    assert computed != sheet
    roster = read_roster(packed(content, sheet1=computed))
    assert [entry.unit for entry in roster.entries] == ["mti"]
    assert [row for row, _reason in reasons(roster)] == [3]
    assert "E3 (unit) holds a formula without a value" in reasons(roster)[0][1]


def test_errors_dates_among_texts_and_rounded_numbers_reject_their_rows() -> None:
    def spoil(made: Any) -> None:  # noqa: ANN401 -- the library has no types
        made.active["E2"].data_type = "e"

    heading = (*HEADING, "group")
    people = [("S-1", *AIZADA[1:], "#REF!"), ("S-2", *AIZADA[1:], date(2026, 1, 25)), (10**16, *AIZADA[1:], "x")]
    told = reasons(read_roster(book(heading, *people, change=spoil)))
    assert [row for row, _reason in told] == [2, 3, 4]
    for (_row, reason), said in zip(told, ("error of the spreadsheet", "holds a date", "has lost digits"), strict=True):
        assert said in reason


def test_one_visible_sheet_with_a_heading_is_found_among_others() -> None:
    def add(made: Any) -> None:  # noqa: ANN401 -- the library has no types
        made.create_sheet("Эскертүүлөр", 0).append(("Бул жерде тизме жок",))
        hidden = made.create_sheet("Эски")
        hidden.append(HEADING)
        hidden.sheet_state = "hidden"

    assert len(read_roster(book(HEADING, AIZADA, change=add)).entries) == 1


def test_several_sheets_with_people_are_refused_by_name() -> None:
    def add(made: Any) -> None:  # noqa: ANN401 -- the library has no types
        made.active.title = "ИТ"
        made.create_sheet("ЭБ").append(HEADING)

    assert refused(book(HEADING, AIZADA, change=add)) == (
        FaultKind.SEVERAL_SHEETS,
        "Several sheets hold such a table: ИТ, ЭБ. Put all into one, or hide the others.",
    )


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed(book(HEADING, AIZADA), sheet1=b"<x>" + b" " * 160_000_000)
    assert len(bomb) < 1_000_000
    assert refused(bomb)[0] is FaultKind.UNPACKS_TOO_LARGE


def test_archive_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(packed(book(HEADING, AIZADA), sheet1=b"<worksheet>" + b" " * 3_000_000 + b"</worksheet>"))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        said = archive.getinfo(SHEET).file_size
    at = content.rindex(struct.pack("<I", said))  # in the table at the end
    content[at : at + 4] = struct.pack("<I", 1_000)
    assert refused(bytes(content))[0] is FaultKind.UNPACKS_TOO_LARGE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04\x00\x00", FaultKind.DAMAGED),
        (book(HEADING, AIZADA)[:-200], FaultKind.DAMAGED),
        (packed(book(HEADING, AIZADA), sheet1=b"<worksheet><sheetData>"), FaultKind.DAMAGED),
        (packed(book(HEADING, AIZADA), workbook=b""), FaultKind.DAMAGED),
        (packed(book(HEADING), sheet1=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), FaultKind.DAMAGED),
        (book(), FaultKind.EMPTY),
    ],
    ids=["four bytes", "cut off", "open tag", "no workbook", "entities", "nothing in it"],
)
def test_damaged_file_is_refused(content: bytes, kind: FaultKind) -> None:
    assert refused(content)[0] is kind


def renamed(content: bytes, name: str, *, twin: bool = False, **members: bytes) -> bytes:
    """Return the workbook with its sheet in another member; `twin`: the former member is still there."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            text = source.read(member)
            if member == SHEET:
                target.writestr(f"xl/worksheets/{name}", members.get("sheet1", text))
            if member != SHEET or twin:
                named = text if twin else text.replace(b"worksheets/sheet1.xml", f"worksheets/{name}".encode())
                target.writestr(member, named)
    return changed.getvalue()


@pytest.mark.parametrize("name", ["sheet1.bin", "sheet1.XML", "sheet1"])
def test_sheet_is_looked_through_whatever_its_member_is_called(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(read_roster(renamed(book(HEADING, AIZADA), name)).entries) == 1
    formula = renamed(book((*HEADING, "unit"), (*AIZADA, "=A1")), name)
    assert "holds a formula without a value" in reasons(read_roster(formula))[0][1]
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert refused(renamed(book(HEADING), name, sheet1=doctype))[0] is FaultKind.DAMAGED
    monkeypatch.setattr(xlsx_scan, "_MOST_CELLS", 100)
    far = book(HEADING, AIZADA, change=lambda made: made.active.__setitem__("J20", "x"))
    assert refused(renamed(far, name))[0] is FaultKind.TOO_MANY_ROWS


@pytest.mark.parametrize("name", ["Sheet1.xml", "SHEET1.XML"])
def test_members_whose_names_differ_by_case_alone_are_refused(name: str) -> None:
    assert refused(renamed(book(HEADING, AIZADA), name, twin=True))[0] is FaultKind.DAMAGED


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/elsewhere.xml"),
        ("xl/workbook.xml", b"<sheets>", b'<sheets><sheet name="Sheet" sheetId="9" r:id="rId9"/>'),
        ("xl/workbook.xml", b'sheetId="1"', b'sheetId="1" id="rId2"'),
    ],
    ids=["no member", "two of a name", "two members"],
)
def test_visible_sheet_that_was_not_looked_through_is_refused(member: str, old: bytes, new: bytes) -> None:
    content = book(HEADING, AIZADA)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(member)
    assert old in text
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, text.replace(old, new) if name == member else source.read(name))
    assert refused(changed.getvalue())[0] is FaultKind.DAMAGED


def test_picture_that_lies_about_its_size_is_refused() -> None:
    content = io.BytesIO(book(HEADING, AIZADA))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b" " * 3_000_001)
    spoilt = content.getvalue()
    at = spoilt.rindex(struct.pack("<I", 3_000_001))  # in the table at the end
    spoilt = spoilt[:at] + struct.pack("<I", 1_000) + spoilt[at + 4 :]
    assert refused(spoilt)[0] is FaultKind.UNPACKS_TOO_LARGE


@pytest.mark.parametrize("other", ["xl/workbook.bin", "content.xml", "xl/x\0.bin"])
def test_workbook_that_could_be_read_as_another_table_is_refused(other: str) -> None:
    content = io.BytesIO(book(HEADING, AIZADA))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(other.replace("\0", "\1"), b"x")
    assert refused(content.getvalue().replace(b"xl/x\1", b"xl/x\0"))[0] is FaultKind.DAMAGED


def test_archive_of_something_else_is_no_table() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(content.getvalue())[0] is FaultKind.NOT_A_TABLE


def test_cell_far_out_is_refused_before_a_field_is_made_for_it() -> None:
    def far(place: str) -> bytes:
        return book(HEADING, AIZADA, change=lambda made: made.active.__setitem__(place, "x"))

    assert refused(far("A200001"))[0] is FaultKind.TOO_MANY_ROWS
    assert refused(far("XFD3"))[0] is FaultKind.TOO_MANY_COLUMNS


def test_cells_strewn_over_too_large_a_field_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_scan, "_MOST_CELLS", 100)
    content = book(HEADING, AIZADA, change=lambda made: made.active.__setitem__("J20", "x"))
    assert refused(content)[0] is FaultKind.TOO_MANY_ROWS


def test_formatted_but_empty_cells_cost_nothing() -> None:
    def style(made: Any) -> None:  # noqa: ANN401 -- the library has no types
        made.active["XFD300000"].number_format = "0"

    assert len(read_roster(book(HEADING, AIZADA, change=style)).entries) == 1


HARMFUL = SheetText(
    title="Оңдоолор: [1]",
    heading=("Аты", "Маани"),
    rows=(("=HYPERLINK(1)", "+996700000001"), ("@x", "-1"), ("Өмүр \x07", "<b>")),
)


def test_written_sheet_holds_texts_and_no_formulas() -> None:
    page = load_workbook(io.BytesIO(write_xlsx([HARMFUL]))).active
    assert page.title == "Оңдоолор   1 "
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Аты", "Маани"], ["=HYPERLINK(1)", "+996700000001"], ["@x", "-1"], ["Өмүр  ", "<b>"],
    ]  # fmt: skip
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].width == 15


def test_written_csv_holds_no_formulas() -> None:
    lines = write_csv(HARMFUL).decode("utf-8-sig").splitlines()
    assert lines[1:3] == ["'=HYPERLINK(1),'+996700000001", "'@x,'-1"]
