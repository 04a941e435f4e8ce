"""The university file: the shipped one is whole, and every kind of mistake is named."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.documents import university_reader, university_rules
from bot.documents.university import DEMONSTRATION_FILE, University, UniversityFileError, load
from services.certificates.dto import Publicity, Requirement
from services.expiries.dto import Paper
from services.languages import Language

Change = Callable[[dict[str, Any]], object]


def problems_after(change: Change) -> list[str]:
    """Read the shipped file with one change and return what is found wrong with it."""
    raw = tomllib.loads(DEMONSTRATION_FILE.read_text(encoding="utf-8"))
    change(raw)
    university, problems = university_reader.read(raw)
    return problems + (university_rules.check(university) if university else [])


def test_shipped_file_offers_the_place_of_study_paper(university: University) -> None:
    kind = university.kinds["study"].kind
    assert (kind.desk, kind.validity_days, kind.approved) == ("ob", 30, False)
    assert kind.languages == tuple(Language)
    needed = {fact.name for fact in kind.facts if fact.requirement is Requirement.REQUIRED}
    assert needed == {"name", "programme", "course", "study_form", "admission_order", "expected_graduation"}
    hidden = {fact.name: fact.public for fact in kind.facts if fact.public is not Publicity.YES}
    assert hidden == {"group": Publicity.NO, "funding": Publicity.NO, "admission_order": Publicity.MASKED}


def test_choices_of_a_kind_know_their_keys(university: University) -> None:
    choices = {fact.name: fact.choices for fact in university.kinds["study"].kind.facts if fact.choices}
    assert choices["study_form"] == ("full_time", "part_time")
    assert set(choices) == {"degree", "study_form", "funding"}


def test_shipped_file_says_who_looks_after_papers_that_end(university: University) -> None:
    assert {paper: guide.office for paper, guide in university.expiring.items()} == {
        Paper.VISA: "ebb", Paper.REGISTRATION: "ebb", Paper.WORK_PERMIT: "arb",
    }  # fmt: skip
    assert all(guide.documents and guide.where.ky for guide in university.expiring.values())
    assert university.working_week == {0, 1, 2, 3, 4}


def test_file_without_papers_that_end_reminds_of_none_and_a_week_may_have_six_days() -> None:
    raw = tomllib.loads(DEMONSTRATION_FILE.read_text(encoding="utf-8"))
    raw.pop("expiring")
    raw["university"]["working_week"] = ["sat", "mon", "tue", "wed", "thu", "fri"]
    university, problems = university_reader.read(raw)
    assert university is not None
    assert problems == []
    assert dict(university.expiring) == {}
    assert university.working_week == {0, 1, 2, 3, 4, 5}


def test_university_is_named_in_every_needed_form(university: University) -> None:
    assert university.name.get(Language.KY, "gen").endswith("университетинин")
    assert university.name.get(Language.KY, "loc").endswith("университетинде")
    assert university.name.get(Language.RU, "prep").startswith("Тенир-Тооском")
    assert university.name.get(Language.EN).startswith("the ")
    assert university.study_office.name.ru == "Учебное управление"
    assert university.group_word.ky == "тайпа"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda raw: raw["university"]["ministry"].pop("en"), "university.ministry.en: is missing"),
        (lambda raw: raw["university"].update(fax="1"), "university.fax: is not a name this file knows"),
        (lambda raw: raw["university"].update(phone=7), "university.phone: should be a text"),
        (lambda raw: raw["university"].update(working_week=["пн"]), "university.working_week: should be a list of mon"),
        (lambda raw: raw["university"].update(working_week=[]), "university.working_week: should be a list of mon"),
        (lambda raw: raw["expiring"].update(passport={}), "expiring.passport: is not a name this file knows"),
        (lambda raw: raw["expiring"]["visa"].pop("office"), "expiring.visa.office: is missing"),
        (
            lambda raw: raw["expiring"]["visa"].update(kind="gone"),
            "expiring.visa.kind: “gone” is no kind of certificate",
        ),
        (lambda raw: raw["expiring"]["visa"]["where"].pop("ky"), "expiring.visa.where.ky: is missing"),
        (
            lambda raw: raw["expiring"]["visa"]["documents"][0].update(ru="ш" * 121),
            "expiring.visa.documents: at most 8, each (and `where`) of at most 120 signs",
        ),
        (lambda raw: raw.update(format=2), "format: should be 1"),
        (lambda raw: raw["contacts"].clear(), "contacts.study_office: is missing"),
        (lambda raw: raw.pop("kinds"), "kinds: is missing: no certificate can be issued"),
        (lambda raw: raw["kinds"].append(raw["kinds"][0]), "kinds[study].id: is used twice"),
        (lambda raw: raw["kinds"][0].update(validity_days=0), "kinds[study].validity_days: should be a whole number"),
        (lambda raw: raw["kinds"][0].update(languages=["ky", "kg"]), "“kg” is not a language of the bot"),
        (lambda raw: raw["kinds"][0].update(id="Study!"), "small Latin letters"),
        (lambda raw: raw["kinds"][0]["facts"][0].update(public="maybe"), "should be one of yes, masked, no"),
        (lambda raw: raw["kinds"][0]["facts"].append(raw["kinds"][0]["facts"][0]), "facts[name]: is given twice"),
        (lambda raw: raw["labels"].pop("name"), "facts[name]: needs a label"),
        (lambda raw: raw["choices"].pop("degree"), "a choice needs its words under choices.degree"),
        (lambda raw: raw["kinds"][0]["lines"].pop(0), "facts[unit]: is public but the paper does not print it"),
        (lambda raw: raw["paper"].pop("as_at"), "paper.as_at.ky: is missing"),
        (
            lambda raw: raw["kinds"][3]["signatory"]["post"].pop("en"),
            "kinds[scholarship].signatory.post.en: is missing",
        ),
        (
            lambda raw: raw["kinds"][3]["signatory"]["name"].update(ru="{name}"),
            "[scholarship].signatory.name.ru: a placeh",
        ),
    ],
)
def test_gap_or_stray_name_is_found(change: Change, expected: str) -> None:
    assert any(expected in problem for problem in problems_after(change))


def opening(**texts: str) -> Change:
    """Return a change of the opening sentence."""
    return lambda raw: raw["kinds"][0]["openings"][0]["text"].update(texts)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (opening(ky="{name}нын {univ|gen}"), "kinds[study].openings[1].text.ky: a suffix glued to {name}"),
        (opening(ky="{name}-ка {univ|gen}"), "a suffix after a hyphen at {name}"),
        (opening(ky="{name} – {univ|gen} студeнти."), "Latin and Cyrillic letters mixed in “студeнти”"),
        (opening(ru="{name} (?) в {univ|prep}"), "a doubt mark (?)"),
        (opening(ru="{nmae} в {univ|prep}"), "nothing is known by the name {nmae}"),
        (opening(en="{name} is here"), "the languages name different values"),
        (opening(en="{name} of {univ|gen}"), "university.name has no form en_gen"),
        (opening(en="{name} of {univ|}"), "a brace that belongs to no placeholder"),
        (opening(ru="{name|gen} в {univ|prep}"), "name is printed as it stands"),
        (opening(ky="{name} {univ|gen} {admission_date}"), "the date admission_date needs a form"),
        (opening(ru="{name} {univ|prep} {admission_date|dat}"), "has one form only in this language"),
        (opening(ky="{study_form|dat} {name} {univ|gen}"), "choices.study_form.full_time has no form ky_dat"),
        (opening(en=" {name} {univ}"), "stray space"),
        (lambda raw: raw["paper"]["as_at"].update(ky="{date} карата"), "paper.as_at.ky: the date date needs a form"),
        (lambda raw: raw["university"]["address"].update(ru="{city}"), "a placeholder where none can be filled"),
        (
            lambda raw: raw["kinds"][0]["lines"][0].update(when={"study_form": ["evening"]}),
            "“evening” is no choice of study_form",
        ),
        (lambda raw: raw["kinds"][0]["lines"][0].update(when={"mood": ["good"]}), "mood is no fact of this kind"),
    ],
)
def test_sentence_that_could_go_wrong_on_paper_is_found(change: Change, expected: str) -> None:
    assert any(expected in problem for problem in problems_after(change))


def test_ordinal_hyphen_is_no_suffix() -> None:
    assert problems_after(opening(ky="{name} – {univ|gen} {course}-курс студенти.")) == [
        (
            "kinds[study].openings[1].text: the languages name different values "
            "(ky: course, name, univ; ru: name, univ; en: name, univ)"
        )
    ]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = DEMONSTRATION_FILE.read_text(encoding="utf-8")
    file = tmp_path / "university.toml"
    file.write_text(
        text.replace('en = "TTSTU"\n', "").replace("{name} – {univ|gen}", "{name}нын {univ|gen}", 1), encoding="utf-8"
    )
    with pytest.raises(UniversityFileError) as refusal:
        load(file)
    assert len(refusal.value.problems) == 2
    assert str(file) in str(refusal.value)


@pytest.mark.parametrize(("content", "expected"), [(b"= 1", "is not TOML"), (b"\xff", "is not TOML in UTF-8")])
def test_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    file = tmp_path / "university.toml"
    file.write_bytes(content)
    with pytest.raises(UniversityFileError, match=expected):
        load(file)


def test_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UniversityFileError, match="cannot be read"):
        load(tmp_path / "none.toml")


def test_new_kind_needs_only_data() -> None:
    """A payment paper with variants by result, a sentence of several values and words of its own."""
    texts = {
        "ky": "Контракттык төлөм боюнча {as_of|dat} карата карыз жок.",
        "ru": "По состоянию на {as_of} задолженность отсутствует.",
        "en": "As at {as_of} no tuition fees are outstanding.",
    }
    word = {"ky": "карыз жок", "ru": "нет задолженности", "en": "no debt"}
    kind = {
        "id": "invoice",
        "desk": "accounting",
        "mode": "approved",
        "promised_days": 3,
        "languages": ["ru"],
        "name": {"ky": "Төлөм жөнүндө", "ru": "Об оплате обучения", "en": "Tuition payment"},
        "desk_name": {"ky": "Бухгалтерия", "ru": "Бухгалтерия", "en": "Accounting Office"},
        "title": {"ky": "МААЛЫМКАТ", "ru": "СПРАВКА", "en": "CERTIFICATE"},
        "subtitle": {"ky": "төлөм жөнүндө", "ru": "об оплате обучения", "en": "of tuition payment"},
        "facts": [
            {"name": "name", "type": "text", "requirement": "required", "public": "yes"},
            {"name": "as_of", "source": "desk", "type": "date", "requirement": "required", "label": word},
            {"name": "result", "source": "desk", "type": "choice", "requirement": "required", "label": word},
        ],
        "openings": [{"text": {"ky": "{name}", "ru": "{name}", "en": "{name}"}}],
        "lines": [{"text": texts, "when": {"result": ["no_debt"]}}],
        "choices": {"result": {"no_debt": word}},
        "paper": {"issued_for": {"ky": "", "ru": "", "en": ""}},
    }
    assert problems_after(lambda raw: raw["kinds"].append(kind)) == []
