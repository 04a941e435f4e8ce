"""A cell cut into words and marks; each knows where it stands, so that every piece can be shown as it is printed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from services.responsibles.endings import KYRGYZ_CASES, is_only_endings
from services.spelling import fold, mend

_LONGEST_ABBREVIATION = 8
_NUMBERING = re.compile(
    r"(?:(?<=^)|(?<=[\n;,]))[ \t]*\d{1,2}[.)](?=\s|[^\W\d])|(?<![\w(№])\d{1,2}\)(?=\s|$)", re.MULTILINE
)
_BULLET = re.compile(r"^[ \t]*[-–—•·▪●*][ \t]+", re.MULTILINE)
_BREAK = re.compile(r"-\s*|\s+-|[ \t]*\n\s*")
_ACTING = re.compile(
    r"(?<!\w)(?:[иИ]\.\s?о\.|[мМ]\.\s?а\.|[вВ]рио|ВРИО)(?=\s)"
)  # who acts for the post answers like it
_PIECES = re.compile(
    r"[^\W_]+(?:['’ʼ\u00ad\u200b][^\W_]+)*|(?P<mark>[(\[)\],;:/\\|+&–—•·▪●]|(?<=\s)-(?=\s))|(?P<dot>\.)|(?P<line>[\n\r\v])"
)
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b")
_MARKS = {"[": "(", "]": ")", "\\": "/", "|": "/", "+": "&", "—": "–", "•": ";", "·": ";", "▪": ";", "●": ";"}
_CONJUNCTIONS = frozenset({"жана", "менен", "и", "and", "&"})
_SHORT = {
    "ат": "атындагы", "каф": "кафедра", "деп": "департамент", "им": "имени", "зав": "заведующий", "нач": "начальник",
    "зам": "заместитель", "дир": "директор", "center": "centre", "centers": "centres",
}  # fmt: skip
_HYPHENATED = {("б", "ча"): "боюнча", ("каф", "ра"): "кафедра", ("ф", "т"): "факультет", ("деп", "т"): "департамент"}
_ARTICLES = frozenset({"the"})
_LATIN_TWINS = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")


class Gap(IntEnum):
    """What stands before a word, besides spaces."""

    NONE = 0
    DOT = 1
    LINE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word or a mark. `start`, `end`: its place in the text. `word`: folded; a mark stands for itself.

    `core`: the folded capitals of what may be an abbreviation (`мти` of `МТИнин`), else empty; `spelt`: the same
    unfolded, because folding makes Ө and О one letter. `twin`: the core in Cyrillic where it was typed in Latin.
    """

    start: int
    end: int
    word: str
    core: str = ""
    spelt: str = ""
    twin: str = ""
    tailed: bool = False  # an abbreviation with an ending
    capital: bool = False
    is_mark: bool = False
    gap: Gap = Gap.NONE
    dotted: bool = False

    @property
    def is_conjunction(self) -> bool:
        """Whether the word only joins others."""
        return self.word in _CONJUNCTIONS and not self.dotted

    @property
    def is_separator(self) -> bool:
        """Whether parties may be listed with it."""
        return self.is_conjunction or (self.is_mark and self.word not in "()")


def tokens_of(text: str, knows: Callable[[str], bool] = lambda _: False) -> tuple[Token, ...]:
    """Cut a text; `knows` says which folded words exist, so that a word broken at a line's end becomes whole again."""
    masked = _ACTING.sub(lambda found: " " * len(found[0]), text)
    masked = _BULLET.sub(_blank, _NUMBERING.sub(_blank, masked))
    tokens: list[Token] = []
    gap = Gap.NONE
    for found in _PIECES.finditer(masked):
        if found["line"]:
            gap = Gap.LINE
        elif found["dot"]:
            gap = max(gap, Gap.DOT)
            if tokens and tokens[-1].end == found.start():
                tokens[-1] = _with_dot(tokens[-1])
        elif found["mark"]:
            mark = _MARKS.get(found[0], found[0])
            tokens.append(Token(start=found.start(), end=found.end(), word=mark, is_mark=mark != "&", gap=gap))
            gap = Gap.NONE
        else:
            token = _word(found[0], found.start(), gap)
            gap = Gap.NONE if token is not None else gap
            if token is not None:
                tokens.append(token)
    return tuple(_joined(masked, tokens, knows))


def printed(text: str, tokens: Sequence[Token]) -> str:
    """Return the tokens as they stand in the text, in one line; the full stop of an initial stays."""
    if not tokens:
        return ""
    end = tokens[-1].end
    if tokens[-1].dotted and text[end : end + 1] == ".":
        end += 1
    return " ".join(text[tokens[0].start : end].split())


def _blank(found: re.Match[str]) -> str:
    return "\n" + " " * (len(found[0]) - 1) if len(found[0]) else ""


def _with_dot(token: Token) -> Token:
    short = len(token.word) == 1 or token.end - token.start < len(token.word)
    return replace(token, dotted=short)


def _word(raw: str, start: int, gap: Gap) -> Token | None:
    word, core, spelt, twin, is_tailed, is_capital = _letters(raw)
    if word in _ARTICLES:
        return None
    return Token(
        start=start, end=start + len(raw), word=word, core=core, spelt=spelt, twin=twin,
        tailed=is_tailed, capital=is_capital, gap=gap,
    )  # fmt: skip


@lru_cache(maxsize=16_384)
def _letters(raw: str) -> tuple[str, str, str, str, bool, bool]:
    """Return what a word is apart from its place: see `Token`."""
    plain = raw.translate(_INVISIBLE).replace("’", "'").replace("ʼ", "'")
    word = fold(plain)
    if len(plain) == 1 and plain.upper() in "ABCEHKMOPTXY" and plain.isascii():
        word = fold(plain.upper().translate(_LATIN_TWINS))
    core, tail = _abbreviation(plain)
    twin = fold(core.translate(_LATIN_TWINS)) if core.isascii() else ""
    return _SHORT.get(word, word), fold(core), mend(core).casefold(), twin, bool(tail), plain[0].isupper()


def _abbreviation(plain: str) -> tuple[str, str]:
    """Split `МТИнин` into capitals and ending; two empty texts where this is an ordinary word."""
    capitals = [place for place, letter in enumerate(plain) if letter.isupper() or letter.isdigit()]
    if sum(letter.isupper() for letter in plain) < 2:  # noqa: PLR2004 - one capital begins any sentence
        return "", ""
    core, tail = plain[: capitals[-1] + 1], plain[capitals[-1] + 1 :].lstrip("'")
    if len(core) > _LONGEST_ABBREVIATION or (tail and fold(tail) not in KYRGYZ_CASES):
        return "", ""
    return core.rstrip("'"), tail


def _joined(text: str, tokens: Sequence[Token], knows: Callable[[str], bool]) -> list[Token]:
    whole: list[Token] = []
    for token in tokens:
        together = _together(text, whole[-1], token, knows) if whole else None
        if together is None:
            whole.append(token)
        else:
            whole[-1] = together
    return whole


def _together(text: str, first: Token, second: Token, knows: Callable[[str], bool]) -> Token | None:
    """Return the word that a hyphen or a line's end broke in two, if it did."""
    between = text[first.end : second.start]
    if between == " " and first.word != "vice":
        return None
    whole = first.word + second.word
    if first.word == "vice" and second.word.startswith("rector") and not between.strip(" -"):
        return replace(first, end=second.end, word=whole)
    if first.is_mark or second.is_mark or second.capital or not _BREAK.fullmatch(between):
        return None
    hyphen = "-" in between
    if hyphen and (first.word, second.word) in _HYPHENATED:
        whole, core = _HYPHENATED[first.word, second.word], ""
    elif hyphen and first.core and second.word in KYRGYZ_CASES:
        core = first.core
    elif (is_only_endings(second.word) and (hyphen or knows(whole))) or (hyphen and "\n" in between and knows(whole)):
        core = ""
    else:
        return None
    return replace(first, end=second.end, word=whole, core=core, tailed=bool(core), dotted=second.dotted)
