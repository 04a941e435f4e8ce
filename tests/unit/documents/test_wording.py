"""The shipped words: the six checks of certificate-wording, section 4, on the file as it is shipped."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from bot.documents.paper import compose
from bot.documents.render import CertificateRenderer
from bot.documents.university import DEMONSTRATION_FILE, University
from bot.documents.wording import faults, fill
from services.languages import Language
from tests.unit.documents.samples import LINKS, order

RAW = tomllib.loads(DEMONSTRATION_FILE.read_text(encoding="utf-8"))
ORDINALS = re.compile(r"-(?:окуу|семестр|курс|барак)")


def texts(node: Any, language: str) -> Iterator[str]:  # noqa: ANN401 - parsed TOML
    """Yield every text of a language anywhere in the file, inflected forms included."""
    if isinstance(node, list):
        for item in node:
            yield from texts(item, language)
    elif isinstance(node, dict):
        for name, item in node.items():
            if isinstance(item, str) and name.partition("_")[0] == language:
                yield item
            else:
                yield from texts(item, language)


KYRGYZ = list(texts(RAW, "ky"))


def test_the_walk_finds_the_texts() -> None:
    assert len(KYRGYZ) > 60
    assert len(list(texts(RAW, "ru"))) > 60


@pytest.mark.parametrize("text", [text for text in KYRGYZ if "}" in text])
def test_nothing_is_glued_to_a_value_in_kyrgyz(text: str) -> None:
    for match in re.finditer(r"\}(.*)", text):
        rest = match[1]
        assert not rest[:1].isalpha()
        assert not rest.startswith("-") or ORDINALS.match(rest)


@pytest.mark.parametrize("text", [text for text in KYRGYZ if re.search(r"\{(date|valid_until|\w+_date)", text)])
def test_every_kyrgyz_date_has_a_form(text: str) -> None:
    for name in re.findall(r"\{((?:date|valid_until|\w+_date)[^}]*)\}", text):
        assert "|" in name


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_no_doubt_mark_and_no_mixed_letters_are_shipped(language: str) -> None:
    for text in texts(RAW, language):
        assert "(?)" not in text
        for word in re.findall(r"[^\W\d_]+", text):
            assert not (re.search("[A-Za-z]", word) and re.search("[А-яЁёҢңӨөҮү]", word)), word


def test_certificate_and_information_are_two_words() -> None:
    information = [text for text in KYRGYZ if re.search(r"\bмаалымат(?!тык)", text, re.IGNORECASE)]
    assert information == ["Маалымат {date|dat} карата берилди."]


def test_maalymkat_is_never_misspelt() -> None:
    for text in KYRGYZ:
        for word in re.findall(r"маалым\w*", text, re.IGNORECASE):
            assert re.match(r"маалым(кат|ат)", word, re.IGNORECASE)


def test_suffix_on_a_value_is_a_fault_and_a_compound_word_is_not() -> None:
    assert list(faults("{name} студенти", Language.KY)) == []
    assert list(faults("{name}га", Language.KY)) == ["a suffix glued to {name}"]
    assert list(faults("QR-код, PDF-файл", Language.RU)) == []


def test_one_full_stop_is_enough() -> None:
    assert fill("на {date}.", lambda _: "2026 г.") == "на 2026 г."
    assert fill("at {date}.", lambda _: "2026") == "at 2026."


AWKWARD = {
    "no patronymic": {"name": "Асанов Бектур"},
    "уулу": {"name": "Убайдилла уулу Нурсултан"},
    "кызы": {"name": "Назарбек кызы Айпери"},
    "long Latin name": {"name": "Abdurakhmanova-Toktogulova Gulnara-Aizada Bakytbekkyzy Senio"},
    "long programme": {"programme": ("Тоо энергетикасынын автоматташтырылган башкаруу системалары " * 3)[:150]},
    "leap day": {"admission_date": "2024-02-29"},
}


@pytest.mark.parametrize("facts", AWKWARD.values(), ids=list(AWKWARD))
@pytest.mark.parametrize("language", Language)
def test_awkward_facts_are_printed_on_one_page(
    university: University, renderer: CertificateRenderer, language: Language, facts: dict[str, str]
) -> None:
    pages = renderer.preview(compose(university, order(language, facts), LINKS), dpi=30)
    assert len(pages) == 1
