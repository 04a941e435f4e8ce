"""What a day that is worked otherwise does to reminders is said at the desk of working days."""

from datetime import date

import pytest

from bot.stationery import UniversityWords
from handlers.common.reader import Reader
from handlers.workdays.texts import forgotten_text, noted_text
from services.languages import Language
from services.plan_reminders.ahead import DayMoved
from services.workdays.dto import DayKind, WorkdayChange
from tests.architecture.wording import DATES, I18N, UNIVERSITY

DAY = date(2026, 12, 31)


@pytest.mark.parametrize("language", list(Language))
def test_what_moves_is_counted_and_nothing_is_said_where_nothing_does(language: Language) -> None:
    reader = Reader(language=language, words=UniversityWords(UNIVERSITY), dates=DATES)
    change = WorkdayChange(day=DAY, kind=DayKind.OFF, source="<b>Буйрук</b> № 7")
    with I18N.context(), I18N.use_locale(language.value):
        quiet = noted_text(change, reader)
        assert noted_text(change, reader, DayMoved(day=DAY, reminders=0, dues=0)) == quiet
        moved = noted_text(change, reader, DayMoved(day=DAY, reminders=21, dues=3))
        assert moved.startswith(quiet)
        assert "21" in moved
        assert "21" in forgotten_text(DAY, reader, DayMoved(day=DAY, reminders=21, dues=0))
