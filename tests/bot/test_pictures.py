"""Checking a certificate in chat by a photo, a screenshot or a scan of its QR code."""

import pytest

from bot.plain_text import plain_text
from handlers.common.reader import Reader
from handlers.verification.texts import verdict_text
from services.codes import printed_code
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import receives, said
from tests.support.people import AIZADA
from tests.support.pictures import bomb, photograph
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_VALID = "✅ <b>The certificate is valid.</b>"
_ONLY_THE_CODE = "Only the code in the picture was checked, not the paper."


async def issued_code(telegram: Telegram) -> str:
    """The code of somebody else's certificate."""
    friend = await telegram.meet("Айзада", AIZADA)
    await receives(friend)
    found = await telegram.value(
        "select c.code from certificates c join people p on p.id = c.person_id where p.person_no = :number",
        number=friend.person_no,
    )
    return str(found)


async def sends_photo(friend: Friend, content: bytes) -> None:
    friend.world.send_photo(friend.id, content)
    await friend.waits()


async def told(telegram: Telegram, content: bytes, language: Language) -> str:
    """What the service says of a picture, in words for the reader."""
    given, i18n = telegram.bot.given, telegram.bot.i18n
    verdict = await given.verification.verify_picture(content)
    with i18n.context(), i18n.use_locale(language.value):
        reader = Reader(language=language, words=given.paper_words, dates=given.dates)
        return plain_text(verdict_text(verdict, reader, given.links))


@EVERY_LANGUAGE
async def test_photo_and_picture_file_get_the_verdict_of_their_code(telegram: Telegram, language: Language) -> None:
    code = await issued_code(telegram)
    address = telegram.bot.given.links.qr_content(code)
    stranger = telegram.stranger(language_code=language.value)
    await stranger.says("/verify")
    photo, scan = photograph(address, turned=17, blurred=1, quality=40), photograph(address, sort="PNG")
    await sends_photo(stranger, photo)
    assert stranger.sees == await told(telegram, photo, language)
    assert stranger.sees.startswith(said(language, _VALID))
    assert said(language, _ONLY_THE_CODE) in stranger.sees
    assert printed_code(code) in stranger.sees
    assert stranger.buttons == [said(language, "☰ Menu")]
    by_photo = stranger.sees
    for name, mime in (("scan.png", "image/png"), ("IMG_1.JPG", "application/octet-stream")):
        await stranger.sends_file(scan, name, mime=mime)
        assert stranger.sees == by_photo


@EVERY_LANGUAGE
async def test_code_that_leads_elsewhere_is_named_and_nothing_of_it_is_markup(
    telegram: Telegram, language: Language
) -> None:
    stranger = telegram.stranger(language_code=language.value)
    await sends_photo(stranger, photograph("https://evil.kg<b>&amp;/verify/7K3QX9MVP2RTABCDE123"))
    assert stranger.sees.startswith("⛔ " + said(language, "The QR code leads elsewhere. Do not trust the paper."))
    assert said(language, "It leads to {address}.", address="\0").replace("\0", "evil.kg<b>&amp;") in stranger.sees
    assert telegram.bot.given.links.bot in stranger.sees


@EVERY_LANGUAGE
async def test_picture_without_a_code_is_answered_with_how_to_photograph_it(
    telegram: Telegram, language: Language
) -> None:
    stranger = telegram.stranger(language_code=language.value)
    await sends_photo(stranger, photograph())
    assert stranger.sees == "\n".join(
        (
            "❓ " + said(language, "No QR code was found in the picture."),
            said(language, "Photograph the QR code from closer, in good light, sharp and whole."),
            said(language, "The code that stands beside the QR code can also be typed: 20 letters and digits."),
        )
    )
    assert stranger.buttons == [said(language, "☰ Menu")]


async def test_pictures_that_tell_nothing_say_why(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    code = await issued_code(telegram)
    answers = {
        "❓ The picture shows the QR codes of different certificates.": photograph(code, "0" * 20),
        "❓ The QR code in the picture is not that of a certificate of ours.": photograph("WIFI:S:guest;;"),
        "❓ There is no such certificate in our register.": photograph("0" * 20),
        "❓ The picture cannot be read:": bomb(30_000),
    }
    for answer, content in answers.items():
        await stranger.sends_file(content, "picture.png", mime="image/png")
        assert stranger.sees.startswith(answer)
    await sends_photo(stranger, photograph("0" * 20))
    assert "The code in the picture is 00000-00000-00000-00000." in stranger.sees


async def test_photo_that_telegram_does_not_hand_over_is_asked_for_again(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    telegram.world.faults.refuse(400, method="getFile", description="Bad Request: wrong file_id")
    await sends_photo(stranger, photograph())
    assert stranger.sees.startswith("Telegram did not hand me the file.")
    telegram.world.faults.refuse(400, method="getFile", description="Bad Request: file is too big")
    await sends_photo(stranger, photograph())
    assert stranger.sees.startswith("The file is too large")


async def test_cancel_leaves_the_check_and_a_photo_is_read_all_the_same(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    await stranger.says("/verify")
    assert "photo of its QR code" in stranger.sees
    await stranger.says("/cancel")
    await sends_photo(stranger, photograph("0" * 20))
    assert stranger.sees.startswith("❓ There is no such certificate in our register.")
