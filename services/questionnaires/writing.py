"""Writes a questionnaire as its file: what `reading` reads from it is the same questionnaire again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from services.languages import Language, Trilingual
from services.questionnaires.dto import Choice, IndexSpec, Item, Questionnaire, Scale, ScaleKind, Skip
from services.questionnaires.reading import SCHEMA
from services.questionnaires.wording import is_control

_ESCAPES: Final = {'"': '\\"', "\\": "\\\\"}
_WIDEST_SIGN: Final = 0xFFFF


def source_of(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return a questionnaire, whole or not, as its parsed file has it: what is empty is left out or stays empty."""
    source: dict[str, Any] = {
        "schema": SCHEMA,
        "id": questionnaire.code,
        "revision": questionnaire.revision,
        "mode_default": questionnaire.mode.value,
        "minutes": questionnaire.minutes,
        "languages": [language.value for language in Language],
    }
    if questionnaire.audience:
        source["audience"] = questionnaire.audience
    source["title"], source["title_long"] = _said(questionnaire.title), _said(questionnaire.title_long)
    if questionnaire.period is not None:
        source["period"] = _said(questionnaire.period)
    source["scales"] = {item.scale.name: _scale(item.scale) for item in questionnaire.items if item.scale is not None}
    source["items"] = [_item(item) for item in questionnaire.items]
    if questionnaire.indices:
        source["indices"] = [_index(index) for index in questionnaire.indices]
    return source


def write_toml(questionnaire: Questionnaire) -> bytes:
    """Return the file of a questionnaire: UTF-8, laid out as the shipped ones are."""
    return "\n".join(_lines(source_of(questionnaire))).encode() + b"\n"


def _said(text: Trilingual) -> dict[str, str]:
    return {language.value: text.get(language) for language in Language}


def _scale(scale: Scale) -> dict[str, Any]:
    labels = {language.value: list(said) for language, said in scale.labels.items()}
    if scale.kind is ScaleKind.NUMBERS:
        return {"kind": scale.kind.value, "first": scale.first, "last": scale.last, "ends": labels}
    found: dict[str, Any] = {"kind": scale.kind.value, "first": scale.first, "labels": labels}
    if scale.short:
        found["labels_short"] = {language.value: list(said) for language, said in scale.short.items()}
    return found


def _item(item: Item) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "code": item.code,
        "topic": item.topic,
        "type": item.type.value,
        "scale": item.scale and item.scale.name,
        "good": item.good and item.good.value,
        "dont_know": item.dont_know or None,
        "text": _said(item.text),
        "hint": item.hint and _said(item.hint),
        "skip": item.skip and _skip(item.skip),
        "choices": [_choice(choice) for choice in item.choices] or None,
        "rows": [_choice(row) for row in item.rows] or None,
        "max": item.most or None,
        "max_chars": item.max_chars or None,
        "report": item.report and {"level": item.report.level, "min": item.report.min},
    }
    return {key: value for key, value in parts.items() if value is not None}


def _skip(skip: Skip) -> dict[str, Any]:
    values = {"unless": list(skip.unless)} if skip.unless else {"when": list(skip.when)}
    return {"item": skip.item, **values}


def _choice(choice: Choice) -> dict[str, Any]:
    return {"code": choice.code, **_said(choice.text), **({"exclusive": True} if choice.exclusive else {})}


def _index(index: IndexSpec) -> dict[str, Any]:
    return {"code": index.code, "items": list(index.items), "title": _said(index.title)}


def _lines(source: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} = {_value(value)}" for key, value in source.items() if not _is_table(value))
    for key in ("title", "title_long", "period"):
        if key in source:
            yield from ("", f"[{key}]", *_dotted(source[key]))
    for name, scale in source["scales"].items():
        yield from ("", f"[scales.{_key(name)}]", *_dotted(scale))
    for key in ("items", "indices"):
        for one in source.get(key, ()):
            yield from ("", f"[[{key}]]", *_dotted(one))


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value))


def _dotted(table: Mapping[str, Any]) -> Iterator[str]:
    """Write texts a line for each language, everything else on one line; choices one below the other."""
    for key, value in table.items():
        if isinstance(value, Mapping) and set(value) <= set(Language):
            yield from (f"{key}.{language} = {_value(said)}" for language, said in value.items())
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{key} = ["
            yield from (f"    {_value(one)}," for one in value)
            yield "]"
        else:
            yield f"{key} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_value(one)}' for key, one in value.items())} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_value, value))}]"
    raise TypeError(type(value))


def _key(name: str) -> str:
    return name if name and name.isascii() and name.replace("_", "").replace("-", "").isalnum() else _text(name)


def _text(text: str) -> str:
    return f'"{"".join(map(_sign, text))}"'


def _sign(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if not is_control(sign):
        return sign
    return f"\\U{ord(sign):08x}" if ord(sign) > _WIDEST_SIGN else f"\\u{ord(sign):04x}"
