"""Administrators note working days in the chat."""

from datetime import date, timedelta

import pytest

from services.access import OPERATOR, Role
from services.languages import Language
from services.workdays.dto import DayKind
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram


async def administrator(telegram: Telegram, language: Language) -> Friend:
    """Somebody who was given the role and told so."""
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    told = len(bakyt.messages)
    await telegram.bot.given.roles.grant(OPERATOR, str(bakyt.id), Role.ADMIN)
    await bakyt.hears(lambda: len(bakyt.messages) > told)
    return bakyt


async def coming_saturday(telegram: Telegram, weeks: int) -> date:
    """A Saturday of a month after this one that no other story notes."""
    last: date = (await telegram.bot.given.workdays.list_months(OPERATOR))[0].last
    return last + timedelta(days=(5 - last.weekday()) % 7, weeks=weeks)


@pytest.mark.parametrize("language", list(Language))
async def test_administrator_notes_a_day_and_deletes_the_note(telegram: Telegram, language: Language) -> None:
    bakyt = await administrator(telegram, language)
    day = await coming_saturday(telegram, 1 + list(Language).index(language))
    await bakyt.says("/admin")
    await bakyt.taps(said(language, "📅 Working days"))
    assert said(language, "📅 <b>Working days</b>") in bakyt.sees
    await bakyt.taps(said(language, "➕ Note a day"))
    await bakyt.says("эртең")
    assert bakyt.sees == said(language, "This is not a date. Write it so: 31.12.2026")
    await bakyt.says(f"{day:%d.%m.%Y}")
    assert begun(language, "How is this day worked? {day}") in bakyt.sees
    await bakyt.taps("💼")
    await bakyt.says("<b>Буйрук</b> № 7")
    await bakyt.says("20.11.2025")
    assert said(language, "✅ Noted. It counts from now on.") in bakyt.sees
    assert "<b>Буйрук</b> № 7" in bakyt.sees
    assert await telegram.bot.given.workdays.is_working(day)
    await bakyt.taps(said(language, "📅 Working days"))
    await bakyt.taps("→")
    (noted,) = [button for button in bakyt.buttons if button.startswith("🗑")]
    await bakyt.taps(noted)
    await bakyt.taps(said(language, "🗑 Yes, delete"))
    assert begun(language, "The note is deleted: {day}") in bakyt.sees
    assert not await telegram.bot.given.workdays.is_working(day)


async def test_form_is_left_by_cancel_and_refuses_what_cannot_be(telegram: Telegram) -> None:
    bakyt = await administrator(telegram, Language.EN)
    day = await coming_saturday(telegram, 5)
    await bakyt.says("/admin")
    await bakyt.taps("📅 Working days")
    await bakyt.taps("➕ Note a day")
    await bakyt.says("01.01.1999")
    assert bakyt.sees.startswith("Days can be noted only")
    await bakyt.says(f"{day:%d.%m.%Y}")
    await bakyt.taps("day off")
    await bakyt.says("б" * 201)
    assert bakyt.sees == "This is too long: at most 200 signs."
    await bakyt.says("Order No. 5")
    await bakyt.says("01.01.2199")
    assert bakyt.sees == "That day has not come yet. Write the day of the order or decree."
    await bakyt.says("/cancel")
    await bakyt.says("01.01.2025")
    assert bakyt.sees.startswith("I did not understand that.")
    assert await telegram.rows("select * from workday_changes where day = :day", day=day) == []


async def test_buttons_of_earlier_steps_and_of_deleted_notes_do_nothing(telegram: Telegram) -> None:
    bakyt = await administrator(telegram, Language.EN)
    day = await coming_saturday(telegram, 6)
    await bakyt.says("/admin")
    await bakyt.taps("📅 Working days")
    await bakyt.taps("➕ Note a day")
    await bakyt.says(f"{day:%d.%m.%Y}")
    kinds = bakyt.screen
    await bakyt.taps("short working day")
    await bakyt.says("Order No. 5")
    await bakyt.taps_on(kinds, "day off")
    assert bakyt.tap_answer["text"] == "This button belongs to an earlier step."
    await bakyt.taps("Leave it out")
    assert (await telegram.bot.given.workdays.get_change(OPERATOR, day)).kind is DayKind.SHORT
    await telegram.bot.given.workdays.remove(OPERATOR, day)
    await telegram.bot.given.roles.revoke(OPERATOR, str(bakyt.id), Role.ADMIN)
    await bakyt.taps("📅 Working days")
    assert said(Language.EN, "📅 <b>Working days</b>") not in bakyt.sees


async def test_noted_day_counts_for_promises_at_once(telegram: Telegram) -> None:
    given = telegram.bot.given
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    actor = await given.accounts.recognise(aizada.id, None)
    kinds = [kind for kind in await given.certificates.list_kinds(actor) if kind.id == "scholarship"]
    (before,) = (await given.requests.list_promises(actor, kinds)).values()
    await given.workdays.note(OPERATOR, before, DayKind.OFF, "Буйрук № 9", None)
    (after,) = (await given.requests.list_promises(actor, kinds)).values()
    await given.workdays.remove(OPERATOR, before)
    assert after > before
    assert await given.requests.list_promises(actor, kinds) == {"scholarship": before}
