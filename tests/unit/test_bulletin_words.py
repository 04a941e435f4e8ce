"""What readers and editors are shown of announcements, where there is more to it than a sentence."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.documents.sheets import write_csv
from bot.stationery import UniversityWords
from handlers.bulletin.chart import compose_chart
from handlers.bulletin.figures_texts import share, statistics_text, totals_text, unit_name
from handlers.bulletin.keyboards import (
    announcement_message_of,
    button,
    confirmed_keyboard,
    entry_buttons,
    keyboard,
    reminder_buttons,
)
from handlers.bulletin.sheets import joined, statistics_sheets, totals_sheet
from handlers.bulletin.texts import confirmed_label, entry_text, first_words
from handlers.common.callbacks import ConfirmReading
from handlers.common.reader import Reader
from services.announcements.dto import LinkButton, SendingOptions
from services.announcements.rules import text_for
from services.bulletin.dto import BulletinEntry, Confirmation, OutAnnouncement
from services.bulletin.figures import Statistics, Timeline, Totals, TotalsRow, UnitFigures
from services.delivery.dto import Tally
from services.html import LONGEST_MESSAGE, visible_length
from services.languages import Language, Trilingual
from services.revisions.rules import merged
from tests.architecture.wording import CARD, DATES, I18N, MOMENT, UNIVERSITY, Markup
from tests.support.announcements import announcement

READER = Reader(language=Language.EN, words=UniversityWords(UNIVERSITY), dates=DATES)
LINK = LinkButton(labels={Language.KY: "Сайт"}, address="https://university.example/")
HARMFUL = "=cmd|' /C calc'!A0"
ASKING = SendingOptions(asks_reading=True)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with I18N.context(), I18N.use_locale("en"):
        yield


def entry(html: str) -> BulletinEntry:
    one = announcement(texts=dict.fromkeys(Language, html))
    out = OutAnnouncement(announcement=one, out_since=MOMENT, mine=True, read_at=None)
    return BulletinEntry(out=out, text=text_for(one, Language.EN))


def unit(code: str, name: str, recipients: int = 30) -> UnitFigures:
    return UnitFigures(code=code, name=Trilingual(ky=name), recipients=recipients, sent=20, read=10)


def figures(*units: UnitFigures) -> Statistics:
    one = announcement(options=ASKING, texts=dict.fromkeys(Language, HARMFUL))
    return Statistics(
        announcement=one, taken_at=MOMENT, out_since=MOMENT, recipients=60, tally=Tally(sent=40, blocked=20), read=20,
        units=units, timeline=Timeline(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("html", "with_line"),
    [("ы" * 4_000, True), ("ы" * LONGEST_MESSAGE, False), ("<b>ы</b>" * 99, True), ("<b>ы</b>" * 100, False)],
    ids=["fits", "as long as a message", "fits with its tags", "as many tags as a message"],
)
def test_line_above_an_announcement_is_left_out_where_it_would_be_too_much(html: str, *, with_line: bool) -> None:
    text = entry_text(entry(html), READER)
    assert text.startswith("📣") is with_line
    assert text.endswith(html)
    assert visible_length(text) <= LONGEST_MESSAGE


def test_first_words_are_one_plain_line() -> None:
    assert first_words(entry("<b>Экзамен</b>\n\n эртең &lt;9:00&gt;").text, 90) == "Экзамен эртең <9:00>"
    assert first_words(entry("сөз " * 50).text, 10) == "сөз сөз сө…"


def test_confirmed_button_takes_the_place_of_the_question_and_links_stay() -> None:
    confirmation = Confirmation(announcement=announcement(links=(LINK,)), read_at=MOMENT)
    ask = InlineKeyboardButton(text="I have read it ✓", callback_data=ConfirmReading(announcement_id=1).pack())
    back = InlineKeyboardButton(text="☰ Menu", callback_data="go:m")
    shown = InlineKeyboardMarkup(inline_keyboard=[[ask], [back]])
    rows = confirmed_keyboard(shown, confirmation, READER).inline_keyboard
    assert [one.text for row in rows for one in row] == ["✓ You confirmed it: 21 November 2026, 12:00", "☰ Menu"]
    rows = confirmed_keyboard(None, confirmation, READER).inline_keyboard  # Telegram does not say what stood there
    assert [one.url for row in rows for one in row] == ["https://university.example/", None]


def test_corrected_announcement_asks_anew_in_the_message_itself_until_it_is_confirmed() -> None:
    first = entry("Exams begin on 12 January.")
    first = replace(first, out=replace(first.out, announcement=replace(first.announcement, options=ASKING)))
    corrected = merged(first.announcement, {Language.EN: "Exams begin on 13 January."}, MOMENT)
    anew = replace(first, out=replace(first.out, announcement=corrected))
    assert labels(first) == ["I have read it ✓"]
    assert "✏️ Corrected: " in announcement_message_of(anew, READER).text
    assert labels(anew) == ["I have read the corrected text ✓"]
    assert reminder_buttons(corrected)[0].text == "I have read the corrected text ✓"
    confirmed = replace(anew, out=replace(anew.out, read_at=MOMENT))
    assert labels(confirmed) == [confirmed_label(MOMENT, READER)]
    shown = keyboard([button(labels(anew)[0], ConfirmReading(announcement_id=corrected.id))])
    after = confirmed_keyboard(shown, Confirmation(announcement=corrected, read_at=MOMENT), READER)
    assert after.inline_keyboard[0][0].text == confirmed_label(MOMENT, READER)


def labels(one: BulletinEntry) -> list[str]:
    return [shown.text for shown in entry_buttons(one, announcement_message_of(one, READER), READER)]


@pytest.mark.parametrize(
    ("number", "whole", "said"),
    [(0, 0, "0%"), (0, 5, "0%"), (1, 3, "33%"), (999, 1_000, "99%"), (1_000, 1_000, "100%")],
)
def test_what_is_not_all_is_never_shown_as_all(number: int, whole: int, said: str) -> None:
    assert share(number, whole) == said


def test_unit_without_a_name_in_the_readers_language_is_called_by_another_or_its_code() -> None:
    assert [unit_name(one, Language.EN) for one in (unit("mti", "МТИ"), unit("x-1", ""), unit("", ""))] == [
        "МТИ",
        "x-1",
        "All others",
    ]


def test_units_with_markup_in_their_names_and_very_many_of_them_fit_into_a_message() -> None:
    text = statistics_text(figures(*(unit(f"u{place}", "<b>" * 40) for place in range(60))), READER)
    assert Markup(text).opened == []
    assert visible_length(text) <= LONGEST_MESSAGE
    assert "The table has all of them." in text


def test_of_few_recipients_nobody_learns_how_many_have_read_it() -> None:
    few = replace(figures(), recipients=9, read=None)
    assert "read it: –" in statistics_text(few, READER)
    assert statistics_sheets(few, READER)[0].rows[0][3:] == ("–", "–")
    assert compose_chart(few, READER, CARD).facts[-1].said == "–"
    row = TotalsRow(announcement=few.announcement, out_since=MOMENT, recipients=9, sent=9, read=None)
    totals = Totals(days=30, taken_at=MOMENT, number=2, rows=(row,))
    assert "read: –" in totals_text(totals, READER)
    assert "The table has all of them." in totals_text(totals, READER)
    assert totals_sheet(totals, READER).rows[0][-2:] == ("–", "–")


def test_tables_hold_no_formula() -> None:
    row = TotalsRow(announcement=figures().announcement, out_since=MOMENT, recipients=1, sent=1, read=1)
    totals = totals_sheet(Totals(days=30, taken_at=MOMENT, number=1, rows=(row,)), READER)
    assert f"'{HARMFUL}" in write_csv(totals).decode("utf-8-sig")
    sheet = joined(statistics_sheets(figures(unit("u", HARMFUL)), READER))
    assert {len(line) for line in sheet.rows} == {len(sheet.heading)}
    assert f"'{HARMFUL}" in write_csv(sheet).decode("utf-8-sig")
