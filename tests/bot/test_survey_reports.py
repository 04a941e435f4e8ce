"""Readers look at what a survey found, look through free answers; a manager tells what changed."""

import pytest

from bot.sandbox.contents import file_of
from services.languages import Language
from services.people.dto import RosterEntry
from services.questionnaires.shipped import load_shipped
from tests.support.closed_surveys import grown, put_closed, put_texts, replies_to
from tests.support.friends import Friend
from tests.support.journeys import said
from tests.support.people import AIZADA, BAKYT
from tests.support.surveyed import library_body
from tests.support.telegram import Telegram

_RU = Language.RU
STUDENTS = load_shipped("climate-students")
UNITS = """
    insert into units (code, name_ky, name_ru, name_en, abbreviation, kind, parent_code, aliases, members, sort_key)
    values (:code, :code, :code, :code, '', 'unit', '', '{}', '{}', :code) on conflict do nothing
"""
REFUSED = "You have no right to do this."


async def reader(telegram: Telegram, name: str, person: RosterEntry, role: str, unit: str | None = None) -> Friend:
    """Somebody with one role."""
    friend = await telegram.meet(name, person, Language.EN)
    if unit is not None:
        await telegram.execute(UNITS, code=unit)
    await telegram.execute(
        "insert into role_grants (telegram_id, role, unit_id, granted_at, granted_by) values (:id, :role,"
        " (select id from units where code = :unit), now(), 'operator')",
        id=friend.id, role=role, unit=unit,
    )  # fmt: skip
    return friend


@pytest.fixture
async def survey_id(telegram: Telegram) -> int:
    """A closed survey with free answers."""
    strata = grown({"sq-<b>mti": {"1": 60, "2": 50}, "sq-iit": 90})
    number = await telegram.value("select nextval(pg_get_serial_sequence('surveys', 'id')) + 1")
    title = {"ky": f"Чөйрө <b>{number}.", "ru": f"Среда <b>{number}.", "en": f"Climate <b>{number}."}
    body = {**library_body(), "title": title, "id": f"report-story-{number}"}
    async with telegram.engine.begin() as connection:
        survey = await put_closed(connection, strata, replies_to(STUDENTS, strata), body=body)
        assert survey.id == number
        await put_texts(connection, survey.id, "ft_keep", "all", ["Зуурдинов <b>жакшы</b> окутат, 0555123456"] * 10)
    return survey.id


async def test_manager_takes_pictures_and_papers(telegram: Telegram, survey_id: int) -> None:
    bakyt = await reader(telegram, "Бакыт", BAKYT, "survey_manager")
    await bakyt.says("/admin")
    await bakyt.taps("📝 Surveys: questionnaires, opening")
    await bakyt.taps(f" {survey_id} · closed")
    await bakyt.taps("📊 What it found")
    await bakyt.taps("← All results")
    await bakyt.taps(f"Climate <b>{survey_id}.")
    assert "Answered: 80 %" in bakyt.sees
    assert not [label for label in bakyt.buttons if "💬" in label], "free answers are not for managers"
    screen = bakyt.screen
    await bakyt.taps("🏛 Indices of a group …")
    await bakyt.taps("SQ-<B>MTI/1")
    assert bakyt.sees.endswith("Indices over semesters · SQ-<B>MTI/1")
    await bakyt.taps_on(screen, "🖼 Answers")
    assert file_of(bakyt.screen)
    assert bakyt.sees.endswith("· 3/3")
    for form in ("pdf", "xlsx", "csv"):
        await bakyt.presses(screen["message_id"], f"9c:{survey_id}:{form}")
    assert [paper.name.rpartition(".")[2] for paper in bakyt.papers][-4:] == ["pdf", "xlsx", "csv", "csv"]
    assert bakyt.papers[-4].name.endswith("-en.pdf"), "in the language of its reader"
    await bakyt.taps_on(screen, "PDF in three languages")
    assert bakyt.papers[-1].name.endswith("-ky-ru-en.pdf")
    await bakyt.presses(screen["message_id"], f"9d:{survey_id}")
    assert REFUSED in bakyt.sees


async def test_manager_tells_what_changed(telegram: Telegram, survey_id: int) -> None:
    bakyt = await reader(telegram, "Бакыт", BAKYT, "survey_manager")
    await bakyt.says("/admin")
    await bakyt.taps("📝 Surveys: questionnaires, opening")
    await bakyt.taps(f" {survey_id} · closed")
    await bakyt.taps("📣 What changed")
    await bakyt.taps("✏️ Kyrgyz")
    await bakyt.says("/cancel")
    place = bakyt.screen["message_id"]
    for language in ("ky", "ru", "en"):
        await bakyt.presses(place, f"9k:{survey_id}:{language}")
        await bakyt.says(f"Heating was repaired <i>{language}</i>")
    await bakyt.taps("👁 As it will be read")
    assert said(_RU, "What changed because of your answers: {period}", period="осень 2026 года") in bakyt.sees
    assert "Heating was repaired <i>ru</i>" in bakyt.sees
    await bakyt.taps("📣 Tell everybody who was asked")
    assert "nobody to tell" in bakyt.sees


async def test_quality_department_looks_through_free_answers(telegram: Telegram, survey_id: int) -> None:
    aizada = await reader(telegram, "Айзада", AIZADA, "unit_staff", "bbsd")
    await aizada.says("/survey")
    await aizada.taps("📊 What surveys found")
    await aizada.taps(f"Climate <b>{survey_id}.")
    await aizada.taps("💬 Free answers")
    assert "to be looked at: 10, shown: 0, withheld: 0" in aizada.sees
    await aizada.taps("1. Look through")
    assert "Зуурдинов <b>жакшы</b> окутат" in aizada.sees
    stale = aizada.screen
    old = next(button["callback_data"] for row in stale["reply_markup"]["inline_keyboard"] for button in row
               if button["text"].endswith("окутат"))  # fmt: skip
    await aizada.taps("Зуурдинов")
    await aizada.taps("окутат")
    assert {"✂️ Зуурдинов", "✂️ окутат", "жакшы"} <= set(aizada.buttons)
    await aizada.taps("✅ Show it so")
    assert "10 answers" not in aizada.sees
    await aizada.presses(stale["message_id"], old)
    assert aizada.tap_answer["text"] == "This button belongs to an earlier screen."
    await aizada.taps("🚫 Withhold")
    await aizada.taps("← Free answers")
    assert "to be looked at: 8, shown: 1, withheld: 1" in aizada.sees
    await aizada.taps("1. Read")
    assert "• [name removed] <b>жакшы</b> [name removed], [number removed]" in aizada.sees
    await aizada.taps("← Free answers")
    await aizada.taps("XLSX")
    assert aizada.papers[-1].name == f"survey-{survey_id}-texts.xlsx"


async def test_student_council_sees_pictures_only_and_a_stranger_nothing(telegram: Telegram, survey_id: int) -> None:
    council = await reader(telegram, "Айзада", AIZADA, "unit_staff", "student-council")
    await council.starts()
    place = council.screen["message_id"]
    await council.presses(place, f"9y:{survey_id}")
    assert "You see pictures." in council.sees
    assert not {"PDF", "XLSX", "CSV", "💬 Free answers"} & set(council.buttons)
    stranger = await telegram.meet("Бакыт", BAKYT, Language.EN)
    await stranger.starts()
    for friend, data in (
        (council, f"9c:{survey_id}:pdf"), (council, f"9n:{survey_id}"),
        (council, f"9e:{survey_id}:0.0"), (council, f"9m:{survey_id}:1"),
        (stranger, f"9y:{survey_id}"), (stranger, f"9a:{survey_id}:a:0"), (stranger, f"9z:{survey_id}"),
    ):  # fmt: skip
        papers = len(friend.papers)
        await friend.presses(friend.screen["message_id"], data)
        assert REFUSED in friend.sees, data
        assert len(friend.papers) == papers
    assert await telegram.value("select count(*) from survey_texts where survey_id = :id and state <> 'waiting'",
                                id=survey_id) == 0  # fmt: skip
