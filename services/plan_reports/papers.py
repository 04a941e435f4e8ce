"""What is drawn and written about plans, put into words already: pictures of bars, and books of tables."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Cell = str | int | date | None


class PaperForm(StrEnum):
    """As what a paper is taken along."""

    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPart:
    """A part of a bar: the standing whose colour it has, and its share of the picture's width, from 0 to 1."""

    tone: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBar:
    """One row of a picture: what it is about, its parts, and the numbers in words."""

    label: str
    said: str
    parts: tuple[BarPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendPart:
    """What a colour means, and how many there are of it."""

    tone: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedChart:
    """Bars in the colours of the standings, in the reader's language, ready to be drawn."""

    language: str
    university: str
    title: str
    subtitle: str
    legend: tuple[LegendPart, ...]
    rows: tuple[StackedBar, ...]
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTable:
    """A sheet of a book. `printed`: the places of the columns that fit on paper; all of them where it is empty."""

    title: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    printed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBook:
    """The state of plans as tables."""

    language: str
    title: str
    subtitle: str
    tables: tuple[BookTable, ...]
