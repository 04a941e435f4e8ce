"""How the university's names and codes are spelt: folding for comparison, sorting by the Kyrgyz alphabet.

Folding and its reasons: the documents mix look-alike letters (ѳ for ө, ӊ for ң, Latin letters inside Cyrillic words),
and people type ө ү ң as о у н on phones without a Kyrgyz keyboard.
"""

import unicodedata

_ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_LATIN_LOOK_ALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
_SAME_LETTER = str.maketrans({"ѳ": "ө", "ӊ": "ң", "ӈ": "ң", "ё": "е"})
_SORT_AS = str.maketrans({"ѳ": "ө", "ӊ": "ң", "ӈ": "ң"})
_PHONE_LETTERS = str.maketrans({"ө": "о", "ү": "у", "ң": "н"})
_SORT_LETTERS = str.maketrans(
    {letter: chr(ord("a") + n // 26) + chr(ord("a") + n % 26) for n, letter in enumerate(_ALPHABET)}
)


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
