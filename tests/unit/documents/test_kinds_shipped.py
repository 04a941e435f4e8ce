"""What is shipped: which kinds, for whom, what strangers see of them, the rules of their wording, the demonstration."""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import demonstration
from bot.demonstration.personas import PERSONAS
from bot.demonstration.roster import list_entries
from bot.documents.university import DEMONSTRATION_FILE, University
from bot.documents.wording import placeholders
from services.certificates.dto import Audience, FactType, Publicity, Source
from services.certificates.eligibility import is_for
from services.certificates.rules import Profile, lacking_in_roster
from services.languages import Language
from services.people.dto import PersonStatus, RosterEntry
from tests.unit.documents.papers import AIZADA, DAY, ELENA, GULNARA, MTI, NURSULTAN, PEOPLE


def test_fourteen_kinds_are_offered_to_those_they_are_for(university: University) -> None:
    assert list(university.kinds) == [
        *("study", "period", "grades", "scholarship", "payment", "dormitory", "military", "social", "visa"),
        *("academic", "summons", "antiplagiarism", "work", "work_full"),
    ]
    automatic = {kind.id for kind in university.certificate_kinds if not kind.approved}
    assert automatic == {"study", "period", "military", "social", "work"}
    kinds = {kind.id: kind for kind in university.certificate_kinds}
    assert {kind.id for kind in university.certificate_kinds if Audience.ON_LEAVE in kind.audience} == {
        *("grades", "scholarship", "dormitory", "social", "academic"),
    }
    assert kinds["payment"].only == {"funding": ("contract",)}
    assert kinds["summons"].valid_until_fact == "session_to"
    assert kinds["academic"].validity_days is None
    assert [kind.id for kind in university.certificate_kinds if kind.fee] == ["academic"]
    assert {kind: it.promised_days for kind, it in kinds.items() if it.promised_days != 3} == {
        **dict.fromkeys(automatic, 0),
        **dict.fromkeys(("grades", "visa", "academic"), 5),
    }


def kyrgyz_texts(value: object) -> Iterator[str]:
    """Yield every Kyrgyz text of a parsed file, inflected forms too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and (key == "ky" or key.startswith("ky_")):
                yield inner
            yield from kyrgyz_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from kyrgyz_texts(inner)


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    return tomllib.loads(DEMONSTRATION_FILE.read_text(encoding="utf-8"))


def test_nothing_is_glued_to_a_value_in_kyrgyz(raw: dict[str, Any]) -> None:
    for text in kyrgyz_texts(raw):
        for end in re.finditer(r"\}(-?\w*)", text):
            assert end[1] in {"", "-окуу", "-семестри", "-барак"}, text


def test_information_and_certificate_are_not_confused(raw: dict[str, Any]) -> None:
    texts = [text for text in kyrgyz_texts(raw) if re.search(r"маалымат(?!тык)", text, re.IGNORECASE)]
    assert texts == ["Маалымат {date|dat} карата берилди."]


def test_the_languages_of_a_line_name_the_same_values(university: University) -> None:
    for wording in university.kinds.values():
        for line in (*wording.openings, *wording.lines, *wording.endings):
            named = [sorted(value.name for value in placeholders(line.text.get(language))) for language in Language]
            assert named[0] == named[1] == named[2], line


def test_no_doubt_and_no_letter_of_another_alphabet_is_shipped(raw: dict[str, Any]) -> None:
    text = DEMONSTRATION_FILE.read_text(encoding="utf-8")
    assert "(?)" not in text
    for kyrgyz in kyrgyz_texts(raw):
        assert not re.search(r"[a-z][а-яёөүң]|[а-яёөүң][a-z]", re.sub(r"\{[^}]*\}", " ", kyrgyz), re.IGNORECASE)


def test_a_fact_is_called_the_same_in_every_paper(university: University) -> None:
    for name, label in university.labels.items():
        for wording in university.kinds.values():
            own = university.label(wording.kind.id, name)
            assert own is not None
            assert (own.ky == label.ky) or (wording.kind.id, name) == ("antiplagiarism", "name")


def test_names_of_kinds_fit_a_button(university: University) -> None:
    for kind in university.certificate_kinds:
        assert max(len(kind.name.get(language)) for language in Language) <= 30, kind.id
        texts = [kind.name.get(language) for language in Language]
        assert all(text[0].isupper() and text.count(".") == 0 for text in texts)


def test_the_page_that_checks_a_paper_shows_no_private_fact(university: University) -> None:
    shown = {
        (kind.id, rule.name): rule.public
        for kind in university.certificate_kinds
        for rule in kind.facts
        if rule.public is not Publicity.NO
    }
    masked = {name for (_, name), public in shown.items() if public is Publicity.MASKED}
    open_facts = {name for (_, name), public in shown.items() if public is Publicity.YES}
    assert masked == {
        *("admission_order", "birth_date", "passport_no", "employer", "order_no"),
        *("paid", "monthly_amount", "total_amount"),
    }
    assert not masked & open_facts
    for kind in university.certificate_kinds:
        for rule in kind.facts:
            if rule.type in {FactType.MONEY, FactType.TABLE, FactType.COUNTRY}:
                assert rule.public is not Publicity.YES, (kind.id, rule.name)


def test_whatever_is_typed_is_explained(university: University) -> None:
    """Texts and numbers say what to write; dates and choices explain themselves."""
    unexplained = {
        rule.name
        for kind in university.certificate_kinds
        for rule in (*kind.facts_from(Source.ASKED), *kind.facts_from(Source.DESK))
        if rule.type in {FactType.TEXT, FactType.TABLE} and university.hint(kind.id, rule.name) is None
    }
    assert unexplained == {"room", "system", "report_no"} | (unexplained & {"order_no"})


def test_desks_are_units_of_the_demonstration_under_the_same_names(university: University) -> None:
    file = Path(demonstration.__file__).parent / "data" / "units.csv"
    units = {row["code"]: row for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())}
    assert {kind.desk for kind in university.certificate_kinds} == {
        *("ob", "accounting", "achb", "ebb", "mtd", "arb"),
    }
    for kind in university.certificate_kinds:
        for language in Language:
            assert units[kind.desk][f"name_{language}"] == kind.desk_name.get(language)


def test_somebody_of_the_demonstration_can_have_each_kind_in_each_language(university: University) -> None:
    entries = {entry.person_no: entry for entry in list_entries(DAY)}
    people = [entries[persona.person_no] for persona in PERSONAS if persona.person_no]
    for kind in university.certificate_kinds:
        meant = [Profile(person_id=1, entry=entry, unit_name=MTI) for entry in people if is_for(kind, entry)]
        for language in kind.languages:
            assert any(not lacking_in_roster(profile, kind, language) for profile in meant), (kind.id, language)
    statuses = {entry.status for entry in people}
    assert {PersonStatus.ACTIVE, PersonStatus.LEAVE, PersonStatus.GRADUATED} <= statuses


def test_students_and_staff_are_offered_their_own(university: University) -> None:
    def offers(entry: RosterEntry) -> set[str]:
        return {kind.id for kind in university.certificate_kinds if is_for(kind, entry)}

    everyday = {"study", "period", "grades", "scholarship", "dormitory", "military", "social", "academic"}
    assert offers(AIZADA) == everyday | {"antiplagiarism"}
    assert offers(NURSULTAN) == everyday | {"antiplagiarism", "payment"}
    assert offers(PEOPLE["visa"]) == everyday | {"antiplagiarism", "payment", "visa"}
    assert offers(PEOPLE["summons"]) == everyday | {"antiplagiarism", "payment", "summons"}
    assert offers(replace(GULNARA, status=PersonStatus.LEAVE)) == {
        "grades",
        "scholarship",
        "dormitory",
        "social",
        "academic",
    }
    assert offers(replace(GULNARA, status=PersonStatus.GRADUATED)) == {"grades"}
    assert offers(PEOPLE["academic"]) == {"grades", "academic"}
    assert offers(ELENA) == {"work", "work_full", "antiplagiarism"}
