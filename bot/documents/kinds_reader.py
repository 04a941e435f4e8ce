"""The kinds of certificate in a university file: `[[kinds]]`, their facts and the lines of their papers."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.documents.toml_table import Table
from bot.documents.university_model import KindWording, Line, Signatory
from bot.documents.wording import Noun
from bot.localtime import DateForm
from services.certificates.dto import (
    Audience,
    CertificateKind,
    Column,
    FactRule,
    FactType,
    Fee,
    Publicity,
    Requirement,
    Source,
)
from services.languages import Language, Trilingual

#: The common sentences that a kind may word differently or, with empty texts, leave out.
KIND_SENTENCES: Final = frozenset({"as_at", "issued_for", "recipient", "valid_until", "no_expiry", "replaces"})

#: The fact of the roster that is a country without being told so.
_CITIZENSHIP: Final = "citizenship"

_DATES_IN_ORDER: Final = 2
_LONGEST_TEXT: Final = 300

#: Words of closed lists, by fact and key.
Choices = Mapping[str, Mapping[str, Noun]]


class Mode(StrEnum):
    """Whether a paper is issued at once or a desk decides."""

    AUTOMATIC = "automatic"
    APPROVED = "approved"


def read_kinds(root: Table, common: Choices, labels: Mapping[str, Trilingual]) -> Mapping[str, KindWording]:
    """Read the kinds of a file; `common` and `labels`: words of closed lists and of facts that all kinds may use."""
    kinds: dict[str, KindWording] = {}
    for table in root.tables("kinds"):
        wording = _Reader(table, common, labels).read()
        if wording.kind.id in kinds:
            table.blame("id", "is used twice")
        kinds[wording.kind.id] = wording
    if not kinds:
        root.blame("kinds", "is missing: no certificate can be issued")
    return MappingProxyType(kinds)


def read_signatory(table: Table) -> Signatory:
    """Read who signs."""
    result = Signatory(post=table.trilingual("post"), name=table.trilingual("name"))
    table.close()
    return result


class _Reader:
    """Reads one kind; labels, hints and heads are gathered while its facts are read."""

    def __init__(self, table: Table, common: Choices, labels: Mapping[str, Trilingual]) -> None:
        self._table = table
        self._common_labels = labels
        self._own: Choices = table.each("choices", lambda parent, key: parent.each(key, Table.noun))
        self._choices = {**common, **self._own}
        self._labels: dict[str, Trilingual] = {}
        self._hints: dict[str, Trilingual] = {}
        self._heads: dict[str, Mapping[str, Trilingual]] = {}

    def read(self) -> KindWording:
        table = self._table
        wording = KindWording(
            kind=self._kind(),
            title=table.trilingual("title"),
            subtitle=table.trilingual("subtitle"),
            signatory=read_signatory(table.table("signatory")) if table.has("signatory") else None,
            openings=self._lines("openings"),
            lines=self._lines("lines"),
            endings=self._lines("endings"),
            sentences=_sentences(table.table("paper")),
            labels=MappingProxyType(self._labels),
            hints=MappingProxyType(self._hints),
            heads=MappingProxyType(self._heads),
            choices=self._own,
        )
        table.close()
        return wording

    def _lines(self, part: str) -> tuple[Line, ...]:
        labels = {**self._common_labels, **self._labels}
        return tuple(_line(table, labels) for table in self._table.tables(part))

    def _kind(self) -> CertificateKind:
        table = self._table
        return CertificateKind(
            id=table.text("id"),
            name=table.trilingual("name"),
            desk=table.text("desk"),
            desk_name=table.trilingual("desk_name"),
            languages=tuple(Language(code) for code in table.texts("languages") if _is_language(table, code)),
            validity_days=table.number("validity_days"),
            valid_until_fact=table.text("valid_until", needed=False),
            facts=tuple(map(self._fact, table.tables("facts"))),
            audience=frozenset(table.words("for", Audience)) if table.has("for") else frozenset({Audience.STUDENT}),
            confirmed_while=(
                frozenset(table.words("confirmed_while", Audience)) if table.has("confirmed_while") else None
            ),
            only=table.lists("only"),
            approved=table.word("mode", Mode, Mode.AUTOMATIC) is Mode.APPROVED,
            promised_days=table.number("promised_days") or 0,
            fee=_fee(table.table("fee")) if table.has("fee") else None,
        )

    def _fact(self, table: Table) -> FactRule:
        name, source = table.text("name"), table.word("source", Source, Source.ROSTER)
        fact_type = table.word("type", FactType, FactType.TEXT)
        if (name, source, fact_type) == (_CITIZENSHIP, Source.ROSTER, FactType.TEXT):
            fact_type = FactType.COUNTRY
        least = table.decimal("least")
        rule = FactRule(
            name=name,
            type=fact_type,
            source=source,
            requirement=table.word("requirement", Requirement, Requirement.OPTIONAL),
            public=table.word("public", Publicity, Publicity.NO),
            choices=self._keys(name, fact_type),
            longest=table.number("longest") or _LONGEST_TEXT,
            least=Decimal(0) if least is None and fact_type is FactType.MONEY else least,
            most=table.decimal("most"),
            decimals=table.number("decimals", least=0) or 0,
            columns=self._columns(name, table),
            needed_when=table.lists("needed_when"),
            not_before=table.text("not_before", needed=False),
            past=table.flag("past"),
            days_between=_days_between(table),
        )
        if table.has("label"):
            self._labels[name] = table.trilingual("label")
        if table.has("hint"):
            self._hints[name] = table.trilingual("hint")
        table.close()
        return rule

    def _columns(self, fact: str, table: Table) -> tuple[Column, ...]:
        columns: list[Column] = []
        heads: dict[str, Trilingual] = {}
        for column in table.tables("columns"):
            name, column_type = column.text("name"), column.word("type", FactType, FactType.TEXT)
            columns.append(Column(name=name, type=column_type, choices=self._keys(name, column_type)))
            heads[name] = column.trilingual("label")
            column.close()
        if columns:
            self._heads[fact] = MappingProxyType(heads)
        return tuple(columns)

    def _keys(self, name: str, fact_type: FactType) -> tuple[str, ...]:
        return tuple(self._choices.get(name, {})) if fact_type is FactType.CHOICE else ()


def _fee(table: Table) -> Fee:
    fee = Fee(amount=table.decimal("amount") or Decimal(0), how_to_pay=table.trilingual("how_to_pay"))
    table.close()
    return fee


def _days_between(table: Table) -> tuple[str, str] | None:
    names = table.texts("days_between")
    if len(names) == _DATES_IN_ORDER:
        return names[0], names[1]
    if names:
        table.blame("days_between", "should name two dates, the first and the last")
    return None


def _sentences(table: Table) -> Mapping[str, Trilingual]:
    names = [name for name in table.names() if name in KIND_SENTENCES]
    result = {name: table.trilingual(name, needed=False) for name in names}
    table.close()
    return MappingProxyType(result)


def _is_language(table: Table, code: str) -> bool:
    known = code in tuple(Language)
    if not known:
        table.blame("languages", f"“{code}” is not a language of the bot")
    return known


def _line(table: Table, labels: Mapping[str, Trilingual]) -> Line:
    """Read a line: either `text` in three languages or, for short, the `fact` that is the whole value.

    A fact's line without a label of its own is printed under that of the fact.
    """
    fact, form = table.text("fact", needed=False), table.text("form", needed=False)
    known = None if table.has("label") else labels.get(fact)
    label = known or table.trilingual("label", needed=table.has("label"))
    text = _only_value(fact, form) if fact else table.trilingual("text")
    when = table.lists("when")
    table.close()
    return Line(label=label, text=text, when=when)


def _only_value(fact: str, form: str) -> Trilingual:
    """Return the text of a line that is one value; the form of a date is that of Kyrgyz alone."""
    plain = f"{{{fact}}}"
    formed = f"{{{fact}|{form}}}" if form else plain
    others = plain if form in tuple(DateForm) else formed
    return Trilingual(ky=formed, ru=others, en=others)
