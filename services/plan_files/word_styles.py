"""What a Word file says of its paragraphs apart from their text: which are headings, and their automatic numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from services.plan_files.word_xml import NS, VAL, R, T, is_on, number_of

TITLE_LEVEL = 0
_DEEPEST = 9
_HEADING = re.compile(r"(?:heading|заголовок|аталыш)\s*(\d)", re.IGNORECASE)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs: how high a heading it is, whether it is bold."""

    level: int | None
    is_bold: bool


def read_styles(root: Element | None) -> dict[str, Style]:
    """Return the paragraph styles by their ids; what a style lacks it has from the one that it is based on."""
    found: dict[str, Style] = {}
    based: dict[str, str] = {}
    for style in root.iter(f"{NS}style") if root is not None else ():
        key = style.get(f"{NS}styleId", "")
        name, parent = style.find(f"{NS}name"), style.find(f"{NS}basedOn")
        found[key] = Style(
            _level(name.get(VAL, "") if name is not None else "", style.find(f"{NS}pPr")),
            is_on(style.find(f"{NS}rPr"), "b"),
        )
        if parent is not None:
            based[key] = parent.get(VAL, "")
    return {key: _inherited(key, found, based) for key in found}


def _inherited(key: str, found: Mapping[str, Style], based: Mapping[str, str]) -> Style:
    level, is_bold, seen = None, False, set[str]()
    while key in found and key not in seen:
        seen.add(key)
        level = found[key].level if level is None else level
        is_bold |= found[key].is_bold
        key = based.get(key, "")
    return Style(level, is_bold)


def _level(name: str, properties: Element | None) -> int | None:
    if name.casefold() == "title":
        return TITLE_LEVEL
    if (numbered := _HEADING.match(name)) is not None:
        return int(numbered[1])
    outline = number_of(properties, "outlineLvl", _DEEPEST)
    return outline + 1 if outline < _DEEPEST else None


def heading_level(paragraph: Element, styles: Mapping[str, Style]) -> int | None:
    """Return how high a heading the paragraph is by its style; None if its style says nothing."""
    properties = paragraph.find(f"{NS}pPr")
    if properties is None:
        return None
    outline = number_of(properties, "outlineLvl", _DEEPEST)
    if outline < _DEEPEST:
        return outline + 1
    style = properties.find(f"{NS}pStyle")
    named = styles.get(style.get(VAL, "")) if style is not None else None
    return named.level if named is not None else None


def is_bold(paragraph: Element, styles: Mapping[str, Style]) -> bool:
    """Tell whether all the text of a paragraph is bold."""
    properties = paragraph.find(f"{NS}pPr")
    style = properties.find(f"{NS}pStyle") if properties is not None else None
    named = styles.get(style.get(VAL, "")) if style is not None else None
    if named is not None and named.is_bold:
        return True
    runs = [run for run in paragraph.iter(R) if any((text.text or "").strip() for text in run.iter(T))]
    return bool(runs) and all(is_on(run.find(f"{NS}rPr"), "b") for run in runs)


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs that Word numbers by itself; their numbers stand nowhere in the text."""

    levels: Mapping[str, Mapping[int, tuple[str, str, int]]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next_number(self, paragraph: Element) -> str:
        """Return the number that stands before the paragraph; empty if there is none (bullets are none)."""
        properties = paragraph.find(f"{NS}pPr")
        numbered = properties.find(f"{NS}numPr") if properties is not None else None
        if numbered is None:
            return ""
        key = str(number_of(numbered, "numId", 0))
        at = number_of(numbered, "ilvl", 0)
        levels = self.levels.get(key, {})
        if at not in levels:
            return ""
        counts = self.counts.setdefault(key, {})
        counts[at] = counts.get(at, levels[at][2] - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        shape, text, _start = levels[at]
        if shape in {"bullet", "none"}:
            return ""
        return _PLACE.sub(lambda place: self._written(counts, levels, int(place[1]) - 1), text).strip()

    @staticmethod
    def _written(counts: Mapping[int, int], levels: Mapping[int, tuple[str, str, int]], level: int) -> str:
        shape, _text, start = levels.get(level, ("decimal", "", 1))
        number = counts.get(level, start)
        if shape.casefold().endswith("roman"):
            written = ""
            for value, sign in _ROMAN:
                times, number = divmod(number, value)
                written += sign * times
            return written.upper() if shape == "upperRoman" else written
        return str(number)


def read_numbering(root: Element | None) -> Numbering:
    """Return the counter of a file; `root`: its list of numberings, if it has one."""
    if root is None:
        return Numbering()
    shapes = {
        shape.get(f"{NS}abstractNumId"): {
            int(level.get(f"{NS}ilvl", "0")): (
                _value(level, "numFmt", "decimal"),
                _value(level, "lvlText", ""),
                number_of(level, "start", 1),
            )
            for level in shape.iter(f"{NS}lvl")
        }
        for shape in root.iter(f"{NS}abstractNum")
    }
    return Numbering(
        {
            number.get(f"{NS}numId", ""): shapes.get(_value(number, "abstractNumId", ""), {})
            for number in root.iter(f"{NS}num")
        }
    )


def _value(parent: Element, name: str, default: str) -> str:
    found = parent.find(f"{NS}{name}")
    return str(found.get(VAL, default)) if found is not None else default
