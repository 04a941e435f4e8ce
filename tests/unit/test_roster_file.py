"""Roster files as offices send them: every delimiter and encoding, and every mistake with its row."""

from datetime import date

import pytest

from bot.i18n import Catalogues
from handlers.roster.facts import choice_word
from handlers.roster.problems import fault_text, row_text
from services.people.dto import PersonKind, PersonStatus, RosterFile
from services.people.errors import RosterUnreadable
from services.people.headings import value_of
from services.people.roster_file import CHOICE_COLUMNS, COLUMNS, read_roster

I18N = Catalogues()
HEADING = "person_no,kind,last_name,first_name"
AIZADA = "S-1001,student,Маматова,Айзада"
NURLAN = "S-1002,student,Асан уулу,Нурлан"


def read(*lines: str, encoding: str = "utf-8") -> RosterFile:
    return read_roster("\r\n".join(lines).encode(encoding))


def reasons(roster: RosterFile) -> list[tuple[int, str]]:
    with I18N.context(), I18N.use_locale("en"):
        return [(row.row, row_text(row)) for row in roster.rejected]


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
        "work_permit_expires": "2027-03-01", "post_ky": "а", "post_ru": "б", "post_en": "в",
        "curator_of": "",
    }  # fmt: skip
    assert set(values) == set(COLUMNS)
    (entry,) = read(",".join(values), ",".join(values.values())).entries
    assert entry.admission_date == date(2025, 8, 25)
    assert (entry.status, entry.course, entry.group_name) == (PersonStatus.LEAVE, 2, "ПИ-1-25")
    assert (entry.registration_expires, entry.work_permit_expires) == (date(2027, 2, 1), date(2027, 3, 1))
    assert entry.post_en == "в"


@pytest.mark.parametrize(
    ("kind", "heading", "groups"),
    [
        ("staff", "Кураторлук тайпасы", "ПИ-1-25; ПИ-2-25"),
        ("staff", "Куратор группы", "ПИ-1-25; ПИ-2-25"),
        ("staff", "Curator of", "ПИ-1-25; ПИ-2-25"),
        ("student", "Куратор", ""),
    ],
)
def test_groups_of_a_curator_are_read_of_employees_only(kind: str, heading: str, groups: str) -> None:
    row = f'E-1,{kind},Токтогулов,Бакыт,"ПИ-1-25;  ПИ-2-25, пи 1 25"'
    (entry,) = read(f"person_no,kind,last_name,first_name,{heading}", row.replace("пи 1 25", "ПИ-1-25")).entries
    assert entry.curator_of == groups
    assert "curator_of" not in read(f"person_no,kind,last_name,first_name,{heading}", row).absent


@pytest.mark.parametrize("text", ["2026-02-30", "31.04.2026", "1/2/2026", "yesterday", "2026", "14.03.06", "46000"])
def test_bad_date_rejects_the_row_and_names_the_column(text: str) -> None:
    roster = one("birth_date", text)
    assert roster.entries == ()
    assert reasons(roster) == [(2, f"birth_date is not a date like 2026-09-01 or 01.09.2026: {text}")]


@pytest.mark.parametrize("text", ["0", "8", "-1", "2.5", "second", "²", "9" * 1500])
def test_bad_course_rejects_the_row(text: str) -> None:
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    assert reasons(one("course", text)) == [(2, f"course must be a number from 1 to 7: {shown}")]


@pytest.mark.parametrize(
    ("column", "value", "allowed"),
    [
        ("study_form", "evening", "full_time, part_time"),
        ("funding", "насыя", "budget, contract"),
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
        (b"", "The file is empty."),
        (b"\r\n , \r\n", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        ("person_no;kind".encode("utf-16"), "The heading in row 1 lacks the column(s): last_name (Last name), first"),
        ("person_no".encode("utf-16-le"), "This is not a table that can be read."),
        (b"\x98\xff", "The letters of the file cannot be read. Save it as XLSX, or as CSV in UTF-8."),
        ("person_no\nӨмүр Ы\n".encode()[:-2] + b"\n", "The letters of the file cannot be read."),
        (b"%PDF-1.7\n\xe2\xe3", "This is a PDF."),
        (b"MZ\x90\x00\x03", "This is a program, not a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Excel file (.xls), or one with a password."),
        (b"\x89PNG\r\n", "This is a picture."),
        (b"\r\n<html><table>", "This is a web page"),
        (b"PK\x05\x06" + b"\0" * 18, "The file is empty."),
        (
            b"hello\nworld",
            "No heading is found in the first ten rows. The heading lacks the column(s): person_no (Numbe",
        ),
        (
            b"person_no,kind,first_name\nS-1,student,A",
            "The heading in row 1 lacks the column(s): last_name (Last name).",
        ),
        (b"person_no,kind,last_name,first_name,KIND\n", "These headings mean the same: kind, KIND."),
        ("person_no,kind,last_name,first_name,Топ,Группа\n".encode(), "These headings mean the same: Топ, Группа."),
        (b'person_no,kind,last_name,first_name\n"S-1,student,A,B', "The file is not a CSV table"),
        (b"person_no" + b"," * 600_000, "The file is not a CSV table"),
        (b"x" * (20 * 2**20 + 1), "The file is larger than 20 MB."),
    ],
    ids=lambda value: ascii(value[:16]),
)
def test_file_that_is_no_roster_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(RosterUnreadable) as refused:
        read_roster(content)
    with I18N.context(), I18N.use_locale("en"):
        assert fault_text(refused.value.fault).startswith(reason)


def test_heading_alone_is_an_empty_roster() -> None:
    roster = read(HEADING)
    assert (roster.entries, roster.rejected) == ((), ())


def test_empty_lines_before_the_heading_do_no_harm() -> None:
    roster = read("", HEADING.replace(",", ";"), AIZADA.replace(",", ";"), "S-2;pupil;А;Б")
    assert len(roster.entries) == 1
    assert reasons(roster) == [(4, "kind must be one of student, staff: pupil")]


def test_all_problems_of_a_row_are_told_at_once() -> None:
    roster = read(f"{HEADING},birth_date,course,status", "S-1,pupil,,Б,31.02.2006,12,sick")
    ((row, reason),) = reasons(roster)
    assert row == 2
    for part in ("last_name is empty", "pupil", "31.02.2006", "course must be a number from 1 to 7: 12", "sick"):
        assert part in reason


def test_number_is_the_same_however_it_is_spelt() -> None:
    roster = read(
        HEADING,
        AIZADA,
        "ѕ-1001,student,Башка,Бирөө",
        "s-1001 ,student,Башка,Бирөө",
        "С-7,student,А,Б",
        "C-7,student,А,Б",
    )
    assert reasons(roster) == [
        (4, "person_no s-1001 stands already in row 2"),
        (6, "person_no C-7 stands already in row 5"),
    ]


def test_titles_above_the_heading_are_passed_over_and_rows_keep_their_numbers() -> None:
    roster = read(
        "sep=;", "Студенттердин тизмеси;;;", "", HEADING.replace(",", ";"), AIZADA.replace(",", ";"), "S-2;x;А;Б"
    )
    assert [entry.person_no for entry in roster.entries] == ["S-1001"]
    assert [row for row, _reason in reasons(roster)] == [6]


@pytest.mark.parametrize(
    "heading",
    [
        "Студенттик билеттин номери;Түрү;Фамилиясы;Аты;Атасынын аты;Туулган күнү;Тайпа;Окуу формасы;Абалы",
        "№ студ. билета;Категория;Фамилия;Имя;Отчество;Дата рождения (дд.мм.гггг);Группа;Форма обучения;Статус",
        "Student ID;Type;Surname;Given Name;Patronymic;Date of birth;Study group;Form of study;Status",
        "СТУДЕНТТИК БИЛЕТТИН НОМЕРИ;Туру;Фамилиясы;Аты;Атасынын аты;Туулган куну;Tоп;Окуу  формасы;Статусу",
    ],
)
def test_headings_are_kyrgyz_russian_or_english(heading: str) -> None:
    roster = read(heading, "S-1;Студент;Асанова;Айгүл;Бакытовна;1.9.2006;ПИ-1;күндүзгү;академиялык өргүү")
    (entry,) = roster.entries
    assert (entry.person_no, entry.kind, entry.last_name, entry.patronymic) == (
        "S-1",
        "student",
        "Асанова",
        "Бакытовна",
    )
    assert (entry.birth_date, entry.group_name, entry.study_form) == (date(2006, 9, 1), "ПИ-1", "full_time")
    assert entry.status is PersonStatus.LEAVE
    assert roster.unknown_columns == ()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_words_that_a_problem_offers_are_understood(language: str) -> None:
    with I18N.context(), I18N.use_locale(language):
        offered = {
            column: [(value, choice_word(value)) for value in values] for column, values in CHOICE_COLUMNS.items()
        }
    assert all(value_of(column, word) == value for column, words in offered.items() for value, word in words)


def test_running_numbers_are_no_unknown_column() -> None:
    assert read(f"№,{HEADING},Эскертүү", f"1,{AIZADA},х").unknown_columns == ("Эскертүү",)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-09-01", date(2026, 9, 1)),
        ("01.09.2026", date(2026, 9, 1)),
        ("1.9.2026", date(2026, 9, 1)),
        ("01.09.2026 г.", date(2026, 9, 1)),
        ("2026-09-01 00:00:00", date(2026, 9, 1)),
        ("1 сентября 2026 г.", date(2026, 9, 1)),
        ("«20» августа 2025 г.", date(2025, 8, 20)),
        ("2026-жылдын 1-сентябры", date(2026, 9, 1)),
        ("2026-ж. 3-май", date(2026, 5, 3)),
        ("-", None),
    ],
)
def test_days_are_read_as_offices_write_them(text: str, day: date | None) -> None:
    assert one("birth_date", text).entries[0].birth_date == day


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", '=HYPERLINK("x")'])
def test_formula_in_a_csv_rejects_the_row(text: str) -> None:
    cell = text.replace('"', '""')
    ((row, reason),) = reasons(one("phone", f'"{cell}"'))
    assert (row, "E2 (phone) holds a formula" in reason) == (2, True)


@pytest.mark.parametrize("text", ["+996 (700) 00-00-01", "+996700000001; 0555123456", "0700 000 001"])
def test_telephone_is_no_formula(text: str) -> None:
    assert one("phone", text).entries[0].phone == text


def test_number_that_a_spreadsheet_has_rounded_rejects_the_row() -> None:
    ((_row, reason),) = reasons(one("phone", '"9,96555E+11"'))
    assert "has lost digits" in reason


def test_letters_that_only_look_right_are_mended() -> None:
    (entry,) = read(f"{HEADING},programme_ky", "S-1,student,Cадыкова,Гүлѳй,Жаӊы Tехнология").entries
    assert (entry.last_name, entry.first_name, entry.programme_ky) == ("Садыкова", "Гүлөй", "Жаңы Технология")


def test_course_may_be_written_with_its_word() -> None:
    assert [one("course", text).entries[0].course for text in ("2", "2-курс", "2 курс")] == [2, 2, 2]


def test_degree_is_a_known_word_or_stays_as_it_is() -> None:
    assert [one("degree", text).entries[0].degree for text in ("Бакалавр", "master", "Адъюнкт")] == [
        "bachelor", "master", "Адъюнкт",
    ]  # fmt: skip
