"""What the columns of a queue are called in a spreadsheet, in three languages, and the words that approve.

The sheet that goes out is headed by these words, so that the one that comes back is understood in any language.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.languages import Language, Trilingual
from services.spelling import fold


class SheetColumn(StrEnum):
    """The columns beside the facts; their rows are known by the first two."""

    REQUEST = "request"
    VERSION = "version"
    REFUSAL = "refusal"
    APPROVAL = "approval"


HEADINGS: Final = MappingProxyType(
    {
        SheetColumn.REQUEST: Trilingual(ky="Өтүнмө №", ru="Заявка №", en="Request No."),
        SheetColumn.VERSION: Trilingual(ky="Нускасы", ru="Версия", en="Version"),
        SheetColumn.REFUSAL: Trilingual(ky="Баш тартуунун себеби", ru="Причина отказа", en="Reason for refusal"),
        SheetColumn.APPROVAL: Trilingual(ky="Бекитүү", ru="Одобрить", en="Approve"),
    }
)

#: The word that is offered where a request is approved.
YES: Final = Trilingual(ky="ооба", ru="да", en="yes")

_MEANING = {fold(words.get(language)): column for column, words in HEADINGS.items() for language in Language}
_YES = frozenset(
    map(fold, ("ооба", "да", "yes", "y", "ок", "ok", "true", "истина", "чын", "1", "+", "v", "х", "x", "✓", "✔", "✅"))
)
_NO = frozenset(map(fold, ("жок", "нет", "no", "n", "false", "ложь", "жалган", "0")))


def without_note(heading: str) -> str:
    """Return a heading without what is allowed, which stands below it or behind it in brackets."""
    return heading.partition("\n")[0].strip()


def column_of(heading: str) -> SheetColumn | None:
    """Return the column beside the facts that a heading names."""
    words = fold(heading)
    return next((column for name, column in _MEANING.items() if words == name or words.startswith(f"{name} (")), None)


def read_approval(text: str) -> bool | None:
    """Tell whether a cell approves; None where it says neither."""
    word = fold(text)
    if not word or word in _NO:
        return False
    return True if word in _YES else None
