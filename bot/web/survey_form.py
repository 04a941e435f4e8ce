"""The form of a survey as it is sent back: what was ticked and typed, read as answers."""

import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs

from services.questionnaires.answers import WITH_POINTS, several
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Item, ItemType, Questionnaire

#: The field that differs in every form that is given out, so that one that comes twice is taken once.
MARK: Final = "~form"
_MARK_BYTES: Final = 12
_MARK: Final = re.compile(r"[A-Za-z0-9_-]{16}", re.ASCII)
#: Far above what sixty items can tick.
_MOST_FIELDS: Final = 1_500
_POINT: Final = re.compile(r"-?[0-9]{1,3}", re.ASCII)


Fields = Mapping[str, Sequence[str]]


class FormUnreadable(ValueError):  # noqa: N818 -- states a fact
    """What came is no form of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form as it was sent.

    `ticked`: all that was ticked, by code of item; `answers`: what of it is an answer; `texts`: as typed. `unclear`:
    items where more is ticked than goes together; `too_long`: how many characters a text has that has too many.
    """

    ticked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    unclear: frozenset[str] = frozenset()
    too_long: Mapping[str, int] = field(default_factory=dict)

    @property
    def faulty(self) -> bool:
        """Whether it has to be looked at once more."""
        return bool(self.unclear or self.too_long)


def new_mark() -> str:
    """Return what makes a form another one than all others."""
    return secrets.token_urlsafe(_MARK_BYTES)


def read_fields(body: bytes) -> Fields:
    """Return what a posted form holds, by the names of its fields.

    Raises:
        FormUnreadable: it is none.
    """
    try:
        return parse_qs(body.decode(errors="replace"), max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise FormUnreadable from error


def mark_of(fields: Fields) -> str:
    """Return what made the form another one than all others; empty where it has no such mark."""
    mark = fields.get(MARK, [""])[0]
    return mark if _MARK.fullmatch(mark) else ""


def read_form(questionnaire: Questionnaire, fields: Fields) -> Filled:
    """Read a posted form; fields that the questionnaire does not have are left out."""
    items = {key: item for item in questionnaire.closed_items for key in item.keys}
    ticked = {key: fields[key] for key in items if key in fields}
    answers = {key: _answer(items[key], values) for key, values in ticked.items()}
    texts = {item.code: cleaned(fields[item.code][0]) for item in questionnaire.texts if item.code in fields}
    lengths = {item.code: len(texts.get(item.code, "").strip()) for item in questionnaire.texts}
    return Filled(
        ticked=ticked,
        answers={key: answer for key, answer in answers.items() if answer is not None},
        texts=texts,
        unclear=frozenset(
            key for key, answer in answers.items() if answer is None and items[key].type is ItemType.MULTI
        ),
        too_long={item.code: lengths[item.code] for item in questionnaire.texts if lengths[item.code] > item.max_chars},
    )


def cleaned(text: str) -> str:
    """Return a text as it was typed, without the signs that only steer machines and that no database takes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def _answer(item: Item, ticked: Sequence[str]) -> Answer | None:
    """Return what was ticked as an answer; who also ticks that they prefer not to say has not said."""
    silent = next((silence for silence in (NOT_SAID, DONT_KNOW) if silence in ticked), None)
    if silent is not None:
        return silent
    if item.type is ItemType.MULTI:
        return several(item, ticked)
    if item.type in WITH_POINTS:
        return int(ticked[0]) if _POINT.fullmatch(ticked[0]) else None
    return ticked[0]
