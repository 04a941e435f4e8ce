"""Countries as rosters write them: by a code, a name or a word for the citizen, in three languages."""

from services.spelling import fold

HOME = "KG"

#: By ISO 3166 code of two letters: the code of three and the names, in Kyrgyz, Russian and English, by which rosters
#: call a country. Those of which nobody studies here are known by their code of two letters alone.
_NAMES = {
    HOME: (
        "KGZ", "KR", "Кыргызстан", "Кыргыз Республикасы", "Кыргыз", "КР", "КР жараны", "Кыргызстандын жараны",
        "Кыргызстандык", "Кыргызская Республика", "Киргизская Республика", "Киргизия", "Гражданин КР", "Гражданка КР",
        "Кыргызстанец", "Гражданин Кыргызской Республики", "Гражданка Кыргызской Республики", "Kyrgyzstan",
        "Kyrgyz Republic", "The Kyrgyz Republic", "Kyrgyz", "Kirghizia",
    ),
    "AF": ("AFG", "Афганистан", "Ооганстан", "Afghanistan"),
    "AZ": ("AZE", "Азербайджан", "Azerbaijan"),
    "BD": ("BGD", "Бангладеш", "Bangladesh"),
    "BY": ("BLR", "Беларусь", "Белоруссия", "Республика Беларусь", "Belarus"),
    "CN": ("CHN", "Китай", "Кытай", "КНР", "КЭР", "China"),
    "DE": ("DEU", "Германия", "Germany"),
    "EG": ("EGY", "Египет", "Egypt"),
    "IN": ("IND", "Индия", "India"),
    "IR": ("IRN", "Иран", "Iran"),
    "JO": ("JOR", "Иордания", "Jordan"),
    "JP": ("JPN", "Япония", "Жапония", "Japan"),
    "KR": ("KOR", "Южная Корея", "Түштүк Корея", "Республика Корея", "South Korea"),
    "KZ": ("KAZ", "Казахстан", "РК", "Республика Казахстан", "Kazakhstan"),
    "MN": ("MNG", "Монголия", "Mongolia"),
    "NP": ("NPL", "Непал", "Nepal"),
    "PK": ("PAK", "Пакистан", "Pakistan"),
    "RU": ("RUS", "Россия", "РФ", "Российская Федерация", "Орусия", "Russia", "Russian Federation"),
    "SY": ("SYR", "Сирия", "Syria"),
    "TJ": ("TJK", "Таджикистан", "Тажикстан", "Tajikistan"),
    "TM": ("TKM", "Туркменистан", "Түркмөнстан", "Turkmenistan"),
    "TR": ("TUR", "Турция", "Түркия", "Turkey", "Türkiye"),
    "UA": ("UKR", "Украина", "Ukraine"),
    "US": ("USA", "США", "АКШ", "United States"),
    "UZ": ("UZB", "Узбекистан", "Өзбекстан", "РУз", "Uzbekistan"),
}  # fmt: skip

_CODE_LENGTH = 2


def _codes() -> dict[str, str]:
    names = {fold(name): code for code, known in _NAMES.items() for name in known}
    return {fold(code): code for code in _NAMES} | names


_CODES = _codes()


def iso_code(citizenship: str) -> str:
    """Return the ISO 3166 code (two letters) of a country as a roster names it; empty where that is not known.

    "KR" is this country: rosters here write Кыргыз Республикасы so, and Korea by its name.
    """
    known = _CODES.get(fold(citizenship), "")
    text = citizenship.strip()
    is_code = len(text) == _CODE_LENGTH and text.isascii() and text.isalpha()
    return known or (text.upper() if is_code else "")


def country_of(citizenship: str) -> str:
    """Return one name for all spellings of this country; another country is its code or its name, folded."""
    return iso_code(citizenship).lower() or fold(citizenship)


def is_foreign(citizenship: str) -> bool:
    """Tell whether a citizenship is that of another country; of an empty one nothing is known."""
    return country_of(citizenship) not in {"", HOME.lower()}
