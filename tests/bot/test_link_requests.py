"""Asking the Study Office, its desk, and codes for a group."""

from io import BytesIO
from itertools import count

import pytest
from pypdf import PdfReader

from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_groups = count(1)


async def registrar(telegram: Telegram, language: Language = Language.EN) -> Friend:
    """An official; nobody else's requests wait."""
    friend = telegram.stranger("Бакыт", language.value)
    await telegram.agree(friend, language)
    await telegram.execute("update link_requests set state = 'withdrawn', decided_at = now() where state = 'waiting'")
    await telegram.execute("update role_grants set revoked_at = now(), revoked_by = 'test' where revoked_at is null")
    await telegram.execute(
        "insert into role_grants (telegram_id, role, granted_at, granted_by) values (:id, 'registrar', now(), 'test')",
        id=friend.id,
    )
    return friend


async def presses(friend: Friend, data: str) -> None:
    """Press a button that another desk shows."""
    await friend.says("/cancel")
    await friend.presses(friend.screen["message_id"], data)


async def asks(friend: Friend, language: Language, *facts: str) -> None:
    """Go through the whole form."""
    await friend.says("/cancel")
    await friend.taps(said(language, "🔑 Link my account"))
    await friend.taps(said(language, "🏫 Ask the Study Office"))
    if said(language, "✅ I agree") in friend.buttons:
        await friend.taps(said(language, "✅ I agree"))
    for fact in facts:
        await friend.says(fact)
    await friend.taps(said(language, "📨 Send"))


@EVERY_LANGUAGE
async def test_request_goes_from_the_form_over_the_desk_to_the_link(telegram: Telegram, language: Language) -> None:
    official = await registrar(telegram, language)
    aizada = telegram.stranger("Айзада", language.value)
    await telegram.enrol(aizada, AIZADA)
    await asks(aizada, language, "<b>Маматова</b> Айзада", "пи-1-25", aizada.person_no)
    assert begun(language, "🕓 Your request waits at the Study Office since: {moment}") in aizada.sees

    await official.hears(lambda: said(language, "Open the requests") in official.buttons)
    await official.taps(said(language, "Open the requests"))
    assert "<b>Маматова</b> Айзада" in official.sees
    await official.taps(f"ПИ-1-25 · {aizada.person_no}")
    assert said(language, "<b>The same person?</b>") in official.sees
    await official.taps(said(language, "🔗 Link"))
    assert begun(language, "✅ Linked. The person who asked is told: {name}") in official.sees

    linked = begun(language, "✅ The Study Office has linked this account to: <b>{person}</b>")
    await aizada.hears(lambda: linked in aizada.sees)
    assert "Маматова Айзада Бакытовна" in aizada.sees
    await official.taps(said(language, "➡️ Next request"))
    assert official.sees == said(language, "📭 Nobody waits to be recognised.")


async def test_form_takes_text_only_goes_back_changes_and_is_left(telegram: Telegram) -> None:
    aizada = telegram.stranger("Айзада", "en")
    await telegram.agree(aizada, Language.EN)
    await aizada.says("/cancel")
    await aizada.taps("🔑 Link my account")
    await aizada.taps("🏫 Ask the Study Office")
    for nonsense in ("х", "ү" * 121):
        await aizada.says(nonsense)
        assert begun(Language.EN, "Please write it as text") in aizada.sees
    telegram.world.send_sticker(aizada.id)
    await aizada.waits()
    assert begun(Language.EN, "Please write it as text") in aizada.sees
    await aizada.says("Мaматова")
    await aizada.taps("← Back")
    await aizada.says("Маматова Айзада")
    await aizada.says("ПИ-1-25")
    await aizada.says("7K3QX-9MVP2")  # a number that looks like a one-time code is none here
    assert aizada.sees.startswith("Is this right?")
    await aizada.says("yes")
    assert aizada.sees.startswith("Is this right?")
    await aizada.taps("✏️ Group")
    await aizada.says("ПИ-2-25")
    assert "ПИ-2-25" in aizada.sees
    summary = aizada.screen
    await aizada.says("/cancel")
    await aizada.taps_on(summary, "📨 Send")
    (again,) = [one for one in aizada.messages if one["message_id"] == summary["message_id"]]
    assert "1 of 3" in again["text"]  # the form begins anew
    await aizada.taps_on(again, "✖️ Cancel")
    assert await telegram.rows("select 1 from link_requests where account_id = :id", id=aizada.id) == []


async def test_asker_sees_the_state_and_takes_the_request_back(telegram: Telegram) -> None:
    aizada = telegram.stranger("Айзада", "ru")
    await asks(aizada, Language.RU, "Маматова Айзада", "ПИ-1-25", "S-1")
    await aizada.says("/cancel")
    await aizada.taps(said(Language.RU, "🔑 Link my account"))
    assert begun(Language.RU, "🕓 Your request waits at the Study Office since: {moment}") in aizada.sees
    await aizada.taps(said(Language.RU, "↩️ Take the request back"))
    assert said(Language.RU, "🏫 Ask the Study Office") in aizada.buttons
    assert await telegram.value("select state from link_requests where account_id = :id", id=aizada.id) == "withdrawn"


async def test_official_refuses_with_a_reason_of_the_list_or_of_their_own(telegram: Telegram) -> None:
    official = await registrar(telegram)
    aizada = telegram.stranger("Айзада", "ky")
    await asks(aizada, Language.KY, "Маматова Айзада", "ПИ-1-25", "S-1")
    await official.hears(lambda: official.buttons == ["Open the requests"])
    await official.taps("Open the requests")
    await official.taps("🚫 Refuse")
    reasons = official.screen
    await official.taps("The number does not match")
    await aizada.hears(lambda: said(Language.KY, "🔑 Link my account") in aizada.buttons)
    assert said(Language.KY, "the number does not match the university's records.") in aizada.sees
    await official.taps_on(reasons, "Must come in person")
    assert official.tap_answer["text"].startswith("This request is decided already")

    await asks(aizada, Language.KY, "Маматова Айзада", "ПИ-1-25", "S-1")
    await official.hears(lambda: official.buttons == ["Open the requests"])
    await presses(official, "go:q")
    await official.taps("🚫 Refuse")
    await official.says("х" * 301)
    assert official.sees.startswith("Write the reason with at most")
    await official.says("Билетиңиз <эски>")
    await aizada.hears(lambda: "Билетиңиз <эски>" in aizada.sees)


async def test_desk_skips_and_ends(telegram: Telegram) -> None:
    official = await registrar(telegram)
    askers = [telegram.stranger(name, "en") for name in ("Бир", "Эки")]
    for number, asker in enumerate(askers):
        await asks(asker, Language.EN, f"Белгисиз {number}", "ЭЛ-1", "S-0")
    await official.hears(lambda: official.buttons == ["Open the requests"])  # rung once for both
    await official.taps("Open the requests")
    assert "Белгисиз 0" in official.sees
    await official.taps("⏭ Skip")
    assert "Белгисиз 1" in official.sees
    await official.taps("⏭ Skip")
    assert official.sees == said(Language.EN, "These were all requests that wait.")


@pytest.mark.parametrize(
    "data", ["go:q", "qn:0", "qo:1", "qc:1:1", "qa:1:1", "qr:1", "qf:1:name_differs", "gc", "pg:1", "rl:1:1"]
)
async def test_stranger_at_the_desk_is_refused(telegram: Telegram, data: str) -> None:
    stranger = telegram.stranger(language_code="en")
    await presses(stranger, data)
    assert stranger.tap_answer["text"] == said(Language.EN, "You have no right to do this.")


@EVERY_LANGUAGE
async def test_codes_for_a_group_come_as_a_sheet_of_strips_and_one_of_them_links(
    telegram: Telegram, language: Language
) -> None:
    official, aizada = await registrar(telegram, language), telegram.stranger("Айзада")
    group = f"КОД-{next(_groups)}-25"
    await telegram.enrol(aizada, AIZADA, group_name=group)
    await telegram.agree(aizada)
    await presses(official, "gc")
    await official.says("Жок мындай <топ>")
    assert begun(language, "Nobody studies in a group of this name: {group}") in official.sees
    await official.says(group.replace("-", " ").lower())
    assert group in official.sees
    confirmation = official.screen
    await official.taps(said(language, "🖨 Make the sheet"))
    sheet = await official.document()
    assert sheet.name == f"codes-{group}.pdf"
    assert "has_protected_content" not in official.screen
    words = PdfReader(BytesIO(sheet.content)).pages[0].extract_text()
    assert "Маматова Айзада Бакытовна" in words
    code = next(word for word in words.split() if len(word) == 11 and word[5] == "-")
    await aizada.says(code)
    assert "Маматова Айзада Бакытовна" in aizada.sees
    await official.taps_on(confirmation, said(language, "🖨 Make the sheet"))  # the form was left: which group?
    assert said(
        language, "Write the name of the group, and I make a sheet with a one-time code for everybody in it."
    ) in [one.get("text") for one in official.messages]


async def test_button_of_a_group_that_was_asked_for_before_does_not_renew_the_codes_of_another(
    telegram: Telegram,
) -> None:
    official = await registrar(telegram)
    groups = [f"КОД-{next(_groups)}-25" for _ in range(2)]
    for name, group in zip(("Айзада", "Нурлан"), groups, strict=True):
        await telegram.enrol(telegram.stranger(name), AIZADA, group_name=group)
    confirmations = []
    for group in groups:
        await presses(official, "gc")
        await official.says(group)
        confirmations.append(official.screen)
    given = await telegram.value("select count(*) from link_codes")
    await official.taps_on(confirmations[0], "🖨 Make the sheet")
    (again,) = [one for one in official.messages if one["message_id"] == confirmations[0]["message_id"]]
    assert groups[1] in again["text"]  # what would be made now is shown, not made
    assert await telegram.value("select count(*) from link_codes") == given
    await official.taps_on(again, "🖨 Make the sheet")
    assert (await official.document()).name == f"codes-{groups[1]}.pdf"
