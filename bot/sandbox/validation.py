"""Checks the parameters of a call against the Bot API's own description, stricter than Telegram does.

Telegram ignores a parameter it does not know and guesses at wrong types. A bot under test should hear about both, so
here they are refused. Simple values may come as strings at the top level (forms carry nothing else); inside JSON
objects types are exact.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Params = dict[str, Any]
_Check = Callable[[object, str], None]
_Read = Callable[[object, str], object]

# What Telegram says when a parameter it cannot do without is missing.
MISSING: Mapping[str, str] = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
    "media": "media is empty",
}

# Described as required, yet Telegram gives their absence a meaning: no webhook.
_MAY_BE_ABSENT = frozenset({("setWebhook", "url")})
_BOOLEANS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


class Schema:
    """All methods and types of the Bot API; parts are compiled when first met."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._methods: Mapping[str, Mapping[str, str]] = description["methods"]
        self._types: Mapping[str, Any] = description["types"]
        self._names = {name.lower(): name for name in self._methods}
        self._compiled: dict[str, MethodSchema] = {}
        self._checks: dict[str, _Check] = {}

    @classmethod
    def load(cls) -> Schema:
        """The description shipped with the sandbox."""
        text = resources.files("bot.sandbox.schema").joinpath("botapi.json").read_text(encoding="utf-8")
        return cls(json.loads(text))

    def method(self, name: str) -> MethodSchema:
        """The method of that name; as in Telegram, case does not matter."""
        known = self._compiled.get(name)
        if known is None:
            proper = self._names.get(name.lower())
            if proper is None:
                raise ApiError(404, "Not Found")
            known = self._compiled[name] = MethodSchema(proper, self._methods[proper], self)
        return known

    def check(self, value: object, spec: str, where: str) -> None:
        """Refuses a value that is not of the type ``spec`` ("Integer|String", "Array of BotCommand", …)."""
        check = self._checks.get(spec)
        if check is None:
            check = self._checks[spec] = self._compile(spec)
        check(value, where)

    def _compile(self, spec: str) -> _Check:
        base, _, constant = spec.removesuffix("?").partition("=")
        names = base.split("|")
        if constant:
            return _constant(constant)
        if len(names) > 1:
            return self._any_of(names)
        (name,) = names
        if name.startswith("Array of "):
            return self._array(name.removeprefix("Array of "))
        if name in _PRIMITIVES:
            return _primitive(name)
        described = self._types[name]
        return self._any_of(described) if isinstance(described, list) else self._object(name, described)

    def _array(self, item: str) -> _Check:
        def check(value: object, where: str) -> None:
            if not isinstance(value, list):
                raise bad_request(f"{where} must be an array of {item}")
            for number, element in enumerate(value):
                self.check(element, item, f"{where}[{number}]")

        return check

    def _object(self, name: str, fields: Mapping[str, str]) -> _Check:
        required = tuple(field for field, spec in fields.items() if not spec.endswith("?"))

        def check(value: object, where: str) -> None:
            if not isinstance(value, dict):
                raise bad_request(f"{where} must be an object {name}")
            for field, content in value.items():
                spec = fields.get(field)
                if spec is None:
                    raise bad_request(f'{where}: {name} has no field "{field}"')
                self.check(content, spec, f"{where}.{field}")
            for field in required:
                if field not in value:
                    raise bad_request(f'{where}: field "{field}" of {name} is required')

        return check

    def _any_of(self, names: list[str]) -> _Check:
        def check(value: object, where: str) -> None:
            candidates = [name for name in names if self._resembles(value, name)]
            if not candidates:
                raise bad_request(f"{where} must be {' or '.join(names)}")
            refusals = []
            for name in candidates:
                try:
                    self.check(value, name, where)
                except ApiError as refusal:
                    refusals.append(refusal)
                else:
                    return
            raise refusals[0]

        return check

    def _resembles(self, value: object, name: str) -> bool:
        if name in _PRIMITIVES or name.startswith("Array of "):
            expected = list if name.startswith("Array of ") else _PRIMITIVES[name]
            return isinstance(value, expected)
        described = self._types[name]
        if not isinstance(value, dict) or isinstance(described, list):
            return isinstance(value, dict)
        for field, spec in described.items():
            _, _, constant = spec.partition("=")
            if constant and value.get(field) != constant:
                return False
        return any("=" in spec for spec in described.values()) or all(
            field in value for field, spec in described.items() if not spec.endswith("?")
        )


class MethodSchema:
    """The parameters of one method."""

    def __init__(self, name: str, fields: Mapping[str, str], schema: Schema) -> None:
        self.name = name
        self._reads = {field: _Reader(spec.removesuffix("?"), schema).choose() for field, spec in fields.items()}
        self._required = tuple(
            field for field, spec in fields.items() if not spec.endswith("?") and (name, field) not in _MAY_BE_ABSENT
        )

    def read(self, raw: Mapping[str, object]) -> Params:
        """Parameters of the types the method declares, or the refusal of the first wrong one."""
        params: Params = {}
        for field, value in raw.items():
            read = self._reads.get(field)
            if read is None:
                raise bad_request(f'unknown parameter "{field}" of the method {self.name}')
            if value is not None:
                params[field] = read(value, field)
        for field in self._required:
            if field not in params:
                raise bad_request(MISSING.get(field) or f'parameter "{field}" is required')
        return params


_PRIMITIVES: Mapping[str, type | tuple[type, ...]] = {
    "String": str,
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "InputFile": str,
    "CallbackGame": dict,
}


def _primitive(name: str) -> _Check:
    expected = _PRIMITIVES[name]

    def check(value: object, where: str) -> None:
        if not isinstance(value, expected) or (isinstance(value, bool) and name != "Boolean"):
            raise bad_request(f"{where} must be {name}")

    return check


def _constant(expected: str) -> _Check:
    def check(value: object, where: str) -> None:
        if value != expected:
            raise bad_request(f'{where} must be "{expected}"')

    return check


class _Reader:
    """How a top-level value of one type is read: scalars also from strings, structures also from JSON text."""

    def __init__(self, spec: str, schema: Schema) -> None:
        self._spec = spec
        self._schema = schema

    def choose(self) -> _Read:
        """The way that fits the type."""
        match self._spec:
            case "String" | "InputFile" | "InputFile|String":
                return self._text
            case "Integer" | "Integer|String":
                return self._integer
            case "Boolean":
                return self._boolean
            case "Float":
                return self._number
        return self._structure

    def _exact(self, value: object, field: str) -> object:
        self._schema.check(value, self._spec, f'parameter "{field}"')
        return value

    def _text(self, value: object, field: str) -> object:
        return value if isinstance(value, str) else self._exact(value, field)

    def _integer(self, value: object, field: str) -> object:
        if isinstance(value, str):
            try:
                return int(value)
            except ValueError:
                if self._spec == "Integer":
                    raise bad_request(f'parameter "{field}" must be Integer') from None
        return self._exact(value, field)

    def _boolean(self, value: object, field: str) -> object:
        if isinstance(value, str) and value in _BOOLEANS:
            return _BOOLEANS[value]
        return self._exact(value, field)

    def _number(self, value: object, field: str) -> object:
        try:
            return self._exact(float(value) if isinstance(value, str) else value, field)
        except ValueError:
            raise bad_request(f'parameter "{field}" must be Float') from None

    def _structure(self, value: object, field: str) -> object:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_request(f'parameter "{field}" is not valid JSON') from None
        return self._exact(value, field)
