"""Words in brackets: they agree with the name before them, say which is meant, or speak against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.responsibles.directory import Directory
from services.responsibles.dto import Doubt
from services.responsibles.parts import Part, parts_of
from services.responsibles.posts import found_at, stands_for
from services.responsibles.shares import says_participant, says_responsible
from services.responsibles.titles import unit_noun
from services.responsibles.tokens import Token

_HARMLESS = frozenset({("по", "согласованию"), ("макулдашуу", "боюнча"), ("by", "agreement")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """Words in brackets behind the word `place - 1` of those outside. `end`: where it closes in the text."""

    place: int
    inside: tuple[Token, ...]
    end: int


def taken_out(directory: Directory, tokens: Sequence[Token]) -> tuple[tuple[Token, ...], list[Bracket]]:
    """Return the words outside of brackets, and the brackets; one that belongs to a name stays in it."""
    outside: list[Token] = []
    brackets: list[Bracket] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if not (token.is_mark and token.word == "("):
            if not (token.is_mark and token.word == ")"):
                outside.append(token)
            place += 1
            continue
        closing = next((at for at in range(place, len(tokens)) if tokens[at].word == ")"), None)
        if closing is None:
            place += 1
            continue
        if _is_in_a_name(directory, tokens, place, closing):
            outside.extend(tokens[place : closing + 1])
        else:
            inside = tuple(each for each in tokens[place + 1 : closing] if each.word != "(")
            brackets.append(Bracket(place=len(outside), inside=inside, end=tokens[closing].end))
        place = closing + 1
    return tuple(outside), brackets


def settle(directory: Directory, tokens: Sequence[Token], parts: Sequence[Part], bracket: Bracket) -> bool:
    """Judge the part before a bracket by it; return False where the bracket names somebody else and stands alone."""
    part = next((each for each in parts if each.first < bracket.place <= each.end), None)
    if part is None or not bracket.inside:
        return not bracket.inside
    if says_participant(bracket.inside) or says_responsible(bracket.inside):
        part.takes_part = says_participant(bracket.inside)
    elif tuple(token.word for token in bracket.inside) not in _HARMLESS:
        found = stands_for(directory, bracket.inside)
        named = (*found.codes, *found.candidates) if found is not None else ()
        named = named or _listed(directory, bracket.inside)
        if not (_compare(directory, tokens, part, named) if named else _is_short_for(directory, part, bracket)):
            return False
    if bracket.place == part.end:
        part.shown_to = max(part.shown_to, bracket.end)
    return True


def _is_in_a_name(directory: Directory, tokens: Sequence[Token], opening: int, closing: int) -> bool:
    return any(
        found.end > closing
        for start in range(max(0, opening - 12), opening)
        for found in found_at(directory, tokens, start)
    )


def _listed(directory: Directory, inside: Sequence[Token]) -> tuple[str, ...]:
    """Return those whom a list in brackets names; nobody where it says that they take part."""
    if any(says_participant((token,)) or says_responsible((token,)) for token in inside):
        return ()
    return tuple(code for part in parts_of(directory, inside) for code in part.codes)


def _compare(directory: Directory, tokens: Sequence[Token], part: Part, named: tuple[str, ...]) -> bool:
    if part.codes:
        related = [other for other in named if any(directory.are_related(code, other) for code in part.codes)]
        if not related:
            part.candidates, part.codes = (*part.codes, *named), ()
            part.doubt = Doubt.AMBIGUOUS
        return True
    if part.candidates:
        fitting = tuple(code for code in part.candidates if code in named)
        if len(fitting) == 1 and part.doubt is Doubt.AMBIGUOUS:
            part.codes, part.doubt, part.candidates = fitting, None, ()
        else:
            part.candidates = tuple(dict.fromkeys((*part.candidates, *named)))
        return True
    units = [code for code in named if directory.is_unit(code)] or list(named)
    noun = unit_noun(tokens[part.end - 1]) or unit_noun(tokens[part.first])
    part.is_settled = True
    if len(units) == 1 and noun and units[0] in directory.units_that_are(noun):
        part.codes = (units[0],)
    else:
        part.doubt, part.candidates = Doubt.UNKNOWN, named
    return True


def _is_short_for(directory: Directory, part: Part, bracket: Bracket) -> bool:
    """Tell whether unknown capitals in a bracket only shorten the name before it, or an unknown name."""
    if len(bracket.inside) != 1 or not bracket.inside[0].core:
        return False
    names = {*part.codes, *part.candidates}
    bodies = names | {directory.parent_of(code) for code in names}
    return not names or any(bracket.inside[0].core in directory.initials_of(code) for code in bodies)
