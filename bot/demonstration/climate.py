"""What the students of the invented university answered in the last two semesters; those people have been forgotten."""

import csv
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from services.languages import Trilingual
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Item, Questionnaire
from services.surveys.dto import WHOLE, PlainReply, PlainText, Stratum
from services.surveys.semesters import semester_of

_TEXTS: Final = Path(__file__).with_name("data") / "survey_texts.csv"
_SEED: Final = 2026
#: How it was a semester earlier beside the last one, by item; all others were the same.
_THEN: Final[Mapping[str, float]] = {"room1": -0.14, "digi1": -0.1, "supp1": -0.08, "load1": 0.09, "stress1": 0.07}
#: How good it is, by item, from 0 to 1.
_NOW: Final = {
    "rec1": 0.68,
    "teach1": 0.7,
    "load1": 0.42,
    "room1": 0.56,
    "digi1": 0.66,
    "dorm1": 0.45,
    "lang1": 0.72,
    "assess1": 0.68,
    "assess2": 0.52,
    "council1": 0.5,
    "supp1": 0.64,
    "admin1": 0.58,
    "stress1": 0.44,
    "resp1": 0.72,
    "safe1": 0.82,
    "bully1": 0.86,
    "discr1": 0.8,
    "press1": 0.64,
    "bribe1": 0.7,
    "compl1": 0.48,
}
_IN_DORMITORY: Final = 0.35
_NOT_SAID, _DONT_KNOW = 0.03, 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A unit, or two years of it: so many people, what share of whom answered, and how much better off they are."""

    unit: str
    years: str = ""
    people: int
    share: float
    lean: float


_PARTS: Final = (
    _Part(unit="mti", years="1-2", people=124, share=0.71, lean=0.06),
    _Part(unit="mti", years="3-4", people=98, share=0.62, lean=-0.02),
    _Part(unit="tri", years="1-2", people=92, share=0.64, lean=0.0),
    _Part(unit="tri", years="3-4", people=81, share=0.56, lean=-0.06),
    _Part(unit="ei", people=88, share=0.43, lean=-0.1),
    _Part(unit="inst-engineering", people=74, share=0.61, lean=0.02),
    _Part(unit="inst-management", people=96, share=0.68, lean=0.08),
    _Part(unit="polytech-college", people=72, share=0.58, lean=-0.04),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A survey that is over."""

    opened_on: date
    closed_on: date
    period: Trilingual
    replies: tuple[PlainReply, ...]
    texts: tuple[PlainText, ...] = ()
    outcome: Trilingual | None = None


_OUTCOME: Final = Trilingual(
    ky="Экинчи корпуста жылытуу оңдолду, жадыбал порталда бир күн мурун жарыяланат, китепкана кечки сегизге чейин "
    "ачык.",
    ru="Во втором корпусе починили отопление, расписание на портале появляется на день раньше, библиотека открыта до "
    "восьми вечера.",
    en="Heating in the second building was repaired, the timetable is on the portal a day earlier, the library is open "
    "until eight in the evening.",
)


def past_rounds(questionnaire: Questionnaire, today: date) -> tuple[Round, Round]:
    """Return the rounds of the semester before the last one and of the last one."""
    earlier, last = _semesters_before(today)
    dice = random.Random(_SEED)  # noqa: S311 -- the same answers for everybody
    return (
        _round(earlier, _replies(dice, questionnaire, _THEN, 0.9), outcome=_OUTCOME),
        _round(last, _replies(dice, questionnaire, {}, 1.0), texts=tuple(_read_texts())),
    )


def list_strata(names: Mapping[str, Trilingual]) -> tuple[Stratum, ...]:
    """Return the groups of these rounds; `names` of units by their codes."""
    units = dict.fromkeys(part.unit for part in _PARTS)
    whole = Trilingual(ky="Бүт университет", ru="Весь университет", en="The whole university")
    groups = [Stratum(code=WHOLE, parent=None, name=whole, people=sum(one.people for one in _PARTS), leaf=False)]
    for code in units:
        parts = [part for part in _PARTS if part.unit == code]
        people = sum(part.people for part in parts)
        groups.append(Stratum(code=code, parent=WHOLE, name=names[code], people=people, leaf=len(parts) == 1))
        groups += [_years_of(names[code], part) for part in parts if part.years]
    return tuple(groups)


def _years_of(name: Trilingual, part: _Part) -> Stratum:
    span = part.years.replace("-", "–")
    named = Trilingual(ky=f"{name.ky}: {span}-курс", ru=f"{name.ru}: {span} курс", en=f"{name.en}: year {span}")
    return Stratum(code=_code(part), parent=part.unit, name=named, people=part.people, leaf=True)


def _code(part: _Part) -> str:
    return f"{part.unit}/{part.years}" if part.years else part.unit


def _round(
    opened_on: date,
    replies: tuple[PlainReply, ...],
    *,
    texts: tuple[PlainText, ...] = (),
    outcome: Trilingual | None = None,
) -> Round:
    return Round(
        opened_on=opened_on,
        closed_on=opened_on.replace(day=opened_on.day + 14),
        period=semester_of(opened_on),
        replies=replies,
        texts=texts,
        outcome=outcome,
    )


def _semesters_before(today: date) -> tuple[date, date]:
    """Return the days on which the surveys of the last two semesters were opened, the earlier first."""
    days = [date(year, *day) for year in (today.year - 2, today.year - 1, today.year) for day in ((5, 11), (12, 7))]
    over = [day for day in days if day < today and semester_of(day) != semester_of(today)]
    return over[-2], over[-1]


def _replies(
    dice: random.Random, questionnaire: Questionnaire, change: Mapping[str, float], zeal: float
) -> tuple[PlainReply, ...]:
    found = []
    for part in _PARTS:
        for _person in range(round(part.people * part.share * zeal)):
            answers = dict(_answers(dice, questionnaire, change, part.lean))
            written = json.dumps(answers, separators=(",", ":"))
            found.append(PlainReply(stratum=_code(part), answers=written))
    dice.shuffle(found)
    return tuple(found)


def _answers(
    dice: random.Random, questionnaire: Questionnaire, change: Mapping[str, float], lean: float
) -> Iterator[tuple[str, int | str]]:
    mood = dice.gauss(lean, 0.1)
    leaning: dict[str, float] = {}
    for index in questionnaire.indices:  # who is content with one thing is so with what belongs to it
        leaning |= dict.fromkeys(index.items, dice.gauss(mood, 0.17))
    skipped = set() if dice.random() < _IN_DORMITORY else {"dorm1"}
    for item in questionnaire.closed_items:
        if item.code in _NOW and item.code not in skipped:
            yield (
                item.code,
                _answer(dice, item, _NOW[item.code] + change.get(item.code, 0) + leaning.get(item.code, mood)),
            )


def _answer(dice: random.Random, item: Item, good: float) -> int | str:
    fate = dice.random()
    if fate < _NOT_SAID:
        return NOT_SAID
    if item.dont_know and fate < _NOT_SAID + _DONT_KNOW:
        return DONT_KNOW
    points = item.scale.points if item.scale is not None else ()
    place = round(dice.gauss(good, 0.14) * (len(points) - 1))
    return sorted(points, reverse=item.good == "low")[min(max(place, 0), len(points) - 1)]


def _read_texts() -> Iterator[PlainText]:
    with _TEXTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield PlainText(item=row["item"], stratum=row["stratum"], words=row["words"])
