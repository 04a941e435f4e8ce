"""Screens of the editors' desk: whatever people are called and write, Telegram takes them."""

from dataclasses import replace
from typing import Any

import pytest
from aiogram.enums import MessageEntityType
from aiogram.types import Chat, Message, MessageEntity, User

from bot.plain_text import plain_text
from bot.stationery import UniversityWords
from handlers.announce.card_texts import card_text, desk_text
from handlers.announce.keyboards import card_keyboard, desk_keyboard, fallback_keyboard, post_keyboard
from handlers.announce.texts import typed_tags_note
from handlers.common.formatting import html_of
from handlers.common.reader import Reader
from services.access import LinkedPerson
from services.announcements.dto import AnnouncementStage, LinkButton, Media, MediaFile, SendingOptions
from services.announcements.writing import ON_A_PAGE
from services.announcements.writing_dto import DraftView, EditorsDesk
from services.html import LONGEST_MESSAGE, find_fault, visible_text
from services.languages import Language, Trilingual
from services.roles.dto import UnitName
from tests.architecture.wording import DATES, I18N, MOMENT, UNIVERSITY
from tests.support.announcements import announcement

KY, RU, EN = Language.KY, Language.RU, Language.EN
LONG = "<b>&" + "ө" * 300
UNIT = UnitName(id=1, code="mti", name=Trilingual(ky=LONG, ru=LONG, en=LONG), abbreviation="")
PERSON = LinkedPerson(id=1, person_no="S-1", full_name=LONG)
FULL = DraftView(
    announcement=announcement(
        stage=AnnouncementStage.SCHEDULED,
        texts={KY: "ө" * 4_000},
        fallback=KY,
        about={RU: "<i>" * 60, EN: "x" * 200},
        file=MediaFile(media=Media.DOCUMENT, file_id=1, file_name="<i>.docx"),
        links=(LinkButton(labels={KY: "<u>" * 20}, address="https://university.example"),) * 5,
        audience="course:1,2,3 " * 300,
        unit_code="mti",
        options=SendingOptions(wanted_at=MOMENT, urgent=True, asks_reading=True, is_public=True),
    ),
    unit=UNIT,
    changed_by=PERSON,
)
BLANK = DraftView(announcement=announcement(texts={}, audience="", changed_by=None), unit=None, changed_by=None)


@pytest.mark.parametrize("language", list(Language))
def test_screens_fit_into_a_message_and_their_buttons_under_it(language: Language) -> None:
    reader = Reader(language=language, words=UniversityWords(UNIVERSITY), dates=DATES)
    desk = EditorsDesk(drafts=(FULL,) * ON_A_PAGE, units=(UNIT,) * 200, page=1, has_more=True)
    with I18N.context(), I18N.use_locale(language.value):
        texts = [desk_text(desk, reader), card_text(FULL, reader, "!"), card_text(BLANK, reader)]
        keyboards = [desk_keyboard(desk, language), card_keyboard(FULL), fallback_keyboard(FULL)]
        keyboards.append(post_keyboard(desk, 1, language))
    for text in texts:
        assert find_fault(text, LONGEST_MESSAGE) is None
    for keyboard in keyboards:
        assert sum(map(len, keyboard.inline_keyboard)) <= 100


@pytest.mark.parametrize(
    ("view", "lacks"),
    [
        (BLANK, ["a text", "who gets it (👥)"]),
        (replace(BLANK, announcement=announcement(texts={KY: "Жарыя"})), ["a text in every language"]),
        (replace(BLANK, announcement=announcement(texts={KY: "Жарыя"}, fallback=KY)), ["a line that says"]),
        (replace(BLANK, announcement=announcement()), []),
    ],
)
def test_card_says_what_is_still_to_be_done(view: DraftView, lacks: list[str]) -> None:
    reader = Reader(language=EN, words=UniversityWords(UNIVERSITY), dates=DATES)
    with I18N.context(), I18N.use_locale("en"):
        shown = plain_text(card_text(view, reader))
    listed = [line for line in shown.splitlines() if line.startswith("•")]
    assert len(listed) == len(lacks)
    assert all(lack in line for lack, line in zip(lacks, listed, strict=True))
    assert ("It has all that it needs" in shown) is (not lacks)


@pytest.mark.parametrize(
    ("typed", "noted"),
    [("&lt;b&gt;Жарыя&lt;/b&gt;", True), ("&lt;a href=", True), ("3 &lt; 5", False), ("&lt;баяндама&gt;", False)],
)
def test_typed_tags_are_noticed(typed: str, noted: bool) -> None:
    with I18N.context(), I18N.use_locale("en"):
        assert bool(typed_tags_note(typed)) is noted


def test_formatting_of_every_kind_is_kept_so_that_telegram_shows_it_again() -> None:
    user, parts = User(id=7, is_bot=False, first_name="A"), []
    extras: dict[str, dict[str, Any]] = {
        "text_link": {"url": "https://university.example/?a=1&b='2'"},
        "text_mention": {"user": user},
        "custom_emoji": {"custom_emoji_id": "1"},
        "pre": {"language": "python"},
        "date_time": {"unix_time": 1, "date_time_format": "wDT"},
    }
    for place, kind in enumerate(MessageEntityType):
        parts.append(MessageEntity(type=kind, offset=place * 4, length=3, **extras.get(kind.value, {})))
    words = "🎓< " * len(parts)
    chat = Chat(id=7, type="private")
    html = html_of(Message(message_id=1, date=MOMENT, chat=chat, text=words, entities=parts))
    assert find_fault(html) is None
    assert visible_text(html) == words
    for tag in ("<b>", "<i>", "<u>", "<s>", "<code>", "<blockquote>", "<blockquote expandable>", "tg://user?id=7"):
        assert tag in html
    assert '<pre><code class="language-python">' in html
    assert html.count("<a ") == 2
    assert html_of(Message(message_id=1, date=MOMENT, chat=chat, caption="<b>3 & 5")) == "&lt;b&gt;3 &amp; 5"
    both = [MessageEntity(type="italic", offset=0, length=1), MessageEntity(type="bold", offset=0, length=3)]
    assert html_of(Message(message_id=1, date=MOMENT, chat=chat, text="abc", entities=both)) == "<b><i>a</i>bc</b>"
