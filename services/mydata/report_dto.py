"""The shape of the report that says what is kept about a person."""

from dataclasses import dataclass
from datetime import date

from services.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """Rows under headings; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A heading with labelled facts, then a table, then sentences; each may be missing."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    table: ReportTable | None = None
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report in the reader's language, ready to be drawn.

    `page_line` has places for {page} and {pages}. `unprintable` is said at the end if a sign had to be named by its
    number.
    """

    language: Language
    day: date
    university: str
    title: str
    subtitle: str
    lead: str
    sections: tuple[ReportSection, ...]
    page_line: str
    unprintable: str
