"""What a phrase of words stands for: names, abbreviations and aliases, kept in a tree of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from services.responsibles.dto import Doubt
from services.responsibles.tokens import Token
from services.responsibles.vocabulary import Likeness, Vocabulary


class Source(Enum):
    """How a unit or post is called by words."""

    NAME = "name"
    ALIAS = "alias"
    ABBREVIATION = "abbreviation"


class Number(Enum):
    """Whether a phrase speaks of as many as the entry that it names."""

    SAME = "same"
    OPEN = "open"  # the form may speak of one or of many: директора
    MANY = "many"  # many are printed, one is named: others share the noun, or it is not meant


@dataclass(slots=True)
class Meaning:
    """What words stand for. `spelt`: codes by unfolded spelling, for abbreviations that folding makes one.

    `understood`: what was concluded of it, by spelling, once it was asked for.
    """

    called: dict[Source, dict[str, None]] = field(default_factory=lambda: {source: {} for source in Source})
    spelt: dict[str, set[str]] = field(default_factory=dict)
    learned: tuple[str, ...] = ()
    is_head_first: bool = False
    understood: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """Everything that is called so."""
        return tuple(dict.fromkeys(code for codes in self.called.values() for code in codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the words up to `end` (exclusive) of a row of tokens stand for.

    `doubt` with `candidates`: for nobody for certain. `is_head_first`: what it is stands first, as in Russian, and what
    is shared by others is its beginning. `is_post`: a unit and a title, put together here.
    """

    end: int
    codes: tuple[str, ...] = ()
    doubt: Doubt | None = None
    candidates: tuple[str, ...] = ()
    number: Number = Number.SAME
    is_head_first: bool = False
    is_post: bool = False
    is_exact: bool = True
    is_abbreviation: bool = False
    is_strict: bool = True  # the very title that the entry has
    meaning: Meaning | None = None


@dataclass(slots=True)
class _Node:
    following: dict[str, "_Node"] = field(default_factory=dict)
    meaning: Meaning | None = None


class Phrases:
    """A tree of all names, word by word."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._root = _Node()

    def place(self, tokens: Sequence[Token], *, is_head_first: bool = False) -> Meaning | None:
        """Return the meaning of a phrase to be filled; None for a phrase without words."""
        node = self._root
        for number, token in enumerate(tokens):
            is_head = is_head_first and number == 0
            word = token.word if token.is_mark else self.vocabulary.add(token, is_head=is_head)
            node = node.following.setdefault(word, _Node())
        if node is self._root:
            return None
        node.meaning = node.meaning or Meaning()
        return node.meaning

    def matches(self, tokens: Sequence[Token], start: int) -> Iterator[tuple[int, Meaning, Number, bool]]:
        """Give every phrase that begins at `start`: its end, what it means, its number, whether it is exactly so."""
        rows: list[tuple[_Node, tuple[Likeness, ...]]] = [(self._root, ())]
        for place in range(start, len(tokens)):
            token = tokens[place]
            likenesses = _themselves(token) if token.is_mark else self.vocabulary.likenesses(token)
            if not likenesses:
                return
            rows = [
                (node.following[like.word], (*row, like))
                for node, row in rows
                for like in likenesses
                if like.word in node.following
            ]
            if not rows:
                return
            yield from _ended(rows, place + 1)


def _themselves(mark: Token) -> tuple[Likeness, ...]:
    return (Likeness(word=mark.word, is_exact=True),)


def _ended(rows: Sequence[tuple[_Node, tuple[Likeness, ...]]], end: int) -> Iterator[tuple[int, Meaning, Number, bool]]:
    ended = [(node.meaning, _number(node.meaning, row), row) for node, row in rows if node.meaning is not None]
    exact = [found for found in ended if all(like.is_exact for like in found[2])]
    for meaning, number, row in exact or ended:
        if number is not None:
            yield end, meaning, number, all(like.is_exact for like in row)


def _number(meaning: Meaning, row: Sequence[Likeness]) -> Number | None:
    """Tell whether the printed words speak of as many as the name; None: of one where the name speaks of a group."""
    if not any(like.shift for like in row):
        return Number.SAME
    head = 0 if meaning.is_head_first else len(row) - 1
    rest = [like for place, like in enumerate(row) if place != head]
    if row[head].shift >= 0 and all(like.shift >= 0 for like in rest) and (row[head].shift or meaning.is_head_first):
        return Number.MANY
    if row[head].shift == 1 or meaning.is_head_first:
        return None  # директора института: one director's, or the directors of one; never of all
    if row[head].shift == -1:  # институттардын директору: the unit says that all of them are meant
        return Number.SAME if any(like.are_many for like in rest) and not any(like.shift for like in rest) else None
    return Number.SAME if row[head].are_many else None
