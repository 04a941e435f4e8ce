"""Where one can call: the university file, what people read, what the doctor says."""

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from bot.cli.checks.finding import State
from bot.cli.checks.hotlines import find_missing
from bot.documents import university_reader, university_rules
from bot.documents.university import DEMONSTRATION_FILE
from bot.documents.university_model import University
from bot.i18n import Catalogues
from bot.plain_text import plain_text
from handlers.common.hotlines import write_distress, write_hotlines, write_trust_phone
from services.languages import Language, Trilingual
from services.trust.dto import Hotlines, TrustPhone

I18N = Catalogues()
ALL = Hotlines(
    trust_phone=TrustPhone(
        phone="+996 312 00 00 07",
        hours=Trilingual(ky="9–18 <b>", ru="9–18 <b>", en="9–18 <b>"),
        who=Trilingual(ky="К", ru="К", en="K"),
    ),
    anti_corruption="0 312 00 00 08",
    counsellor="0 312 00 00 09",
    emergency=("103", "112"),
)
NONE = Hotlines()


def read(hotlines: Any) -> tuple[University, list[str]]:  # noqa: ANN401 -- whatever stands in a file
    """Read the shipped file with other numbers; return what is wrong with it, too."""
    raw = tomllib.loads(DEMONSTRATION_FILE.read_text(encoding="utf-8"))
    raw.pop("hotlines")
    if hotlines is not None:
        raw["hotlines"] = hotlines
    university, problems = university_reader.read(raw)
    assert university is not None
    return university, problems + university_rules.check(university)


def test_file_without_numbers_is_whole_and_the_doctor_names_them_in_one_line() -> None:
    university, problems = read(None)
    assert (university.hotlines, problems) == (NONE, [])
    (finding,) = find_missing(university.hotlines)
    assert finding.state is State.NOTE
    assert "no trust_phone, anti_corruption, counsellor, emergency:" in finding.reason
    assert [one.reason.partition(":")[0] for one in find_missing(replace(ALL, counsellor=""))] == [
        "UNIVERSITY_FILE has no counsellor"
    ]
    assert find_missing(ALL) == []


def test_trust_phone_needs_a_number_only() -> None:
    university, problems = read({"trust_phone": {"phone": "0 312 00 00 07"}})
    assert problems == []
    assert university.hotlines == Hotlines(trust_phone=TrustPhone(phone="0 312 00 00 07"))


@pytest.mark.parametrize(
    ("hotlines", "told"),
    [
        ({"trust_phone": {}}, "hotlines.trust_phone.phone: is missing"),
        ({"counsellor": {"phone": "чалыңыз"}}, "hotlines.counsellor.phone: “чалыңыз” is no telephone number"),
        ({"counsellor": {"phone": "1", "hours": "9"}}, "hotlines.counsellor.hours: is not a name this file knows"),
        ({"trust_phone": {"phone": "103", "hours": {"ky": "9"}}}, "hotlines.trust_phone.hours.ru: is missing"),
        (
            {"trust_phone": {"phone": "103", "who": {"ky": "x" * 121, "ru": "y", "en": "z"}}},
            "hotlines.trust_phone.who: at most 120 signs in each language",
        ),
        (
            {"trust_phone": {"phone": "103", "who": {"ky": "{x}", "ru": "y", "en": "z"}}},
            "hotlines.trust_phone.who.ky: a placeholder where none can be filled",
        ),
        ({"emergency": ["103", "жардам"]}, "hotlines.emergency: should be at most 5 telephone numbers"),
        ({"emergency": "103"}, "hotlines.emergency: should be a list of texts"),
        ({"police": {"phone": "102"}}, "hotlines.police: is not a name this file knows"),
    ],
)
def test_mistake_is_named_in_one_line(hotlines: dict[str, object], told: str) -> None:
    _university, problems = read(hotlines)
    assert any(problem.startswith(told) for problem in problems), problems


@pytest.mark.parametrize("language", Language)
def test_every_line_is_hidden_that_has_no_value(language: Language) -> None:
    with I18N.context(), I18N.use_locale(language.value):
        whole = plain_text(write_hotlines(ALL, language))
        assert write_hotlines(NONE, language) == write_trust_phone(NONE, language) == ""
        for name in ALL.__slots__:
            less = plain_text(write_hotlines(replace(ALL, **{name: getattr(NONE, name)}), language))
            assert len(less.splitlines()) == len(whole.splitlines()) - (3 if name == "trust_phone" else 1)
        assert "9–18 <b>" in plain_text(write_trust_phone(ALL, language))
        phone = replace(ALL, trust_phone=TrustPhone(phone="0 312"))
        assert write_trust_phone(phone, language).endswith(": 0 312")


@pytest.mark.parametrize("language", Language)
def test_words_of_distress_are_answered_with_numbers_that_answer_first(language: Language) -> None:
    with I18N.context(), I18N.use_locale(language.value):
        assert "<b>103, 112, 0 312 00 00 09, +996 312 00 00 07</b>" in write_distress(ALL)
        assert len(write_distress(NONE).split("\n\n")) == 2
