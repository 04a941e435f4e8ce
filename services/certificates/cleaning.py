"""Texts as they can stand on paper."""

import unicodedata


def clean(value: str) -> str:
    """Make a value safe to print: composed letters, spaces for line breaks, no invisible signs that turn text about."""
    if value.isprintable() and unicodedata.is_normalized("NFC", value):  # nearly always; signs one by one are slow
        return " ".join(value.split())
    kept = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in value)
    visible = "".join(sign for sign in kept if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).split())
