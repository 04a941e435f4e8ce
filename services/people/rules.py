"""Rules about people, without I/O."""

import re
from collections.abc import Iterable

from services.people.dto import RosterEntry
from services.spelling import fold

_COUNTRY = "996"
_NATIONAL_LENGTH = 9  # digits of a Kyrgyz number without the country
_SHORTEST_PHONE, _LONGEST_PHONE = 7, 15
_SEVERAL = re.compile(r"[,;/|\n]+")
_SEVERAL_GROUPS = re.compile(r"[,;|\n]+")
_NOT_DIGITS = re.compile(r"\D+")
_NOT_WORD = re.compile(r"[^\w]+")
# Latin letters that stand for Cyrillic ones of the same shape, and back: a number is typed in either script.
_NUMBER_LETTERS = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")

#: More than this share of a kind may not vanish in one import unless the operator insists.
REMOVAL_LIMIT = 0.05


def full_name(last_name: str, first_name: str, patronymic: str) -> str:
    """Join the parts as the roster writes them; empty parts are skipped, letters are never changed."""
    return " ".join(part for part in (last_name, first_name, patronymic) if part)


def removes_too_many(present: int, removed: int) -> bool:
    """Tell whether an import takes more than 5 % of a kind out of the roster."""
    return removed > present * REMOVAL_LIMIT


def number_key(person_no: str) -> str:
    """Return what two spellings of one number have in common: no spaces, capital letters, Latin where alike."""
    return "".join(person_no.split()).upper().translate(_NUMBER_LETTERS)


def phone_key(text: str) -> str:
    """Return a telephone number in any usual notation as the digits of its international form; empty if it is none.

    Kyrgyz numbers may lack the country (0555 12 34 56, 555123456); others must have theirs.
    """
    digits = _NOT_DIGITS.sub("", text).removeprefix("00")
    if digits.startswith(f"{_COUNTRY}0"):  # +996 (0) 555 12 34 56
        digits = _COUNTRY + digits[len(_COUNTRY) + 1 :]
    if len(digits) == _NATIONAL_LENGTH + 1 and digits.startswith("0"):
        digits = digits[1:]
    if len(digits) == _NATIONAL_LENGTH and not text.strip().startswith("+"):
        digits = _COUNTRY + digits
    return digits if _SHORTEST_PHONE <= len(digits) <= _LONGEST_PHONE else ""


def phone_keys(text: str) -> list[str]:
    """Return the numbers of a cell that may hold several, each once."""
    return list(dict.fromkeys(key for part in _SEVERAL.split(text) if (key := phone_key(part))))


def group_key(group_name: str) -> str:
    """Return what two spellings of a group's name have in common."""
    return _NOT_WORD.sub("", fold(group_name))


def curated_groups(text: str) -> tuple[str, ...]:
    """Return the names of the groups of a cell that may hold several, each once however it is spelt."""
    names = (" ".join(part.split()) for part in _SEVERAL_GROUPS.split(text))
    return tuple({group_key(name): name for name in names if group_key(name)}.values())


def written_groups(names: Iterable[str]) -> str:
    """Return groups as they are kept; the opposite of `curated_groups`."""
    return "; ".join(names)


def search_words(entry: RosterEntry) -> list[str]:
    """Return the folded words by whose beginnings a person is found."""
    texts = (entry.last_name, entry.first_name, entry.patronymic, entry.name_latin, entry.group_name)
    words = {word for text in texts for word in typed_words(text)}
    number = number_key(entry.person_no).casefold()
    words |= {*_NOT_WORD.split(number), _NOT_WORD.sub("", number), group_key(entry.group_name)}
    words |= set(phone_keys(entry.phone))
    return sorted(word for word in words if word)


def typed_words(text: str) -> list[str]:
    """Return the folded words of what somebody typed."""
    return [word for word in _NOT_WORD.split(fold(text)) if word]
