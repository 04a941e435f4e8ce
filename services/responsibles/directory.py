"""The university's units and posts by every word they are called by, learned words first."""

from collections.abc import Iterator, Sequence

from services.responsibles.dto import Alias, Doubt, Responsibles, Share
from services.responsibles.endings import forms_of, is_surely_many
from services.responsibles.phrases import Found, Meaning, Phrases, Source
from services.responsibles.titles import Title, is_deputy, is_many, title_of, unit_noun
from services.responsibles.tokens import Token, tokens_of
from services.spelling import fold
from services.units.dto import UnitEntry, UnitKind

_MOST_REMEMBERED = 10_000
_FEWEST_LETTERS = 3  # of a word that stands for somebody by itself, unless it is written in capitals


class Directory:
    """Units and posts, made once and asked often. A learned alias stands above whatever the units' file says."""

    def __init__(self, entries: Sequence[UnitEntry], aliases: Sequence[Alias] = ()) -> None:
        self._entries = {entry.code: entry for entry in entries}
        self._phrases = Phrases()
        self._posts: dict[str, list[str]] = {}
        self.titles: dict[str, frozenset[tuple[Title, str]]] = {}
        self.groups: set[str] = set()
        self._nouns: dict[str, list[str]] = {}
        self._acronyms: dict[str, frozenset[str]] = {}
        self._aliases: list[tuple[tuple[Token, ...], Meaning]] = []
        for entry in entries:
            self._take(entry)
        for alias in aliases:
            self._take_alias(alias)
        self._put_in_printed_order()
        #: Cells read before, by text and share: a plan prints the same ones again and again.
        self.remembered: dict[tuple[str, Share], Responsibles] = {}

    def remember(self, text: str, share: Share, read: Responsibles) -> None:
        """Keep a cell that was read without looking into the item's own text."""
        if len(self.remembered) >= _MOST_REMEMBERED:
            self.remembered.clear()
        self.remembered[text, share] = read

    def knows(self, word: str) -> bool:
        """Tell whether the folded word, or a form of it, stands in a name."""
        return self._phrases.vocabulary.knows(word)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Cut a text into words; those broken at a line's end are whole again."""
        return tokens_of(text, self.knows)

    def names_at(self, tokens: Sequence[Token], start: int) -> Iterator[Found]:
        """Give what the words from `start` on stand for, by names, abbreviations and aliases alone."""
        for end, meaning, number, is_exact in self._phrases.matches(tokens, start):
            words = tokens[start:end]
            if len(words) == 1 and len(words[0].word) < _FEWEST_LETTERS and not words[0].core:
                continue  # об is a preposition, ОБ a unit
            is_abbreviation = (
                len(words) == 1 and bool(words[0].core) and is_exact_or_tailed(words[0], is_exact=is_exact)
            )
            codes, candidates = self._understood(meaning, words[0].spelt if is_abbreviation else "")
            yield Found(
                end=end, codes=codes, doubt=Doubt.AMBIGUOUS if candidates else None, candidates=candidates,
                number=number, is_exact=is_exact, meaning=meaning,
                is_head_first=meaning.is_head_first, is_abbreviation=is_abbreviation,
            )  # fmt: skip

    def is_unit(self, code: str) -> bool:
        """Tell whether the code is a unit, not a post or a group of posts."""
        return code in self._entries and self._entries[code].kind is UnitKind.UNIT

    def posts_of(self, code: str) -> tuple[str, ...]:
        """Return the posts that stand under a unit."""
        return tuple(self._posts.get(code, ()))

    def are_related(self, one: str, other: str) -> bool:
        """Tell whether two codes are the same or a unit and a post of it."""
        return one == other or other in self._posts.get(one, ()) or one in self._posts.get(other, ())

    def units_that_are(self, noun: str) -> tuple[str, ...]:
        """Return the units that are a `noun` (its stem), such as all branches."""
        return tuple(self._nouns.get(noun, ()))

    def parent_of(self, code: str) -> str:
        """Return the unit that a post heads or that a unit belongs to, or nothing."""
        return self._entries[code].parent_code if code in self._entries else ""

    def initials_of(self, code: str) -> frozenset[str]:
        """Return what the names shorten to, letter by letter, folded."""
        return self._acronyms.get(code, frozenset())

    def _take(self, entry: UnitEntry) -> None:
        names = {name: name != entry.name.ky for name in (entry.name.ky, entry.name.ru, entry.name.en) if name}
        for name, is_head_first in names.items():
            self._call(entry.code, name, Source.NAME, is_head_first=is_head_first)
        for alias in entry.aliases:
            self._call(entry.code, alias, Source.ALIAS)
        self._call(entry.code, entry.abbreviation, Source.ABBREVIATION)
        self._acronyms[entry.code] = frozenset(acronym for name in names for acronym in _acronyms(tokens_of(name)))
        if entry.kind is UnitKind.ROLE:
            self.titles[entry.code] = _titles(names)
            if any(_is_of_several(tokens_of(name), is_head_first=first) for name, first in names.items()):
                self.groups.add(entry.code)
            self._posts.setdefault(entry.parent_code, []).append(entry.code)
            return
        nouns = {noun for name in names for token in tokens_of(name) if (noun := unit_noun(token))}
        for noun in nouns:
            self._nouns.setdefault(noun, []).append(entry.code)

    def _call(self, code: str, text: str, source: Source, *, is_head_first: bool = False) -> None:
        tokens = tokens_of(text)
        meaning = self._phrases.place(tokens, is_head_first=is_head_first)
        if meaning is None:
            return
        meaning.called[source][code] = None
        meaning.is_head_first |= is_head_first
        meaning.spelt.setdefault(tokens[0].spelt, set()).add(code)
        if source is Source.ALIAS:
            self._aliases.append((tokens, meaning))

    def _take_alias(self, alias: Alias) -> None:
        tokens = tokens_of(alias.text)
        codes = tuple(code for code in alias.codes if code in self._entries)
        meaning = self._phrases.place(tokens) if codes else None
        if meaning is None:
            return
        if alias.learned:
            meaning.learned = codes
        else:
            meaning.called[Source.ALIAS].update(dict.fromkeys(codes))

    def _put_in_printed_order(self) -> None:
        """Sort the codes of an alias of several by the words of theirs that stand in it."""
        for tokens, meaning in self._aliases:
            codes = meaning.called[Source.ALIAS]
            if len(codes) < 2:  # noqa: PLR2004 - one needs no order
                continue
            words = {code: self._words_of(code) for code in codes}
            shared = frozenset.intersection(*words.values())
            places = {
                code: next((n for n, token in enumerate(tokens) if _stems(token) & own - shared), len(tokens))
                for code, own in words.items()
            }
            meaning.called[Source.ALIAS] = dict.fromkeys(sorted(codes, key=places.__getitem__))

    def _words_of(self, code: str) -> frozenset[str]:
        entry = self._entries[code]
        tokens = tokens_of(f"{entry.name.ky} {entry.name.ru} {entry.name.en} {entry.abbreviation}")
        return frozenset(stem for token in tokens for stem in _stems(token))

    def _understood(self, meaning: Meaning, spelt: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what a phrase stands for by itself, or else what it may stand for; remembered.

        An abbreviation of a unit and of its head stands for the unit. An alias given to several stands for all of them.
        """
        known = meaning.understood.get(spelt)
        if known is None:
            known = meaning.understood[spelt] = self._weighed(meaning, spelt)
        return known

    def _weighed(self, meaning: Meaning, spelt: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if meaning.learned:
            return meaning.learned, ()
        codes = meaning.codes
        if spelt and len(codes) > 1:
            codes = tuple(code for code in codes if code in meaning.spelt.get(spelt, ())) or codes
        is_list = len(meaning.called[Source.ALIAS]) > 1 and set(codes) <= set(meaning.called[Source.ALIAS])
        if not is_list or spelt:
            codes = self._without_heads(codes)
        return (codes, ()) if len(codes) == 1 or is_list else ((), codes)

    def _without_heads(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        units = [code for code in codes if self.is_unit(code)]
        heads = {post for unit in units for post in self.posts_of(unit)}
        return tuple(code for code in codes if code not in heads)


def is_exact_or_tailed(token: Token, *, is_exact: bool) -> bool:
    """Tell whether a match of one word matched its capitals, whatever ending follows them."""
    return is_exact or token.tailed


def _stems(token: Token) -> frozenset[str]:
    return frozenset({token.core} - {""} or {stem for stem, _ in forms_of(token.word)})


def _titles(names: dict[str, bool]) -> frozenset[tuple[Title, str]]:
    """Return the titles of a post's names; a deputy has none, because it is not who heads the unit."""
    found = set()
    for name, is_head_first in names.items():
        tokens = tokens_of(name)
        if any(is_deputy(token) for token in tokens):
            return frozenset()
        ends = (tokens[:1] + tokens[-1:]) if is_head_first else tokens[-1:]
        found |= {title for token in ends if (title := title_of(token)) is not None}
    return frozenset(found)


def _is_of_several(tokens: Sequence[Token], *, is_head_first: bool) -> bool:
    """Tell whether a post's name speaks of several people."""
    if not tokens:
        return False
    return is_many(tokens[0]) if is_head_first else is_many(tokens[-1]) and is_surely_many(tokens[-1].word)


def _acronyms(tokens: Sequence[Token]) -> set[str]:
    words = [token for token in tokens if not token.is_mark]
    without = [token.word[0] for token in words if not token.is_conjunction]
    return {fold("".join(without)), fold("".join(token.word[0] for token in words))}
