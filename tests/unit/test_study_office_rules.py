"""Rules of the registrar's search and of the card."""

from dataclasses import replace

import pytest

from services.certificates.rules import Profile
from services.corrections.dto import Fact
from services.db.repositories.study_office import written_query
from services.languages import Language, Trilingual
from services.people.dto import PersonStatus, RosterEntry
from services.study_office.errors import NothingToSearch, SearchTooLong
from services.study_office.rules import Wanted, lacking, read_certificate_number, read_search, unprintable
from tests.support.papers import ARCHIVE, STUDY, PlainStationery, fact
from tests.support.people import AIZADA, BAKYT, NURLAN


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Асанова  Айзада", (("асанова",), ("айзада",))),
        ("АСАНОВ", (("асанов",),)),
        ("Өмүрова", (("омурова",),)),
        ("mamatova", (("mamatova",),)),
        ("S-1001", (("s1001",),)),
        ("Е-1", (("е1", "e1"),)),  # a Cyrillic Е: the number's is Latin
        ("ПИ-1-25", (("пи125", "пи125"),)),
        ("асан асан", (("асан",),)),
        ("1 2 3 4 5 6 7 8 9 10", tuple((str(n),) for n in range(1, 9))),
    ],
)
def test_words_are_folded_and_what_is_one_piece_stays_one(typed: str, words: tuple[tuple[str, ...], ...]) -> None:
    first = read_search(typed)[0]
    assert [set(group) & set(expected) for group, expected in zip(first.words, words, strict=True)] == [
        set(expected) for expected in words
    ]


def test_what_was_one_piece_is_taken_apart_where_nothing_was_found() -> None:
    exact, loose = read_search("Асанова-Ким")
    assert [group[0] for group in exact.words] == ["асановаким"]
    assert [group[0] for group in loose.words] == ["асанова", "ким"]
    assert "e" in read_search("Е 1001")[1].words[0]  # the number's letter may be the Latin one


@pytest.mark.parametrize("typed", ["0555 12-34-56", "+996 (555) 123456", "996555123456", "555123456"])
def test_phone_is_known_in_any_notation(typed: str) -> None:
    assert read_search(typed)[0].phone == "996555123456"


def test_number_with_letters_is_no_phone() -> None:
    assert read_search("ПИ-12345-67890")[0].phone == ""


@pytest.mark.parametrize("typed", ["", " ", "—", "🎓", "\x00", "()&|!:*", "'"])
def test_nothing_to_look_for_is_refused(typed: str) -> None:
    with pytest.raises(NothingToSearch):
        read_search(typed)


def test_more_than_any_name_is_refused() -> None:
    with pytest.raises(SearchTooLong):
        read_search("а" * 101)


def test_query_quotes_every_word() -> None:
    wanted = Wanted(words=(("а'б", "a\\b"), ("в",)), phone="996")
    assert written_query(wanted) == r"(('а''б':* | 'a\\b':*) & ('в':*)) | '996':*"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2026-00012", "2026-00012"), (" № 2026-00012 ", "2026-00012"), ("2026-1", None), ("S-2026-00012", None)],
)
def test_number_of_a_certificate_is_recognised(typed: str, number: str | None) -> None:
    assert read_certificate_number(typed) == number


def profile(entry: RosterEntry) -> Profile:
    return Profile(person_id=1, entry=entry, unit_name=Trilingual(ky="Институт", ru="Институт", en="Institute"))


def test_what_lacks_for_a_language_is_named_by_the_fact_that_is_to_be_entered() -> None:
    (english,) = lacking(profile(NURLAN), [STUDY, ARCHIVE])
    assert english.language is Language.EN
    assert [missing.fact for missing in english.facts] == [Fact.NAME_LATIN, Fact.PROGRAMME_EN]


def test_what_only_the_source_can_give_is_named_without_a_fact_to_enter() -> None:
    kyrgyz, *_others = lacking(profile(replace(AIZADA, course=None)), [STUDY])
    assert [(missing.name, missing.fact) for missing in kyrgyz.facts] == [("course", None)]


@pytest.mark.parametrize("entry", [AIZADA, BAKYT, replace(NURLAN, status=PersonStatus.LEAVE)])
def test_nothing_lacks_for_whom_no_certificate_is_issued_or_all_are(entry: RosterEntry) -> None:
    assert lacking(profile(entry), [STUDY]) == ()


def test_facts_with_signs_that_no_paper_shows_are_named() -> None:
    entry = replace(AIZADA, first_name="Айзада☃", programme_ru="☃")
    kinds = [replace(STUDY, facts=(*STUDY.facts, fact("name")))]
    found = unprintable(profile(entry), kinds, PlainStationery().can_print)
    assert found == (Fact.FIRST_NAME, Fact.PROGRAMME_RU)
    assert unprintable(profile(replace(BAKYT, first_name="☃")), kinds, PlainStationery().can_print) == ()
