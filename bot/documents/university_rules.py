"""What a university file must keep so that every paper of every kind can be printed in every language."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.documents.university_model import KindWording, Line, University
from bot.documents.university_reader import SENTENCES
from bot.documents.wording import Noun, Placeholder, faults, placeholders
from bot.localtime import DateForm
from services.certificates.dto import CertificateKind, FactType, Publicity
from services.languages import Language, Trilingual

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")

#: Values that any sentence of a kind may name besides its own facts, and those of them that are dates.
_COMMON_VALUES: Final = frozenset({"univ", "number", "date", "valid_until"})
_DATES: Final = frozenset({"date", "valid_until"})

#: How a placeholder goes on after the fact's name: a form may be asked for.
_END_OF_VALUE: Final = re.compile(r"(\|[a-z]+)?\}")


def check(university: University) -> list[str]:
    """Return the mistakes of a university file that was read, one readable line each."""
    return [
        *_common(university),
        *(problem for kind in university.kinds.values() for problem in _kind(university, kind)),
    ]


def _common(university: University) -> Iterator[str]:
    yield from _noun("university.name", university.name)
    plain = {
        "abbreviation": university.abbreviation,
        "ministry": university.ministry,
        "address": university.address,
        "group_word": university.group_word,
        "signatory.post": university.signatory.post,
        "signatory.name": university.signatory.name,
    }
    for where, text in plain.items():
        yield from _plain(f"university.{where}", text)
    for name, contact in university.contacts.items():
        for part, text in {"name": contact.name, "place": contact.place, "hours": contact.hours}.items():
            yield from _plain(f"contacts.{name}.{part}", text)
    for name, text in university.labels.items():
        yield from _plain(f"labels.{name}", text)
    yield from _choices("choices", university.choices)
    for name, text in university.sentences.items():
        yield from _sentence(f"paper.{name}", text, SENTENCES[name])


def _kind(university: University, wording: KindWording) -> Iterator[str]:
    kind, where = wording.kind, f"kinds[{wording.kind.id}]"
    if not _ID.fullmatch(kind.id):
        yield f"{where}.id: small Latin letters, digits and _ only, at most 32"
    if not kind.languages:
        yield f"{where}.languages: is missing"
    if not wording.openings:
        yield f"{where}.openings: is missing"
    texts = {"name": kind.name, "desk_name": kind.desk_name, "title": wording.title, "subtitle": wording.subtitle}
    for name, text in [*texts.items(), *((f"facts[{fact}].label", label) for fact, label in wording.labels.items())]:
        yield from _plain(f"{where}.{name}", text)
    yield from _choices(f"{where}.choices", wording.choices)
    for name, text in wording.sentences.items():
        if any(text.get(language) for language in Language):
            yield from _sentence(f"{where}.paper.{name}", text, SENTENCES[name])
    yield from _facts(university, wording, where)
    for part, lines in {"openings": wording.openings, "lines": wording.lines, "endings": wording.endings}.items():
        for number, line in enumerate(lines, start=1):
            for problem in _line(university, kind, line):
                yield f"{where}.{part}[{number}]{problem}"


def _facts(university: University, wording: KindWording, where: str) -> Iterator[str]:
    names = [fact.name for fact in wording.kind.facts]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{where}.facts[{name}]: is given twice"
    everything = (*wording.openings, *wording.lines, *wording.endings)
    printed = {value.name for line in everything for value in placeholders(line.text.ky)}
    for fact in wording.kind.facts:
        place = f"{where}.facts[{fact.name}]"
        if fact.name in _COMMON_VALUES:
            yield f"{place}: is the name of a common value"
        if fact.type is FactType.CHOICE and not (wording.choices.get(fact.name) or university.choices.get(fact.name)):
            yield f"{place}: a choice needs its words under choices.{fact.name}"
        if fact.public is not Publicity.NO:
            if fact.name not in printed and fact.name != "recipient":
                yield f"{place}: is public but the paper does not print it"
            if not label_of(university, wording, fact.name):
                yield f"{place}: needs a label, for the page that checks the paper"


def label_of(university: University, wording: KindWording, fact: str) -> Trilingual | None:
    """Return the label under which a fact is shown by itself: its own, its line's or the university's."""
    alone = (line.label for line in wording.lines if line.label.ky and _is_only(line, fact))
    return wording.labels.get(fact) or next(alone, None) or university.labels.get(fact)


def _is_only(line: Line, fact: str) -> bool:
    text, opening = line.text.ky, f"{{{fact}"
    return text.startswith(opening) and _END_OF_VALUE.fullmatch(text, len(opening)) is not None


def _line(university: University, kind: CertificateKind, line: Line) -> Iterator[str]:
    types = {fact.name: fact.type for fact in kind.facts}
    yield from (f".label{problem}" for problem in _plain("", line.label))
    yield from (f".text{problem}" for problem in _sentence("", line.text, _COMMON_VALUES | types.keys()))
    for language in Language:
        for value in placeholders(line.text.get(language)):
            wrong = _form(university, kind.id, types.get(value.name), value, language)
            if wrong:
                yield f".text.{language}: {wrong}"
    for fact, accepted in line.when.items():
        if fact not in types:
            yield f".when: {fact} is no fact of this kind"
        elif types[fact] is FactType.CHOICE:
            for key in accepted:
                if university.choice(kind.id, fact, key) is None:
                    yield f".when: “{key}” is no choice of {fact}"


def _form(
    university: University, kind: str, fact_type: FactType | None, value: Placeholder, language: Language
) -> str | None:
    """Say what is wrong with the form a value is asked for."""
    if value.name in _DATES or fact_type is FactType.DATE:
        return _date_form(value, language)
    if value.name == "univ":
        missing = value.form and (language, value.form) not in university.name.forms
        return f"university.name has no form {language}_{value.form}" if missing else None
    if value.form and fact_type is FactType.CHOICE:
        words = university.kinds[kind].choices.get(value.name) or university.choices.get(value.name) or {}
        lacking = [key for key, noun in words.items() if (language, value.form) not in noun.forms]
        return f"choices.{value.name}.{lacking[0]} has no form {language}_{value.form}" if lacking else None
    return f"{value.name} is printed as it stands and has no form “{value.form}”" if value.form else None


def _date_form(value: Placeholder, language: Language) -> str | None:
    if language is Language.KY and value.form not in tuple(DateForm):
        return f"the date {value.name} needs a form: {', '.join(DateForm)}"
    if language is not Language.KY and value.form:
        return f"the date {value.name} has one form only in this language"
    return None


def _sentence(where: str, text: Trilingual, allowed: frozenset[str]) -> Iterator[str]:
    names = {language: {value.name for value in placeholders(text.get(language))} for language in Language}
    for language in Language:
        for problem in faults(text.get(language), language):
            yield f"{where}.{language}: {problem}"
        for name in sorted(names[language] - allowed):
            yield f"{where}.{language}: nothing is known by the name {{{name}}}"
        if where and language is Language.KY:
            for value in placeholders(text.ky):
                wrong = _date_form(value, language) if value.name in _DATES else None
                if wrong:
                    yield f"{where}.{language}: {wrong}"
    if len(set(map(frozenset, names.values()))) > 1:
        lists = "; ".join(f"{language}: {', '.join(sorted(names[language])) or 'none'}" for language in Language)
        yield f"{where}: the languages name different values ({lists})"


def _plain(where: str, text: Trilingual) -> Iterator[str]:
    for language in Language:
        if any(placeholders(text.get(language))):
            yield f"{where}.{language}: a placeholder where none can be filled"
        for problem in faults(text.get(language), language):
            yield f"{where}.{language}: {problem}"


def _noun(where: str, noun: Noun) -> Iterator[str]:
    yield from _plain(where, Trilingual(**{str(language): text for language, text in noun.texts.items()}))
    for (language, form), text in noun.forms.items():
        yield from (f"{where}.{language}_{form}: {problem}" for problem in faults(text, language))


def _choices(where: str, lists: Mapping[str, Mapping[str, Noun]]) -> Iterator[str]:
    for name, words in lists.items():
        for key, noun in words.items():
            yield from _noun(f"{where}.{name}.{key}", noun)
