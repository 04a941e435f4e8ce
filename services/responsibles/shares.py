"""Which words of a cell say that those named only take part: "Катышуучулар: …", "при участии …"."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.responsibles.directory import Directory
from services.responsibles.dto import Share
from services.responsibles.tokens import Gap, Token

_RESPONSIBLE = frozenset(
    {
        "жооптуу", "жооптуулар", "жооптуулары", "аткаруучу", "аткаруучулар", "аткаруучулары", "ответственные",
        "ответственный", "исполнители", "исполнитель", "responsible", "responsibles", "persons", "parties", "lead",
    }
)  # fmt: skip
_PARTICIPANTS = frozenset(
    {
        "катышуучу", "катышуучулар", "катышуучулары", "катышуучусу", "участники", "участник", "участвуют", "катышат",
        "соисполнители", "соисполнитель", "participants", "participant", "participating",
    }
)  # fmt: skip
_FORWARD = (
    ("при", "участии"), ("с", "участием"), ("совместно", "с"), ("вместе", "с"),
    ("together", "with"), ("jointly", "with"), ("with", "participation", "of"),
    ("in", "cooperation", "with"), ("with", "support", "of"),
)  # fmt: skip
_BACKWARD = (
    ("менен", "биргеликте"), ("менен", "бирге"), ("менен", "бирдикте"), ("менен", "биргелешип"), ("катышуусу", "менен"),
    ("катышуусунда",),
)  # fmt: skip


_BEGINNINGS = frozenset(phrase[0] for phrase in (*_FORWARD, *_BACKWARD))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of a cell with one share. `last_take_part`: who is named last in it takes part, the others do not."""

    tokens: tuple[Token, ...]
    share: Share
    last_take_part: bool = False


def stretches_of(directory: Directory, tokens: Sequence[Token], share: Share) -> list[Stretch]:
    """Cut a cell where its words switch from those responsible to those who take part, or back."""
    stretches: list[Stretch] = []
    stated = current = share
    begun, place = 0, 0
    while place < len(tokens):
        if current is not stated and _ends_clause(tokens[place]):
            stretches.append(Stretch(tokens=tuple(tokens[begun:place]), share=current))
            begun, current = place, stated
        heading = _heading(directory, tokens, place, is_first=place == begun)
        forward, backward = _length(_FORWARD, tokens, place), _length(_BACKWARD, tokens, place)
        length = heading[0] or forward or backward
        if not length:
            place += 1
            continue
        stretches.append(
            Stretch(tokens=tuple(tokens[begun:place]), share=current, last_take_part=not heading[0] and bool(backward))
        )
        if heading[0]:
            stated = current = heading[1]
        elif forward:
            current = Share.PARTICIPANT
        begun = place = place + length
    stretches.append(Stretch(tokens=tuple(tokens[begun:]), share=current))
    return [stretch for stretch in stretches if stretch.tokens]


def says_participant(tokens: Sequence[Token]) -> bool:
    """Tell whether the words of a bracket say nothing but that those before it take part."""
    return bool(tokens) and all(token.word in _PARTICIPANTS for token in tokens)


def says_responsible(tokens: Sequence[Token]) -> bool:
    """Tell whether the words of a bracket say nothing but that those before it are responsible."""
    return bool(tokens) and all(token.word in _RESPONSIBLE for token in tokens)


def _ends_clause(token: Token) -> bool:
    return token.gap is Gap.LINE or (token.is_mark and token.word == ";")


def _length(phrases: Sequence[tuple[str, ...]], tokens: Sequence[Token], place: int) -> int:
    if tokens[place].word not in _BEGINNINGS:
        return 0
    words = tuple(token.word for token in tokens[place : place + 3])
    return next((len(phrase) for phrase in phrases if words[: len(phrase)] == phrase), 0)


def _heading(directory: Directory, tokens: Sequence[Token], place: int, *, is_first: bool) -> tuple[int, Share]:
    """Return how many tokens a heading such as "Жооптуулар, катышуучулар:" has, and what it says; 0 for none."""
    end, said = place, set[Share]()
    if tokens[place].word not in _RESPONSIBLE and tokens[place].word not in _PARTICIPANTS:
        return 0, Share.RESPONSIBLE
    while end < len(tokens):
        word = tokens[end].word
        if word in _RESPONSIBLE or word in _PARTICIPANTS:
            said.add(Share.RESPONSIBLE if word in _RESPONSIBLE else Share.PARTICIPANT)
        elif not said or not tokens[end].is_separator or word in {":", ";", "–"}:
            break
        end += 1
    share = Share.PARTICIPANT if said == {Share.PARTICIPANT} else Share.RESPONSIBLE
    if said and end < len(tokens) and tokens[end].is_mark and tokens[end].word in {":", "–"}:
        return end + 1 - place, share
    stands_alone = is_first or _ends_clause(tokens[place]) or (place > 0 and tokens[place - 1].is_separator)
    stands_alone = stands_alone or tokens[place].gap is Gap.DOT
    ends_line = end == len(tokens) or tokens[end].gap is Gap.LINE
    if not said or not stands_alone or any(True for _ in directory.names_at(tokens, place)):
        return 0, share
    if share is Share.PARTICIPANT or ends_line:
        return end - place, share
    return 0, share
