"""What must hold for every text of a university file, whoever prints it."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.documents.wording import Noun, Placeholder, faults, placeholders
from bot.localtime import DateForm
from services.languages import Language, Trilingual

#: The values that are dates in every paper.
DATES: Final = frozenset({"date", "valid_until", "old_date"})


def date_form(value: Placeholder, language: Language) -> str | None:
    """Say what is wrong with the form a date is asked for."""
    if language is Language.KY and value.form not in tuple(DateForm):
        return f"the date {value.name} needs a form: {', '.join(DateForm)}"
    if language is not Language.KY and value.form:
        return f"the date {value.name} has one form only in this language"
    return None


def sentence(where: str, text: Trilingual, allowed: frozenset[str]) -> Iterator[str]:
    """Yield the mistakes of a text that may name the allowed values."""
    names = {language: {value.name for value in placeholders(text.get(language))} for language in Language}
    for language in Language:
        for problem in faults(text.get(language), language):
            yield f"{where}.{language}: {problem}"
        for name in sorted(names[language] - allowed):
            yield f"{where}.{language}: nothing is known by the name {{{name}}}"
        if where and language is Language.KY:
            for value in placeholders(text.ky):
                wrong = date_form(value, language) if value.name in DATES else None
                if wrong:
                    yield f"{where}.{language}: {wrong}"
    if len(set(map(frozenset, names.values()))) > 1:
        lists = "; ".join(f"{language}: {', '.join(sorted(names[language])) or 'none'}" for language in Language)
        yield f"{where}: the languages name different values ({lists})"


def plain(where: str, text: Trilingual) -> Iterator[str]:
    """Yield the mistakes of a text without values."""
    for language in Language:
        if any(placeholders(text.get(language))):
            yield f"{where}.{language}: a placeholder where none can be filled"
        for problem in faults(text.get(language), language):
            yield f"{where}.{language}: {problem}"


def noun(where: str, word: Noun) -> Iterator[str]:
    """Yield the mistakes of a word and its forms."""
    yield from plain(where, Trilingual(**{str(language): text for language, text in word.texts.items()}))
    for (language, form), text in word.forms.items():
        yield from (f"{where}.{language}_{form}: {problem}" for problem in faults(text, language))


def choices(where: str, lists: Mapping[str, Mapping[str, Noun]]) -> Iterator[str]:
    """Yield the mistakes in the words of closed lists."""
    for name, words in lists.items():
        for key, word in words.items():
            yield from noun(f"{where}.{name}.{key}", word)
