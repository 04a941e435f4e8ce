"""The country's holidays, out of the library `holidays`; it is loaded when somebody first asks for a year."""

from datetime import date
from functools import lru_cache

from services.languages import Trilingual
from services.workdays.dto import Holiday, PublicYear

_KYRGYZ, _RUSSIAN, _ENGLISH = "ky", "ru_KG", "en_US"


@lru_cache(maxsize=64)
def public_year(year: int) -> PublicYear:
    """Return a year of Kyrgyzstan. Orozo Ait and Kurman Ait are estimated until the library knows of the decree.

    The first call of a process takes about 0.2 s, a year afterwards some milliseconds.
    """
    from holidays.countries.kyrgyzstan import Kyrgyzstan  # noqa: PLC0415 -- a tenth of a second few processes need

    ky, ru, en = (
        Kyrgyzstan(years=year, language=language, islamic_show_estimated=False)
        for language in (_KYRGYZ, _RUSSIAN, _ENGLISH)
    )
    marked = Kyrgyzstan(years=year, language=_ENGLISH, islamic_show_estimated=True)
    holidays: dict[date, Holiday] = {
        day: Holiday(name=Trilingual(ky=ky[day], ru=ru[day], en=name), estimated=marked[day] != name)
        for day, name in sorted(en.items())
        if day.year == year
    }
    return PublicYear(holidays=holidays, worked=frozenset(day for day in en.weekend_workdays if day.year == year))
