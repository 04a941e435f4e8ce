"""Posts that are put together from a unit and a title: "МТИнин директору", "директор ИИТ", "АИ боюнча проректор"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.responsibles.directory import Directory
from services.responsibles.dto import Doubt
from services.responsibles.endings import is_genitive, is_surely_many
from services.responsibles.phrases import Found, Meaning, Number, Source
from services.responsibles.titles import (
    Title,
    is_many,
    is_of_somebody,
    joins_a_field,
    title_of,
    unit_noun,
)
from services.responsibles.tokens import Gap, Token


def found_at(directory: Directory, tokens: Sequence[Token], start: int) -> list[Found]:
    """Return everything that the words from `start` on may stand for, one for each end."""
    names = list(directory.names_at(tokens, start))
    units = [*names, *_with_nouns(directory, tokens, start, names)]
    best: dict[int, Found] = {}
    for found in (
        *names,
        *_posts_after_units(directory, tokens, units),
        *_posts_before_units(directory, tokens, start),
        *units[len(names) :],
    ):
        known = best.get(found.end)
        if known is None or _demerits(found) < _demerits(known):
            best[found.end] = found
        elif _demerits(found) == _demerits(known) and not found.is_post and found.codes != known.codes:
            candidates = tuple(dict.fromkeys((*_all(known), *_all(found))))
            best[found.end] = replace(known, codes=(), doubt=Doubt.AMBIGUOUS, candidates=candidates)
    return list(best.values())


def stands_for(directory: Directory, tokens: Sequence[Token]) -> Found | None:
    """Return what all the words together stand for."""
    return next((found for found in found_at(directory, tokens, 0) if found.end == len(tokens)), None)


def _demerits(found: Found) -> tuple[bool, bool, bool, bool]:
    return (
        found.doubt is Doubt.UNKNOWN,
        found.number is Number.MANY,
        not found.is_exact and not found.is_post,
        found.doubt is not None,
    )


def _all(found: Found) -> tuple[str, ...]:
    return (*found.codes, *found.candidates)


def _with_nouns(directory: Directory, tokens: Sequence[Token], start: int, names: Sequence[Found]) -> Iterator[Found]:
    """Give abbreviations with the noun that they end with: "АжДБ бөлүмү", "отдел МС"."""
    for found in names:
        if found.is_abbreviation and found.end < len(tokens):
            yield from _with_noun(directory, found, tokens[found.end], found.end + 1)
    if start + 1 < len(tokens) and tokens[start + 1].core and unit_noun(tokens[start]):
        for found in directory.names_at(tokens, start + 1):
            if found.is_abbreviation:
                yield from _with_noun(directory, found, tokens[start], found.end)


def _with_noun(directory: Directory, found: Found, token: Token, end: int) -> Iterator[Found]:
    noun = unit_noun(token)
    if noun and found.codes and not token.gap and all(code in directory.units_that_are(noun) for code in found.codes):
        yield replace(found, end=end, is_abbreviation=False, is_exact=False)


def _posts_after_units(directory: Directory, tokens: Sequence[Token], units: Sequence[Found]) -> Iterator[Found]:
    for unit in units:
        place = unit.end
        if unit.number is Number.MANY:
            continue
        has_field = place < len(tokens) and tokens[place].word == "боюнча"
        place += has_field
        if place >= len(tokens) or tokens[place].is_mark or title_of(tokens[place]) is None:
            continue
        title = tokens[place]
        is_owned = is_of_somebody(title) or has_field or title.word.isascii()
        is_new_line = title.gap is not Gap.NONE and title.capital and not is_genitive(tokens[place - 1].word)
        if is_owned and not is_new_line:
            yield from _headed(directory, unit, title, place + 1, is_head_first=False)


def _posts_before_units(directory: Directory, tokens: Sequence[Token], start: int) -> Iterator[Found]:
    title = tokens[start]
    if title.is_mark or title_of(title) is None:
        return
    place = start + 1
    has_field = place < len(tokens) and joins_a_field(tokens[place])
    place += has_field
    if place >= len(tokens) or (tokens[place].gap is Gap.LINE and not has_field):
        return
    names = list(directory.names_at(tokens, place))
    for unit in (*names, *_with_nouns(directory, tokens, place, names)):
        if unit.number is Number.MANY:
            continue
        if has_field or unit.is_abbreviation or not unit.is_exact or title.word.isascii():
            yield from _headed(directory, unit, title, unit.end, is_head_first=True)


def _headed(directory: Directory, unit: Found, title: Token, end: int, *, is_head_first: bool) -> Iterator[Found]:
    """Give the post of this title at the unit; a unit whose head has no entry is named, never taken for its head."""
    meaning, kind = unit.meaning, title_of(title)
    if meaning is None or kind is None:
        return
    posts, is_strict = _posts(directory, meaning, kind)
    number = _number(title, is_head_first=is_head_first)
    post = Found(
        end=end, is_head_first=is_head_first, is_post=True, is_strict=is_strict,
        is_abbreviation=unit.is_abbreviation, meaning=meaning,
    )  # fmt: skip
    units = tuple(code for code in meaning.learned or meaning.codes if directory.is_unit(code))
    is_one = number is Number.SAME
    fitting = [code for code in posts if not is_one or code not in directory.groups or not units]
    if not fitting:
        if units or unit.is_abbreviation:
            yield replace(post, doubt=Doubt.UNKNOWN, candidates=units or meaning.codes, number=number)
    elif len(fitting) > 1:
        yield replace(post, doubt=Doubt.AMBIGUOUS, candidates=tuple(fitting))
    else:
        yield replace(post, codes=tuple(fitting), number=Number.SAME if fitting[0] in directory.groups else number)


def _posts(directory: Directory, meaning: Meaning, kind: tuple[Title, str]) -> tuple[list[str], bool]:
    """Return the posts of the unit, or of this abbreviation, that have the title; those of the very word first."""
    named = meaning.called[Source.NAME]
    called = [code for code in meaning.learned or meaning.codes if code in directory.titles and code not in named]
    below = [post for code in meaning.learned or meaning.codes for post in directory.posts_of(code)]
    posts = list(dict.fromkeys((*called, *below)))
    same = [post for post in posts if kind[0] in {title for title, _ in directory.titles.get(post, ())}]
    strict = [post for post in same if kind in directory.titles[post]]
    return (strict, True) if strict else (same, False)


def _number(title: Token, *, is_head_first: bool) -> Number:
    """Tell how many posts a title speaks of; `деканы` are several in Russian and one, somebody's, in Kyrgyz."""
    if not (is_many(title) if is_head_first or title.word.isascii() else is_surely_many(title.word)):
        return Number.SAME
    return Number.OPEN if is_head_first and title.word.endswith("а") else Number.MANY
