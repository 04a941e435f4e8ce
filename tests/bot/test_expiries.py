"""Papers that end: what people and their office are told, and what they can do at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from services.access import OPERATOR, Role
from services.languages import Language, Trilingual
from services.units.dto import UnitEntry, UnitKind
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
FOREIGN_OFFICE = UnitEntry(
    code="ebb", name=Trilingual(ky="ЭББ", ru="ОМС", en="IRO"), abbreviation="ЭББ", kind=UnitKind.UNIT,
    parent_code="", aliases=(),
)  # fmt: skip


@pytest.fixture(autouse=True)
async def morning(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is past nine, whenever the test runs, and the office exists."""
    monkeypatch.setattr("services.expiries.sweeps.MORNING", time(0))
    async with telegram.unit_of_work() as uow:
        await uow.units.put([FOREIGN_OFFICE])
        await uow.commit()


def today(telegram: Telegram) -> date:
    return telegram.bot.given.dates.today(datetime.now(UTC))


async def sweep(telegram: Telegram, friend: Friend, heard: Callable[[], object]) -> None:
    """Let the day's reminders go out once more, and wait until somebody has theirs."""
    await telegram.execute("delete from expiry_sweeps")
    telegram.bot.expiry_sweeps._done = None
    await telegram.bot.expiry_sweeps.sweep()
    await friend.hears(heard)


@EVERY_LANGUAGE
async def test_person_is_reminded_and_says_that_they_have_applied(telegram: Telegram, language: Language) -> None:
    ends = {"visa_expires": today(telegram) + timedelta(days=30), "citizenship": "Индия"}
    priya = await telegram.meet("Прия", AIZADA, language, last_name="<b>Наир</b>", **ends)
    await sweep(telegram, priya, lambda: len(priya.messages))
    assert begun(language, "🛂 <b>Your visa ends: {date}</b>") in priya.sees
    assert said(language, "The documents needed:") in priya.sees
    assert "30" in priya.sees
    reminder = priya.screen
    await priya.taps(begun(language, "📄 Certificate: {kind}"))
    assert priya.sees  # the kind, to be ordered in three taps
    await priya.taps_on(reminder, said(language, "✅ I have applied already"))
    assert said(language, "✅ Noted: you have applied.") in priya.sees
    assert said(language, "✅ You have applied for a new one.") in priya.sees
    await priya.taps(begun(language, "🔔 Remind me again: {paper}"))
    assert said(language, "🔔 I will remind you again.") in priya.sees
    await priya.says("/settings")
    await priya.taps(said(language, "🛂 My papers"))
    assert said(language, "🛂 <b>My papers</b>") in priya.sees


@EVERY_LANGUAGE
async def test_office_hears_of_everybody_and_opens_the_list(telegram: Telegram, language: Language) -> None:
    friend = telegram.stranger("Прия")  # in the roster, without a link
    ends = today(telegram) + timedelta(days=3)
    await telegram.enrol(friend, AIZADA, last_name="<b>Наир</b>", registration_expires=ends)
    official = await telegram.meet("Бакыт", BAKYT, language)
    await telegram.bot.given.roles.grant(OPERATOR, str(official.id), Role.REGISTRAR, "ebb")
    await official.hears(lambda: len(official.messages))
    told = len(official.messages)
    await sweep(telegram, official, lambda: len(official.messages) > told)
    assert "<b>Наир</b> Айзада" in official.sees
    assert said(language, "📵 not linked") in official.sees
    await official.taps(said(language, "Open the whole list"))
    assert said(language, "🛂 <b>Papers that end</b>") in official.sees
    assert said(language, "temporary registration") in official.sees
    await official.says("/admin")
    await official.taps(said(language, "🛂 Papers that end"))
    assert "<b>Наир</b> Айзада" in official.sees
    assert official.buttons[-2:] == [said(language, "← Desks"), said(language, "☰ Menu")]


async def test_old_reminder_and_other_people_get_nowhere(telegram: Telegram) -> None:
    ends = today(telegram) + timedelta(days=14)
    priya = await telegram.meet("Прия", AIZADA, Language.EN, visa_expires=ends, citizenship="Индия")
    await sweep(telegram, priya, lambda: len(priya.messages))
    reminder = priya.screen
    await telegram.execute(
        "update people set visa_expires = :day where person_no = :no",
        day=ends + timedelta(days=365),
        no=priya.person_no,
    )
    await priya.taps_on(reminder, "✅ I have applied already")
    assert str(priya.tap_answer["text"]).startswith("The university has another date")
    assert await telegram.rows(
        "select * from expiry_answers x join people p on p.id = x.person_id where p.person_no = :no", no=priya.person_no
    ) == []  # fmt: skip
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await aizada.says("/settings")
    assert "🛂 My papers" not in aizada.buttons
    screen = aizada.screen["message_id"]
    await aizada.presses(screen, "go:p")
    assert "The roster knows of no visa" in aizada.sees
    shown = aizada.sees
    for data in ("go:e", "ep:1"):
        await aizada.presses(screen, data)
        assert aizada.sees == shown
    await aizada.presses(screen, "ea:visa:99999999")
    assert str(aizada.tap_answer["text"]).startswith("The university has another date")
