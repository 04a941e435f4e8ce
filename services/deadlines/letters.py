"""Letters as people type them, made one: look-alikes, phone spelling, dashes, quotation marks."""

import re
import unicodedata
from functools import lru_cache

_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")  # one letter each in Unicode: ⅰ, ⅱ …
#: What is written in many ways and means one thing. Kyrgyz letters that a phone lacks are folded with their neighbours.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000\t\r\n\v\f", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff*", None),
        **dict.fromkeys("«»“”„‟\"'‘’‚`´ʼ", '"'),
        "ѳ": "о", "ө": "о", "ү": "у", "ұ": "у", "ӊ": "н", "ң": "н", "ӈ": "н", "ё": "е", "і": "i", "ӏ": "i",
        **{chr(0x2170 + at): roman for at, roman in enumerate(_ROMANS)},
        "…": ".", ";": ",", "[": "(", "]": ")", "≈": "~",
    }
)  # fmt: skip

_SPACES = re.compile(" {2,}")
_LATIN, _CYRILLIC = "abcehikmoptxy", "авсенікмортху"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


def plain(text: str) -> str:
    """Return `text` in small letters, composed, with one kind of dash, space and quotation mark, phone spelling."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text.lower()).translate(_FOLDED))


def is_mixed(word: str) -> bool:
    """Tell whether a word has letters of both scripts, so that some of them can only be look-alikes."""
    return 0 < sum("a" <= letter <= "z" for letter in word) < len(word)


def is_cyrillic(word: str) -> bool:
    """Tell whether a word has a letter that no Latin one looks like: дeк, but not Maр."""
    return any(letter > "z" and letter not in _CYRILLIC for letter in word)


@lru_cache(maxsize=4096)
def in_cyrillic(word: str) -> str:
    """Return `word` with Latin letters that look Cyrillic made Cyrillic."""
    return word.translate(_TO_CYRILLIC)


@lru_cache(maxsize=4096)
def in_latin(word: str) -> str:
    """Return `word` with Cyrillic letters that look Latin made Latin."""
    return word.translate(_TO_LATIN)
