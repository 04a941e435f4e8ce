"""A cell of responsible parties read: who of the directory is meant, and what stands for nobody we know.

    text -> tokens -> stretches by share -> parts (the longest names) -> shared nouns -> brackets -> people -> context

Rules only: endings, look-alike letters and the grammar of lists; a word that is one letter off is another word. Every
word ends in a party or in an unresolved piece, in the printed order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.responsibles import brackets
from services.responsibles.directory import Directory
from services.responsibles.dto import Doubt, Party, Responsibles, Share, Unresolved
from services.responsibles.parts import Part, parts_of
from services.responsibles.remains import Context, by_context, merged, with_people, with_titles
from services.responsibles.shared_nouns import share_nouns
from services.responsibles.shares import Stretch, stretches_of
from services.responsibles.tokens import Token, printed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    start: int
    text: str
    part: Part
    share: Share


def read_responsibles(
    text: str, directory: Directory, *, share: Share = Share.RESPONSIBLE, context: str = ""
) -> Responsibles:
    """Read a cell. `share`: what the column says they are; `context`: the item's own text, which may name the unit."""
    known = directory.remembered.get((text, share))
    if known is not None:
        return known
    asked = Context(directory, context)
    read = _read(text, directory, share, asked)
    if not asked.was_asked:
        directory.remember(text, share, read)
    return read


def _read(text: str, directory: Directory, share: Share, context: Context) -> Responsibles:
    pieces: list[_Piece] = []
    for stretch in stretches_of(directory, directory.tokens(text), share):
        pieces.extend(_pieces(text, directory, stretch, context))
    pieces.sort(key=lambda piece: piece.start)
    parties: dict[str, Party] = {}
    for piece in pieces:
        for code in piece.part.codes:
            known = parties.get(code)
            if known is None or (known.share, piece.share) == (Share.PARTICIPANT, Share.RESPONSIBLE):
                parties[code] = Party(code=code, share=piece.share, text=piece.text)
    unresolved = [
        Unresolved(
            text=piece.text, doubt=piece.part.doubt or Doubt.UNKNOWN, share=piece.share,
            candidates=tuple(dict.fromkeys(piece.part.candidates)),
        )
        for piece in pieces
        if not piece.part.codes
    ]  # fmt: skip
    return Responsibles(text=text, parties=tuple(parties.values()), unresolved=tuple(unresolved))


def _pieces(text: str, directory: Directory, stretch: Stretch, context: Context) -> list[_Piece]:
    tokens, taken = brackets.taken_out(directory, stretch.tokens)
    parts = share_nouns(directory, tokens, parts_of(directory, tokens))
    aside = [bracket for bracket in taken if not brackets.settle(directory, tokens, parts, bracket)]
    parts = with_titles(tokens, with_people(tokens, parts))
    by_context(directory, tokens, parts, context)
    parts = merged(tokens, parts)
    if stretch.last_take_part:
        _mark_last(parts)
    pieces = [_piece(text, tokens, part, stretch.share) for part in parts]
    for bracket in aside:
        inside = Stretch(tokens=bracket.inside, share=stretch.share)
        pieces.extend(_pieces(text, directory, inside, context))
    return pieces


def _piece(text: str, tokens: Sequence[Token], part: Part, share: Share) -> _Piece:
    words = tokens[part.first : part.end]
    shown = printed(text, words)
    if part.shown_to > words[-1].end:
        shown = " ".join(text[words[0].start : part.shown_to].split())
    return _Piece(start=words[0].start, text=shown, part=part, share=Share.PARTICIPANT if part.takes_part else share)


def _mark_last(parts: Sequence[Part]) -> None:
    """Who is named last, and whoever is joined to them by "and", takes part."""
    for part in reversed(parts):
        part.takes_part = True
        if part.separator != "&":
            return
