"""/plan in the chat: what a unit sees, accepts, hands on, disputes, and reports with evidence."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from services.access import OPERATOR, Role
from services.languages import Language
from tests.support.duties import JPEG, PDF
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.planned import Wanted, put_plan, put_units
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
TITLE = "Чогулуш <b> & отчет"
_TOO_LARGE = "Telegram hands no files larger than {limit} MB to bots."
STATE = "select coalesce(max(state), '') from plan_duties where unit_code = :unit"
REPORTS = "select count(*) from plan_reports r join plan_duties d on d.id = r.duty_id where d.unit_code = :unit"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of one story, and who heads it."""

    telegram: Telegram
    code: str
    head: Friend
    due: date

    async def state(self) -> str:
        """How far the unit is."""
        return str(await self.telegram.value(STATE, unit=self.code))

    async def reports(self) -> int:
        """How many reports it gave."""
        return int(await self.telegram.value(REPORTS, unit=self.code))

    async def execute(self, statement: str) -> None:
        """Change the item behind the unit's back."""
        where = "where id in (select item_id from plan_parties where code = :unit)"
        await self.telegram.execute(f"{statement} {where}", unit=self.code)


async def unit_of(telegram: Telegram, language: Language, **wanted: object) -> Unit:
    """Make a unit with a head and one item of a plan."""
    head = await telegram.meet("Айзада", AIZADA, language)
    code, due = f"unit-{head.id}", datetime.now(UTC).date() + timedelta(days=40)
    item = Wanted(**({"title": TITLE, "responsible": [code], "dues": [due]} | wanted))  # type: ignore[arg-type]
    async with telegram.engine.begin() as connection:
        await put_units(connection, {code: "Бөлүм <b>"})
        await put_plan(connection, [item], name=f"plan {head.id}", year=2026)
    await telegram.bot.given.roles.grant(OPERATOR, str(head.id), Role.UNIT_HEAD, code)
    await head.hears(lambda: head.messages)
    return Unit(telegram, code, head, due)


async def opens_card(head: Friend) -> None:
    await head.says("/plan")
    await head.taps("1. ")


@EVERY_LANGUAGE
async def test_unit_accepts_and_reports_with_evidence(telegram: Telegram, language: Language) -> None:
    unit = await unit_of(telegram, language, count_target=10)
    head = unit.head
    await head.says("/start")
    await head.taps(said(language, "📋 Work plan"))
    assert TITLE in head.sees
    assert "Бөлүм <b>" in head.sees
    await head.taps("1. ")
    assert said(language, "Counted: {said} of {target}", said=0, target=10) in head.sees
    await head.taps(said(language, "❔ Why did I get this?"))
    assert unit.code in head.sees
    await head.taps(said(language, "← Back"))
    await head.taps(said(language, "✅ I accept it"))
    assert said(language, "✅ Accepted. When it is done, report here.") in head.sees

    await head.taps(said(language, "📨 Report: done"))
    await head.says("Үч чогулуш <i>өттү")
    await head.taps(said(language, "🔢 Count"))
    await head.says("көп")
    assert said(language, "Write a whole number from {least} to {most}.", least=1, most=100_000) in head.sees
    await head.says("3")
    await head.taps(said(language, "📅 Held on"))
    await head.taps(said(language, "Today"))
    await head.sends_file(PDF, "протокол.exe")
    assert "📎 протокол.exe.pdf" in head.sees
    telegram.world.send_photo(head.id, JPEG)
    await head.waits()
    await head.says("https://kstu.kg/<b>")
    assert "🔗 https://kstu.kg/<b>" in head.sees
    assert await unit.reports() == 0
    await head.taps(said(language, "📨 Give the report"))
    assert begun(language, "📨 Your report is given. The coordinator looks") in head.sees
    assert "Үч чогулуш <i>өттү" in head.sees
    assert await unit.state() == "reported"
    await head.taps("📎 протокол.exe.pdf")
    assert head.papers[-1].content == PDF
    await head.says("/plan")
    await head.taps("1. ")
    await head.taps(said(language, "↩️ Withdraw the report"))
    assert (await unit.state(), await unit.reports()) == ("accepted", 0)
    await head.taps(said(language, "🕘 History"))
    assert said(language, "The report was withdrawn.") in head.sees


async def test_wrong_files_are_refused_and_cancel_leaves_nothing(telegram: Telegram) -> None:
    language = Language.KY
    unit = await unit_of(telegram, language)
    head = unit.head
    await opens_card(head)
    await head.taps(said(language, "◐ Report: in part"))
    await head.says("Башталды")
    draft = head.screen
    await head.sends_file(b"MZ\x90 program", "отчет.pdf")
    assert begun(language, "Files of this type are not taken") in head.sees
    await head.taps(said(language, "← The report"))
    await head.sends_file(PDF, "scan.pdf", declared_size=30 * 2**20)
    assert said(language, _TOO_LARGE, limit=20) in head.sees
    await head.says("Дагы бир сөз")
    assert begun(language, "Here I take files, photos and links") in head.sees
    await head.says("https://nowhere")
    assert begun(language, "This is no link") in head.sees
    telegram.world.send_sticker(head.id)
    await head.waits()
    assert begun(language, "Here I take files, photos and links") in head.sees
    await head.says("/cancel")
    await head.taps_on(draft, said(language, "📨 Give the report"))
    assert head.tap_answer["text"] == said(language, "This step is over.")
    assert (await unit.state(), await unit.reports()) == ("", 0)


async def test_edit_of_the_coordinator_meanwhile_loses_nothing_of_what_was_typed(telegram: Telegram) -> None:
    unit = await unit_of(telegram, Language.EN)
    head = unit.head
    await opens_card(head)
    card = head.screen
    await head.taps("Report: done")
    await head.says("Баары аткарылды")
    await unit.execute("update plan_items set version = version + 1, title = 'Жаңы'")
    await head.taps("Give the report")
    assert "Баары аткарылды" in head.sees
    assert any("was changed meanwhile" in message.get("text", "") for message in head.messages)
    assert await unit.reports() == 0
    await head.taps("Give the report")
    assert await unit.reports() == 1
    await head.taps_on(card, "I accept it")
    assert "has reported on this already" in head.tap_answer["text"]


async def test_dispute_is_kept_and_sent_again_after_an_edit(telegram: Telegram) -> None:
    unit = await unit_of(telegram, Language.EN)
    head = unit.head
    await opens_card(head)
    card = head.screen
    await head.taps("Not our business")
    await unit.execute("update plan_items set version = version + 1")
    await head.says("Бул <b>китепкананын</b> иши")
    assert "was changed meanwhile" in head.sees
    assert "Бул <b>китепкананын</b> иши" in head.sees
    await unit.execute("update plan_items set version = version + 1")
    await head.says("Баарынан мурда китепкананыкы")
    assert "Баарынан мурда китепкананыкы" in head.sees
    await head.taps("Send it again")
    assert await unit.state() == "disputed"
    await head.taps("It is our business after all")
    assert await unit.state() == "open"
    await head.taps_on(card, "I accept it")
    shown = next(message for message in head.messages if message["message_id"] == card["message_id"])
    assert "was changed meanwhile" in shown["text"]
    await head.taps_on(shown, "I accept it")
    assert await unit.state() == "accepted"


async def test_more_time_is_asked_for_by_a_tap_or_a_typed_day(telegram: Telegram) -> None:
    unit = await unit_of(telegram, Language.EN)
    head = unit.head
    await opens_card(head)
    await head.taps("Another day")
    choice = head.screen
    await head.says("эртең")
    assert "That is no date." in head.sees
    await head.says(f"{unit.due:%d.%m.%Y}")
    assert "must be later" in head.sees
    await head.taps_on(choice, "+2 weeks")
    await head.says("Бөлүм көчтү")
    assert "The coordinator has your request." in head.sees
    await head.taps_on(choice, "+1 week")
    assert head.tap_answer["text"] == "This step is over."
    assert (
        await telegram.value(
            "select count(*) from plan_extensions e join plan_duties d on d.id = e.duty_id where d.unit_code = :unit",
            unit=unit.code,
        )
        == 1
    )


async def test_colleague_is_told_and_finds_what_was_handed_to_them(telegram: Telegram) -> None:
    unit = await unit_of(telegram, Language.EN)
    bakyt = await telegram.meet("Бакыт", BAKYT, Language.EN)
    await telegram.bot.given.roles.grant(OPERATOR, str(bakyt.id), Role.UNIT_STAFF, unit.code)
    await bakyt.hears(lambda: bakyt.messages)
    await opens_card(unit.head)
    await unit.head.taps("Hand on")
    await unit.head.taps("Токтогулов")
    assert "Handed on to: Токтогулов" in unit.head.sees
    await bakyt.hears(lambda: "was handed to you" in bakyt.sees)
    assert TITLE in bakyt.sees
    await bakyt.taps("Open it")
    await bakyt.taps("Note")
    await bakyt.says("Мен <b>карап жатам")
    await bakyt.taps("History")
    assert "Мен <b>карап жатам" in bakyt.sees
    await bakyt.says("/plan")
    await bakyt.taps("Handed to me: 1")
    assert "Only what was handed to me." in bakyt.sees


async def test_document_that_is_asked_for_is_asked_about_once(telegram: Telegram) -> None:
    unit = await unit_of(telegram, Language.EN)
    await unit.execute("update plan_items set document = 'Протокол <b>'")
    head = unit.head
    await opens_card(head)
    await head.taps("Report: done")
    await head.says("Аткарылды")
    await head.taps("Give the report")
    assert "The plan asks for a document: Протокол <b>" in head.sees
    await head.taps("Give it without")
    assert await unit.state() == "reported"


async def test_participants_are_only_informed(telegram: Telegram) -> None:
    head = await telegram.meet("Айзада", AIZADA, Language.EN)
    code = f"unit-{head.id}"
    async with telegram.engine.begin() as connection:
        await put_units(connection, {code: "Бөлүм", f"{code}-b": "Башка"})
        item = Wanted(title="Бирге", responsible=[f"{code}-b"], participants=[code], dues=[date(2026, 1, 1)])
        await put_plan(connection, [item], name=f"plan {head.id}", year=2026)
    await telegram.bot.given.roles.grant(OPERATOR, str(head.id), Role.UNIT_STAFF, code)
    await head.hears(lambda: head.messages)
    await opens_card(head)
    assert "takes part in this and is only informed" in head.sees
    assert head.buttons == ["🕘 History", "❔ Why did I get this?", "📋 Work plan", "☰ Menu"]


@EVERY_LANGUAGE
async def test_whoever_speaks_for_no_unit_learns_what_this_is(telegram: Telegram, language: Language) -> None:
    friend = await telegram.meet("Айзада", AIZADA, language)
    await friend.says("/plan")
    assert begun(language, "Your account speaks for no unit.") in friend.sees
    assert friend.buttons == [said(language, "☰ Menu")]
    await telegram.bot.given.roles.grant(OPERATOR, str(friend.id), Role.PLAN_COORDINATOR)
    await friend.says("/plan")
    assert said(language, "🗂 Coordinator’s desk") in friend.buttons
