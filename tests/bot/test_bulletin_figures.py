"""Whoever announces looks at how it was received, and reminds those who have not confirmed."""

from datetime import UTC, datetime, timedelta

from bot.sandbox.contents import file_of
from services.access import OPERATOR
from services.announcements.dto import NewAnnouncement
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

_RU = Language.RU
_TEXTS = dict.fromkeys(Language, "=1+1 <b>Сынак</b> & <i>бүттү</i>".replace("&", "&amp;"))


async def editor_of(telegram: Telegram, language: Language = _RU) -> Friend:
    """Somebody who announces for the university."""
    friend = await telegram.meet("Бакыт", BAKYT, language)
    await telegram.execute(
        "insert into role_grants (telegram_id, role, granted_at, granted_by) values (:id, 'editor', now(), 'operator')",
        id=friend.id,
    )
    return friend


async def announced_to(telegram: Telegram, *readers: Friend) -> int:
    """Announce something that asks for the word of these readers; wait until they have it."""
    audience = f"account:{','.join(str(reader.id) for reader in readers)}"
    due = datetime.now(UTC) + timedelta(days=1)
    new = NewAnnouncement(texts=_TEXTS, audience=audience, due_at=due)
    announced = await telegram.bot.given.announcements.announce(OPERATOR, new)
    await telegram.execute(
        "update announcements set due_at = :due, asks_reading = true where id = :id",
        due=datetime.now(UTC), id=announced.id,
    )  # fmt: skip
    telegram.bot.bells.schedule.ring()
    for reader in readers:
        await has_it(reader)
    return announced.id


async def has_it(reader: Friend) -> None:
    await reader.hears(lambda: "Сынак" in reader.sees)


async def settled(telegram: Telegram, number: int) -> None:
    """Wait until the engine has noted that everybody got it."""
    counted = (
        "select count(*) from deliveries d join messages m on m.id = d.message_id"
        " join announcements a on a.notice_id = d.notice_id where a.id = :id and m.state <> 'sent'"
    )
    while await telegram.value(counted, id=number):
        pass


async def test_editor_looks_at_figures_and_takes_them_along(telegram: Telegram) -> None:
    language = _RU
    editor, aizada = await editor_of(telegram, language), await telegram.meet("Айзада", AIZADA, language)
    number = await announced_to(telegram, aizada)
    await settled(telegram, number)
    await aizada.taps(said(language, "I have read it ✓"))
    await editor.starts()
    await editor.presses(editor.screen["message_id"], f"j1:{number}")
    assert said(language, "Recipients: {number}", number=1) in editor.sees
    assert "=1+1 Сынак & бүттү" in editor.sees
    assert said(language, "✓ Have confirmed that they read it: {figures}", figures="–") in editor.sees
    screen = editor.screen
    await editor.taps(said(language, "🖼 As a picture"))
    assert file_of(editor.screen)
    for form in ("XLSX", "CSV"):
        await editor.taps_on(screen, form)
    table = editor.papers[-1]
    assert table.name.endswith(".csv")
    assert said(language, "All together") in table.content.decode("utf-8-sig")
    await editor.taps_on(screen, said(language, "📈 All announcements"))
    (lately,) = [one for one in editor.messages if one["message_id"] == screen["message_id"]]
    assert lately["text"].startswith(said(language, "📈 <b>Announcements of the last {days} days</b>", days=30))
    await editor.taps_on(lately, "CSV")
    assert ",'=1+1 Сынак & бүттү," in editor.papers[-1].content.decode("utf-8-sig")
    await editor.taps(said(language, "Last {days} days", days=180))
    assert said(language, "📈 <b>Announcements of the last {days} days</b>", days=180) in editor.sees


async def test_editor_reminds_only_those_who_have_not_confirmed(telegram: Telegram) -> None:
    editor = await editor_of(telegram)
    aizada, other = await telegram.meet("Айзада", AIZADA, _RU), await telegram.meet("Айжан", AIZADA, _RU)
    number = await announced_to(telegram, aizada, other)
    await settled(telegram, number)
    await aizada.taps(said(_RU, "I have read it ✓"))
    await editor.starts()
    await editor.presses(editor.screen["message_id"], f"j2:{number}")
    assert begun(_RU, "Have got it and not confirmed it") not in editor.sees  # of so few nothing is counted
    question, before = editor.screen, len(aizada.messages)
    await editor.taps(said(_RU, "🔔 Remind them"))
    assert said(_RU, "🔔 The reminder is going out to those who have not confirmed it.") in editor.sees
    await other.hears(lambda: said(_RU, "📣 Show it whole") in other.buttons)
    await editor.taps_on(question, said(_RU, "🔔 Remind them"))  # the old screen
    assert str(editor.tap_answer["text"]).startswith(begun(_RU, "A reminder went out lately, so nobody was reminded"))
    await other.taps(said(_RU, "I have read it ✓"))
    assert other.buttons[0].startswith(begun(_RU, "✓ You confirmed it: {moment}"))
    await other.taps(said(_RU, "📣 Show it whole"))
    assert "=1+1 Сынак & бүттү" in other.sees
    assert len(aizada.messages) == before
    await aizada.presses(aizada.screen["message_id"], f"j9:{number}")
    assert aizada.tap_answer["show_alert"]
