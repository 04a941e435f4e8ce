"""Words that stand for nothing known: people, units that only the item's text tells apart, and everything else."""

from collections.abc import Sequence

from services.responsibles.directory import Directory
from services.responsibles.dto import Doubt
from services.responsibles.endings import forms_of, is_genitive
from services.responsibles.parts import Part
from services.responsibles.people import people_in
from services.responsibles.phrases import Number
from services.responsibles.posts import found_at
from services.responsibles.titles import is_of_somebody, title_of, unit_noun
from services.responsibles.tokens import Gap, Token

_AND_OTHERS = frozenset({"ж", "др", "etc", "others"})


def with_people(tokens: Sequence[Token], parts: Sequence[Part]) -> list[Part]:
    """Cut the people out of the words that are left over."""
    done: list[Part] = []
    for part in parts:
        if not part.is_left_over:
            done.append(part)
            continue
        separator, place = part.separator, part.first
        before = tokens[part.first - 1] if part.first else None
        for first, end in people_in(tokens[part.first : part.end], before):
            if part.first + first > place:
                done.append(Part(first=place, end=part.first + first, found=None, separator=separator))
                separator = ""
            done.append(
                Part(
                    first=part.first + first, end=part.first + end, found=None, separator=separator,
                    doubt=Doubt.PERSON, is_settled=True,
                )
            )  # fmt: skip
            separator, place = "", part.first + end
        if place < part.end:
            done.append(Part(first=place, end=part.end, found=None, separator=separator, shown_to=part.shown_to))
        elif done:
            done[-1].shown_to = part.shown_to
    return done


class Context:
    """The item's own text, looked into only where somebody asks for it."""

    def __init__(self, directory: Directory, text: str) -> None:
        self._directory = directory
        self._text = text
        self._codes: set[str] | None = None

    @property
    def was_asked(self) -> bool:
        """Whether the reading depends on it."""
        return self._codes is not None

    @property
    def codes(self) -> set[str]:
        """The units and posts that it names."""
        if self._codes is None:
            self._codes = _named_in(self._directory, self._text)
        return self._codes


def by_context(directory: Directory, tokens: Sequence[Token], parts: Sequence[Part], context: Context) -> None:
    """Settle "Филиалдын директору": which branch is meant says the item's own text, or nobody does."""
    for number, part in enumerate(parts):
        first = tokens[part.first]
        if number and not part.separator and first.gap is Gap.NONE and not first.capital:
            continue  # it goes on what stands before
        if not part.is_left_over and not (part.codes and len(part.codes) == 1 and not _is_learned(part)):
            continue
        candidates = _of_its_sort(directory, tokens[part.first : part.end])
        if not candidates:
            continue
        meant = tuple(code for code in candidates if {code, _body(directory, code)} & context.codes)
        if part.codes:
            if len(meant) == 1 and meant != part.codes:
                part.doubt, part.candidates, part.codes = Doubt.AMBIGUOUS, (*part.codes, *meant), ()
        elif len(meant) == 1:
            part.codes, part.is_settled = meant, True
        else:
            part.doubt, part.candidates, part.is_settled = Doubt.AMBIGUOUS, meant or candidates, True


def with_titles(tokens: Sequence[Token], parts: Sequence[Part]) -> list[Part]:
    """Put a title to the words that say whose it is: "Факультеттин" "деканы" is one dean, whoever "деканы" is alone."""
    done: list[Part] = []
    for part in parts:
        is_title = part.end - part.first == 1 and title_of(tokens[part.first]) is not None
        before = done[-1] if done and not part.separator and is_title and not part.is_settled else None
        if before is not None and before.is_left_over and is_genitive(tokens[before.end - 1].word):
            before.end, before.shown_to = part.end, part.shown_to
            before.candidates = part.codes
        else:
            done.append(part)
    return done


def merged(tokens: Sequence[Token], parts: Sequence[Part]) -> list[Part]:
    """Put words that are left over to the name that they change: "ТИДнин адиси" is not ТИД.

    Nobody is taken for who is only a part of a longer name; the known part becomes a candidate.
    """
    done: list[Part] = []
    for part in parts:
        if done and _belong_together(tokens, done[-1], part):
            one = done.pop()
            candidates = dict.fromkeys((*one.codes, *one.candidates, *part.codes, *part.candidates))
            done.append(
                Part(
                    first=one.first, end=part.end, found=None, separator=one.separator, candidates=tuple(candidates),
                    doubt=Doubt.UNKNOWN, shown_to=part.shown_to, takes_part=one.takes_part or part.takes_part,
                )
            )  # fmt: skip
        else:
            done.append(part)
    return done


def _is_learned(part: Part) -> bool:
    return part.found is not None and part.found.meaning is not None and bool(part.found.meaning.learned)


def _body(directory: Directory, code: str) -> str:
    return directory.parent_of(code) if code in directory.titles else code


def _of_its_sort(directory: Directory, words: Sequence[Token]) -> tuple[str, ...]:
    """Return every unit that a lone noun may be, or every post that a noun and a title may be; one of them is meant."""
    titles = [token for token in words if title_of(token)]
    nouns = [token for token in words if unit_noun(token) and not token.core]
    if len(nouns) != 1 or len(titles) != len(words) - 1 or not all(map(_may_be_one, titles)):
        return ()
    if all(many for stem, many in forms_of(nouns[0].word) if stem in unit_noun(nouns[0])):
        return ()
    units = directory.units_that_are(unit_noun(nouns[0]))
    if not titles:
        return units
    kind = title_of(titles[0])
    if kind is None or not (is_of_somebody(titles[0]) or words[0] is titles[0] or titles[0].word.isascii()):
        return ()
    posts = tuple(
        post
        for unit in units
        for post in directory.posts_of(unit)
        if post not in directory.groups and kind[0] in {title for title, _ in directory.titles[post]}
    )
    return posts or units


def _may_be_one(title: Token) -> bool:
    found = title_of(title)
    return found is not None and (found[1], False) in forms_of(title.word)


def _named_in(directory: Directory, context: str) -> set[str]:
    tokens = directory.tokens(context)
    return {
        code
        for start in range(len(tokens))
        for found in found_at(directory, tokens, start)
        if found.number is not Number.MANY
        for code in found.codes
    }


def _belong_together(tokens: Sequence[Token], one: Part, other: Part) -> bool:
    if Doubt.PERSON in {one.doubt, other.doubt} or tokens[other.first].word in _AND_OTHERS:
        return False
    if one.is_left_over is other.is_left_over:
        return one.is_left_over and other.separator == "&"
    if other.separator:
        return other.separator == "&" and tokens[other.first].gap is not Gap.LINE and _are_joined(tokens, one, other)
    is_close = tokens[other.first].gap is Gap.NONE
    if one.is_left_over:
        return is_close and _goes_on(tokens[one.first : one.end])
    ends_open = is_genitive(tokens[one.end - 1].word) and not (one.found is not None and one.found.is_exact)
    return ends_open or (is_close and not tokens[other.first].capital)


def _are_joined(tokens: Sequence[Token], one: Part, other: Part) -> bool:
    """Tell whether "and" joins two words of one name rather than two parties."""
    if one.is_left_over:
        return _is_kyrgyz_name(other) and _goes_on(tokens[one.first : one.end])
    first = tokens[other.first]
    is_new = first.capital or title_of(first) is not None or bool(unit_noun(first))
    return one.found is not None and one.found.is_head_first and not is_new


def _is_kyrgyz_name(part: Part) -> bool:
    found = part.found
    return found is not None and not (found.is_head_first or found.is_abbreviation or found.is_post)


def _goes_on(words: Sequence[Token]) -> bool:
    """Tell whether a name cannot end with the last of these words: it is neither a unit's noun nor capitals."""
    last = words[-1]
    if is_genitive(last.word):
        return True
    return not (unit_noun(last) or (last.core and len(words) == 1))
