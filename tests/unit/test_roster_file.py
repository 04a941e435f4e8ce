"""Roster files as offices send them: every delimiter and encoding, and every mistake with its row."""

from datetime import date

import pytest

from services.people.dto import PersonKind, PersonStatus, RejectedRow, RosterFile
from services.people.errors import RosterUnreadable
from services.people.roster_file import COLUMNS, read_roster

HEADING = "person_no,kind,last_name,first_name"
AIZADA = "S-1001,student,Маматова,Айзада"
NURLAN = "S-1002,student,Асан уулу,Нурлан"


def read(*lines: str, encoding: str = "utf-8") -> RosterFile:
    return read_roster("\r\n".join(lines).encode(encoding))


def reasons(roster: RosterFile) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in roster.rejected]


def one(extra_column: str, value: str) -> RosterFile:
    return read(f"{HEADING},{extra_column}", f"{AIZADA},{value}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_encoding_and_delimiter_is_read(encoding: str, delimiter: str) -> None:
    lines = [line.replace(",", delimiter) for line in (HEADING, AIZADA, NURLAN)]
    roster = read(*lines, encoding=encoding)
    assert [entry.last_name for entry in roster.entries] == ["Маматова", "Асан уулу"]
    assert roster.rejected == ()


def test_kyrgyz_letters_survive_in_utf_8() -> None:
    assert read(HEADING, "S-1,student,Өмүрова,Таңсулуу").entries[0].first_name == "Таңсулуу"


def test_only_four_columns_are_needed_and_the_rest_is_empty() -> None:
    (entry,) = read(HEADING, AIZADA).entries
    assert (entry.kind, entry.status) == (PersonKind.STUDENT, PersonStatus.ACTIVE)
    assert (entry.programme_ky, entry.course, entry.birth_date) == ("", None, None)


def test_heading_may_stand_in_any_order_and_case() -> None:
    (entry,) = read("First_Name, LAST_NAME ,kind,Person_No", "Айзада,Маматова,STUDENT,S-1001").entries
    assert (entry.person_no, entry.last_name, entry.first_name) == ("S-1001", "Маматова", "Айзада")


def test_all_columns_of_the_interface_are_taken() -> None:
    values = {
        "person_no": "S-1001", "kind": "student", "last_name": "Маматова", "first_name": "Айзада",
        "patronymic": "Бакытовна", "name_latin": "Mamatova Aizada", "birth_date": "2006-03-14", "phone": "0700000001",
        "email": "a@x.kg", "unit": "mti", "programme_ky": "ПИ", "programme_ru": "ПИ", "programme_en": "SE",
        "course": "2", "group": "ПИ-1-25", "study_form": "full_time", "funding": "budget", "degree": "bachelor",
        "admission_date": "25.08.2025", "expected_graduation": "2029-06-30", "admission_order": "№ 45",
        "status": "leave", "citizenship": "KG", "visa_expires": "2027-01-01", "registration_expires": "2027-02-01",
        "post_ky": "а", "post_ru": "б", "post_en": "в",
    }  # fmt: skip
    assert set(values) == set(COLUMNS)
    (entry,) = read(",".join(values), ",".join(values.values())).entries
    assert entry.admission_date == date(2025, 8, 25)
    assert (entry.status, entry.course, entry.group_name) == (PersonStatus.LEAVE, 2, "ПИ-1-25")
    assert (entry.registration_expires, entry.post_en) == (date(2027, 2, 1), "в")


@pytest.mark.parametrize("text", ["2026-02-30", "31.04.2026", "1/2/2026", "yesterday", "2026", "14.03.06", "46000"])
def test_bad_date_rejects_the_row_and_names_the_column(text: str) -> None:
    roster = one("birth_date", text)
    assert roster.entries == ()
    assert reasons(roster) == [(2, f"birth_date is not a date like 2026-09-01 or 01.09.2026: {text}")]


@pytest.mark.parametrize("text", ["0", "8", "-1", "2.5", "second", "²", "9" * 1500])
def test_bad_course_rejects_the_row(text: str) -> None:
    assert reasons(one("course", text)) == [(2, f"course must be a number from 1 to 7: {text}")]


@pytest.mark.parametrize(
    ("column", "value", "allowed"),
    [
        ("study_form", "evening", "full_time, part_time"),
        ("funding", "контракт", "budget, contract"),
        ("status", "sick", "active, leave, expelled, graduated"),
    ],
)
def test_word_outside_its_list_rejects_the_row(column: str, value: str, allowed: str) -> None:
    assert reasons(one(column, value)) == [(2, f"{column} must be one of {allowed}: {value}")]


@pytest.mark.parametrize("column", ["person_no", "kind", "last_name", "first_name"])
def test_empty_required_cell_rejects_the_row(column: str) -> None:
    cells = dict(zip(HEADING.split(","), AIZADA.split(","), strict=True)) | {column: " \u200b "}
    assert reasons(read(HEADING, ",".join(cells.values()))) == [(2, f"{column} is empty")]


def test_second_row_of_a_number_is_rejected_with_both_rows_named() -> None:
    roster = read(HEADING, AIZADA, NURLAN, "S-1001,student,Башка,Бирөө")
    assert len(roster.entries) == 2
    assert reasons(roster) == [(4, "person_no S-1001 stands already in row 2")]


def test_one_bad_row_does_not_hide_the_others() -> None:
    roster = read(HEADING, "S-1,pupil,А,Б", AIZADA, "S-2,student,,Б", NURLAN)
    assert [row for row, _reason in reasons(roster)] == [2, 4]
    assert [entry.person_no for entry in roster.entries] == ["S-1001", "S-1002"]


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    roster = read(f"{HEADING},course", f"{AIZADA},2", "", ",,,,", '"S-3",student,"Эки\nсап",Б,2', "S-4,student,А,Б,9")
    assert reasons(roster)[0][0] == 6
    assert roster.entries[1].last_name == "Эки сап"


def test_row_with_more_cells_than_the_heading_is_rejected_because_its_columns_have_shifted() -> None:
    roster = read(f"{HEADING},patronymic,phone", "S-1001,student,Маматова,Айзада,Бакытовна,к. 5, +996700000001", NURLAN)
    assert reasons(roster) == [(2, "the row has more cells than the heading; is a comma inside a cell not quoted?")]
    assert len(roster.entries) == 1


def test_empty_cells_behind_the_heading_are_no_mistake() -> None:
    assert read(HEADING, f"{AIZADA},,,").rejected == ()


def test_short_row_lacks_only_what_is_not_there() -> None:
    assert read(f"{HEADING},patronymic,phone", AIZADA).entries[0].phone == ""


@pytest.mark.parametrize("length", [300, 301, 5_000])
def test_text_may_have_three_hundred_characters(length: int) -> None:
    roster = one("programme_ru", "ы" * length)
    assert len(roster.entries) == (length == 300)
    if length > 300:
        assert reasons(roster) == [(2, "programme_ru is longer than 300 characters")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Мама\u200bтова", "Маматова"),
        ("Мама\u00adтова", "Маматова"),
        ("\ufeffМаматова", "Маматова"),
        ("Асан\u00a0уулу", "Асан уулу"),
        ("  Асан \t уулу ", "Асан уулу"),
        ("Асан\x07уулу", "Асан уулу"),
        ("Асан\u2028уулу", "Асан уулу"),
        ("Бейшенбаи\u0306", "Бейшенбай"),
    ],
    ids=ascii,
)
def test_signs_that_nobody_sees_do_not_change_a_name(written: str, read_as: str) -> None:
    assert read(HEADING, f'S-1,student,"{written}",Б').entries[0].last_name == read_as


def test_quotes_apostrophes_and_markup_are_kept_as_they_are() -> None:
    (entry,) = read(HEADING, 'S-1,student,"О""Коннор, <b>",Б\'').entries
    assert (entry.last_name, entry.first_name) == ('О"Коннор, <b>', "Б'")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"\r\n , \r\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"PK\x03\x04\x00\x00", "the file is not text; save the table as CSV"),
        ("person_no".encode("utf-16"), "the file is not text; save the table as CSV"),
        (b"\x98\xff", "the letters of the file cannot be read; save the table as CSV in UTF-8"),
        (b"%PDF-1.7\n\xe2\xe3", "the heading lacks the column(s): person_no, kind, last_name, first_name"),
        (b"person_no,kind,first_name\nS-1,student,A", "the heading lacks the column(s): last_name"),
        (b"person_no,kind,last_name,first_name,KIND\n", "the heading repeats the column(s): kind"),
        (b'person_no,kind,last_name,first_name\n"S-1,student,A,B', "the file is not a CSV table"),
    ],
)
def test_file_that_is_no_roster_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(RosterUnreadable) as refused:
        read_roster(content)
    assert refused.value.reason.startswith(reason)


def test_heading_alone_is_an_empty_roster() -> None:
    roster = read(HEADING)
    assert (roster.entries, roster.rejected) == ((), ())


def test_empty_lines_before_the_heading_do_no_harm() -> None:
    roster = read("", HEADING.replace(",", ";"), AIZADA.replace(",", ";"), "S-2;pupil;А;Б")
    assert len(roster.entries) == 1
    assert roster.rejected == (RejectedRow(row=4, reason="kind must be one of student, staff: pupil"),)
