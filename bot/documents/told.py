"""Facts of papers told to people, in chat and on the page that checks a paper: what each is called and what it says."""

from bot.documents.university_model import University
from bot.documents.values import write
from bot.documents.wording import fill
from services.certificates.dto import FactType
from services.certificates.fields import rows_of
from services.languages import Language

_CELLS, _ROWS = ", ", "; "


def label(university: University, kind: str, name: str, language: Language) -> str:
    """Return what a fact is called; its own name where the university has no word for it."""
    found = university.label(kind, name)
    return found.get(language) if found else name


def value(university: University, kind: str, name: str, fact_type: FactType, stored: str, language: Language) -> str:
    """Return a fact in the reader's language.

    What is none of its type (a masked value, say) is shown as it stands; so is a fact of a kind that the university no
    longer has. Of a masked table there is only the number of its rows.
    """
    try:
        if fact_type is not FactType.TABLE:
            return write(university, kind, name, fact_type, stored, language)
        if stored.isdecimal():
            return _count(university, stored, language)
        return _table(university, kind, name, stored, language)
    except ValueError:
        return stored


def rows(university: University, stored: str, language: Language) -> str:
    """Return how many rows a stored table has."""
    return _count(university, str(len(rows_of(stored))), language)


def _count(university: University, number: str, language: Language) -> str:
    return fill(university.sentences["rows"].get(language), lambda _wanted: number)


def _table(university: University, kind: str, name: str, stored: str, language: Language) -> str:
    wording = university.kinds.get(kind)
    rule = wording.kind.fact(name) if wording else None
    columns = rule.columns if rule else ()
    return _ROWS.join(
        _CELLS.join(
            value(university, kind, column.name, column.type, cell, language)
            for column, cell in zip(columns, row, strict=False)
        )
        for row in rows_of(stored)
    )
