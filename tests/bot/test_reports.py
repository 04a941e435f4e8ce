"""Something is wrong on a certificate: said under it, proved, decided at the desk, and the right one comes."""

import pytest

from services.access import OPERATOR, Role
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, printed, receives, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
REPORTED = "select coalesce(max(state), '') from fact_reports where account_id = :account"
PASSPORT = b"\xff\xd8\xff passport"


async def official(telegram: Telegram, language: Language) -> Friend:
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    await telegram.bot.given.roles.grant(OPERATOR, str(bakyt.id), Role.REGISTRAR)
    await bakyt.hears(lambda: bakyt.messages)
    return bakyt


async def reports(friend: Friend, language: Language, value: str = "Асан кызы <b>") -> None:
    """Say that the patronymic is wrong."""
    await friend.taps(said(language, "✏️ Something is wrong here"))
    await friend.taps(said(language, "Patronymic"))
    await friend.says(value)


@EVERY_LANGUAGE
async def test_a_wrong_fact_is_told_proved_and_put_right(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    bakyt = await official(telegram, language)
    await receives(aizada, Language.KY, language)
    await reports(aizada, language, "Бакыт кызы")
    assert "Бакыт кызы" in aizada.sees
    await aizada.taps(said(language, "✅ Give it to the desk"))
    assert aizada.sees == said(
        language,
        "✅ The desk has your report. You will be told here what it decides; if it accepts, a new certificate comes by "
        "itself and the old one is marked as replaced.",
    )

    await bakyt.says("/admin")
    await bakyt.taps(said(language, "✏️ Corrections asked for"))
    await bakyt.taps("Маматова Айзада")
    assert "Бакыт кызы" in bakyt.sees
    await bakyt.taps(said(language, "📎 Ask for a document"))
    await aizada.hears(lambda: "📎" in aizada.sees)
    await aizada.taps(said(language, "📎 Send it"))
    await aizada.sends_file(PASSPORT, "passport.jpg", mime="image/jpeg")
    assert aizada.sees == said(language, "✅ The desk has your document and will look at it.")

    await bakyt.taps("Маматова Айзада")
    assert bakyt.papers[-1].content == PASSPORT
    await bakyt.taps(said(language, "✅ Accept and reissue"))
    assert begun(language, "✅ Corrected. The new certificate is No. {number}; the holder gets it.") in bakyt.sees
    paper = await aizada.document(2)
    assert "Бакыт кызы" in printed(paper)
    assert begun(language, "It stands in place of No. {number}, which is not valid any more.") in paper.caption
    assert await telegram.value(REPORTED, account=aizada.id) == "accepted"


async def test_a_refusal_reaches_the_holder_with_its_reason_as_it_was_written(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    bakyt = await official(telegram, Language.EN)
    await receives(aizada, Language.KY, Language.EN)
    await reports(aizada, Language.EN)
    assert "Асан кызы &lt;b&gt;" in aizada.calls("sendMessage")[-1]["text"]
    await aizada.taps("Give it to the desk")
    await bakyt.says("/admin")
    await bakyt.taps("Corrections asked for")
    await bakyt.taps("Маматова")
    await bakyt.taps("Write it differently")
    await bakyt.says("Бакыт кызы")
    assert "Your spelling: Бакыт кызы" in bakyt.sees
    old = bakyt.screen
    await bakyt.taps("Refuse")
    await bakyt.says("Паспортто <башкача>")
    assert "No corrections wait for you." in bakyt.sees
    await aizada.hears(lambda: "Паспортто <башкача>" in aizada.sees)
    await bakyt.taps_on(old, "Accept and reissue")
    assert "decided or withdrawn before" in bakyt.tap_answer["text"]
    assert await telegram.value(REPORTED, account=aizada.id) == "refused"


async def test_a_form_that_was_left_is_forgotten_and_an_old_button_says_so(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await receives(aizada, Language.KY, Language.EN)
    await reports(aizada, Language.EN)
    confirmation = aizada.screen
    await aizada.says("/cancel")
    await aizada.taps_on(confirmation, "Give it to the desk")
    assert "out of date" in aizada.calls("editMessageText")[-1]["text"]
    assert await telegram.value(REPORTED, account=aizada.id) == ""


async def test_a_report_is_taken_back(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await receives(aizada, Language.KY, Language.EN)
    await reports(aizada, Language.EN)
    await aizada.taps("Give it to the desk")
    await aizada.taps("Withdraw the report")
    assert aizada.sees == "The report is withdrawn."
    assert await telegram.value(REPORTED, account=aizada.id) == "withdrawn"
