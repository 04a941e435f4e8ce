"""A questionnaire that is written is read as the same one."""

import random
import tomllib
from dataclasses import replace

import pytest

from services.languages import Trilingual
from services.questionnaires.reading import look_over, read_questionnaire, read_toml
from services.questionnaires.shipped import list_shipped, load_shipped
from services.questionnaires.writing import source_of, write_toml
from tests.support.questionnaires import question, questionnaire, random_source, source


@pytest.mark.parametrize("code", list_shipped())
def test_shipped_questionnaire_comes_back_from_its_file(code: str) -> None:
    shipped = load_shipped(code)
    assert read_questionnaire(read_toml(write_toml(shipped))) == shipped


def test_any_questionnaire_comes_back_from_its_file() -> None:
    chance = random.Random(8)  # noqa: S311 -- sequences to try
    for _ in range(60):
        found = read_questionnaire(random_source(chance))
        assert read_questionnaire(read_toml(write_toml(found))) == found


@pytest.mark.parametrize(
    "words", ['say "yes"', "a \\ b", "[x] = {y}", "#no", "'''", "ңөү 🙂", "a\u200bb\x00\u2028\U000f0000"]
)
def test_signs_of_the_format_are_only_signs_in_a_text(words: str) -> None:
    found = replace(questionnaire(question("one")), title=Trilingual(ky=words, ru=words, en=words))
    assert tomllib.loads(write_toml(found).decode())["title"]["ky"] == words


def test_what_is_not_whole_comes_back_as_it_was() -> None:
    body = source(question("one", text={"ky": "Суроо", "ru": "", "en": ""}), question("two", type="single"), title={})
    begun, faults = look_over(body)
    assert faults
    again, _ = look_over(source_of(begun))
    assert again == begun
    assert begun.items[0].text == Trilingual(ky="Суроо")
    assert begun.title == Trilingual()
