"""What heads of units are called, and the nouns that units are: the small closed lists of the grammar."""

from enum import StrEnum
from functools import lru_cache

from services.responsibles.endings import forms_of, is_possessed
from services.responsibles.tokens import Token


class Title(StrEnum):
    """Sorts of posts. Who heads an office is called director, head or chief as it happens; the others are distinct."""

    HEAD = "head"
    VICE_RECTOR = "vice_rector"
    DEAN = "dean"
    CHAIR = "chair"


_TITLES = {
    **dict.fromkeys(("директор", "башчы", "жетекчи", "башкаруучу", "начальник", "заведующ", "руководител"), Title.HEAD),
    **dict.fromkeys(("управляющ", "head", "director", "chief", "manager"), Title.HEAD),
    **dict.fromkeys(("проректор", "prorector", "vicerector"), Title.VICE_RECTOR),
    **dict.fromkeys(("декан", "dean"), Title.DEAN),
    **dict.fromkeys(("торага", "председател", "chair", "chairperson", "chairman"), Title.CHAIR),
}
_DEPUTIES = frozenset({"орун", "заместитель", "заместители", "deputy", "помощник", "жардамчысы", "assistant"})
_FIELD_WORDS = frozenset({"боюнча", "по", "for", "of"})
_UNIT_NOUNS = frozenset(
    {
        "болум", "болук", "тузум", "башкармалык", "департамент", "борбор", "кафедра", "институт", "факультет",
        "кенеш", "комитет", "комиссия", "кызмат", "колледж", "лицей", "филиал", "мектеп", "китепкана", "лаборатория",
        "бухгалтерия", "профсоюз", "уюм", "клуб", "музей", "ректорат", "сектор", "секция", "фонд", "академия", "штаб",
        "деканат", "отдел", "управление", "служба", "центр", "совет", "школа", "библиотека", "подразделение",
        "канцелярия",
        "училище", "техникум", "гимназия", "дирекция", "типография", "общежитие", "жатакана", "кенсе", "редакция",
        "department", "office", "centre", "faculty", "institute", "school", "college", "library", "council",
        "committee", "commission", "service", "unit", "laboratory", "branch", "division", "union", "lyceum",
    }
)  # fmt: skip
_UNIT_STEMS = {stem: noun for noun in sorted(_UNIT_NOUNS) for stem, _ in forms_of(noun) if len(stem) > 3}  # noqa: PLR2004


def title_of(token: Token) -> tuple[Title, str] | None:
    """Return the title that a word is, and its stem."""
    return _title(token.word)


@lru_cache(maxsize=16_384)
def _title(word: str) -> tuple[Title, str] | None:
    return next(((_TITLES[stem], stem) for stem, _ in forms_of(word) if stem in _TITLES), None)


def is_many(token: Token) -> bool:
    """Tell whether a title speaks of several people; `директора` does, unless it stands for one whose it is."""
    return is_title_of_many(token.word)


def is_title_of_many(word: str) -> bool:
    """Tell whether the folded word is a title that may speak of several people."""
    found = _title(word)
    return found is not None and (found[1], True) in forms_of(word)


def is_of_somebody(token: Token) -> bool:
    """Tell whether a title stands in the form in which Kyrgyz puts it after its unit: `директору`, not `директор`."""
    found = title_of(token)
    return found is not None and is_possessed(token.word, found[1])


def is_deputy(token: Token) -> bool:
    """Tell whether the word makes a post the second one."""
    return token.word in _DEPUTIES


def joins_a_field(token: Token) -> bool:
    """Tell whether the word stands between a post and its field: `боюнча`, `по`, `for`."""
    return token.word in _FIELD_WORDS


def unit_noun(token: Token) -> str:
    """Return the noun that a unit is (бөлүм, кафедра, отдел; folded), else nothing."""
    return _noun(token.word)


@lru_cache(maxsize=16_384)
def _noun(word: str) -> str:
    stems = sorted((stem for stem, _ in forms_of(word) if stem in _UNIT_STEMS), key=len)
    return _UNIT_STEMS[stems[-1]] if stems else ""
