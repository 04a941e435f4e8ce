"""Questions to the words by which people are found, in the server's notation (docs/adr/0008)."""

from sqlalchemy import ColumnElement, cast, literal
from sqlalchemy.dialects.postgresql import TSQUERY

from services.db.models import Person


def whole(word: str) -> str:
    """Write a folded word; it is quoted, so that nothing in it is an operator."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def beginning(word: str) -> str:
    """Write that a word begins so."""
    return f"{whole(word)}:*"


def is_found_by(query: str) -> ColumnElement[bool]:
    """Tell whether a person has the words of a written query."""
    return Person.search.op("@@", is_comparison=True)(cast(literal(query), TSQUERY))
