"""Rules of the search and of the card, without I/O."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from services.certificates.dto import CertificateKind
from services.certificates.eligibility import is_for
from services.certificates.rules import Profile, lacking_in_roster
from services.corrections.dto import Fact
from services.corrections.rules import value_of
from services.languages import Language
from services.people.dto import PersonKind, PersonStatus
from services.people.rules import group_key, number_key, phone_key, typed_words
from services.study_office.dto import LackingLanguage, MissingFact
from services.study_office.errors import NothingToSearch, SearchTooLong

LONGEST_TEXT = 100
#: More words than any name has; the rest say nothing new.
_MOST_WORDS = 8
_NOT_WORD = re.compile(r"[^\w]+")
_LOOKS_LIKE_PHONE = re.compile(r"[\d\s()+./-]+")
_CERTIFICATE_NUMBER = re.compile(r"\s*(?:№|No\.?)?\s*(\d{4}-\d{5,})\s*")
_IN_THREE_LANGUAGES = ("programme", "post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody typed, as beginnings of words.

    A person is found who has one beginning of each group of `words`, or a word that begins with `phone`.
    """

    words: tuple[tuple[str, ...], ...]
    phone: str = ""


def read_search(text: str) -> list[Wanted]:
    """Return what is looked for, the exact first: the next is asked only where nothing was found.

    What was typed in one piece (S-1001, ПИ-1-25) is first taken as one word, then as several.
    """
    if len(text) > LONGEST_TEXT:
        raise SearchTooLong(LONGEST_TEXT)
    phone = phone_key(text) if _LOOKS_LIKE_PHONE.fullmatch(text) else ""
    pieces = text.split()
    exact = Wanted(words=_groups(_spellings, pieces), phone=phone)
    if not exact.words:
        raise NothingToSearch
    loose = Wanted(words=_groups(_more_spellings, [word for piece in pieces for word in _NOT_WORD.split(piece)]))
    return [exact] if loose.words == exact.words else [exact, loose]


def read_certificate_number(text: str) -> str | None:
    """Return the number of a certificate, if that is all that was typed."""
    found = _CERTIFICATE_NUMBER.fullmatch(text)
    return found.group(1) if found else None


def _groups(spell: Callable[[str], tuple[str, ...]], pieces: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    groups = dict.fromkeys(spellings for piece in pieces if (spellings := spell(piece)))
    return tuple(groups)[:_MOST_WORDS]


def _spellings(piece: str) -> tuple[str, ...]:
    """Return the folded word; if it may be a number, also what it is in letters of the other script."""
    if any(sign.isdigit() for sign in piece):
        return _more_spellings(piece)
    return tuple(word for word in ["".join(typed_words(piece))] if word)


def _more_spellings(piece: str) -> tuple[str, ...]:
    """Return the folded word, and what it is if it is (part of) a number typed in letters of the other script."""
    words = (group_key(piece), _NOT_WORD.sub("", number_key(piece).casefold()))
    return tuple(dict.fromkeys(word for word in words if word))


def lacking(profile: Profile, kinds: Iterable[CertificateKind]) -> tuple[LackingLanguage, ...]:
    """Return what stops certificates of somebody who may have them, language by language."""
    if profile.entry.kind is not PersonKind.STUDENT or profile.entry.status is not PersonStatus.ACTIVE:
        return ()
    offered = list(kinds)
    found = ((language, tuple(_missing(profile, offered, language))) for language in Language)
    return tuple(LackingLanguage(language=language, facts=facts) for language, facts in found if facts)


def unprintable(
    profile: Profile, kinds: Iterable[CertificateKind], can_print: Callable[[str], bool]
) -> tuple[Fact, ...]:
    """Return the facts that hold signs no paper can show."""
    if profile.entry.kind is not PersonKind.STUDENT:
        return ()
    printed = [fact for kind in kinds for rule in kind.facts for fact in _facts_behind(rule.name)]
    return tuple(fact for fact in dict.fromkeys(printed) if not can_print(value_of(profile.entry, fact)))


def _missing(profile: Profile, kinds: Iterable[CertificateKind], language: Language) -> Iterator[MissingFact]:
    seen: set[str] = set()
    for kind in kinds:
        if language not in kind.languages or not is_for(kind, profile.entry):
            continue
        for name in lacking_in_roster(profile, kind, language):
            if name not in seen:
                seen.add(name)
                yield MissingFact(kind=kind.id, name=name, fact=_fact_to_enter(name, language))


def _fact_to_enter(name: str, language: Language) -> Fact | None:
    """Return the fact of the roster that a paper in this language takes its word from."""
    if name == "name":
        return Fact.NAME_LATIN if language is Language.EN else Fact.LAST_NAME
    field = f"{name}_{language.value}" if name in _IN_THREE_LANGUAGES else name
    return Fact(field) if field in set(Fact) else None


def _facts_behind(name: str) -> tuple[Fact, ...]:
    if name == "name":
        return (Fact.LAST_NAME, Fact.FIRST_NAME, Fact.PATRONYMIC, Fact.NAME_LATIN)
    fields = [f"{name}_{language.value}" for language in Language] if name in _IN_THREE_LANGUAGES else [name]
    return tuple(Fact(field) for field in fields if field in set(Fact))
