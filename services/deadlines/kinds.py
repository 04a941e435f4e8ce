"""What a word, a number or a mark is in a deadline phrase."""

from dataclasses import dataclass
from enum import IntEnum, auto


class Kind(IntEnum):
    """What a token does in a phrase, whatever its language."""

    WORD = auto()  # not understood
    NUMBER = auto()
    YEAR = auto()  # four digits: 2025
    PAIR = auto()  # 2025-26: value is the first year, 0 where the second does not follow it
    DATE = auto()  # 05.12.2025, 05.12, 12.2025, 2025-12-05
    TIME = auto()
    DASH = auto()
    COMMA = auto()
    SLASH = auto()
    OPEN = auto()
    CLOSE = auto()
    MONTH = auto()
    MONTH_WORD = auto()  # ай, месяц, month
    YEAR_WORD = auto()  # жыл, год, year
    DAY_WORD = auto()  # күнү, числа
    ACADEMIC = auto()
    CALENDAR = auto()
    SEMESTER = auto()
    QUARTER = auto()
    HALF_YEAR = auto()
    HALF = auto()
    TEN_DAYS = auto()
    WEEK = auto()
    SEASON = auto()  # value: its first month
    WEEKDAY = auto()  # value: 0 is Monday
    FROM = auto()
    TO = auto()  # до, по, to: before the day, or between two
    UNTIL = auto()  # чейин: behind the day
    BY = auto()  # не позднее: the day itself counts without doubt
    LATEST = auto()  # кечиктирбестен: behind the day, which stands in the ablative
    BEFORE = auto()
    AFTER = auto()
    SINCE = auto()  # баштап: behind the first day
    BETWEEN = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    WITHIN = auto()
    EACH = auto()
    TIMES = auto()  # жолу, раз, times
    YEARLY = auto()
    QUARTERLY = auto()
    MONTHLY = auto()
    SEMESTERLY = auto()
    WEEKLY = auto()
    END = auto()
    BEGINNING = auto()
    MIDDLE = auto()
    VAGUE = auto()
    CONSTANT = auto()
    SITTING = auto()
    HARMLESS = auto()
    ORDER = auto()  # көрсөтүлгөн тартипте: how, not when
    NOTHING = auto()
    PLAN = auto()
    ACCORDING = auto()
    AS_PLANNED = auto()  # по графику: all in one
    FEAST = auto()
    DURING = auto()  # учурунда, при: names an event
    EVENT = auto()  # по мере необходимости: an event by itself
    HOUR = auto()
    DURATION = auto()  # дней, days


class Case(IntEnum):
    """What a Kyrgyz ending tells."""

    PLAIN = auto()
    GENITIVE = auto()
    DATIVE = auto()
    LOCATIVE = auto()
    ABLATIVE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: `value` by its kind; `date` (day, month, year) of a numeric date, 0 for what is not printed."""

    kind: Kind
    text: str
    value: int = 0
    case: Case = Case.PLAIN
    language: str = ""
    ordinal: bool = False
    doubt: bool = False
    date: tuple[int, int, int] = (0, 0, 0)
