"""How the university's names and codes are spelt: folding for comparison, sorting by the Kyrgyz alphabet.

Folding and its reasons: the documents mix look-alike letters (ѳ for ө, ӊ for ң, Latin letters inside Cyrillic words),
and people type ө ү ң as о у н on phones without a Kyrgyz keyboard.
"""

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_LATIN_LOOK_ALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
_SAME_LETTER = str.maketrans({"ѳ": "ө", "ӊ": "ң", "ӈ": "ң", "ё": "е"})
_SORT_AS = str.maketrans({"ѳ": "ө", "ӊ": "ң", "ӈ": "ң"})
_PHONE_LETTERS = str.maketrans({"ө": "о", "ү": "у", "ң": "н"})
_SORT_LETTERS = str.maketrans(
    {letter: chr(ord("a") + n // 26) + chr(ord("a") + n % 26) for n, letter in enumerate(_ALPHABET)}
)
_MEANT = str.maketrans("ѳӊӈѲӉӇ", "өңңӨҢҢ")
_CYRILLIC_FOR = dict(zip("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук", strict=True))
_LATIN_FOR = {cyrillic: latin for latin, cyrillic in _CYRILLIC_FOR.items()}
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_CYRILLIC_FOR), str.maketrans(_LATIN_FOR)
_PLAIN = dict(zip("өүңёӨҮҢЁ", "оунеОУНЕ", strict=True))
_CYRILLIC = "\u0400-\u04ff"
#: Worth a closer look: a letter that only looks like a Kyrgyz one, or scripts side by side.
_MIXED = re.compile(f"[ѳӊӈѲӉӇ]|[A-Za-z][{_CYRILLIC}]|[{_CYRILLIC}][A-Za-z]")
_LETTERS = re.compile(f"[A-Za-z{_CYRILLIC}]+")


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """Return a form in which two spellings of the same Cyrillic words are equal; never shown to anybody."""
    letters = unicodedata.normalize("NFC", text).casefold().translate(_SAME_LETTER).translate(_PHONE_LETTERS)
    words = letters.replace("\u00a0", " ").split()
    return " ".join(_one_script(word) for word in words)


def _one_script(word: str) -> str:
    """Turn Latin look-alikes into Cyrillic where the word holds Cyrillic letters."""
    if any("а" <= letter <= "я" for letter in word):
        return word.translate(_LATIN_LOOK_ALIKES)
    return word


def sort_key(text: str) -> str:
    """Return an ASCII key whose order is that of the Kyrgyz alphabet, on any server; foreign letters stand last."""
    letters = unicodedata.normalize("NFC", text).casefold().translate(_SORT_AS).translate(_SORT_LETTERS)
    return "".join(letter if letter.isascii() else _foreign(letter) for letter in letters)


def _foreign(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base.isascii() else f"{{{ord(letter):05x}"


@lru_cache(maxsize=8_192)
def mend(text: str) -> str:
    """Return the text with the letters that were meant: ѳ is ө, ӊ is ң, and no word mixes Latin and Cyrillic letters.

    A word whose letters do not all have a look-alike in one script stays as it is.
    """
    composed = unicodedata.normalize("NFC", text)
    if not _MIXED.search(composed):
        return composed
    return _LETTERS.sub(lambda word: _mended(word.group()), composed.translate(_MEANT))


def is_spelt_alike(known: str, other: str) -> bool:
    """Tell whether `other` says nothing new: the same letters, or `known` without the dots of ё and the Kyrgyz letters.

    Letters that look alike and spaces do not matter; capitals do. A Kyrgyz letter that `known` lacks is new.
    """
    one, two = (" ".join(mend(text).split()) for text in (known, other))
    if one == two:
        return True
    return len(one) == len(two) and all(a == b or _PLAIN.get(a) == b for a, b in zip(one, two, strict=True))


def _mended(word: str) -> str:
    latin = {letter for letter in word if letter.isascii()}
    if not latin or len(latin) == len(set(word)):
        return word
    if latin <= _CYRILLIC_FOR.keys():
        return word.translate(_TO_CYRILLIC)
    if set(word) - latin <= _LATIN_FOR.keys():
        return word.translate(_TO_LATIN)
    return word
