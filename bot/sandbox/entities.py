"""Texts as Telegram keeps them: characters plus entities whose offsets count UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import ApiError, bad_request

Entity = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_LONGEST_NUMERIC = 9
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
_PLAIN = re.compile(r"[^<&]+")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*(?P<name>[^\s=>]*)(?P<equals>\s*=\s*)?(?P<quote>["'])?""")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_USER_LINK = re.compile(r"tg://user/?\?id=(\d+)")


def utf16_length(text: str) -> int:
    """The length Telegram counts: characters outside the basic plane are two units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Reads ``parse_mode=HTML``.

    Raises:
        ApiError: with the sentence Telegram uses, offsets in bytes of UTF-8.
    """
    if "<" not in source and "&" not in source:
        return source, []
    return _HtmlReader(source).read()


def cut_entities(entities: list[Entity], start: int, end: int) -> list[Entity]:
    """Entities of the part of a text between two UTF-16 offsets, moved to the part's own offsets."""
    kept = []
    for entity in entities:
        first, last = max(entity["offset"], start), min(entity["offset"] + entity["length"], end)
        if first < last:
            kept.append(entity | {"offset": first - start, "length": last - first})
    return kept


def link_of(url: str) -> str:
    """The address as Telegram stores it, or "" if it is none: a scheme is added, a host needs a dot."""
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*:", url) or re.match(r"[^/:]+:\d", url):
        url = "http://" + url
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme in {"tg", "ton"}:
        return url
    if parts.scheme not in {"http", "https"} or "." not in host.strip(".") or re.search(r"\s", url):
        return ""
    return url if parts.path else parts._replace(path="/").geturl()


@dataclass(slots=True)
class _Open:
    """A tag waiting for its end."""

    name: str
    argument: str
    offset: int
    first_piece: int


class _HtmlReader:
    """One pass over the source: plain runs, character references, tags."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        source, position = self._source, 0
        while position < len(source):
            if source[position] == "<":
                closing = source.startswith("/", position + 1)
                position = self._end_tag(position) if closing else self._start_tag(position)
            elif source[position] == "&":
                text, position = _reference(source, position)
                self._append(text)
            else:
                run = _PLAIN.match(source, position)
                assert run is not None  # noqa: S101 - a character that is neither "<" nor "&" always matches
                self._append(run[0])
                position = run.end()
        if self._open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._pieces), self._entities

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._offset += utf16_length(text)

    def _at(self, position: int) -> str:
        return f"at byte offset {len(self._source[:position].encode())}"

    def _start_tag(self, start: int) -> int:
        matched = _TAG_NAME.match(self._source, start + 1)
        position = matched.end() if matched else start
        if position >= len(self._source):
            raise _refusal(f"Unclosed start tag {self._at(start)}")
        name = self._source[start + 1 : position].lower()
        if name not in _TAGS:
            raise _refusal(f'Unsupported start tag "{name}" {self._at(start)}')
        argument = ""
        while True:
            position = self._skip_space(position)
            if self._source.startswith(">", position):
                break
            attribute, value, position = self._attribute(name, start, position)
            argument = _argument(name, attribute, value, argument)
        if name == "span" and argument != "spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" {self._at(start)}')
        self._open.append(_Open(name, argument, self._offset, len(self._pieces)))
        return position + 1

    def _attribute(self, tag: str, start: int, position: int) -> tuple[str, str, int]:
        found = _ATTRIBUTE.match(self._source, position)
        if found is None or (not found["name"] and position < len(self._source)):
            raise _refusal(f'Empty attribute name in the tag "{tag}" {self._at(start)}')
        position = found.end()
        if position >= len(self._source):
            raise _refusal(f"Unclosed start tag {self._at(start)}")
        if found["equals"] is None:
            if tag == "blockquote" and found["name"] == "expandable" and not found["quote"]:
                return "expandable", "", position
            raise _refusal(f'Expected equal sign in declaration of an attribute of the tag "{tag}" {self._at(start)}')
        if found["quote"] is None:
            token = _TOKEN.match(self._source, position)
            end = token.end() if token else position
            if end < len(self._source) and not self._source[end].isspace() and self._source[end] != ">":
                raise _refusal(f"Unexpected end of name token {self._at(position)}")
            value = self._source[position:end].lower()
        else:
            end = self._source.find(found["quote"], position)
            value = _decoded(self._source[position : end if end >= 0 else None])
            end = end + 1 if end >= 0 else len(self._source)
        if end >= len(self._source):
            raise _refusal(f"Unclosed start tag {self._at(start)}")
        return found["name"], value, end

    def _end_tag(self, start: int) -> int:
        if not self._open:
            raise _refusal(f"Unexpected end tag {self._at(start)}")
        matched = _TAG_NAME.match(self._source, start + 2)
        position = matched.end() if matched else start
        name = self._source[start + 2 : position].lower()
        position = self._skip_space(position)
        if not self._source.startswith(">", position):
            raise _refusal(f"Unclosed end tag {self._at(start)}")
        expected = self._open[-1].name
        if name and name != expected:
            raise _refusal(f'Unmatched end tag {self._at(start)}, expected "</{expected}>", found "</{name}>"')
        self._close(self._open.pop())
        return position + 1

    def _close(self, tag: _Open) -> None:
        length = self._offset - tag.offset
        if length == 0:
            return
        entity: Entity = {"type": _TAGS[tag.name], "offset": tag.offset, "length": length}
        match tag.name:
            case "a":
                details = _link(tag.argument or "".join(self._pieces[tag.first_piece :]))
                if details is None:
                    return
                entity |= details
            case "tg-emoji":
                if not tag.argument.isdigit() or int(tag.argument) == 0:
                    raise _refusal("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = tag.argument
            case "blockquote" if tag.argument:
                entity["type"] = "expandable_blockquote"
            case "code" | "pre":
                if self._joined_with_code(entity, tag.argument):
                    return
                if tag.argument:
                    entity["language"] = tag.argument
        self._entities.append(entity)

    def _joined_with_code(self, entity: Entity, language: str) -> bool:
        """Whether this is one half of pre+code with a language; the two make one entity."""
        last = self._entities[-1] if self._entities else {}
        if {last.get("type"), entity["type"]} != {"code", "pre"}:
            return False
        language = last.get("language") or language
        if not language or (last["offset"], last["length"]) != (entity["offset"], entity["length"]):
            return False
        last |= {"type": "pre", "language": language}
        return True

    def _skip_space(self, position: int) -> int:
        while position < len(self._source) and self._source[position].isspace():
            position += 1
        return position


def _argument(tag: str, attribute: str, value: str, known: str) -> str:
    """What an attribute means to its tag; attributes without a meaning are passed over."""
    match tag, attribute:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "expandable"
    return known


def _link(target: str) -> dict[str, Any] | None:
    """What an ``a`` becomes: a mention, a link, or nothing if the address is none."""
    if user := _USER_LINK.fullmatch(target):
        return {"type": "text_mention", "user": {"id": int(user[1])}}
    url = link_of(target)
    return {"url": url} if url else None


def _reference(source: str, position: int) -> tuple[str, int]:
    """The character an ``&…;`` stands for; unknown names stay as they are written."""
    found = _REFERENCE.match(source, position)
    if found is None:
        return "&", position + 1
    if found[3] is not None:
        character = _NAMED.get(found[3])
    else:
        code = int(found[1], 16) if found[1] is not None else int(found[2])
        digits_end = found.end() - found[0].endswith(";")
        fits = 0 < code < _LAST_CHARACTER and code not in _SURROGATES and digits_end - position <= _LONGEST_NUMERIC
        character = chr(code) if fits else None
    return ("&", position + 1) if character is None else (character, found.end())


def _decoded(source: str) -> str:
    pieces, position = [], 0
    while position < len(source):
        piece, position = _reference(source, position) if source[position] == "&" else (source[position], position + 1)
        pieces.append(piece)
    return "".join(pieces)


def _refusal(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
