"""What "the last semester" is on a day, where nobody has said it otherwise."""

from datetime import date
from typing import Final

from services.languages import Trilingual

_AUTUMN: Final = 9
_SPRING: Final = 2


def semester_of(day: date) -> Trilingual:
    """Return the semester of a day: from September to January autumn, else spring."""
    if _SPRING <= day.month < _AUTUMN:
        return Trilingual(
            ky=f"{day.year}-жылдын жазгы семестри",
            ru=f"весенний семестр {day.year} года",
            en=f"spring semester of {day.year}",
        )
    year = day.year if day.month >= _AUTUMN else day.year - 1
    return Trilingual(
        ky=f"{year}-жылдын күзгү семестри", ru=f"осенний семестр {year} года", en=f"autumn semester of {year}"
    )
