"""Codes that people read from paper and type."""

import random

import pytest

from services.codes import generate_code, normalise_code, printed_code

CODE = "7K3QX9MVP2RTABCDE123"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

#: Signs that keyboards, word processors and PDF readers put where a hyphen stood.
HYPHENS = ["-", "\u00ad", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\uff0d", "_"]
SPACES = [" ", "\u00a0", "\u2009", "\u202f", "\t", "\n", "\u200b", "\ufeff"]
LOOK_ALIKES = dict(zip("АВСЕНКМРТХУҮОІЗЅЈ", "ABCEHKMPTXYY013SJ", strict=True))


def test_case_does_not_matter() -> None:
    assert normalise_code(CODE.lower(), 20) == CODE


@pytest.mark.parametrize("hyphen", HYPHENS, ids=ascii)
def test_any_hyphen_is_ignored(hyphen: str) -> None:
    assert normalise_code(printed_code(CODE).replace("-", hyphen), 20) == CODE


@pytest.mark.parametrize("space", SPACES, ids=ascii)
def test_any_space_is_ignored(space: str) -> None:
    assert normalise_code(f"{space}{CODE[:7]}{space}{space}{CODE[7:]}{space}", 20) == CODE


def test_letters_that_are_not_in_the_alphabet_are_read_as_digits() -> None:
    assert normalise_code("OoIiLl", 6) == "001111"


@pytest.mark.parametrize(("cyrillic", "latin"), LOOK_ALIKES.items())
def test_cyrillic_look_alike_is_read_as_the_latin_sign(cyrillic: str, latin: str) -> None:
    assert normalise_code(cyrillic, 1) == latin
    assert normalise_code(cyrillic.lower(), 1) == latin


@pytest.mark.parametrize("wrong", ["U", "u", "Ж", "Ө", "!", "é", "①", "🙂", "/", "٣"])
def test_code_with_a_sign_that_nothing_resembles_is_none(wrong: str) -> None:
    assert normalise_code(CODE[:-1] + wrong, 20) is None


@pytest.mark.parametrize("text", ["", " ", "-", CODE[:-1], CODE + "0", CODE * 100])
def test_code_of_another_length_is_none(text: str) -> None:
    assert normalise_code(text, 20) is None


def test_printed_code_stands_in_groups_of_five() -> None:
    assert printed_code(CODE) == "7K3QX-9MVP2-RTABC-DE123"


def test_generated_codes_use_the_whole_alphabet_and_never_repeat() -> None:
    codes = [generate_code(20) for _ in range(500)]
    assert len(set(codes)) == 500
    assert set("".join(codes)) == set(ALPHABET)


def test_code_is_understood_however_it_was_written() -> None:
    chance = random.Random(20261121)  # noqa: S311 -- a test's dice
    read_as = {latin: [cyrillic for cyrillic, sign in LOOK_ALIKES.items() if sign == latin] for latin in ALPHABET}
    read_as["0"] += ["O", "o"]
    read_as["1"] += ["I", "i", "L", "l"]
    for _ in range(300):
        code = "".join(chance.choice(ALPHABET) for _ in range(20))
        written = [chance.choice([sign, sign.lower(), *read_as[sign]]) for sign in code]
        noise = [chance.choice(["", "", *HYPHENS, *SPACES]) for _ in code]
        text = "".join(sign + gap for sign, gap in zip(written, noise, strict=True))
        assert normalise_code(text, 20) == code, text
