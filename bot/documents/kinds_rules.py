"""What a kind of certificate must keep so that it can be asked for, decided, printed and checked."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.documents.facts_rules import COMMON_VALUES, check_facts
from bot.documents.text_rules import DATES, choices, date_form, plain, sentence
from bot.documents.university_model import KindWording, Line, University
from bot.documents.university_reader import SENTENCES
from bot.documents.values import PERCENT
from bot.documents.wording import Placeholder, only_value, placeholders
from services.certificates.dto import CertificateKind, FactType, Requirement, Source
from services.certificates.roster_facts import DECIDING_FACTS
from services.languages import Language, Trilingual

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")

#: "Маалымат" is information and the adjective "маалыматтык" stands in names; a certificate is "маалымкат".
_INFORMATION: Final = re.compile(r"\bмаалымат(?!тык)", re.IGNORECASE)
_THIS_INFORMATION: Final = re.compile(r"\b(?:ушул|бул)\s+маалымат(?!тык|тар)", re.IGNORECASE)

#: What a value of this type brings along, so that it must not stand beside it once more.
_CURRENCY: Final = r"\{{{0}\}}\s*(?:сом|som|KGS)|(?:сом|som|KGS)\s*\{{{0}\}}"
_PER_CENT: Final = rf"\{{{{{{0}}\|{PERCENT}\}}}}\s*%"


def check_kind(university: University, wording: KindWording) -> Iterator[str]:
    """Yield the mistakes of a kind, one readable line each."""
    kind, where = wording.kind, f"kinds[{wording.kind.id}]"
    yield from (f"{where}.{problem}" for problem in (*_offer(university, kind), *_decision(kind), *_validity(kind)))
    if not wording.openings:
        yield f"{where}.openings: is missing"
    yield from _texts(wording, where)
    yield from (f"{where}.facts{problem}" for problem in check_facts(university, wording))
    for part, lines in {"openings": wording.openings, "lines": wording.lines, "endings": wording.endings}.items():
        for number, line in enumerate(lines, start=1):
            tables = part == "lines"
            for problem in (*_line(university, kind, line), *_tables(kind, line, allowed=tables)):
                yield f"{where}.{part}[{number}]{problem}"


def _offer(university: University, kind: CertificateKind) -> Iterator[str]:
    """For whom a kind is."""
    if not _ID.fullmatch(kind.id):
        yield "id: small Latin letters, digits and _ only, at most 32"
    if kind.desk != kind.desk.strip():
        yield "desk: stray space"
    if not kind.languages:
        yield "languages: is missing"
    if len(set(kind.languages)) < len(kind.languages):
        yield "languages: names one twice"
    if not kind.audience:
        yield "for: names nobody"
    for fact, values in kind.only.items():
        if fact not in DECIDING_FACTS:
            yield f"only.{fact}: a kind can be chosen by {', '.join(DECIDING_FACTS)}"
        elif not values:
            yield f"only.{fact}: lists no value"
        elif fact != "course":
            unknown = [value for value in values if university.choice(kind.id, fact, value) is None]
            yield from (f"only.{fact}: “{value}” is no choice of {fact}" for value in unknown)


def _decision(kind: CertificateKind) -> Iterator[str]:
    """Who decides, and what it costs."""
    if kind.approved and not kind.promised_days:
        yield "promised_days: is missing: in how many working days does the desk answer?"
    if not kind.approved:
        for rule in kind.facts_from(Source.DESK):
            yield f'facts[{rule.name}]: no desk enters anything for an automatic kind; write mode = "approved"'
        if kind.fee is not None:
            yield 'fee: a desk looks at the receipt; write mode = "approved"'
    if kind.fee is not None:
        if kind.fee.amount <= 0:
            yield "fee.amount: should be above zero"
        yield from plain("fee.how_to_pay", kind.fee.how_to_pay)


def _validity(kind: CertificateKind) -> Iterator[str]:
    name = kind.valid_until_fact
    if not name:
        return
    if kind.validity_days is not None:
        yield "valid_until: stands beside validity_days; one of them is enough"
    rule = kind.fact(name)
    if rule is None or rule.type is not FactType.DATE:
        yield f"valid_until: {name} is no date of this kind"
    elif rule.requirement is not Requirement.REQUIRED or rule.needed_when:
        yield f"valid_until: {name} may be missing; it must be required, without needed_when"


def _texts(wording: KindWording, where: str) -> Iterator[str]:
    kind = wording.kind
    titles = {"name": kind.name, "title": wording.title, "subtitle": wording.subtitle}
    signs = wording.signatory
    signed = {"signatory.post": signs.post, "signatory.name": signs.name} if signs else {}
    for name, text in {**titles, "desk_name": kind.desk_name, **signed}.items():
        yield from plain(f"{where}.{name}", text)
    for name, text in titles.items():
        if _INFORMATION.search(text.ky):
            yield f"{where}.{name}.ky: маалымат is information, a certificate is маалымкат"
    yield from choices(f"{where}.choices", wording.choices)
    for name, text in wording.sentences.items():
        if any(text.get(language) for language in Language):
            yield from sentence(f"{where}.paper.{name}", text, SENTENCES[name])


def _line(university: University, kind: CertificateKind, line: Line) -> Iterator[str]:
    types = {fact.name: fact.type for fact in kind.facts}
    yield from (f".label{problem}" for problem in plain("", line.label))
    yield from (f".text{problem}" for problem in sentence("", line.text, COMMON_VALUES | types.keys()))
    if _THIS_INFORMATION.search(line.text.ky):
        yield ".text.ky: маалымат is information, a certificate is маалымкат"
    for language in Language:
        for value in placeholders(line.text.get(language)):
            wrong = _form(university, kind.id, types.get(value.name), value, language)
            if wrong:
                yield f".text.{language}: {wrong}"
    yield from _said_twice(types, line.text)
    yield from _conditions(university, kind, line)


def _conditions(university: University, kind: CertificateKind, line: Line) -> Iterator[str]:
    types = {fact.name: fact.type for fact in kind.facts}
    for fact, accepted in line.when.items():
        if fact not in types:
            yield f".when: {fact} is no fact of this kind"
        elif not accepted:
            yield f".when: {fact} has no values listed"
        elif types[fact] is FactType.CHOICE:
            for key in accepted:
                if university.choice(kind.id, fact, key) is None:
                    yield f".when: “{key}” is no choice of {fact}"


def _said_twice(types: Mapping[str, FactType], text: Trilingual) -> Iterator[str]:
    patterns = {FactType.MONEY: _CURRENCY, FactType.NUMBER: _PER_CENT}
    for name, fact_type in types.items():
        for language in Language:
            if fact_type in patterns and re.search(patterns[fact_type].format(name), text.get(language)):
                yield f".text.{language}: {name} is printed with its unit already"


def _tables(kind: CertificateKind, line: Line, *, allowed: bool) -> Iterator[str]:
    for value in placeholders(line.text.ky):
        rule = kind.fact(value.name)
        if rule is None or rule.type is not FactType.TABLE:
            continue
        if not allowed:
            yield f": the table {value.name} can stand among the lines only"
        elif any(only_value(line.text.get(language)) != value.name for language in Language):
            yield f": the table {value.name} needs a line of its own"


def _form(
    university: University, kind: str, fact_type: FactType | None, value: Placeholder, language: Language
) -> str | None:
    """Say what is wrong with the form a value is asked for."""
    if value.name in DATES or fact_type is FactType.DATE:
        return date_form(value, language)
    if value.name == "univ":
        missing = value.form and (language, value.form) not in university.name.forms
        return f"university.name has no form {language}_{value.form}" if missing else None
    if value.form and fact_type is FactType.CHOICE:
        words = university.words_of(kind, value.name)
        lacking = [key for key, noun in words.items() if (language, value.form) not in noun.forms]
        return f"choices.{value.name}.{lacking[0]} has no form {language}_{value.form}" if lacking else None
    if value.form == PERCENT and fact_type is FactType.NUMBER:
        return None
    return f"{value.name} is printed as it stands and has no form “{value.form}”" if value.form else None
