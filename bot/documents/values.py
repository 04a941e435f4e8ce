"""Single values in words, as papers, pages and chat say them: dates, numbers, money, years of study, countries.

No-break spaces stand inside numbers and before signs, so that a line never ends in the middle of an amount.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import MappingProxyType
from typing import Final

from babel import Locale

from bot.documents.university_model import University
from bot.localtime import DateForm, format_date
from services.certificates.cleaning import clean
from services.certificates.dto import FactType
from services.languages import Language
from services.people.countries import HOME

#: The form of a number that is a share of a hundred: `{originality|percent}`.
PERCENT: Final = "percent"

_NBSP: Final = "\N{NO-BREAK SPACE}"
_GROUP: Final = 3  # digits
_LONGEST_PLAIN: Final = 4  # digits of a number that is not parted; an amount of money always is
_YEARS: Final = re.compile(r"(\d{4})-(\d{2})")
#: The country's name as its constitution has it; CLDR still writes «Киргизия».
_HOME_NAMES: Final = MappingProxyType(
    {Language.KY: "Кыргыз Республикасы", Language.RU: "Кыргызская Республика", Language.EN: "Kyrgyz Republic"}
)
_MONEY: Final = MappingProxyType(
    {Language.KY: f"{{}}{_NBSP}сом", Language.RU: f"{{}}{_NBSP}сом", Language.EN: f"KGS{_NBSP}{{}}"}
)


def write(
    university: University, kind: str, name: str, fact_type: FactType, value: str, language: Language, form: str = ""
) -> str:
    """Write a stored value of a fact in words; a table has none.

    Raises:
        ValueError: the value is none of its type.
        KeyError: there is no such form.
    """
    if fact_type is FactType.CHOICE:
        word = university.choice(kind, name, value)
        if word is None:
            raise ValueError(f"{name}: “{value}” is no choice")
        return word.get(language, form)
    if fact_type is FactType.TABLE:
        raise ValueError(f"{name}: a table is no single value")
    return _WRITERS[fact_type](value, language, form)


def number(value: Decimal, language: Language, *, percent: bool = False) -> str:
    """Write a number: 12 345,5 and 85,5 % in Kyrgyz and Russian, 12,345.5 and 85.5% in English."""
    plain = f"{value.normalize():f}"
    whole = plain.lstrip("-").partition(".")[0]
    written = _grouped(plain, language) if len(whole) > _LONGEST_PLAIN else _pointed(plain, language)
    if not percent:
        return written
    return f"{written}%" if language is Language.EN else f"{written}{_NBSP}%"


def money(amount: Decimal, language: Language) -> str:
    """Write an amount in som: 12 345,67 сом, KGS 12,345.67; tyiyns only where there are any."""
    exact = f"{amount:.2f}"
    return _MONEY[language].format(_grouped(exact.removesuffix(".00"), language))


def _decimal(value: str) -> Decimal:
    try:
        return Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f"“{value}” is no number") from error


def _grouped(plain: str, language: Language) -> str:
    sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    whole, point, rest = digits.partition(".")
    first = len(whole) % _GROUP or _GROUP
    groups = [whole[:first], *(whole[start : start + _GROUP] for start in range(first, len(whole), _GROUP))]
    separator = "," if language is Language.EN else _NBSP
    return sign + separator.join(groups) + _pointed(point + rest, language)


def _pointed(plain: str, language: Language) -> str:
    return plain if language is Language.EN else plain.replace(".", ",")


def _date(value: str, language: Language, form: str) -> str:
    return format_date(date.fromisoformat(value), language, DateForm(form) if form else DateForm.POSS)


def _number(value: str, language: Language, form: str) -> str:
    return number(_decimal(value), language, percent=form == PERCENT)


def _money(value: str, language: Language, _form: str) -> str:
    return money(_decimal(value), language)


def _academic_year(value: str, language: Language, _form: str) -> str:
    years = _YEARS.fullmatch(value)
    if years is None:
        raise ValueError(f"“{value}” is no academic year")
    return value if language is Language.KY else f"{years[1]}/{years[2]}"


def _country(value: str, language: Language, _form: str) -> str:
    return _countries(language).get(value) or clean(value)


def _text(value: str, _language: Language, _form: str) -> str:
    return clean(value)


@cache
def _countries(language: Language) -> dict[str, str]:
    return {**Locale.parse(language.value).territories, HOME: _HOME_NAMES[language]}


_WRITERS: Final = MappingProxyType(
    {
        FactType.DATE: _date,
        FactType.NUMBER: _number,
        FactType.MONEY: _money,
        FactType.ACADEMIC_YEAR: _academic_year,
        FactType.COUNTRY: _country,
        FactType.TEXT: _text,
    }
)
