"""Countries as rosters write them: by a code, a name or a word for the citizen, in three languages."""

from services.spelling import fold

_HOME = "kg"
_HOME_NAMES = frozenset(
    fold(name)
    for name in (
        "Кыргызстан", "Кыргыз Республикасы", "Кыргыз", "КР", "КР жараны", "Кыргызстандын жараны", "Кыргызстандык",
        "Кыргызская Республика", "Киргизская Республика", "Киргизия", "Гражданин КР", "Гражданка КР", "Кыргызстанец",
        "Гражданин Кыргызской Республики", "Гражданка Кыргызской Республики", "KG", "KGZ", "KR", "Kyrgyzstan",
        "Kyrgyz Republic", "The Kyrgyz Republic", "Kyrgyz", "Kirghizia",
    )
)  # fmt: skip


def country_of(citizenship: str) -> str:
    """Return one name for all spellings of this country; another country is its name, folded."""
    name = fold(citizenship)
    return _HOME if name in _HOME_NAMES else name


def is_foreign(citizenship: str) -> bool:
    """Tell whether a citizenship is that of another country; of an empty one nothing is known."""
    return country_of(citizenship) not in {"", _HOME}
