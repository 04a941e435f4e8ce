"""The tables of words put together, to be looked up."""

from collections.abc import Iterator

from services.deadlines import months, numerals, words
from services.deadlines.kinds import Case, Kind, Token
from services.deadlines.letters import plain

_CASES = {
    Case.ABLATIVE: ("дан", "ден", "дон", "тан", "тен", "тон", "нан", "нен", "нон"),
    Case.DATIVE: ("га", "ге", "го", "ка", "ке", "ко", "на", "не", "но"),
    Case.LOCATIVE: ("да", "де", "до", "та", "те", "то"),
    Case.GENITIVE: ("дын", "дин", "дун", "тын", "тин", "тун", "нын", "нин", "нун"),
}


def _case(word: str) -> Case:
    """Return the case of a Kyrgyz form that stands in a table."""
    return next((case for case, endings in _CASES.items() if word.endswith(endings)), Case.PLAIN)


def _tokens(kind: Kind, forms: str, value: int = 0, *, language: str = "", ordinal: bool = False) -> Iterator[Token]:
    for form in plain(forms).split():
        yield Token(kind, form, value, _case(form) if language == "ky" else Case.PLAIN, language, ordinal)


def _all_words() -> Iterator[Token]:
    for language, table in (("ky", months.KYRGYZ), ("ru", months.RUSSIAN), ("en", months.ENGLISH)):
        for number, forms in enumerate(table, start=1):
            yield from _tokens(Kind.MONTH, forms, number, language=language)
    for kind, forms in words.DECLINED.items():
        yield from _tokens(kind, forms, language="ky")
    for kind, forms in words.WORDS.items():
        yield from _tokens(kind, forms)
    for kind, by_value in words.VALUED.items():
        for value, forms in by_value.items():
            yield from _tokens(kind, forms, value)
    yield from _numbers()


def _numbers() -> Iterator[Token]:
    for value, forms in enumerate((*numerals.ORDINALS, *numerals.TEENS), start=1):
        yield from _tokens(Kind.NUMBER, forms, value, ordinal=True)
    yield from _tokens(Kind.NUMBER, numerals.THIRTIETH, 30, ordinal=True)
    for tens, spoken in numerals.TENS.items():
        for value, forms in enumerate(numerals.ORDINALS[:9], start=1):
            both = " ".join(f"{ten}_{form}" for ten in spoken for form in forms.split())
            yield from _tokens(Kind.NUMBER, both, tens + value, ordinal=True)
    for value, roman in enumerate(numerals.ROMANS, start=1):
        yield from _tokens(Kind.NUMBER, roman, value, language="roman", ordinal=True)
    for value, forms in numerals.CARDINALS.items():
        yield from _tokens(Kind.NUMBER, forms, value, language="spelled")


#: Single words.
SINGLE: dict[str, Token] = {}
#: Phrases of several words by their first word, longest first.
PHRASES: dict[str, list[tuple[tuple[str, ...], Token]]] = {}
for _token in _all_words():
    if "_" in _token.text:
        _parts = tuple(_token.text.split("_"))
        PHRASES.setdefault(_parts[0], []).append((_parts, _token))
    else:
        SINGLE.setdefault(_token.text, _token)
for _phrases in PHRASES.values():
    _phrases.sort(key=lambda phrase: -len(phrase[0]))
#: The endings of figures.
NUMBER_ENDINGS: dict[str, Case] = {
    ending: case for case, endings in numerals.ENDINGS.items() for ending in plain(endings).split()
}
