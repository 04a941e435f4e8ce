"""The words of the directory's names: which of them a printed word may be, in another case or number."""

from dataclasses import dataclass, field

from services.responsibles.endings import Form, forms_of, is_surely_many
from services.responsibles.titles import is_title_of_many
from services.responsibles.tokens import Token

_SHORTEST_IN_SMALL_LETTERS = 3  # `ОБ` is an abbreviation, `об` is a preposition


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
    _known: dict[tuple[str, str, bool], tuple[Likeness, ...]] = field(default_factory=dict)

    def add(self, token: Token) -> str:
        """Take up a word of a name; return the word under which it is kept."""
        self._known.clear()
        if token.core:
            self._abbreviations.add(token.core)
            return token.core
        self._words.add(token.word)
        for stem, _ in forms_of(token.word):
            self._by_stem.setdefault(stem, set()).add(token.word)
        return token.word

    def knows(self, word: str) -> bool:
        """Tell whether the folded word, or a form of it, stands in a name."""
        return word in self._words or any(stem in self._by_stem for stem, _ in forms_of(word))

    def likenesses(self, token: Token) -> tuple[Likeness, ...]:
        """Return the words of names that the printed word may be."""
        key = (token.word, token.core, token.tailed)
        if key not in self._known:
            self._known[key] = tuple(self._like(token))
        return self._known[key]

    def _like(self, token: Token) -> list[Likeness]:
        found: dict[str, Likeness] = {}
        for word in {token.core, token.twin} & self._abbreviations:
            if word == token.core or token.core not in self._abbreviations:
                found[word] = Likeness(word=word, is_exact=not token.tailed)
        is_word = token.word in self._words
        if is_word or (token.word in self._abbreviations and len(token.word) >= _SHORTEST_IN_SMALL_LETTERS):
            found[token.word] = Likeness(word=token.word, is_exact=True, are_many=is_surely_many(token.word))
        for stem, _ in forms_of(token.word):
            for word in self._by_stem.get(stem, ()):
                likeness = None if word in found else _likeness(token.word, word)
                if likeness is not None:
                    found[word] = likeness
        return list(found.values())


def _likeness(printed: str, word: str) -> Likeness | None:
    asked, named = forms_of(printed), _named_forms(word)
    if asked & named:
        return Likeness(word=word, is_exact=False, are_many=is_surely_many(printed) and is_surely_many(word))
    stems = {stem for stem, _ in asked} & {stem for stem, _ in named}
    if not stems:
        return None
    is_many = any(stem in stems and many for stem, many in asked)
    return Likeness(word=word, is_exact=False, shift=1 if is_many else -1)


def _named_forms(word: str) -> frozenset[Form]:
    """Return what a word of a name may be; names stand in the nominative, where `директора` are several."""
    forms = forms_of(word)
    return frozenset(form for form in forms if form[1]) if is_title_of_many(word) else forms
