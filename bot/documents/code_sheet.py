"""Draws one-time codes as strips to be cut apart. Heavy: importing it loads the compiler (0.15 s)."""

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
class Strip:
    """What one person gets: `details` stand under the name, `link` is in the QR code, `code` is typed."""

    name: str
    details: str
    code: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSheet:
    """A group's strips; `sentences` say how a code is used, `valid` until when, each in every language."""

    title: str
    university: str
    bot: str
    sentences: Mapping[Language, str]
    valid: Mapping[Language, str]
    strips: Sequence[Strip]


def draw(sheet: CodeSheet) -> bytes:
    """Draw the strips as a PDF, ten on a page; a sign that the fonts lack becomes a question mark."""
    data = {
        "title": _printable(sheet.title),
        "university": _printable(sheet.university),
        "bot": sheet.bot,
        "sentences": _in_languages(sheet.sentences),
        "valid": _in_languages(sheet.valid),
        "strips": [_strip(strip) for strip in sheet.strips],
    }
    with tempfile.TemporaryDirectory(prefix="kabarchy-fonts-") as folder:
        fonts.write_to(Path(folder))
        pdf = typst.compile(
            _TEMPLATES / "code_sheet.typ",
            root=_TEMPLATES,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(folder)]),
            format="pdf",
            sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst wrote no single PDF")
    return pdf


def _strip(strip: Strip) -> dict[str, str]:
    return {
        "name": _printable(strip.name),
        "details": _printable(strip.details),
        "code": strip.code,
        "link": strip.link,
        "qr_svg": qr.draw(strip.link).svg,
    }


def _in_languages(texts: Mapping[Language, str]) -> list[dict[str, str]]:
    return [{"language": language.value, "text": _printable(text)} for language, text in texts.items()]


def _printable(text: str) -> str:
    return "".join(sign if can_print(sign) else _UNPRINTABLE for sign in clean(text))
