"""What people are found by, as the version of 22 November 2026 wrote it; a migration writes what it wrote for ever."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_LATIN_LOOK_ALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
_SAME_LETTER = str.maketrans({"ѳ": "ө", "ӊ": "ң", "ӈ": "ң", "ё": "е"})
_PHONE_LETTERS = str.maketrans({"ө": "о", "ү": "у", "ң": "н"})
_NUMBER_LETTERS = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
_COUNTRY = "996"
_NATIONAL_LENGTH = 9
_SHORTEST_PHONE, _LONGEST_PHONE = 7, 15
_SEVERAL = re.compile(r"[,;/|\n]+")
_NOT_DIGITS = re.compile(r"\D+")
_NOT_WORD = re.compile(r"[^\w]+")
_NAMES = ("last_name", "first_name", "patronymic", "name_latin", "group_name")


def keys_of(row: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
    """Return the columns by which a person is found; `taken`: the numbers' keys of the people before.

    Where two spellings of one number stand in the roster, the second has a key with a space, which no number has; the
    next import joins them.
    """
    number = number_key(row["person_no"])
    key = f"{number} {row['id']}" if number in taken else number
    taken.add(number)
    return {
        "number_key": key,
        "group_key": _NOT_WORD.sub("", _fold(row["group_name"])),
        "phone_keys": _phone_keys(row["phone"]),
        "search": _search_words(row, number),
    }


def number_key(person_no: str) -> str:
    """Return what two spellings of one number have in common."""
    return "".join(person_no.split()).upper().translate(_NUMBER_LETTERS)


def _search_words(row: Mapping[str, Any], number: str) -> list[str]:
    words = {word for name in _NAMES for word in _NOT_WORD.split(_fold(row[name]))}
    number = number.casefold()
    words |= {*_NOT_WORD.split(number), _NOT_WORD.sub("", number), _NOT_WORD.sub("", _fold(row["group_name"]))}
    words |= set(_phone_keys(row["phone"]))
    return sorted(word for word in words if word)


def _phone_keys(text: str) -> list[str]:
    return list(dict.fromkeys(key for part in _SEVERAL.split(text) if (key := _phone_key(part))))


def _phone_key(text: str) -> str:
    digits = _NOT_DIGITS.sub("", text).removeprefix("00")
    if digits.startswith(f"{_COUNTRY}0"):
        digits = _COUNTRY + digits[len(_COUNTRY) + 1 :]
    if len(digits) == _NATIONAL_LENGTH + 1 and digits.startswith("0"):
        digits = digits[1:]
    if len(digits) == _NATIONAL_LENGTH and not text.strip().startswith("+"):
        digits = _COUNTRY + digits
    return digits if _SHORTEST_PHONE <= len(digits) <= _LONGEST_PHONE else ""


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFC", text).casefold().translate(_SAME_LETTER).translate(_PHONE_LETTERS)
    return " ".join(_one_script(word) for word in letters.replace("\u00a0", " ").split())


def _one_script(word: str) -> str:
    return word.translate(_LATIN_LOOK_ALIKES) if any("а" <= letter <= "я" for letter in word) else word
