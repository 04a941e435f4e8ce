"""The catalogues: whole, alike in values and markup, spelt with the letters of their language."""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from locales.update import catalogue_path, extract

LANGUAGES = ("ky", "ru", "en")
_VALUE = re.compile(r"\{([^{}]*)\}")
_TAG = re.compile(r"</?[a-z]+[^>]*>")
_ADDRESS = re.compile(r"https?://\S+|/[a-z_]+|@\w+|&\w+;")
_CODE = re.compile(r"\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b")
_WORD = re.compile(r"[^\W\d_]+")
_ALPHABETS = {
    "ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "en": "abcdefghijklmnopqrstuvwxyz",
}


@cache
def catalogue(language: str) -> Catalog:
    with catalogue_path(language).open("rb") as source:
        return read_po(source, locale=language)


@cache
def wanted() -> Catalog:
    """The texts of the code as it stands."""
    return extract()


def entries(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """Return a text's forms: one, or one for each plural."""
    return [text or ""] if isinstance(text, str) or text is None else [form or "" for form in text]


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Yield each translated form with the source it must agree with: the plural's for every form but the first."""
    sources, translations = forms(message.id), forms(message.string)
    for number, translation in enumerate(translations):
        yield sources[min(number, len(sources) - 1)], translation


def words_of(text: str) -> list[str]:
    """Return the words that people read: no values, no tags, no commands, addresses and codes."""
    for noise in (_VALUE, _TAG, _ADDRESS, _CODE):
        text = noise.sub(" ", text)
    return _WORD.findall(html.unescape(text))


def scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word}


def found(language: str, wrong: object) -> list[str]:
    """Name the entries of which `wrong` says True."""
    assert callable(wrong)
    return [forms(message.id)[0] for message in entries(language) if wrong(message)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_the_texts_of_the_code_and_no_others(language: str) -> None:
    texts = {forms(message.id)[0] for message in wanted() if message.id}
    have = {forms(message.id)[0] for message in entries(language)}
    assert sorted(texts - have) == [], "missing: run `make catalogues` and translate"
    assert sorted(have - texts) == [], "no longer in the code: run `make catalogues`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_without_translation(language: str) -> None:
    assert found(language, lambda message: not all(form.strip() for form in forms(message.string))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy(language: str) -> None:
    assert not catalogue(language).fuzzy
    assert found(language, lambda message: message.fuzzy) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_has_as_many_forms_as_the_language(language: str) -> None:
    number = catalogue(language).num_plurals
    assert number == {"ky": 2, "ru": 3, "en": 2}[language]
    assert found(language, lambda one: isinstance(one.id, list | tuple) and len(forms(one.string)) != number) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_names_the_same_values(language: str) -> None:
    def differs(message: Message) -> bool:
        return any(sorted(_VALUE.findall(source)) != sorted(_VALUE.findall(text)) for source, text in pairs(message))

    assert found(language, differs) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_has_the_same_markup(language: str) -> None:
    def differs(message: Message) -> bool:
        return any(sorted(_TAG.findall(source)) != sorted(_TAG.findall(text)) for source, text in pairs(message))

    assert found(language, differs) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_names_the_same_commands(language: str) -> None:
    commands = re.compile(r"(?<![\w<])/[a-z]+")

    def differs(message: Message) -> bool:
        return any(set(commands.findall(source)) != set(commands.findall(text)) for source, text in pairs(message))

    assert found(language, differs) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_mixes_latin_and_cyrillic_letters(language: str) -> None:
    def mixed(message: Message) -> bool:
        return any({"LATIN", "CYRILLIC"} <= scripts(word) for form in forms(message.string) for word in words_of(form))

    assert found(language, mixed) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_single_letters_are_not_look_alikes_of_the_other_alphabet(language: str) -> None:
    other = "LATIN" if language != "en" else "CYRILLIC"

    def alone(message: Message) -> bool:
        words = [word for form in forms(message.string) for word in words_of(form)]
        return any(len(word) == 1 and other in scripts(word) for word in words)

    assert found(language, alone) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_spelt_with_the_letters_of_the_language(language: str) -> None:
    """Of Cyrillic letters only those of the alphabet: ѳ and ӊ are look-alikes, ө and ү do not exist in Russian."""
    alphabet = set(_ALPHABETS["ky" if language == "ky" else "ru"])

    def foreign(message: Message) -> bool:
        letters = {letter for form in forms(message.string) for word in words_of(form) for letter in word.lower()}
        return any("CYRILLIC" in unicodedata.name(letter, "") and letter not in alphabet for letter in letters)

    assert found(language, foreign) == []


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_translation_is_not_the_english_text(language: str) -> None:
    def untranslated(message: Message) -> bool:
        source = forms(message.id)[0]
        return bool(words_of(source)) and source in forms(message.string) and not _is_a_name(source)

    assert found(language, untranslated) == []


def _is_a_name(text: str) -> bool:
    return all(word.isupper() or word in {"Telegram", "Kabarchy"} for word in words_of(text))


def test_english_repeats_the_sources() -> None:
    assert found("en", lambda message: any(source != text for source, text in pairs(message))) == []


def test_composed_letters_only() -> None:
    for language in LANGUAGES:
        assert found(language, lambda one: any(unicodedata.normalize("NFC", f) != f for f in forms(one.string))) == []
