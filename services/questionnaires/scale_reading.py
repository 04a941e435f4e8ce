"""Reads the scales of a questionnaire."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from services.languages import Language
from services.questionnaires import limits
from services.questionnaires.dto import Scale, ScaleKind
from services.questionnaires.pieces import Piece

CODE: Final = re.compile(rf"[a-z0-9_]{{1,{limits.CODE}}}")
_HIGHEST_FIRST: Final = 10
_ENDS: Final = 2


def read_scales(top: Piece) -> dict[str, Scale | None]:
    """Read all scales by name; None stands for one that is there and cannot be read."""
    scales: dict[str, Scale | None] = {}
    for name, piece in top.named("scales", most=limits.SCALES):
        if not CODE.fullmatch(name):
            piece.blame("", f"the name of a scale has 1 to {limits.CODE} of a-z, 0-9 and _")
        kind = piece.word("kind", ScaleKind)
        first = piece.number("first", least=0, most=_HIGHEST_FIRST)
        if kind is None:
            scales[name] = None
            continue
        scales[name] = _labelled(piece, name, first) if kind is ScaleKind.LABELS else _numbered(piece, name, first)
        piece.close()
    return scales


def _labelled(piece: Piece, name: str, first: int) -> Scale | None:
    labels = _labels(piece, "labels", limits.LABEL, needed=True)
    short = _labels(piece, "labels_short", limits.SHORT_LABEL, needed=False)
    sizes = {len(said) for said in (*labels.values(), *short.values())}
    if len(sizes) != 1:
        piece.blame("labels", "should be equally many in every language, and so should labels_short")
        return None
    (size,) = sizes
    if not 1 < size <= limits.POINTS:
        piece.blame("labels", f"should be 2 to {limits.POINTS} in each language")
        return None
    return Scale(name=name, kind=ScaleKind.LABELS, first=first, last=first + size - 1, labels=labels, short=short)


def _numbered(piece: Piece, name: str, first: int) -> Scale | None:
    last = piece.number("last", least=first + 1, most=first + limits.POINTS - 1)
    ends = _labels(piece, "ends", limits.LABEL, needed=True)
    if any(len(said) != _ENDS for said in ends.values()):
        piece.blame("ends", "should be two texts in each language, of the first point and of the last")
        return None
    return Scale(name=name, kind=ScaleKind.NUMBERS, first=first, last=last, labels=ends)


def _labels(piece: Piece, key: str, most: int, *, needed: bool) -> Mapping[Language, Sequence[str]]:
    tables = piece.piece(key)
    labels = {}
    for language in Language:
        if not needed and not tables.has(language):
            continue
        said = [
            tables.checked(f"{language}[{number}]", one, most=most)
            for number, one in enumerate(tables.list_of(language, most=limits.POINTS), start=1)
        ]
        if len(set(said)) != len(said):
            tables.blame(language, "says the same twice")
        labels[language] = tuple(said)
    tables.close()
    return labels
