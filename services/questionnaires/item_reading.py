"""Reads the items of a questionnaire."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from services.languages import Language, Trilingual
from services.questionnaires import limits
from services.questionnaires.answers import WITH_POINTS
from services.questionnaires.dto import Choice, Good, Item, ItemType, Reporting, Scale, Skip
from services.questionnaires.pieces import Piece, quoted
from services.questionnaires.scale_reading import CODE

_SCORED: Final = frozenset({ItemType.SCALE, ItemType.MATRIX})
_CHOSEN: Final = frozenset({ItemType.SINGLE, ItemType.MULTI})
#: What an item can lead on from.
_LEADING: Final = frozenset({ItemType.SCALE, ItemType.ROUTE, *_CHOSEN})
_UNIVERSITY: Final = "university"
_HIGHEST_MINIMUM: Final = 1_000


class ItemReader:
    """Reads one item after the other, knowing the scales and what came before."""

    def __init__(self, scales: Mapping[str, Scale | None]) -> None:
        self._scales = scales
        self._items: dict[str, Item] = {}
        self._codes: set[str] = set()

    def read(self, piece: Piece) -> Item | None:
        """Read an item; None if not even its type can be told, and what is missing otherwise is noted."""
        code = read_code(piece, self._codes)
        kind = piece.word("type", ItemType)
        if kind is None:
            return None
        if kind is not ItemType.TEXT and any(item.type is ItemType.TEXT for item in self._items.values()):
            piece.blame("", "free text comes last, so nothing else can follow it")
        item = Item(
            code=code,
            topic=piece.text("topic", most=limits.TOPIC),
            type=kind,
            text=piece.trilingual("text", most=limits.QUESTION),
            hint=piece.trilingual("hint", most=limits.HINT) if piece.has("hint") else None,
            scale=self._scale(piece) if kind in WITH_POINTS else None,
            good=piece.word("good", Good) if kind in _SCORED and piece.has("good") else None,
            dont_know=piece.flag("dont_know") if kind in _SCORED | _CHOSEN else False,
            choices=_choices(piece, "choices", kind, limits.CHOICES) if kind in _CHOSEN else (),
            rows=_choices(piece, "rows", kind, limits.ROWS) if kind is ItemType.MATRIX else (),
            max_chars=piece.number("max_chars", least=1, most=limits.FREE_TEXT) if kind is ItemType.TEXT else 0,
            skip=self._skip(piece) if piece.has("skip") else None,
            report=_reporting(piece) if piece.has("report") and kind is not ItemType.ROUTE else None,
        )
        return self._finished(piece, item)

    def _finished(self, piece: Piece, item: Item) -> Item:
        if item.type is ItemType.MULTI:
            item = _multi(piece, item)
        piece.close()
        _check_room(piece, item)
        self._items.setdefault(item.code, item)
        return item

    def _scale(self, piece: Piece) -> Scale | None:
        name = piece.text("scale", most=limits.CODE)
        if name and name not in self._scales:
            piece.blame("scale", f"there is no scale {quoted(name)}")
        return self._scales.get(name)

    def _skip(self, piece: Piece) -> Skip | None:
        table = piece.piece("skip")
        code = table.text("item", most=limits.CODE)
        earlier = self._items.get(code)
        if code and earlier is None:
            table.blame("item", f"no earlier item is called {quoted(code)}")
        elif earlier is not None and earlier.type not in _LEADING:
            table.blame("item", f"{quoted(code)} cannot decide what is shown: it is no scale, choice or route")
            earlier = None
        if table.has("unless") == table.has("when"):
            table.blame("", "should have either unless or when")
        unless, when = (_values(table, key, earlier) if table.has(key) else () for key in ("unless", "when"))
        table.close()
        return Skip(item=code, unless=unless, when=when)


def read_code(piece: Piece, known: set[str]) -> str:
    """Read a code and enter it among the known ones."""
    code = piece.text("code", most=limits.LARGEST_FILE)
    if code and not CODE.fullmatch(code):
        piece.blame("code", f"should have 1 to {limits.CODE} of a-z, 0-9 and _")
    elif code in known:
        piece.blame("code", f"{code} is there already")
    known.add(code)
    return code


def _values(table: Piece, key: str, earlier: Item | None) -> tuple[int | str, ...]:
    values = table.list_of(key, most=limits.CHOICES)
    found = tuple(value for value in values if isinstance(value, str) or type(value) is int)
    if len(found) != len(values):
        table.blame(key, "should be points of a scale or codes of choices")
    elif earlier is not None and not set(found) <= _answers_of(earlier):
        table.blame(key, f"holds a value that {earlier.code} does not have")
    return found


def _answers_of(item: Item) -> set[int | str]:
    return {*(item.scale.points if item.scale is not None else ()), *(choice.code for choice in item.choices)}


def _choices(piece: Piece, key: str, kind: ItemType, most: int) -> tuple[Choice, ...]:
    codes: set[str] = set()
    choices: list[Choice] = []
    for one in piece.items(key, most=most):
        choice = Choice(
            code=read_code(one, codes),
            text=one.languages(most=limits.CHOICE),
            exclusive=one.flag("exclusive") if kind is ItemType.MULTI else False,
        )
        one.close()
        choices.append(choice)
    if len(choices) == 1:
        piece.blame(key, "should be two at least")
    for language in Language:
        said = [choice.text.get(language).casefold() for choice in choices if choice.text.get(language)]
        if len(set(said)) != len(said):
            piece.blame(key, f"two of them say the same in {language}")
    return tuple(choices)


def _multi(piece: Piece, item: Item) -> Item:
    together = sum(not choice.exclusive for choice in item.choices)
    if item.choices and not together:
        piece.blame("choices", "are all exclusive: then it is a single")
    if not piece.has("max"):
        return item
    most = piece.number("max", least=2, most=max(2, together))
    return replace(item, most=most)


def _reporting(piece: Piece) -> Reporting | None:
    table = piece.piece("report")
    level = table.text("level", most=limits.CODE)
    if level and level != _UNIVERSITY:
        table.blame("level", f"should be {_UNIVERSITY}")
    least = table.number("min", least=limits.FEWEST, most=_HIGHEST_MINIMUM) if table.has("min") else limits.FEWEST
    table.close()
    return Reporting(level=level, min=least)


def _check_room(piece: Piece, item: Item) -> None:
    for language in Language:
        labels = item.scale.labels.get(language, ()) if item.scale is not None else ()
        rows = max((_units(row.text, language) for row in item.rows), default=0)
        choices = sum(_units(choice.text, language) for choice in item.choices)
        hint = _units(item.hint, language) if item.hint is not None else 0
        room = _units(item.text, language) + hint + rows + choices + sum(map(_length, labels))
        if room > limits.MESSAGE:
            piece.blame("", f"is too long for one message in {language}: {room} of {limits.MESSAGE} characters")


def _units(text: Trilingual, language: Language) -> int:
    return _length(text.get(language))


def _length(text: str) -> int:
    """Count as Telegram does, in units of UTF-16."""
    return len(text.encode("utf-16-le", "replace")) // 2
