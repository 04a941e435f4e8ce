"""The words of papers about plans, as data."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.localtime import DateForm, format_date
from services.languages import Language

_FILE = Path(__file__).with_name("data") / "plan_words.toml"


@cache
def plan_words() -> dict[str, Any]:
    """Return the words."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def kyrgyz_day(value: date) -> str:
    """Return a day as it stands before күнүнө."""
    return format_date(value, Language.KY, DateForm.DAY)


def short_day(value: date) -> str:
    """Return a day as it stands in tables."""
    return f"{value:%d.%m.%Y}"
