"""The words of the directory's names: which of them a printed word may be, in another case or number."""

from dataclasses import dataclass, field, replace

from services.responsibles.endings import Form, forms_of, is_surely_many
from services.responsibles.titles import is_title_of_many, title_of
from services.responsibles.tokens import Token

_SHORTEST_IN_SMALL_LETTERS = 3  # `ОБ` is an abbreviation, `об` is a preposition
_SEVERAL = "*"  # marks the title of several people at the beginning of a name
_SINGLE = "#"  # marks the title of one
_LONGEST_ABBREVIATION = 5  # more capitals are a word in capitals, which has endings


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A word of the directory that a printed word may be.

    `shift`: 1 where one is named and many are printed, -1 the other way round, else 0. `are_many`: both speak of many.
    """

    word: str
    is_exact: bool
    shift: int = 0
    are_many: bool = False


@dataclass(slots=True)
class Vocabulary:
    """The words of all names. Abbreviations have no forms: one letter more is another unit."""

    _abbreviations: set[str] = field(default_factory=set)
    _words: set[str] = field(default_factory=set)
    _by_stem: dict[str, set[str]] = field(default_factory=dict)
    _known: dict[tuple[str, str, bool, bool], tuple[Likeness, ...]] = field(default_factory=dict)

    def add(self, token: Token, *, is_head: bool = False) -> str:
        """Take up a word of a name; return the word under which it is kept.

        `is_head`: it begins a Russian or English name, which stands in the nominative: there `деканы` are several,
        while at the end of a Kyrgyz name they are one, somebody's.
        """
        self._known.clear()
        if token.core:
            self._abbreviations.add(token.core)
            return token.core
        word = token.word
        if is_head and title_of(token) is not None:
            word += _SEVERAL if is_title_of_many(word) else _SINGLE
        self._words.add(word)
        for stem, _ in _named_forms(word):
            self._by_stem.setdefault(stem, set()).add(word)
        return word

    def knows(self, word: str) -> bool:
        """Tell whether the folded word, or a form of it, stands in a name."""
        return word in self._words or any(stem in self._by_stem for stem, _ in forms_of(word))

    def likenesses(self, token: Token) -> tuple[Likeness, ...]:
        """Return the words of names that the printed word may be."""
        key = (token.word, token.core, token.tailed, token.dotted)
        if key not in self._known:
            self._known[key] = tuple(self._like(token))
        return self._known[key]

    def _like(self, token: Token) -> list[Likeness]:
        found: dict[str, Likeness] = {}
        core = token.core if token.core in self._abbreviations | self._words else token.twin
        if core and core in self._abbreviations | self._words:
            found[core] = Likeness(word=core, is_exact=not token.tailed)
        is_short = len(token.word) < _SHORTEST_IN_SMALL_LETTERS
        for mark in (_SEVERAL, _SINGLE):
            if token.word + mark in self._words:
                word = token.word + mark
                found[word] = Likeness(word=word, is_exact=True, are_many=mark == _SEVERAL)
        if token.word in self._words or (token.word in self._abbreviations and not is_short):
            found[token.word] = Likeness(word=token.word, is_exact=True, are_many=is_surely_many(token.word))
        if token.core and len(token.core) <= _LONGEST_ABBREVIATION:
            return list(found.values())
        for stem, _ in forms_of(token.word):
            for word in self._by_stem.get(stem, ()):
                likeness = None if word in found else _likeness(token.word, word)
                if likeness is not None:  # a shortened word (зав.) has no number
                    found[word] = replace(likeness, shift=0) if token.dotted else likeness
        return list(found.values())


def _likeness(printed: str, word: str) -> Likeness | None:
    asked, named = forms_of(printed), _named_forms(word)
    if word.endswith(_SINGLE) and is_title_of_many(printed) and not printed.endswith("а"):
        asked = frozenset(
            form for form in asked if form[1]
        )  # in Russian начальники are several, директора may be one's
    if asked & named:
        are_many = is_surely_many(printed) and (word.endswith(_SEVERAL) or is_surely_many(word))
        return Likeness(word=word, is_exact=False, are_many=are_many)
    stems = {stem for stem, _ in asked} & {stem for stem, _ in named}
    if not stems:
        return None
    is_many = any(stem in stems and many for stem, many in asked)
    return Likeness(word=word, is_exact=False, shift=1 if is_many else -1)


def _named_forms(word: str) -> frozenset[Form]:
    """Return what a word of a name may be."""
    if word.endswith(_SEVERAL):
        return frozenset(form for form in forms_of(word.removesuffix(_SEVERAL)) if form[1])
    if word.endswith(_SINGLE):
        return frozenset(form for form in forms_of(word.removesuffix(_SINGLE)) if not form[1])
    return forms_of(word)
