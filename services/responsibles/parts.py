"""A row of words cut into the parties it names and the words that are left over."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.responsibles.directory import Directory
from services.responsibles.dto import Doubt
from services.responsibles.phrases import Found, Number
from services.responsibles.posts import found_at
from services.responsibles.tokens import Gap, Token


@dataclass(slots=True, eq=False)
class Part:
    """A run of words, `tokens[first:end]`: found to stand for something, or left over.

    `doubt`, `candidates`: why nobody is meant for certain. `separator`: what stands before it, empty for nothing.
    `shown_to`: the place in the text up to which brackets behind it belong to it.
    """

    first: int
    end: int
    found: Found | None
    separator: str
    codes: tuple[str, ...] = ()
    doubt: Doubt | None = None
    candidates: tuple[str, ...] = ()
    is_settled: bool = False
    takes_part: bool = False
    shown_to: int = 0

    @property
    def is_left_over(self) -> bool:
        """Whether nothing is known of it yet."""
        return self.found is None and not self.is_settled


#: What is better: more words understood, by fewer parts, with less to forgive.
_Score = tuple[int, int, int]


def parts_of(directory: Directory, tokens: Sequence[Token]) -> list[Part]:
    """Cut the words so that as many as possible are understood, by as few and as long phrases as possible."""
    best: list[tuple[_Score, Found | None]] = [((0, 0, 0), None)] * (len(tokens) + 1)
    for start in range(len(tokens) - 1, -1, -1):
        best[start] = (best[start + 1][0], None)
        if tokens[start].is_separator or tokens[start].word in {"(", ")"}:
            continue
        for found in sorted(found_at(directory, tokens, start), key=lambda each: each.end):
            words, parts, demerits = best[found.end][0]
            score = words + found.end - start, parts - 1, demerits - _to_forgive(found)
            if score > best[start][0] or (score == best[start][0] and best[start][1] is not None):
                best[start] = (score, found)
    return _cut(tokens, [found for _, found in best])


def _to_forgive(found: Found) -> int:
    return (found.doubt is not None) + (found.number is Number.MANY) + (not found.is_exact) + found.is_post


def _cut(tokens: Sequence[Token], chosen: Sequence[Found | None]) -> list[Part]:
    parts: list[Part] = []
    separator, place = "", 0
    while place < len(tokens):
        found = chosen[place]
        if found is not None:
            parts.append(
                Part(
                    first=place, end=found.end, found=found, separator=separator,
                    codes=found.codes, doubt=found.doubt, candidates=found.candidates,
                )
            )  # fmt: skip
            separator, place = "", found.end
            continue
        if tokens[place].is_separator:
            separator = _stronger(separator, tokens[place])
        elif parts and parts[-1].is_left_over and not separator and tokens[place].gap is not Gap.LINE:
            parts[-1].end = place + 1
        else:
            parts.append(Part(first=place, end=place + 1, found=None, separator=separator))
            separator = ""
        place += 1
    return parts


def _stronger(separator: str, token: Token) -> str:
    if token.is_conjunction:
        return separator or "&"
    return separator if separator in {";", ":"} else token.word
