"""What must hold before a survey can be opened, and on which days it is reminded of."""

from datetime import date, timedelta
from typing import Final

from services.languages import Language, Trilingual
from services.questionnaires.dto import SurveyMode
from services.questionnaires.packing import bits_over
from services.questionnaires.wording import places_saying_anonymous
from services.surveys.dto import LEAST_STRATUM, Survey, SurveyState
from services.surveys.errors import (
    ChatRoomMissing,
    LastDayUnusable,
    PeriodUnusable,
    PublicAddressMissing,
    ReaderMissing,
    SaysAnonymous,
    SurveyChanged,
    SurveyNotDraft,
    TooFewPeople,
)

#: Asked on a web page; the chat never takes their place.
ON_PAGE: Final = frozenset({SurveyMode.ANONYMOUS, SurveyMode.OPEN})
#: Replies of these are sealed to a key; named ones lie open from the beginning.
SEALED: Final = frozenset(SurveyMode) - {SurveyMode.NAMED}
#: Nobody is to be recognised in these.
_HIDING: Final = frozenset({SurveyMode.ANONYMOUS, SurveyMode.CONFIDENTIAL})
#: How long a survey is open for which nobody has said it, and at most.
USUAL_DAYS: Final = timedelta(days=14)
LONGEST: Final = timedelta(days=120)
#: How long what "the last semester" means can be.
LONGEST_PERIOD: Final = 100
_BEFORE_THE_END: Final = (3, 1)


def check_draft(survey: Survey, version: int | None = None) -> None:
    """Refuse what was opened, and what has changed since this version was shown."""
    if survey.state is not SurveyState.DRAFT:
        raise SurveyNotDraft
    check_version(survey, version)


def check_version(survey: Survey, version: int | None) -> None:
    """Refuse what has changed since this version was shown."""
    if version is not None and survey.version != version:
        raise SurveyChanged


def check_mode(survey: Survey, *, has_page: bool) -> None:
    """Refuse a mode in which this questionnaire cannot be asked here."""
    if survey.mode in ON_PAGE and not has_page:
        raise PublicAddressMissing
    if survey.mode not in ON_PAGE and bits_over(survey.questionnaire):
        raise ChatRoomMissing
    if survey.mode is not SurveyMode.ANONYMOUS and (places := places_saying_anonymous(survey.questionnaire)):
        raise SaysAnonymous(places)
    if survey.mode is SurveyMode.NAMED and not survey.reader_unit:
        raise ReaderMissing


def check_people(mode: SurveyMode, people: int) -> None:
    """Refuse where nobody would be hidden, or nobody is asked."""
    least = LEAST_STRATUM if mode in _HIDING else 0 if mode is SurveyMode.OPEN else 1
    if people < least:
        raise TooFewPeople(people, least)


def check_last_day(day: date, today: date, promised: date | None = None) -> None:
    """Refuse a last day that is past or far away; an open survey does not end before the day it has promised."""
    earliest = max(today, promised or today)
    if not earliest <= day <= today + LONGEST:
        raise LastDayUnusable(earliest, today + LONGEST)


def tidy_period(period: Trilingual) -> Trilingual:
    """Return a period without needless spaces; refuse one that is not there in all languages, or too long."""
    said = {language.value: " ".join(period.get(language).split()) for language in Language}
    if not all(said.values()) or any(len(text) > LONGEST_PERIOD for text in said.values()):
        raise PeriodUnusable(LONGEST_PERIOD)
    return Trilingual(**said)


def reminder_days(opened_on: date, closes_on: date) -> tuple[date, ...]:
    """Return the days on which everybody who is still asked is reminded: half way, then 3 days and 1 day before."""
    half = opened_on + (closes_on - opened_on) // 2
    last = [closes_on - timedelta(days=days) for days in _BEFORE_THE_END]
    days = {day for day in last if day > opened_on}
    if half > opened_on + timedelta(days=1) and all(abs((half - day).days) > 1 for day in last):
        days.add(half)
    return tuple(sorted(days))
