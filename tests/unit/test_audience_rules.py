"""How an audience is written, and what its words stand for."""

import pytest

from services.audience.dto import Audience, KnownUnit, Term, TermFault, TermKey
from services.audience.errors import AudienceUnreadable, ListNameUnusable, ListUnreadable
from services.audience.list_file import read_numbers
from services.audience.names import find_unit, is_citizenship, is_programme, with_sub_units
from services.audience.rules import LONGEST_EXPRESSION, list_name, read_audience
from services.tables.dto import FaultKind


def term(key: TermKey, *values: str) -> Term:
    return Term(key=key, values=values)


def test_terms_are_joined_and_values_are_either_or() -> None:
    assert read_audience("role:student unit:mti course:2,3 -lang:ru") == Audience(
        included=(term(TermKey.ROLE, "student"), term(TermKey.UNIT, "mti"), term(TermKey.COURSE, "2", "3")),
        excluded=(term(TermKey.LANG, "ru"),),
    )


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("all", "all"),
        ("  ALL  ", "all"),
        ("аll", "all"),  # the first letter is Cyrillic
        ("all role:student", "role:student"),
        ("-unit:mti", "all -unit:mti"),
        ("all -unit:mti -unit:mti", "all -unit:mti"),
        ("−unit:mti –course:1", "all -unit:mti -course:1"),  # the minuses of a phone
        ("ROLE:Student Kind:STAFF", "role:student kind:staff"),
        ("сourse:2 fоrm:full_timе", "course:2 form:full_time"),  # Cyrillic look-alikes
        ("form:full-time role:unit-head", "form:full_time role:unit_head"),
        ("course: 2", None),
        ("course:1, 2 ,3 lang:ru", "course:1,2,3 lang:ru"),
        ("course:2,1,2", "course:2,1"),
        ("group:ПИ-1-25", "group:ПИ-1-25"),
        ('programme:"Прикладная   информатика"', 'programme:"Прикладная информатика"'),
        ("programme:«Прикладная информатика»,Менеджмент", 'programme:"Прикладная информатика",Менеджмент'),
        ('programme:"Сеть, связь" course:1', 'programme:"Сеть, связь" course:1'),
        ('list:"Донорлор 2026"', 'list:"донорлор 2026"'),
        ("person:s-1001,е-1", "person:S-1001,E-1"),
        ("account:7001,007001", "account:7001"),
        ("citizenship:Foreign,Индия", "citizenship:foreign,Индия"),
        ("status:graduated", "status:graduated"),
        ("unit:МТИ", "unit:МТИ"),
        ("citizenship:Кыргыз", "citizenship:Кыргыз"),
    ],
)
def test_normal_form_says_the_same(written: str, normal: str | None) -> None:
    if normal is None:
        with pytest.raises(AudienceUnreadable):
            read_audience(written)
        return
    audience = read_audience(written)
    assert str(audience) == normal
    assert read_audience(normal) == audience


@pytest.mark.parametrize(
    ("written", "fault", "reason"),
    [
        ("", "", TermFault.EMPTY),
        (" \n ", "", TermFault.EMPTY),
        ("student", "student", TermFault.BARE_WORD),
        ("role:student mti", "mti", TermFault.BARE_WORD),
        ("role:student - unit:mti", "-", TermFault.BARE_WORD),
        ('"role:student"', '"role:student"', TermFault.UNKNOWN_KEY),
        ("roles:student", "roles:student", TermFault.UNKNOWN_KEY),
        ("all:student", "all:student", TermFault.UNKNOWN_KEY),
        (":student", ":student", TermFault.UNKNOWN_KEY),
        ("role:", "role:", TermFault.NO_VALUE),
        ("role: student", "role:", TermFault.NO_VALUE),
        ("course:1,", "course:1,", TermFault.NO_VALUE),
        ("course:1,,2", "course:1,,2", TermFault.NO_VALUE),
        ('programme:" "', 'programme:" "', TermFault.NO_VALUE),
        ("course:9", "course:9", TermFault.IMPOSSIBLE_VALUE),
        ("-course:1,0", "-course:1,0", TermFault.IMPOSSIBLE_VALUE),
        ("lang:de", "lang:de", TermFault.IMPOSSIBLE_VALUE),
        ("kind:магистрант", "kind:магистрант", TermFault.IMPOSSIBLE_VALUE),
        ("form:evening", "form:evening", TermFault.IMPOSSIBLE_VALUE),
        ("status:expelled", "status:expelled", TermFault.IMPOSSIBLE_VALUE),
        ("role:rector", "role:rector", TermFault.IMPOSSIBLE_VALUE),
        ("account:@aizada", "account:@aizada", TermFault.IMPOSSIBLE_VALUE),
        ("account:-1001", "account:-1001", TermFault.IMPOSSIBLE_VALUE),
        ("group:—", "group:—", TermFault.IMPOSSIBLE_VALUE),
        ('programme:"Прикладная информатика', '"Прикладная информатика', TermFault.OPEN_QUOTE),
        ("-all", "-all", TermFault.NOBODY),
        ("role:student -all", "-all", TermFault.NOBODY),
    ],
)
def test_mistake_is_refused_with_its_term(written: str, fault: str, reason: TermFault) -> None:
    with pytest.raises(AudienceUnreadable) as refused:
        read_audience(written)
    assert (refused.value.term, refused.value.reason) == (fault, reason)


def test_refusal_knows_what_would_have_been_possible() -> None:
    with pytest.raises(AudienceUnreadable) as refused:
        read_audience("lang:de")
    assert refused.value.allowed == ("ky", "ru", "en")
    with pytest.raises(AudienceUnreadable) as refused:
        read_audience("roles:student")
    assert "role" in refused.value.allowed


def test_whoever_names_too_many_brings_a_list() -> None:
    numbers = ",".join(f"S-{number}" for number in range(2_000))
    with pytest.raises(AudienceUnreadable) as refused:
        read_audience(f"person:{numbers}")
    assert refused.value.reason is TermFault.TOO_LONG
    assert len(refused.value.term) < 50
    most = ",".join(f"{number:07}" for number in range((LONGEST_EXPRESSION - len("person:")) // 8))
    assert len(read_audience(f"person:{most}").included[0].values) > 450


@pytest.mark.parametrize(
    ("written", "kept"), [("Донорлор", "донорлор"), ("  Donors   2026 ", "donors 2026"), ("Дoнорлор", "донорлор")]
)
def test_list_has_one_name_however_it_is_written(written: str, kept: str) -> None:
    assert list_name(written) == kept
    assert read_audience(f'list:"{written}"').included[0].values == (kept,)


@pytest.mark.parametrize("name", ["", "  ", 'so "called"', "«доноры»", "я" * 101])
def test_list_cannot_have_a_name_that_no_expression_can_say(name: str) -> None:
    with pytest.raises(ListNameUnusable):
        list_name(name)


UNITS = (
    KnownUnit(id=1, code="mti", parent_code="", names=("МТИ", "Институт ИТ", "")),
    KnownUnit(id=2, code="chair-software", parent_code="mti", names=("ПИ каф.", "Каф.")),
    KnownUnit(id=3, code="lab", parent_code="chair-software", names=("Каф.",)),
    KnownUnit(id=4, code="dir-mti", parent_code="mti", names=("Директор",), is_post=True),
    KnownUnit(id=5, code="OB", parent_code="", names=("Окуу бөлүмү",)),
    KnownUnit(id=6, code="transport", parent_code="", names=("ОВ",)),
)


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("mti", 1), ("MTI", 1), ("МТИ", 1), ("институт ИТ", 1), ("окуу болуму", 5), ("ob", 5),
        ("ОВ", 6),  # an abbreviation in Cyrillic letters, and not the code OB that looks like it
        ("сhair-software", 2),  # the first letter is Cyrillic
        ("Каф.", None), ("dir-mti", None), ("Директор", None), ("unknown", None),
    ],
)  # fmt: skip
def test_unit_is_named_by_its_code_or_by_what_it_alone_is_called(word: str, unit: int | None) -> None:
    assert find_unit(word, UNITS) == unit


def test_sub_units_belong_to_their_unit_also_in_a_circle() -> None:
    assert with_sub_units(1, UNITS) == {1, 2, 3, 4}
    assert with_sub_units(3, UNITS) == {3}
    circle = (KnownUnit(id=7, code="a", parent_code="b"), KnownUnit(id=8, code="b", parent_code="a"))
    assert with_sub_units(7, circle) == {7, 8}


@pytest.mark.parametrize(
    ("word", "citizenship", "meant"),
    [
        ("Индия", "ИНДИЯ", True), ("Индия", "Индонезия", False), ("Өзбекстан", "Озбекстан", True),
        ("kg", "Кыргызстан", True), ("Кыргыз Республикасы", "KG", True), ("foreign", "Индия", True),
        ("foreign", "Кыргызская  Республика", False), ("foreign", "", False), ("foreign", "Кыргызстан", False),
        ("Индия", "", False),
    ],
)  # fmt: skip
def test_citizenship_is_a_country_however_it_is_called(word: str, citizenship: str, meant: bool) -> None:
    assert is_citizenship(word, citizenship) is meant


def test_programme_is_named_whole() -> None:
    assert is_programme("программная ИНЖЕНЕРИЯ", "Программная инженерия")
    assert not is_programme("Программная", "Программная инженерия")
    assert not is_programme("", "")


def test_numbers_are_read_from_any_table_that_has_them() -> None:
    table = "№;Студенттик билеттин номери;Аты\n1;S-1;Айзада\n2; S-2 ;Нурлан\n3;S-1;Айзада\n\n"
    assert read_numbers(table.encode()) == ["S-1", "S-2"]


def test_file_without_numbers_is_no_list() -> None:
    with pytest.raises(ListUnreadable) as refused:
        read_numbers(b"name,group\nx,y\n")
    assert refused.value.fault is not None
    assert (refused.value.fault.kind, refused.value.fault.names) == (FaultKind.MISSING_COLUMNS, ("person_no",))


def test_number_that_has_shifted_is_not_trusted() -> None:
    with pytest.raises(ListUnreadable) as refused:
        read_numbers(b"person_no,name\nS-1,A\nS-2,B,C\n")
    assert (refused.value.fault, refused.value.row) == (None, 3)
