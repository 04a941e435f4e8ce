"""Codes that people read from paper and type: Crockford's base32, forgiving in what it takes."""

import secrets
import unicodedata

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Dashes, underscores, spaces, and what nobody sees: soft hyphens and zero-width spaces copied out of a PDF.
_SEPARATORS = {"Pd", "Pc", "Zs", "Zl", "Zp", "Cc", "Cf"}
_MINUS = "\N{MINUS SIGN}"
# What is read as another letter: O, I and L by Crockford's rule, and Cyrillic letters of the same shape.
_READ_AS = str.maketrans("OILАВСЕНКМРТХУҮОІЗЅЈ", "011ABCEHKMPTXYY013SJ")


def generate_code(length: int) -> str:
    """Return a random code of `length` characters, 5 bits each."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def normalise_code(text: str, length: int) -> str | None:
    """Return the code that a person meant, or None if the text cannot be a code of this length."""
    letters = "".join(sign for sign in text if unicodedata.category(sign) not in _SEPARATORS and sign != _MINUS)
    code = letters.upper().translate(_READ_AS)
    if len(code) != length or any(letter not in _ALPHABET for letter in code):
        return None
    return code


def printed_code(code: str, group: int = 5) -> str:
    """Return the code in groups, as it is printed."""
    return "-".join(code[start : start + group] for start in range(0, len(code), group))
