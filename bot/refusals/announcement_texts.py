"""Refusals of what an announcement says, as whoever writes it meets them."""

from collections.abc import Iterable

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from handlers.common.languages import language_name
from services.announcements.errors import (
    AboutMissing,
    AboutUnusable,
    CaptionsTooLong,
    FallbackMissing,
    LinkUnreadable,
    TextMissing,
    TextUnusable,
    TooManyLinks,
)
from services.html import MOST_TAGS, FaultKind, HtmlFault
from services.languages import Language

_LONGEST_LINE = 80


def _text_missing(refusal: TextMissing, _language: Language, _words: Words) -> str:
    sentence = _(
        "There is no text in: {languages}. Write it, or say in the draft whose text the others get (🌐 For those "
        "without a text)."
    )
    return sentence.format(languages=_names(refusal.languages))


def _fallback_missing(refusal: FallbackMissing, _language: Language, _words: Words) -> str:
    sentence = _("The text that the others are to get is missing itself: {language}. Write it, or choose another one.")
    return sentence.format(language=language_name(refusal.language))


def _about_missing(refusal: AboutMissing, _language: Language, _words: Words) -> str:
    sentence = _(
        "Some readers get a text in another language, so they must see in theirs what it is about. That line is "
        "missing in: {languages}. Write it in the draft (🌐 For those without a text)."
    )
    return sentence.format(languages=_names(refusal.languages))


def _about_unusable(refusal: AboutUnusable, _language: Language, _words: Words) -> str:
    return _("Please write one line of at most {limit} signs.").format(limit=refusal.limit)


def _captions_too_long(refusal: CaptionsTooLong, _language: Language, _words: Words) -> str:
    sentence = _(
        "With a photo or a document a text has at most {limit} signs. Too long for that: {texts}. Please shorten it "
        "first, or send the announcement without a file."
    )
    texts = (f"{language_name(language)} ({length})" for language, length in refusal.lengths.items())
    return sentence.format(limit=refusal.limit, texts=", ".join(texts))


def _link_unreadable(refusal: LinkUnreadable, _language: Language, _words: Words) -> str:
    cut = refusal.line if len(refusal.line) <= _LONGEST_LINE else f"{refusal.line[:_LONGEST_LINE]}…"
    sentence = _(
        "This line is no button: {line}\nWrite a label of at most {limit} signs and an address that begins with "
        "https://, for example: <code>Site — https://university.example</code>"
    )
    return sentence.format(line=html.quote(cut), limit=refusal.limit)


def _too_many_links(refusal: TooManyLinks, _language: Language, _words: Words) -> str:
    return _("At most {limit} buttons fit. Nothing was added; remove those that are there, or send fewer.").format(
        limit=refusal.limit
    )


def _text_unusable(refusal: TextUnusable, _language: Language, _words: Words) -> str:
    sentence = _("The text ({language}) cannot be sent so. {fault}")
    return sentence.format(language=language_name(refusal.language), fault=_fault(refusal.fault))


def _fault(fault: HtmlFault) -> str:
    found, line = html.quote(fault.found), fault.line
    if fault.kind is FaultKind.TOO_LONG:
        return _(
            "It has {length} signs, as Telegram counts them, and at most {limit} fit: 4096 in a message, 1024 with a "
            "photo or a document, and less where it stands in for another language. Please shorten it."
        ).format(length=fault.length, limit=fault.limit)
    sentences = {
        FaultKind.SIGN: _("Line {line} holds a sign that is no text: {found}. Please write that line anew."),
        FaultKind.ADDRESS: _("The link in line {line} leads nowhere: {found}. A link begins with https://"),
        FaultKind.EMPTY: _("Nothing of it can be seen. Please write some words."),
        FaultKind.TOO_MANY_TAGS: _(
            "It has more than {most} pieces of formatting (line {line}); Telegram would not show the rest. Please use "
            "less."
        ),
    }
    formatting = _("Telegram cannot show the formatting in line {line}: {found}. Please format that line anew.")
    return sentences.get(fault.kind, formatting).format(line=line, found=found, most=MOST_TAGS)


def _names(languages: Iterable[Language]) -> str:
    return ", ".join(map(language_name, languages))


SENTENCES: Sentences = {
    AboutMissing: _about_missing,
    AboutUnusable: _about_unusable,
    CaptionsTooLong: _captions_too_long,
    FallbackMissing: _fallback_missing,
    LinkUnreadable: _link_unreadable,
    TextMissing: _text_missing,
    TextUnusable: _text_unusable,
    TooManyLinks: _too_many_links,
}
