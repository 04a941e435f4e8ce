"""HTML as Telegram reads it: what may stand in a message, and how long its readers find it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

#: Telegram's limit for the visible text of a message, in UTF-16 units.
LONGEST_MESSAGE: Final = 4_096
#: The same for the caption of a photo or a document.
LONGEST_CAPTION: Final = 1_024
#: From the hundred and first on, Telegram shows no formatting and no links any more.
MOST_TAGS: Final = 100

#: Every tag that Telegram knows, with the attributes that mean something to it.
_TAGS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **dict.fromkeys(("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "pre"), frozenset()),
        "a": frozenset({"href"}),
        "blockquote": frozenset({"expandable"}),
        "code": frozenset({"class"}),
        "span": frozenset({"class"}),
    }
)
_NAMED: Final = MappingProxyType({"lt": "<", "gt": ">", "amp": "&", "quot": '"'})
_VERBATIM: Final = frozenset({"code", "pre"})
_CONTROLS: Final = frozenset({"Cc", "Cs"})  # Cs: half of a sign, as broken input leaves it
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_LAST_SIGN, _SURROGATES = 0x10FFFF, range(0xD800, 0xE000)
_LONGEST_EXCERPT = 40

_TOKEN = re.compile(
    r"""<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*+)>"""
    r"""|(?P<angle><)"""
    r"""|&(?:\#[xX](?P<hex>[0-9A-Fa-f]{1,8})|\#(?P<decimal>[0-9]{1,8})|(?P<named>[A-Za-z][A-Za-z0-9]*))(?P<closed>;?)"""
)
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>"']+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\S+)))?"""
)
_ADDRESS = re.compile(r"(?:https?://)?[^\s/?#@:]+(?:\.[^\s/?#@:.]+)+(?::\d+)?(?:[/?#]\S*)?|tg://\S+", re.IGNORECASE)


class FaultKind(StrEnum):
    """What Telegram would refuse, or silently leave out."""

    SIGN = "sign"
    ANGLE = "angle"
    ENTITY = "entity"
    TAG = "tag"
    ATTRIBUTE = "attribute"
    ADDRESS = "address"
    NESTING = "nesting"
    NOT_OPEN = "not_open"
    NOT_CLOSED = "not_closed"
    TOO_MANY_TAGS = "too_many_tags"
    EMPTY = "empty"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlFault:
    """The first thing that is wrong with a text: what stands there, and in which line (from 1).

    `EMPTY` and `TOO_LONG` are of the whole text; `length`, `limit`: in UTF-16 units.
    """

    kind: FaultKind
    found: str = ""
    line: int = 1
    length: int = 0
    limit: int = 0


class _FaultFound(Exception):  # noqa: N818 -- states a fact
    def __init__(self, kind: FaultKind, found: str, place: int) -> None:
        super().__init__()
        self.kind = kind
        self.found = found
        self.place = place


def find_fault(html: str, limit: int = LONGEST_MESSAGE) -> HtmlFault | None:
    """Return what is wrong with a text, None if Telegram shows all of it as it is meant."""
    try:
        _check_signs(html)
        visible = "".join(_Reader(html).read())
    except _FaultFound as fault:
        found = fault.found if len(fault.found) <= _LONGEST_EXCERPT else f"{fault.found[:_LONGEST_EXCERPT]}…"
        return HtmlFault(kind=fault.kind, found=found, line=html.count("\n", 0, fault.place) + 1)
    if all(unicodedata.category(sign) in _UNSEEN for sign in visible):
        return HtmlFault(kind=FaultKind.EMPTY)
    length = utf16_length(visible)
    return HtmlFault(kind=FaultKind.TOO_LONG, length=length, limit=limit) if length > limit else None


def visible_length(html: str) -> int:
    """Return how long a text without faults is to Telegram: what is seen of it, in UTF-16 units."""
    return utf16_length(visible_text(html))


def visible_text(html: str) -> str:
    """Return what is seen of a text without faults."""
    return _TOKEN.sub(lambda token: "" if token["tag"] else _sign_of(token) or token[0], html)


def utf16_length(text: str) -> int:
    """Return the length that Telegram counts: signs outside of the basic plane are two units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class _Reader:
    """Reads a text once; `read` yields what is seen of it."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._open: list[tuple[str, int]] = []
        self._tags = 0

    def read(self) -> Iterator[str]:
        """Yield the visible pieces.

        Raises:
            _FaultFound: at the first thing that is wrong.
        """
        place = 0
        for token in _TOKEN.finditer(self._html):
            yield self._html[place : token.start()]
            place = token.end()
            if token["angle"]:
                raise _FaultFound(FaultKind.ANGLE, self._html[token.start() :].split("\n")[0], token.start())
            if token["tag"]:
                (self._close if token["end"] else self._begin)(token)
            else:
                yield _sign(token)
        yield self._html[place:]
        if self._open:
            name, begun = self._open[-1]
            raise _FaultFound(FaultKind.NOT_CLOSED, f"<{name}>", begun)

    def _begin(self, token: re.Match[str]) -> None:
        name, place = token["tag"].lower(), token.start()
        if name not in _TAGS:
            raise _FaultFound(FaultKind.TAG, token[0], place)
        _check_attributes(name, token)
        around = [tag for tag, _place in self._open]
        verbatim = _VERBATIM.intersection(around) and not (name == "code" and around[-1:] == ["pre"])
        if verbatim or (name in {"a", "blockquote"} and name in around):
            raise _FaultFound(FaultKind.NESTING, token[0], place)
        self._tags += 1
        if self._tags > MOST_TAGS:
            raise _FaultFound(FaultKind.TOO_MANY_TAGS, token[0], place)
        self._open.append((name, place))

    def _close(self, token: re.Match[str]) -> None:
        if not self._open or self._open[-1][0] != token["tag"].lower() or token["attributes"].strip():
            raise _FaultFound(FaultKind.NOT_OPEN, token[0], token.start())
        self._open.pop()


def _check_signs(html: str) -> None:
    for place, sign in enumerate(html):
        if sign not in "\n\r\t" and unicodedata.category(sign) in _CONTROLS:
            raise _FaultFound(FaultKind.SIGN, f"U+{ord(sign):04X}", place)


def _check_attributes(name: str, token: re.Match[str]) -> None:
    given: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(token["attributes"]):
        value = next((attribute[kind] for kind in ("double", "single", "bare") if attribute[kind] is not None), "")
        given[attribute["name"].lower()] = value
    unknown = given.keys() - _TAGS[name]
    wrong_class = name == "code" and not given.get("class", "language-").startswith("language-")
    if unknown or wrong_class or (name == "span" and given.get("class") != "tg-spoiler"):
        raise _FaultFound(FaultKind.ATTRIBUTE, token[0], token.start())
    if name == "a" and not _ADDRESS.fullmatch(visible_text(given.get("href", ""))):
        raise _FaultFound(FaultKind.ADDRESS, token[0], token.start())


def _sign(token: re.Match[str]) -> str:
    """Return the sign of an entity; a name that Telegram does not know would be shown as it is written."""
    sign = _sign_of(token)
    if sign is None and token["closed"]:
        raise _FaultFound(FaultKind.ENTITY, token[0], token.start())
    return token[0] if sign is None else sign


def _sign_of(token: re.Match[str]) -> str | None:
    if token["angle"]:
        return None
    if token["named"]:
        return _NAMED.get(token["named"])
    number = int(token["hex"], 16) if token["hex"] else int(token["decimal"])
    return chr(number) if 0 < number <= _LAST_SIGN and number not in _SURROGATES else None
