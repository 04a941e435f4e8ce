"""Dates in words, against the table of certificate-wording 1.1."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.localtime import ENGLISH_MONTHS, KYRGYZ_MONTHS, DateForm, LocalTime, NaiveDatetimeError, format_date
from services.languages import Language

BISHKEK = LocalTime(ZoneInfo("Asia/Bishkek"))

# Written out a second time, apart from the code: a slip in either is seen.
_TABLE = """
январь январы январына январында январынан
февраль февралы февралына февралында февралынан
март марты мартына мартында мартынан
апрель апрели апрелине апрелинде апрелинен
май майы майына майында майынан
июнь июну июнуна июнунда июнунан
июль июлу июлуна июлунда июлунан
август августу августуна августунда августунан
сентябрь сентябры сентябрына сентябрында сентябрынан
октябрь октябры октябрына октябрында октябрынан
ноябрь ноябры ноябрына ноябрында ноябрынан
декабрь декабры декабрына декабрында декабрынан
"""
KYRGYZ_TABLE = _TABLE.split()


def test_all_sixty_kyrgyz_forms_stand_as_in_the_wording_file() -> None:
    assert [form for month in KYRGYZ_MONTHS for form in month] == KYRGYZ_TABLE


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("form", DateForm)
def test_kyrgyz_date_is_year_then_day_and_month(month: int, form: DateForm) -> None:
    word = KYRGYZ_TABLE[(month - 1) * 5 + list(DateForm).index(form)]
    assert format_date(date(2026, month, 9), Language.KY, form) == f"2026-жылдын 9-{word}"


def test_form_after_a_label_is_the_default() -> None:
    assert BISHKEK.date(date(2026, 11, 21), Language.KY) == "2026-жылдын 21-ноябры"


@pytest.mark.parametrize("form", DateForm)
def test_russian_has_one_form_and_keeps_the_year_with_its_abbreviation(form: DateForm) -> None:
    assert format_date(date(2026, 11, 21), Language.RU, form) == "21 ноября 2026\N{NO-BREAK SPACE}г."


def test_russian_months_are_in_the_genitive() -> None:
    months = [format_date(date(2026, month, 1), Language.RU).split()[1] for month in range(1, 13)]
    assert " ".join(months) == "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"


def test_english_date_is_day_month_year() -> None:
    assert format_date(date(2026, 11, 21), Language.EN) == "21 November 2026"
    assert len(set(ENGLISH_MONTHS)) == 12


def test_leap_day_is_written_in_all_languages() -> None:
    leap = date(2028, 2, 29)
    assert format_date(leap, Language.KY, DateForm.DAT) == "2028-жылдын 29-февралына"
    assert format_date(leap, Language.RU) == "29 февраля 2028\N{NO-BREAK SPACE}г."
    assert format_date(leap, Language.EN) == "29 February 2028"


def test_today_is_the_day_at_the_university() -> None:
    assert BISHKEK.today(datetime(2026, 11, 20, 18, 30, tzinfo=UTC)) == date(2026, 11, 21)


def test_moment_is_told_in_the_hours_of_the_university() -> None:
    value = datetime(2026, 11, 21, 3, 5, tzinfo=UTC)
    assert BISHKEK.moment(value, Language.KY) == "2026-жылдын 21-ноябры, 09:05"
    assert BISHKEK.moment(value, Language.RU) == "21 ноября 2026\N{NO-BREAK SPACE}г., 09:05"
    assert BISHKEK.moment(value, Language.EN) == "21 November 2026, 09:05"
    assert BISHKEK.moment(value.astimezone(timezone(timedelta(hours=-5))), Language.EN) == "21 November 2026, 09:05"


def test_datetime_without_zone_is_refused() -> None:
    naive = datetime(2026, 11, 21, 3, 5)  # noqa: DTZ001 - that is what is refused
    with pytest.raises(NaiveDatetimeError):
        BISHKEK.today(naive)
    with pytest.raises(NaiveDatetimeError):
        BISHKEK.moment(naive, Language.RU)


def test_datetime_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError):
        BISHKEK.date(datetime(2026, 11, 21, 20, 0, tzinfo=UTC), Language.RU)
