"""Rules of corrections."""

from dataclasses import fields, replace

import pytest

from services.corrections.dto import Fact, FactForm
from services.corrections.errors import FactMalformed, FactNeeded, FactNotPrintable, FactTooLong
from services.corrections.rules import choices_of, form_of, read_value, value_of, with_values
from services.people.dto import RosterEntry
from tests.support.papers import STUDY, fact
from tests.support.people import AIZADA

FROM_THE_SOURCE = {"person_no", "kind", "status", "unit", "course", "group_name"}


def test_every_fact_of_the_roster_can_be_corrected_but_those_of_the_source() -> None:
    assert {field.name for field in fields(RosterEntry)} - FROM_THE_SOURCE == set(Fact)


@pytest.mark.parametrize("one", Fact)
def test_value_goes_into_the_entry_and_comes_out_as_it_was(one: Fact) -> None:
    for value in ("", "2026-09-01" if form_of(one) is FactForm.DATE else "Сөз"):
        assert value_of(with_values(AIZADA, {one: value}), one) == value
    assert with_values(AIZADA, {one: value_of(AIZADA, one)}) == AIZADA


@pytest.mark.parametrize(
    ("one", "typed", "stored"),
    [
        (Fact.LAST_NAME, "  Асан\u00a0  уулу\n", "Асан уулу"),
        (Fact.LAST_NAME, "Йй", "Йй"),  # composed
        (Fact.PATRONYMIC, " ", ""),
        (Fact.NAME_LATIN, "O’Brien-Asanova  Jyldyz", "O’Brien-Asanova Jyldyz"),
        (Fact.NAME_LATIN, "Müller José", "Müller José"),
        (Fact.BIRTH_DATE, "01.09.2006", "2006-09-01"),
        (Fact.BIRTH_DATE, "1.9.2006", "2006-09-01"),
        (Fact.BIRTH_DATE, "1 сентября  2006 г.", "2006-09-01"),
        (Fact.BIRTH_DATE, "2006-жылдын 1-сентябры", "2006-09-01"),
        (Fact.VISA_EXPIRES, "2026-12-31", "2026-12-31"),
        (Fact.VISA_EXPIRES, "", ""),
        (Fact.PHONE, "0555 12-34-56", "0555 12-34-56"),
        (Fact.PHONE, "+996 555 123456, 0312 54-12-34", "+996 555 123456, 0312 54-12-34"),
        (Fact.EMAIL, "a.b@university.kg", "a.b@university.kg"),
        (Fact.PROGRAMME_EN, "Software Engineering (B.Sc.)", "Software Engineering (B.Sc.)"),
        (Fact.STUDY_FORM, "part_time", "part_time"),
    ],
)
def test_what_was_typed_is_stored_as_the_roster_would_have_it(one: Fact, typed: str, stored: str) -> None:
    assert read_value(one, typed, ("full_time", "part_time")) == stored


@pytest.mark.parametrize(
    ("one", "typed"),
    [
        (Fact.NAME_LATIN, "Маматова"),
        (Fact.NAME_LATIN, "Mаmatova"),  # a Cyrillic а
        (Fact.NAME_LATIN, "Asan 2"),
        (Fact.NAME_LATIN, "-"),
        (Fact.PROGRAMME_EN, "Software инженерия"),
        (Fact.POST_EN, "Дean"),
        (Fact.BIRTH_DATE, "32.01.2006"),
        (Fact.BIRTH_DATE, "tomorrow"),
        (Fact.BIRTH_DATE, "01.09.0206"),
        (Fact.BIRTH_DATE, "01.09.06"),
        (Fact.PHONE, "12"),
        (Fact.PHONE, "жок"),
        (Fact.EMAIL, "university.kg"),
        (Fact.EMAIL, "a b@c.kg"),
        (Fact.STUDY_FORM, "evening"),
    ],
)
def test_what_cannot_be_the_fact_is_refused(one: Fact, typed: str) -> None:
    with pytest.raises(FactMalformed) as refused:
        read_value(one, typed, ("full_time", "part_time"))
    assert (refused.value.fact, refused.value.form) == (one, form_of(one))


def test_nobody_is_left_without_a_surname() -> None:
    with pytest.raises(FactNeeded):
        read_value(Fact.LAST_NAME, " \n ", ())


def test_text_has_an_end() -> None:
    assert len(read_value(Fact.PROGRAMME_KY, "ы" * 300, ())) == 300
    with pytest.raises(FactTooLong):
        read_value(Fact.PROGRAMME_KY, "ы" * 301, ())


@pytest.mark.parametrize("sign", ["\x00", "\u200b", "\u202e", "\u00ad", "\ufeff", "\ue000"])
def test_what_nobody_sees_is_refused(sign: str) -> None:
    with pytest.raises(FactNotPrintable) as refused:
        read_value(Fact.LAST_NAME, f"Асан{sign}ов", ())
    assert refused.value.signs == (sign,)


def test_degrees_are_those_that_papers_have_words_for() -> None:
    kind = replace(STUDY, facts=(*STUDY.facts, fact("degree", choices=("master", "bachelor"))))
    assert choices_of([STUDY, kind])[Fact.DEGREE] == ("bachelor", "master")
    assert choices_of([kind])[Fact.FUNDING] == ("budget", "contract")
