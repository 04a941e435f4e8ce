"""Draws tickets of a survey, to be cut apart. Heavy: importing it loads the compiler (0.15 s)."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typst

from bot.documents import fonts, qr
from bot.documents.coverage import can_print
from services.certificates.cleaning import clean
from services.languages import Language

_TEMPLATES: Final = Path(__file__).with_name("templates")
_UNPRINTABLE: Final = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the sheet says in one language: two lines of a ticket, its last day, and the strip that is cut off."""

    what: str
    keep: str
    until: str
    curator: str
    curator_says: str
    cut_off: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A ticket: the code that is typed at the sheet's address, and the link in its QR code."""

    code: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSheet:
    """Tickets of one group."""

    university: str
    group: str
    address: str
    words: Mapping[Language, Words]
    tickets: Sequence[Ticket]


def draw(sheet: DrawnSheet) -> bytes:
    """Draw the tickets as a PDF, ten on a page; a sign that the fonts lack becomes a question mark."""
    data = {
        "university": _printable(sheet.university),
        "group": _printable(sheet.group),
        "address": sheet.address,
        "words": [_said(language, words) for language, words in sheet.words.items()],
        "tickets": [{"code": one.code, "link": one.link, "qr_svg": qr.draw(one.link).svg} for one in sheet.tickets],
    }
    with tempfile.TemporaryDirectory(prefix="kabarchy-fonts-") as folder:
        fonts.write_to(Path(folder))
        pdf = typst.compile(
            _TEMPLATES / "ticket_sheet.typ",
            root=_TEMPLATES,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(folder)]),
            format="pdf",
            sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst wrote no single PDF")
    return pdf


def _said(language: Language, words: Words) -> dict[str, str]:
    return {
        "language": language.value,
        "what": _printable(words.what),
        "keep": _printable(words.keep),
        "until": _printable(words.until),
        "curator": _printable(words.curator),
        "curator_says": _printable(words.curator_says),
        "cut_off": _printable(words.cut_off),
    }


def _printable(text: str) -> str:
    return "".join(sign if can_print(sign) else _UNPRINTABLE for sign in clean(text))
