"""Rules of certificates: which facts stand on a paper, and in which language."""

from dataclasses import replace
from datetime import date

import pytest

from services.certificates.dto import CertificateKind, FactType, Requirement
from services.certificates.rules import (
    Profile,
    facts_digest,
    facts_of,
    missing_facts,
    new_code,
    printed_number,
    read_code,
    valid_until,
)
from services.codes import printed_code
from services.languages import Language, Trilingual
from services.people.dto import RosterEntry
from tests.support.papers import ARCHIVE, STUDY, fact
from tests.support.people import AIZADA, BAKYT, NURLAN, changed

INSTITUTE = Trilingual(ky="МТ институту", ru="Институт ИТ", en="Institute of IT")


def profile(entry: RosterEntry = AIZADA, unit: Trilingual | None = INSTITUTE) -> Profile:
    return Profile(person_id=1, entry=entry, unit_name=unit)


def kind_of(*names: str, requirement: Requirement = Requirement.REQUIRED) -> CertificateKind:
    return replace(STUDY, facts=tuple(fact(name, requirement=requirement) for name in names))


def missing(entry: RosterEntry, kind: CertificateKind, language: Language) -> tuple[str, ...]:
    person = profile(entry)
    return missing_facts(person, kind, facts_of(person, kind, language, {}))


def test_facts_stand_in_the_language_of_the_paper_and_in_the_order_of_the_kind() -> None:
    assert facts_of(profile(), STUDY, Language.KY, {}) == {
        "name": "Маматова Айзада Бакытовна",
        "unit": "МТ институту",
        "programme": "Программалык инженерия",
        "course": "2",
        "group": "ПИ-1-25",
        "study_form": "full_time",
        "admission_order": "№ 45, 20.08.2025",
        "expected_graduation": "2029-06-30",
    }
    assert list(facts_of(profile(), STUDY, Language.RU, {})) == [rule.name for rule in STUDY.facts]
    english = facts_of(profile(), STUDY, Language.EN, {})
    assert (english["name"], english["unit"], english["programme"]) == (
        "Mamatova Aizada", "Institute of IT", "Software Engineering",
    )  # fmt: skip


@pytest.mark.parametrize("language", Language)
def test_fact_that_exists_only_in_other_languages_is_left_out(language: Language) -> None:
    entry = changed(AIZADA, **{f"programme_{language.value}": ""})
    names = Trilingual(**{other.value: "" if other is language else INSTITUTE.get(other) for other in Language})
    facts = facts_of(profile(entry, names), STUDY, language, {})
    assert "programme" not in facts
    assert "unit" not in facts
    assert missing_facts(profile(entry, names), STUDY, facts) == ("unit", "programme")


def test_english_paper_needs_the_stored_latin_name() -> None:
    assert missing(NURLAN, STUDY, Language.EN) == ("name", "programme")
    assert missing(NURLAN, STUDY, Language.KY) == ()


@pytest.mark.parametrize(
    ("requirement", "names"), [(Requirement.REQUIRED, ("shoe_size",)), (Requirement.IF_IN_ROSTER, ())]
)
def test_fact_that_no_roster_has_is_missing(requirement: Requirement, names: tuple[str, ...]) -> None:
    kind = kind_of("name", "shoe_size", requirement=requirement)
    assert set(facts_of(profile(), kind, Language.KY, {})) == {"name"}
    assert missing(AIZADA, kind, Language.KY) == names


def test_name_without_patronymic_has_two_parts() -> None:
    assert facts_of(profile(NURLAN), STUDY, Language.RU, {})["name"] == "Асан уулу Нурлан"


@pytest.mark.parametrize("name_latin", ["Маматова Айзада", "Mamatova Айзада", "Mаmаtоvа Aizada", "Aizadа"])
def test_cyrillic_letters_in_an_english_name_make_it_missing(name_latin: str) -> None:
    assert missing(replace(AIZADA, name_latin=name_latin), STUDY, Language.EN) == ("name",)


@pytest.mark.parametrize("order", ["№ 45-С, 20.08.2025", "№ 45 К", "45/2-А"])
def test_single_cyrillic_letter_of_an_order_number_may_stand_on_an_english_paper(order: str) -> None:
    assert missing(replace(AIZADA, admission_order=order), STUDY, Language.EN) == ()


def test_group_is_a_name_and_stands_as_it_is_on_every_paper() -> None:
    assert facts_of(profile(), STUDY, Language.EN, {})["group"] == "ПИ-1-25"


def test_unit_is_needed_only_where_the_roster_names_one() -> None:
    without = replace(AIZADA, unit="")
    assert missing_facts(profile(without, None), STUDY, facts_of(profile(without, None), STUDY, Language.KY, {})) == ()
    unknown = profile(AIZADA, None)  # the roster names a unit that nobody knows
    assert missing_facts(unknown, STUDY, facts_of(unknown, STUDY, Language.KY, {})) == ("unit",)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["name", "unit", "programme", "post", "group", "course", "admission_order"])
def test_every_fact_may_be_required_only_of_those_who_have_it(name: str, language: Language) -> None:
    kind = kind_of(name, requirement=Requirement.IF_IN_ROSTER)
    assert missing(AIZADA, kind, language) == ()
    assert missing(BAKYT, kind, language) in {(), ("name",)}  # an English paper wants his Latin name


@pytest.mark.parametrize(
    ("name", "lacking"),
    [("programme", {"programme_ru": ""}), ("name", {"name_latin": ""}), ("post", {"post_ky": "Декан"})],
)
def test_fact_that_the_roster_has_in_another_language_must_exist_in_this_one(
    name: str, lacking: dict[str, str]
) -> None:
    language = Language.EN if name == "name" else Language.RU
    kind = kind_of(name, requirement=Requirement.IF_IN_ROSTER)
    assert missing(changed(AIZADA, **lacking), kind, language) == (name,)


def test_choice_that_the_university_has_no_word_for_is_missing() -> None:
    kind = replace(STUDY, facts=(fact("study_form", FactType.CHOICE, choices=("evening",)),))
    assert facts_of(profile(), kind, Language.KY, {}) == {}
    assert missing(AIZADA, kind, Language.KY) == ("study_form",)


def test_optional_fact_is_never_missing() -> None:
    kind = kind_of("programme", "unit", requirement=Requirement.OPTIONAL)
    assert missing(BAKYT, kind, Language.EN) == ()


def test_facts_missing_of_an_empty_entry_are_named_in_the_order_of_the_kind() -> None:
    bare = RosterEntry(person_no="S-1", kind=AIZADA.kind, last_name="А", first_name="Б")
    assert missing(bare, STUDY, Language.KY) == (
        "programme", "course", "study_form", "admission_order", "expected_graduation",
    )  # fmt: skip


def test_digest_does_not_depend_on_the_order_of_facts() -> None:
    facts = facts_of(profile(), STUDY, Language.KY, {})
    assert facts_digest(facts) == facts_digest(dict(reversed(facts.items())))
    assert len(facts_digest(facts)) == 32


@pytest.mark.parametrize("change", [{"course": 3}, {"last_name": "Асанова"}, {"admission_order": "№ 46"}])
def test_digest_changes_with_any_fact(change: dict[str, object]) -> None:
    other = changed(AIZADA, **change)
    assert facts_digest(facts_of(profile(other), STUDY, Language.KY, {})) != facts_digest(
        facts_of(profile(), STUDY, Language.KY, {})
    )


def test_digest_is_that_of_the_first_release_for_ever() -> None:
    assert facts_digest({"name": "Өмүр"}).hex() == ("e6738c88761a64fe46a3ae94b37cb4d03776976ce764fb8040293b165ebfaed2")


def test_validity_counts_from_the_day_of_issue() -> None:
    assert valid_until(STUDY, date(2026, 12, 15), {}) == date(2027, 1, 14)
    assert valid_until(ARCHIVE, date(2026, 12, 15), {}) is None


def test_number_names_the_year_and_the_place_in_its_series() -> None:
    assert printed_number(2026, 7) == "2026-00007"
    assert printed_number(2026, 123_456) == "2026-123456"


def test_new_code_is_read_back_as_it_is_printed() -> None:
    code = new_code()
    assert read_code(printed_code(code)) == code
    assert read_code(code[:-1]) is None
