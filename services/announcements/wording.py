"""What an announcement says: whether it can be read by everybody, and how it changes while it is written."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from html import escape
from typing import Final

from services.announcements.dto import Category, Content, LinkButton, MediaFile
from services.announcements.errors import (
    AboutMissing,
    AboutUnusable,
    CaptionsTooLong,
    FallbackMissing,
    TextMissing,
    TextUnusable,
    TooManyLinks,
)
from services.announcements.rules import FALLBACK_LINE
from services.html import LONGEST_CAPTION, LONGEST_MESSAGE, find_fault, utf16_length, visible_length
from services.languages import Language

#: A line that says what a text in another language is about, in UTF-16 units.
LONGEST_ABOUT: Final = 200
MOST_LINKS: Final = 5


def missing_texts(content: Content) -> list[Language]:
    """Return the languages without a text."""
    return [language for language in Language if language not in content.texts]


def missing_abouts(content: Content) -> list[Language]:
    """Return the languages in which neither a text nor a line stands that says what it is about."""
    return [language for language in missing_texts(content) if language not in content.about]


def limit_of(content: Content, language: Language) -> int:
    """Return how long a text may be: what stands above it for readers of other languages needs room as well."""
    limit = LONGEST_CAPTION if content.file is not None else LONGEST_MESSAGE
    missing = missing_texts(content)
    if language is not content.fallback or not missing:
        return limit
    longest = max(utf16_length(content.about.get(other, "")) for other in missing)
    return limit - FALLBACK_LINE - (longest + 1 if longest else 0)


def check_texts_fit(content: Content) -> None:
    """Refuse the first text that Telegram would not show as it is meant."""
    for language, text in content.texts.items():
        fault = find_fault(text, limit_of(content, language))
        if fault is not None:
            raise TextUnusable(language, fault)


def check_ready(content: Content) -> None:
    """Refuse what not everybody could read.

    Raises:
        AboutMissing: readers of a language would get a foreign text without a word about it.
        FallbackMissing: the text that was named instead of others is missing itself.
        TextMissing: a language has no text, and none was named instead.
        TextUnusable: Telegram would not show a text as it is meant.
    """
    _check_languages(content)
    silent = missing_abouts(content)
    if silent:
        raise AboutMissing(silent)
    check_texts_fit(content)


def check_texts(texts: Mapping[Language, str], fallback: Language | None) -> dict[Language, str]:
    """Return the texts, tidied, of whoever announces in one go; refuses as `check_ready` but for `AboutMissing`."""
    tidied = {language: text for language in Language if (text := texts.get(language, "").strip())}
    content = Content(texts=tidied, fallback=fallback)
    _check_languages(content)
    check_texts_fit(content)
    return tidied


def with_text(content: Content, language: Language, html: str) -> Content:
    """Return it with a text; no line stands in for it any more."""
    return _settled(replace(content, texts=_ordered({**content.texts, language: html.strip()})))


def without_text(content: Content, language: Language) -> Content:
    """Return it without the text of a language; what stood in for others does so no more."""
    texts = {other: text for other, text in content.texts.items() if other is not language}
    return _settled(replace(content, texts=texts))


def with_about(content: Content, language: Language, words: str) -> Content:
    """Return it with the line that says what it is about; plain text."""
    line = " ".join(words.split())
    if find_fault(escape(line), LONGEST_ABOUT) is not None:
        raise AboutUnusable(LONGEST_ABOUT)
    return _settled(replace(content, about=_ordered({**content.about, language: line})))


def with_fallback(content: Content, language: Language) -> Content:
    """Return it with the text that readers get in whose own language there is none."""
    if language not in content.texts:
        raise FallbackMissing(language)
    return _settled(replace(content, fallback=language))


def with_file(content: Content, file: MediaFile) -> Content:
    """Return it with a photo or a document; texts become its caption and must be short enough for that."""
    changed = replace(content, file=file)
    long = {
        language: length
        for language, text in changed.texts.items()
        if (length := visible_length(text)) > limit_of(changed, language)
    }
    if long:
        raise CaptionsTooLong(long, min(limit_of(changed, language) for language in long))
    return changed


def with_links(content: Content, links: Collection[LinkButton]) -> Content:
    """Return it with these buttons besides those that it has."""
    together = (*content.links, *links)
    if len(together) > MOST_LINKS:
        raise TooManyLinks(MOST_LINKS)
    return replace(content, links=together)


def without_file(content: Content) -> Content:
    """Return it without photo and document."""
    return replace(content, file=None)


def without_links(content: Content) -> Content:
    """Return it without buttons that lead elsewhere."""
    return replace(content, links=())


def with_category(content: Content, category: Category) -> Content:
    """Return it in another category."""
    return replace(content, category=category)


def _check_languages(content: Content) -> None:
    """Refuse a language without a text, and without another that was named instead."""
    missing = missing_texts(content)
    if content.fallback is not None and content.fallback not in content.texts:
        raise FallbackMissing(content.fallback)
    if missing and content.fallback is None:
        raise TextMissing(missing)


def _settled(content: Content) -> Content:
    """Leave out what nothing needs any more."""
    missing = missing_texts(content)
    about = {language: line for language, line in content.about.items() if language in missing}
    stands = content.fallback in content.texts and bool(missing)
    return replace(content, about=about, fallback=content.fallback if stands else None)


def _ordered(words: Mapping[Language, str]) -> dict[Language, str]:
    return {language: words[language] for language in Language if language in words}
