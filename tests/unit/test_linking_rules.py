"""One-time codes, without a database."""

import re
from datetime import timedelta

import pytest

from services.linking.rules import (
    LOCKED_FOR,
    TRIES,
    TYPED_LENGTH,
    digest,
    new_payload,
    new_typed_code,
    similar_groups,
)


def test_payload_fits_a_deep_link_and_holds_128_bits() -> None:
    payload = new_payload()
    assert re.fullmatch(r"l_[A-Za-z0-9_-]{22}", payload)
    assert len(payload) <= 64  # Telegram's limit for ?start=
    assert len({new_payload() for _ in range(100)}) == 100


def test_typed_code_is_known_again_however_it_is_typed() -> None:
    code = new_typed_code()
    assert len(code) == TYPED_LENGTH
    assert digest(code) == digest(f" {code[:5]}-{code[5:]} ".lower())
    assert digest(code) != digest(new_typed_code())


def test_payload_must_be_exact() -> None:
    payload = new_payload()
    assert digest(payload) == digest(payload)
    assert digest(payload) != digest(payload.swapcase().replace("L_", "l_", 1))
    assert digest(payload) != digest(payload.removeprefix("l_"))


def test_text_that_cannot_be_a_code_is_the_digest_of_nothing() -> None:
    assert digest("no code") == digest("") == digest("🙂")


def test_secret_itself_is_not_in_its_digest() -> None:
    code = new_typed_code()
    assert code.encode() not in digest(code)
    assert len(digest(code)) == 32


@pytest.mark.parametrize(
    ("typed", "similar"),
    [
        ("ПИ-1-26", ["ПИ-1-25", "ПИ-2-25"]),
        ("пи", ["ПИ-1-25", "ПИ-2-25"]),
        ("ЭЛ-3-2024", ["ЭЛ-3-24"]),
        ("", []),
        ("Сантехника", []),
    ],
)
def test_groups_like_the_typed_one_are_named(typed: str, similar: list[str]) -> None:
    assert similar_groups(typed, ["ПИ-2-25", "ЭЛ-3-24", "ПИ-1-25"]) == similar


def test_five_tries_an_hour() -> None:
    assert (5, timedelta(hours=1)) == (TRIES, LOCKED_FOR)
