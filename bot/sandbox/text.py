"""From the parameters of a call to the text and entities a message keeps, with Telegram's limits."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.entities import Entity, cut_entities, parse_html, utf16_length
from bot.sandbox.errors import ApiError, bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_FOUND_BY_TELEGRAM = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]»])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{5,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?!\w)"
    r"|(?<!\w)(?P<hashtag>#\w*[^\W\d]\w*)"
)
_SIGNS = ("/", "@", "#")
_NOT_SEARCHED = frozenset({"code", "pre", "text_link", "text_mention"})


def message_text(params: dict[str, Any]) -> tuple[str, list[Entity]]:
    """The text of sendMessage and editMessageText.

    Raises:
        ApiError: empty, too long, or with markup that cannot be read.
    """
    text, entities = _formatted(params.get("text", ""), params.get("parse_mode", ""), params.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities


def caption_text(params: dict[str, Any]) -> tuple[str, list[Entity]]:
    """The caption of a document or photo; may be empty."""
    text, entities = _formatted(params.get("caption", ""), params.get("parse_mode", ""), params.get("caption_entities"))
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, entities


def found_entities(text: str, taken: list[Entity]) -> list[Entity]:
    """Links, commands, mentions and hashtags that Telegram finds by itself outside of ``taken``."""
    if not any(sign in text for sign in _SIGNS):
        return []
    found = []
    ascii_text = text.isascii()
    for match in _FOUND_BY_TELEGRAM.finditer(text):
        kind = match.lastgroup
        offset = match.start() if ascii_text else utf16_length(text[: match.start()])
        length = utf16_length(match[0])
        overlaps = any(
            offset < entity["offset"] + entity["length"] and entity["offset"] < offset + length
            for entity in taken
            if entity["type"] in _NOT_SEARCHED
        )
        if not overlaps:
            found.append({"type": kind, "offset": offset, "length": length})
    return found


def _formatted(source: str, parse_mode: str, given: list[Entity] | None) -> tuple[str, list[Entity]]:
    match parse_mode.lower():
        case "html":
            text, entities = parse_html(source)
        case "":
            text, entities = source, _checked(source, given or [])
        case "markdown" | "markdownv2":
            raise ApiError(501, f"Not implemented by the sandbox: parse_mode {parse_mode}")
        case _:
            raise bad_request("unsupported parse_mode")
    text, entities = _trimmed(text, entities)
    if found := found_entities(text, entities):
        entities = sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))
    return text, entities


def _checked(text: str, given: list[Entity]) -> list[Entity]:
    length = utf16_length(text)
    for entity in given:
        if entity["offset"] < 0 or entity["length"] < 0 or entity["offset"] + entity["length"] > length:
            raise bad_request(
                f"entity with offset {entity['offset']} and length {entity['length']} is out of the text's bounds"
            )
    return sorted(given, key=lambda entity: (entity["offset"], -entity["length"]))


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram drops white space at the end, and at the beginning up to the first entity."""
    kept = text.rstrip()
    start = len(kept) - len(kept.lstrip())
    if entities:
        start = min(start, entities[0]["offset"])  # white space is one unit a character
    if start == 0 and len(kept) == len(text):
        return text, entities
    kept = kept[start:]
    return kept, cut_entities(entities, start, start + utf16_length(kept))
