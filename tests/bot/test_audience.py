"""An editor chooses who gets a draft: by taps, by typing, by a file."""

from handlers.common.callbacks import OpenAudience
from services.access import OPERATOR, Role
from services.announcements.dto import Content, DraftChange
from services.languages import Language
from tests.bot.test_desks import appointed
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

RU = Language.RU
NAME = "<b>Айзада</b> & Ко"


async def editor(telegram: Telegram, language: Language = RU, unit: str | None = None) -> Friend:
    """Somebody who edits announcements."""
    friend = await telegram.meet("Бакыт", BAKYT, language)
    await appointed(telegram, friend, Role.EDITOR, unit)
    return friend


async def draft(telegram: Telegram, unit: str | None = None) -> int:
    content = Content(texts={Language.KY: "Жарыя"})
    return await telegram.begin_draft(unit, content)


async def opens(friend: Friend, number: int) -> None:
    await friend.presses(friend.screen["message_id"], OpenAudience(draft_id=number).pack())


async def audience(telegram: Telegram, number: int) -> str:
    return str(await telegram.value("select audience from announcements where id = :id", id=number))


async def student(telegram: Telegram, **facts: object) -> Friend:
    """Somebody in a group of their own, who reads English."""
    friend = telegram.stranger()
    own = {"first_name": NAME, "group_name": f"Ж-{friend.id}"} | facts
    return await telegram.meet("Айзада", AIZADA, Language.EN, **own)


async def test_editor_taps_together_who_gets_it(telegram: Telegram) -> None:
    language = Language.KY
    friend, number = await editor(telegram, language), await draft(telegram)
    reader = await student(telegram, citizenship="Индия")
    group = str(await telegram.value("select group_name from people where person_no = :no", no=reader.person_no))
    await opens(friend, number)
    assert said(language, "Nobody is chosen yet. Tap who is meant.") in friend.sees
    assert said(language, "👁 Preview and send") not in friend.buttons
    await friend.taps(said(language, "Groups"))
    await friend.says("жок жок")
    assert said(language, "Nothing here is called so. Write another part of the name.") in friend.sees
    await friend.says(group.lower().replace("-", " "))
    await friend.taps(group)
    assert said(language, "👥 Recipients now: {number}", number=1) in friend.sees
    assert f"✅ {group} · 1" in friend.buttons
    await friend.taps(said(language, "✓ Done"))
    await friend.taps(said(language, "Foreign students"))
    assert await audience(telegram, number) == f"group:{group} citizenship:foreign role:student"
    assert said(language, "👥 Recipients: {number}", number=1) in friend.sees
    assert said(language, "Fewer than {limit}, so no names are shown.", limit=10) in friend.sees
    assert NAME not in friend.sees
    assert said(language, "Write that text, or say in the draft which one they get.") in friend.sees
    assert said(language, "👁 Preview and send") in friend.buttons
    await friend.taps(said(language, "🧹 Start over"))
    assert await audience(telegram, number) == ""


async def test_editor_leaves_out_and_takes_back(telegram: Telegram) -> None:
    friend, number = await editor(telegram), await draft(telegram)
    await opens(friend, number)
    await friend.taps(said(RU, "Everybody"))
    assert said(RU, "• Everybody who is linked: students and employees") in friend.sees
    await friend.taps(said(RU, "Guests"))
    assert await audience(telegram, number) == "role:student,staff,guest"
    await friend.taps(said(RU, "Years of study"))
    await friend.taps(said(RU, "➖ Leave out instead"))
    await friend.taps("3 ·")
    await friend.taps("4 ·")
    assert [label[:3] for label in friend.buttons if label.startswith("➖ ")][:2] == ["➖ 3", "➖ 4"]
    await friend.taps("➖ 3")
    await friend.taps(said(RU, "✓ Done"))
    assert await audience(telegram, number) == "role:student,staff,guest -course:4"
    assert said(RU, "Except:") in friend.sees
    await friend.taps(begun(RU, "✖️ No more except: {what}"))
    assert await audience(telegram, number) == "role:student,staff,guest"
    await friend.taps(begun(RU, "✖️ Take back: {what}"))
    assert said(RU, "Nobody is chosen yet. Tap who is meant.") in friend.sees


async def test_expert_types_an_expression(telegram: Telegram) -> None:
    friend, number = await editor(telegram), await draft(telegram)
    await opens(friend, number)
    await friend.taps(said(RU, "⌨️ Write an expression"))
    await friend.says("course:9")
    assert friend.sees == said(
        RU, "“{term}” has a value that cannot be. These are", term="course:9", allowed="1, 2, 3, 4, 5, 6, 7"
    )
    await friend.says("course:1 -group:<b>Ж</b>")
    assert "group:<b>Ж</b>" in friend.sees
    assert await audience(telegram, number) == ""
    await friend.says("Course:1,2")
    assert await audience(telegram, number) == "course:1,2"
    await friend.taps(said(RU, "⌨️ Write an expression"))
    assert "course:1,2" in friend.sees
    await friend.says("/cancel")
    await friend.says("role:staff")
    assert await audience(telegram, number) == "course:1,2"


async def test_editor_brings_a_list(telegram: Telegram) -> None:
    friend, number, reader = await editor(telegram), await draft(telegram), await student(telegram)
    await opens(friend, number)
    await friend.taps(said(RU, "Lists"))
    await friend.taps(said(RU, "📎 Bring a list"))
    await friend.says("S-1")
    assert friend.sees == said(RU, "Here I wait for a file with people’s numbers.")
    await friend.sends_file(b"x", "list.csv", mime="text/csv", declared_size=60 * 2**20)
    assert friend.sees == said(RU, "The file is too large: at most {limit} MB.", limit=20)
    await friend.sends_file(b"colour\nred\n", "list.csv", mime="text/csv")
    assert friend.sees == said(RU, "The list has no column “person_no” with the numbers of people")
    await friend.sends_file("person_no\nX-9\n".encode("utf-16"), "list.csv", mime="text/csv")
    assert friend.sees == said(RU, "Nobody in the roster has any of the numbers in the list")
    table = f"person_no\n{reader.person_no}\nX-<9>\n"
    await friend.sends_file(table.encode(), "<b>Доноры</b>.csv", mime="text/csv")
    told = friend.messages[-2]["text"]
    assert said(RU, "⚠️ Nobody in the roster has these numbers: {numbers}", numbers="X-<9>") in told
    assert said(RU, "👥 Recipients: {number}", number=1) in friend.sees
    assert f"#{number}" in friend.sees
    assert f"#{number}" in await audience(telegram, number)


async def test_what_another_editor_changed_is_shown_and_nothing_chosen(telegram: Telegram) -> None:
    friend, number = await editor(telegram), await draft(telegram)
    await opens(friend, number)
    old = friend.screen
    drafts = telegram.bot.given.announcement_drafts
    await drafts.change(OPERATOR, number, 1, DraftChange(audience="course:4"))
    await friend.taps_on(old, said(RU, "Students"))
    assert friend.tap_answer["text"] == said(RU, "Something has changed since this was shown, so nothing was chosen.")
    assert await audience(telegram, number) == "course:4"
    await friend.taps(said(RU, "Years of study"))
    values = friend.screen
    await drafts.change(OPERATOR, number, 2, DraftChange(audience="course:5"))
    await friend.taps_on(values, "1 ·")
    assert await audience(telegram, number) == "course:5"
    await opens(friend, number)
    taken_back = friend.screen
    await friend.taps(begun(RU, "✖️ Take back: {what}"))
    await friend.taps_on(taken_back, begun(RU, "✖️ Take back: {what}"))
    assert await audience(telegram, number) == ""
    await friend.taps(said(RU, "⌨️ Write an expression"))
    await drafts.change(OPERATOR, number, 4, DraftChange(audience="course:6"))
    await friend.says("course:7")
    over = said(RU, "Somebody else has changed this draft in the meantime")
    assert friend.sees == over
    await friend.says("course:7")  # the form is left: it is not refused once more
    assert friend.sees != over
    await opens(friend, number)
    await friend.taps(said(RU, "Lists"))
    await friend.taps(said(RU, "📎 Bring a list"))
    await drafts.change(OPERATOR, number, 5, DraftChange(audience="course:6"))
    await friend.sends_file(b"person_no\nS-1\n", "list.csv", mime="text/csv")
    assert friend.sees == over
    await friend.says("S-1")
    assert friend.sees not in {over, said(RU, "Here I wait for a file with people’s numbers.")}
    await opens(friend, number)
    await friend.taps(said(RU, "Groups"))
    await drafts.throw_away(OPERATOR, number, 6)
    await friend.says("ПИ")
    gone = friend.sees
    await friend.says("ПИ")
    assert friend.sees != gone
    assert await audience(telegram, number) == "course:6"


async def test_editor_of_a_unit_is_told_and_strangers_are_refused(telegram: Telegram) -> None:
    number = await draft(telegram, "mti")
    friend, stranger = await editor(telegram, unit="mti"), await student(telegram)
    await opens(friend, number)
    assert begun(RU, "It goes to people of this unit only: {unit}") in friend.sees
    assert said(RU, "Guests") not in friend.buttons
    screen = friend.screen
    await stranger.says("/help")
    for label in (said(RU, "Students"), said(RU, "Units"), said(RU, "⌨️ Write an expression")):
        row = next(b for r in screen["reply_markup"]["inline_keyboard"] for b in r if label in b["text"])
        await stranger.presses(stranger.screen["message_id"], row["callback_data"])
        assert stranger.tap_answer["show_alert"]
    await friend.taps(said(RU, "Students"))
    assert await audience(telegram, number) == "role:student"
    await telegram.execute("update role_grants set revoked_at = now() where telegram_id = :id", id=friend.id)
    await friend.taps(said(RU, "Employees"))
    assert friend.tap_answer["show_alert"]
    assert await audience(telegram, number) == "role:student"
