"""Reduces a full description of the Bot API to the names the sandbox checks calls against.

Run ``python -m bot.sandbox.schema.reduce api.min.json``; it writes ``botapi.json`` beside this file:

    {"version": …, "methods": {name: fields}, "types": {name: fields or [subtype, …]}}

where ``fields`` maps a name to its types: ``"Integer|String"`` is required, a trailing ``?`` makes it optional, and
``"String=document"`` may only be that constant (this is how the members of a union are told apart).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("botapi.json")

# No longer described, still accepted by Telegram and still sent by client libraries.
LEGACY: Mapping[str, dict[str, str]] = {
    "sendMessage": {"disable_web_page_preview": "Boolean?"},
    "editMessageText": {"disable_web_page_preview": "Boolean?"},
}

_CONSTANT = re.compile(r"(?:must be|always) [“\"']?(?!one of)(\w+)")
_DISCRIMINATORS = frozenset({"type", "source", "status"})


def reduce_api(api: Mapping[str, Any]) -> dict[str, Any]:
    """Keeps names, types and what is required; drops every sentence."""
    return {
        "version": api["version"],
        "methods": {
            name: _fields(method.get("fields", ())) | LEGACY.get(name, {}) for name, method in api["methods"].items()
        },
        "types": {
            name: described["subtypes"] if "subtypes" in described else _fields(described.get("fields", ()))
            for name, described in api["types"].items()
        },
    }


def _fields(fields: list[dict[str, Any]]) -> dict[str, str]:
    return {field["name"]: _spec(field) for field in fields}


def _spec(field: Mapping[str, Any]) -> str:
    spec = "|".join(field["types"])
    if field["name"] in _DISCRIMINATORS and (constant := _CONSTANT.search(field["description"])):
        spec += "=" + constant[1]
    return spec if field["required"] else spec + "?"


def main(source: Path) -> None:
    """Writes the reduced description next to this module."""
    api = json.loads(source.read_text(encoding="utf-8"))
    text = json.dumps(reduce_api(api), ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
