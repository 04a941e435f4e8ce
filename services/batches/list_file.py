"""A file of people for whom certificates are issued: their numbers, and facts that differ from one to the other."""

from collections.abc import Callable, Mapping

from services.batches.dto import TypedRow
from services.batches.errors import BatchListUnreadable
from services.batches.rules import typed_facts
from services.certificates.dto import CertificateKind, FactType
from services.people.headings import column_of
from services.spelling import fold
from services.tables.dto import CellFlaw, Columns, TableRow, TableUnreadable
from services.tables.reading import read_table

_NUMBER = "person_no"

#: The names by which a column may be meant, for a fact of a kind: its labels in all languages.
Labels = Callable[[str], tuple[str, ...]]


def read_list(content: bytes, kind: CertificateKind, labels: Labels) -> tuple[TypedRow, ...]:
    """Read a table with a column of numbers; columns named as facts that are typed give a person their own value."""
    facts = _fact_names(kind, labels)
    columns = Columns(
        meaning=lambda heading: _NUMBER if column_of(heading) == _NUMBER else facts.get(fold(heading)),
        required=(_NUMBER,),
    )
    days = frozenset(rule.name for rule in typed_facts(kind) if rule.type is FactType.DATE)
    try:
        return tuple(_typed(row, frozenset(facts.values()), days) for row in read_table(content, columns).rows)
    except TableUnreadable as error:
        raise BatchListUnreadable(fault=error.fault) from error


def _fact_names(kind: CertificateKind, labels: Labels) -> Mapping[str, str]:
    return {fold(word): rule.name for rule in typed_facts(kind) for word in (rule.name, *labels(rule.name)) if word}


def _typed(row: TableRow, facts: frozenset[str], days: frozenset[str]) -> TypedRow:
    flawed = [column for column, flaw in row.flaws.items() if flaw is not CellFlaw.DATE or column not in days]
    if row.overflows or flawed or not row[_NUMBER]:
        raise BatchListUnreadable(row=row.number)
    return row[_NUMBER], {name: row[name] for name in facts if row.cells.get(name)}
