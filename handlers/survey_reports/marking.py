"""Words of a free answer that a person hides and shows by taps."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from aiogram import html

from services.survey_reports.redaction import Kind, Span

_WORD: Final = re.compile(r"\w(?:[\w@.+’'/-]*\w)?")


def words_of(text: str) -> Sequence[tuple[int, int]]:
    """Return where the words of a text stand."""
    return [found.span() for found in _WORD.finditer(text)]


def toggled(text: str, spans: Sequence[Span], word: int) -> list[Span]:
    """Hide a word, or show again whatever was hidden of it; a word that there is not changes nothing."""
    known = words_of(text)
    if not 0 <= word < len(known):
        return list(spans)
    start, end = known[word]
    others = [span for span in spans if not _meets(span, start, end)]
    return others if len(others) < len(spans) else sorted([*spans, Span(start=start, end=end, kind=Kind.NAME)])


def is_hidden(spans: Iterable[Span], word: tuple[int, int]) -> bool:
    """Tell whether something of a word is hidden."""
    return any(_meets(span, *word) for span in spans)


def struck(text: str, spans: Iterable[Span]) -> str:
    """Return a text as HTML, what is hidden struck out."""
    parts, place = [], 0
    for span in sorted(spans):
        parts += [html.quote(text[place : span.start]), f"<s>{html.quote(text[span.start : span.end])}</s>"]
        place = span.end
    return "".join([*parts, html.quote(text[place:])])


def kept(spans: Iterable[Span]) -> list[list[Any]]:
    """Return spans as a form keeps them."""
    return [[span.start, span.end, span.kind.value] for span in spans]


def taken(data: Iterable[Sequence[Any]]) -> list[Span]:
    """Return spans that a form kept."""
    return [Span(start=start, end=end, kind=Kind(kind)) for start, end, kind in data]


def _meets(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end
