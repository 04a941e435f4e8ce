"""Invented papers, as hard to print as they come: long texts and tables, and every way in which conditions turn out."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product
from typing import Final

from services.certificates.dto import (
    Audience,
    CertificateKind,
    Column,
    FactRule,
    FactType,
    PaperOrder,
    Replaced,
    Requirement,
    Source,
)
from services.certificates.rules import is_wanted, new_code, valid_until
from services.languages import Language
from services.people.dto import PersonStatus

_MOST_VARIANTS = 64
_LONG_TABLE = 60  # rows: two pages and more
_SHORT_TABLE = 3
_LONGEST_NAME = 60
_LARGE = 1_234_567
_LONGEST_PROGRAMME = 150

#: All letters that the languages need beyond the usual ones.
_WORDS: Final = {
    Language.KY: "Үсөнова Жаңыл Өмүрбек кызы ",
    Language.RU: "Щёголева Юлия Объедкова-Эткина ",
    Language.EN: "O'Brien-Smith Maximiliana Zoe ",
}
_LENGTHS: Final = {"name": _LONGEST_NAME, "name_latin": _LONGEST_NAME, "programme": _LONGEST_PROGRAMME}
_STATUS: Final = {
    Audience.STUDENT: PersonStatus.ACTIVE,
    Audience.FOREIGN_STUDENT: PersonStatus.ACTIVE,
    Audience.EXTRAMURAL: PersonStatus.ACTIVE,
    Audience.STAFF: PersonStatus.ACTIVE,
    Audience.ON_LEAVE: PersonStatus.LEAVE,
    Audience.GRADUATE: PersonStatus.GRADUATED,
    Audience.FORMER_STUDENT: PersonStatus.EXPELLED,
}


def sample_orders(
    kind: CertificateKind, language: Language, deciding: frozenset[str], day: date
) -> Iterator[PaperOrder]:
    """Yield papers for every way in which conditions turn out, each with all facts and with the needed ones only.

    The very first has tables of two pages and stands in place of another paper. `deciding`: the facts on whose values
    sentences depend.
    """
    choices = [rule for rule in kind.facts if rule.type is FactType.CHOICE and rule.name in deciding]
    ways = product(*(_keys(kind, rule) for rule in choices))
    for number, keys in enumerate(islice(ways, _MOST_VARIANTS)):
        chosen = dict(zip((rule.name for rule in choices), keys, strict=True))
        rows = _SHORT_TABLE if number else _LONG_TABLE
        whole = {rule.name: chosen.get(rule.name) or _sample(kind, rule, language, day, rows) for rule in kind.facts}
        bare = {rule.name for rule in kind.facts if rule.requirement is not Requirement.OPTIONAL} | chosen.keys()
        yield _order(kind, language, day, whole, replaces=number == 0)
        yield _order(kind, language, day, {name: value for name, value in whole.items() if name in bare})


def _order(
    kind: CertificateKind, language: Language, day: date, facts: Mapping[str, str], *, replaces: bool = False
) -> PaperOrder:
    wanted = {rule.name: facts[rule.name] for rule in kind.facts if rule.name in facts and is_wanted(rule, facts)}
    return PaperOrder(
        kind=kind.id,
        language=language,
        number=f"{day.year}-00000",
        code=new_code(),
        issued_on=day,
        valid_until=valid_until(kind, day, wanted),
        facts=wanted,
        replaces=Replaced(id=0, number=f"{day.year}-00000", issued_on=day) if replaces else None,
    )


def _keys(kind: CertificateKind, rule: FactRule) -> tuple[str, ...]:
    """Return the values that a choice can have on papers of this kind."""
    if rule.name in kind.only:
        return kind.only[rule.name]
    if rule.name == "status" and rule.source is Source.ROSTER:
        return tuple(dict.fromkeys(_STATUS[audience].value for audience in sorted(kind.audience)))
    return rule.choices


def _sample(kind: CertificateKind, rule: FactRule, language: Language, day: date, rows: int) -> str:
    if rule.type is FactType.CHOICE:
        return next(iter(_keys(kind, rule)), "")
    if rule.type is FactType.TABLE:
        return json.dumps([_row(rule.columns, language, number) for number in range(rows)], ensure_ascii=False)
    longest = rule.longest if rule.source is not Source.ROSTER else _LENGTHS.get(rule.name, _LONGEST_NAME)
    amount = str(rule.most if rule.most is not None else _LARGE)
    samples = {
        FactType.DATE: day.isoformat(),
        FactType.NUMBER: amount,
        FactType.MONEY: amount,
        FactType.ACADEMIC_YEAR: f"{day.year}-{(day.year + 1) % 100:02d}",
        FactType.COUNTRY: "KG",
        FactType.TEXT: _text(language, longest),
    }
    return samples[rule.type]


def _row(columns: tuple[Column, ...], language: Language, number: int) -> list[str]:
    cells = {FactType.NUMBER: f"{number}.5", FactType.TEXT: _text(language, _LONGEST_NAME)}
    return [cells.get(column.type) or column.choices[number % len(column.choices)] for column in columns]


def _text(language: Language, length: int) -> str:
    words = _WORDS[language]
    return (words * (length // len(words) + 1))[:length].strip()
