"""Reads a questionnaire from its file, or says everything that is wrong with it at once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from services.languages import Language
from services.questionnaires import limits
from services.questionnaires.dto import IN_CHAT, IndexSpec, Item, ItemType, Questionnaire, SurveyMode
from services.questionnaires.errors import QuestionnaireUnusable
from services.questionnaires.item_reading import ItemReader
from services.questionnaires.packing import CHAT_BYTES, bits_over
from services.questionnaires.pieces import Faults, Piece, quoted
from services.questionnaires.scale_reading import read_scales
from services.questionnaires.wording import places_saying_anonymous

SCHEMA: Final = 1
_ID: Final = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{limits.ID - 1}}}")
_INDEX: Final = re.compile(rf"[A-Za-z0-9_]{{1,{limits.CODE}}}")
#: More dotted names in a row than any questionnaire has; the time to read them grows with the square of their number.
_DEEP: Final = re.compile(r"""(?:(?:"[^"\n]{0,64}"|'[^'\n]{0,64}'|[\w-]{1,64})[ \t]{0,4}\.[ \t]{0,4}){24}""")
_LONGEST_REASON: Final = 120


def read_toml(content: bytes) -> Mapping[str, Any]:
    """Return what a file holds.

    Raises:
        QuestionnaireUnusable: it is too large, not UTF-8 or not TOML.
    """
    if len(content) > limits.LARGEST_FILE:
        raise QuestionnaireUnusable([f"the file is larger than {limits.LARGEST_FILE // 1024} KB"])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise QuestionnaireUnusable([f"the file is not UTF-8 (line {line})"]) from error
    if _DEEP.search(text):
        raise QuestionnaireUnusable(["the file is no questionnaire: its tables lie too deep"])
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise QuestionnaireUnusable(["the file is no questionnaire: its lists lie too deep"]) from error
    except ValueError as error:
        raise QuestionnaireUnusable([f"the file is not TOML: {str(error)[:_LONGEST_REASON]}"]) from error


def read_questionnaire(source: Mapping[str, Any]) -> Questionnaire:
    """Return the questionnaire that a parsed file describes (schema, version 1).

    Raises:
        QuestionnaireUnusable: with every fault of the file.
    """
    found, lines = look_over(source)
    if lines:
        raise QuestionnaireUnusable(lines)
    return found


def look_over(source: Mapping[str, Any]) -> tuple[Questionnaire, tuple[str, ...]]:
    """Return what can be told of a questionnaire, whole or not, and a line for each fault; what lacks is empty."""
    faults = Faults()
    top = Piece(source, faults)
    top.number("schema", least=SCHEMA, most=SCHEMA)
    _check_languages(top)
    title, title_long = (top.trilingual(key, most=most) for key, most in _TITLES)
    period = top.trilingual("period", most=limits.PERIOD, is_period=True) if top.has("period") else None
    mode = top.word("mode_default", SurveyMode)
    reader = ItemReader(read_scales(top))
    read = [reader.read(piece) for piece in top.items("items", most=limits.ITEMS)]
    items = tuple(item for item in read if item is not None)
    found = Questionnaire(
        code=_read_id(top),
        revision=top.number("revision", least=1, most=limits.REVISIONS),
        mode=mode or SurveyMode.ANONYMOUS,
        minutes=top.number("minutes", least=1, most=limits.MINUTES),
        title=title,
        title_long=title_long,
        period=period,
        items=items,
        indices=_read_indices(top, items) if top.has("indices") else (),
        audience=top.text("audience", most=limits.AUDIENCE, needed=False),
    )
    top.close()
    _check_whole(found, faults)
    return found, faults.lines()


_TITLES: Final = (("title", limits.TITLE), ("title_long", limits.LONG_TITLE))


def _check_languages(top: Piece) -> None:
    languages = top.list_of("languages", most=len(Language) + 1)
    if languages and sorted(map(quoted, languages)) != sorted(Language):
        top.blame("languages", f"should be {', '.join(Language)}, all of them")


def _read_id(top: Piece) -> str:
    code = top.text("id", most=limits.LARGEST_FILE)
    if code and not _ID.fullmatch(code):
        top.blame("id", f"should have 1 to {limits.ID} of a-z, 0-9 and -, and not begin with -")
    return code


def _read_indices(top: Piece, items: Iterable[Item]) -> tuple[IndexSpec, ...]:
    scored = {item.code for item in items if item.good is not None}
    known = {item.code for item in items}
    codes: set[str] = set()
    used: set[str] = set()
    indices = []
    for piece in top.items("indices", most=limits.INDICES):
        code = piece.text("code", most=limits.LARGEST_FILE)
        if code and (not _INDEX.fullmatch(code) or code in codes):
            piece.blame("code", f"should be unique, with 1 to {limits.CODE} of A-Z, a-z, 0-9 and _")
        codes.add(code)
        members = []
        for name in piece.list_of("items", most=limits.ITEMS):
            if not isinstance(name, str) or name not in known:
                piece.blame("items", f"there is no item {quoted(name)}")
            elif name not in scored:
                piece.blame("items", f"{quoted(name)} is not scored: it has no good")
            elif name in used:
                piece.blame("items", f"{quoted(name)} is in an index already")
            else:
                members.append(name)
                used.add(name)
        indices.append(IndexSpec(code=code, items=tuple(members), title=piece.trilingual("title", most=limits.TITLE)))
        piece.close()
    return tuple(indices)


def _check_whole(found: Questionnaire, faults: Faults) -> None:
    screens = sum(len(item.keys) for item in found.items)
    if screens > limits.PAGES:
        faults.note("", f"items and rows make {screens} screens, at most {limits.PAGES} are allowed")
    if found.items and all(item.type in {ItemType.TEXT, ItemType.ROUTE} for item in found.items):
        faults.note("", "there is no question to tap an answer to")
    if found.mode is not SurveyMode.ANONYMOUS:
        for place in places_saying_anonymous(found):
            faults.note(place, f"says anonymous, which a survey in the mode {found.mode} is not")
    if found.mode in IN_CHAT and (over := bits_over(found)):
        faults.note(
            "",
            f"the answers take {over} bits more than a message in the chat has room for"
            f" ({CHAT_BYTES * 8 + over} of {CHAT_BYTES * 8}): leave out items, rows or choices",
        )
