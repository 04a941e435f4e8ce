"""Finding names of people in free texts.

Names that the university knows, in the cases of three languages, and words that are built or placed like names.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from services.spelling import fold

_CAPITAL: Final = "A-ZА-ЯЁӨҮҢ"
_SMALL: Final = "a-zа-яёөүң"
_NAME: Final = rf"[{_CAPITAL}][{_CAPITAL}{_SMALL}’'-]+"
_WORD = re.compile(rf"[{_CAPITAL}{_SMALL}]+(?:[-’'][{_CAPITAL}{_SMALL}]+)*")
_OF_A_CASE: Final = r"(?:н?[ыиуү]н|[гк][аеоө]|н[аеоө]|[дтн][ыиуү]|[дт][аеоө]н?|[дтн][ыиуү]н)?"
#: What stands in the place of a name, or is built like one.
_PLACED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NAME}(?: {_NAME})? (?:[Уу]улу|[Кк]ызы){_OF_A_CASE}\b",
        rf"\b(?:{_NAME} ){{0,2}}[{_CAPITAL}][{_SMALL}]+(?:[ое]вич|ьич|[ое]вн|ичн)(?:[ауеы]|[ео]м|ой|дин|ге|дан|нын)?\b",
        rf"\b{_NAME} [{_CAPITAL}]\.(?: ?[{_CAPITAL}]\.)?",
        rf"(?<![{_CAPITAL}{_SMALL}.])[{_CAPITAL}]\. ?(?:[{_CAPITAL}]\. ?)?{_NAME}",
        rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor)\.? {_NAME}(?: {_NAME})?",
    )
)
_POSTS: Final = (
    r"преподавател\w*|профессор\w*|доцент\w*|куратор\w*|декан\w*|ректор\w*|мугалим\w*|окутуучу\w*|завкаф\w*|староста\w*|"
    r"методист\w*|тьютор\w*|педагог\w*|teacher|lecturer|curator|dean"
)
#: Words before and after which a name stands; the name is the group.
_BESIDE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:{_POSTS}) ({_NAME}(?: {_NAME}){{0,2}})",
        rf"\b({_NAME}) (?i:агай|эже|эжей|эжеке|байке|мырза|айым|мугалим|эжекей){_OF_A_CASE}\b",
        rf"\b(?i:зовут|имени|фамили\w+|аты|ысымы|named|called) ({_NAME}(?: {_NAME})?)",
    )
)
_SURNAME = re.compile(
    rf"(?<=[{_SMALL},] )[{_CAPITAL}][{_SMALL}]{{2,}}[оеё]в(?:[ауеы]|ым|ой)?"
    r"(?:[дн][ыиуү]н|г[аеоө]|[дн][ыиуү]|д[аеоө]н)?\b"
)
#: Beginnings of sentences that are no names.
_NO_NAMES = re.compile(
    "бардык|кээ|айрым|жаш|биздин|мен|биз|бул|ал|ошол|ушул|эски|жаны|жакшы|коп|кобу|ар|эч|дагы|анан|менин|ошондой|бир|"
    "жаман|мыкты|сонун|ырахмат|рахмат|айтор|кыскасы|азыркы|кымбаттуу|урматтуу|наш|мой|этот|один|the|our|my"
)
_PLACES = re.compile("бишкек|ош|талас|нарын|каракол|баткен|кыргызстан|россия|казахстан|чуй|токмок|манас")
_RUSSIAN: Final = (
    "", "а", "у", "е", "ы", "и", "я", "ю", "ой", "ей", "ом", "ем", "ым", "им", "ую", "ого", "ому", "его", "ему", "ою",
)  # fmt: skip
_KYRGYZ: Final = (
    *("нын", "нин", "нун", "на", "не", "но", "ны", "ни", "ну", "га", "ге", "го", "ка", "ке", "ко"),
    *(
        f"{first}{rest}"
        for first in "дт"
        for rest in ("ын", "ин", "ун", "ы", "и", "у", "а", "е", "о", "ан", "ен", "он")
    ),
)
_ENDINGS: Final = tuple(sorted({*_RUSSIAN, *_KYRGYZ}, key=len))
_LOWER_TOO = re.compile(r"(?:[ое]в|[ое]ва|уулу|кызы|ович|евич|овна|евна)$")
_LATIN_WORD = re.compile(r"[A-Z][a-z]{2,}$")
_SOUNDS: Final = (
    ("shch", "щ"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ya", "а"), ("yu", "у"),
    ("yo", "е"), ("ia", "а"), ("iu", "у"), ("ye", "е"), ("ph", "ф"), ("w", "в"), ("j", "ж"), ("q", "к"),
    ("x", "х"), ("a", "а"), ("b", "б"), ("v", "в"), ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з"), ("y", "и"),
    ("i", "и"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"),
    ("t", "т"), ("u", "у"), ("f", "ф"), ("h", "х"), ("c", "к"),
)  # fmt: skip
_ALIKE = str.maketrans({"ы": "и", "й": "и", "э": "е", "ю": "у", "я": "а", "ь": None, "ъ": None, "щ": "ш"})
_SHORTEST = 3


class KnownNames:
    """Surnames, given names and patronymics of the university's people, each word by itself."""

    def __init__(self, names: Iterable[str]) -> None:
        words = {word for name in names for word in fold(name).split() if len(word) >= _SHORTEST}
        self._words = words | {word.replace("ь", "") for word in words}
        self._sounds = {_sound(word) for word in self._words}

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Return where names stand in a text, in no order and some of them twice."""
        for word in _WORD.finditer(text):
            if self._is_name(word.group()):
                yield word.span()
        for pattern in _PLACED:
            yield from (found.span() for found in pattern.finditer(text) if _is_no_beginning(found.group()))
        for pattern in _BESIDE:
            yield from (found.span(1) for found in pattern.finditer(text) if _is_no_beginning(found.group(1)))
        yield from (found.span() for found in _SURNAME.finditer(text))

    def _is_name(self, word: str) -> bool:
        if _LATIN_WORD.match(word):
            return _sound(_in_cyrillic(word)) in self._sounds
        parts = {fold(part).replace("ь", "") for part in (word, *word.split("-"))}
        stems = (stem for part in parts for stem in _stems(part) if stem in self._words)
        if word[0].isupper():
            return next(stems, None) is not None
        return any(_LOWER_TOO.search(stem) for stem in stems)


def _stems(word: str) -> Iterator[str]:
    """Return what a folded word may be a case of."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            bare = word.removesuffix(ending)
            yield bare.removesuffix("а") if bare.endswith(("ова", "ева")) else bare
            yield bare
            if ending:
                yield from (bare + last for last in "аяйь")


def _is_no_beginning(found: str) -> bool:
    first = fold(found).split()[0]
    return not _NO_NAMES.fullmatch(first) and not any(map(_PLACES.fullmatch, _stems(first)))


def _in_cyrillic(word: str) -> str:
    letters = word.casefold()
    for latin, cyrillic in _SOUNDS:
        letters = letters.replace(latin, cyrillic)
    return letters


def _sound(word: str) -> str:
    """Return a folded word without the differences that Latin letters do not keep."""
    return re.sub(r"(.)\1", r"\1", word.translate(_ALIKE))
