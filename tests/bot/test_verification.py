"""Checking a certificate in chat."""

import asyncio
import re
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from bot.plain_text import plain_text
from handlers.common.reader import Reader
from handlers.verification.texts import verdict_text
from services.certificates.dto import Verdict, VerdictKind
from services.codes import printed_code
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import receives, said
from tests.support.people import AIZADA
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_VALID = "✅ <b>The certificate is valid.</b>"
_UNKNOWN = "❓ <b>There is no such certificate in our register.</b>"
_ALTERED = "⛔ <b>The file was altered after it was signed. Do not trust it.</b>"
_UNREADABLE = (
    "❓ <b>The file cannot be read: it is neither a PDF nor a picture, is damaged, protected by a password or too "
    "large.</b>"
)
_CYRILLIC = str.maketrans("ABCEHKMPTXY", "АВСЕНКМРТХУ")


async def issued(telegram: Telegram) -> tuple[str, bytes]:
    """A certificate of somebody else: its code and its file."""
    paper = await receives(await telegram.meet("Айзада", AIZADA))
    number = re.search(r"\d{4}-\d{5}", paper.name)
    assert number is not None
    code = await telegram.value("select code from certificates where number = :number", number=number.group())
    return code, paper.content


async def verdict_on(telegram: Telegram, what: str | bytes, language: Language) -> tuple[VerdictKind, str]:
    """What the service says, put into words for the reader."""
    given, i18n = telegram.bot.given, telegram.bot.i18n
    verification = given.verification
    verdict = await (verification.verify_code(what) if isinstance(what, str) else verification.verify_file(what))
    with i18n.context(), i18n.use_locale(language.value):
        reader = Reader(language=language, words=given.paper_words, dates=given.dates)
        return verdict.kind, plain_text(verdict_text(verdict, reader, given.links))


async def sends_and_reads(friend: Friend, content: bytes, expected: str, language: Language = Language.RU) -> None:
    """Send a file, and read the expected headline and just the verdict that the service gives."""
    await friend.sends_file(content)
    assert friend.sees.startswith(said(language, expected))
    assert friend.sees == (await verdict_on(friend.telegram, content, language))[1]


@EVERY_LANGUAGE
async def test_a_code_is_read_in_every_notation(telegram: Telegram, language: Language) -> None:
    code, _ = await issued(telegram)
    stranger = telegram.stranger(language_code=language.value)
    kind, expected = await verdict_on(telegram, code, language)
    assert kind is VerdictKind.VALID
    looks_alike = code.replace("0", "O").replace("1", "l").translate(_CYRILLIC)
    notations = [code, code.lower(), printed_code(code), printed_code(code).replace("-", "\n"), looks_alike]
    ways = [f"/verify {notation}" for notation in notations if "\n" not in notation]
    for words in [*notations, *ways, f"/start v_{code}", f"/start v_{code.lower()}"]:
        seen = len(stranger.messages)
        await stranger.says(words)
        assert len(stranger.messages) == seen + 1
        assert stranger.sees == expected, words
    assert expected.startswith(said(language, _VALID))
    assert "Маматова Айзада Бакытовна" in expected
    assert printed_code(code) in expected


@EVERY_LANGUAGE
async def test_the_file_is_checked_and_every_change_is_found(telegram: Telegram, language: Language) -> None:
    _, content = await issued(telegram)
    stranger = telegram.stranger(language_code=language.value)
    await stranger.says("/verify")
    await sends_and_reads(stranger, content, _VALID, language)
    await sends_and_reads(stranger, content + b"\n", _ALTERED, language)
    middle = content.index(b"stream\n") + 40
    await sends_and_reads(stranger, content[:middle] + b"\x00" + content[middle + 1 :], _ALTERED, language)


async def test_foreign_and_broken_files_get_the_verdict_of_the_service(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="ru")
    _, content = await issued(telegram)
    await sends_and_reads(stranger, _written(PdfReader(BytesIO(content))), _ALTERED)
    await sends_and_reads(stranger, _written(None), _UNKNOWN)
    await sends_and_reads(stranger, content[: len(content) // 3], _UNREADABLE)
    await sends_and_reads(stranger, _written(PdfReader(BytesIO(content)), password="купуя"), _UNREADABLE)
    await sends_and_reads(stranger, b"not a PDF at all", _UNREADABLE)
    await sends_and_reads(stranger, b"", _UNREADABLE)


@EVERY_LANGUAGE
async def test_a_file_too_large_is_refused_before_it_is_asked_for(telegram: Telegram, language: Language) -> None:
    stranger = telegram.stranger(language_code=language.value)
    await stranger.sends_file(b"%PDF-1.7", declared_size=20 * 1024 * 1024 + 1)
    asked_for = [call for call in telegram.world.calls if call.method == "getFile"]
    assert stranger.sees == said(language, "The file is too large: I can check files up to", limit=20)
    await stranger.sends_file(b"%PDF-1.7", declared_size=20 * 1024 * 1024)
    assert stranger.sees.startswith(said(language, _UNREADABLE))
    assert len([call for call in telegram.world.calls if call.method == "getFile"]) == len(asked_for) + 1


@EVERY_LANGUAGE
async def test_a_file_of_undeclared_size_that_telegram_keeps_is_too_large(
    telegram: Telegram, language: Language
) -> None:
    stranger = telegram.stranger(language_code=language.value)
    telegram.world.faults.refuse(400, method="getFile", description="Bad Request: file is too big")
    await stranger.sends_file(b"%PDF-1.7")
    assert stranger.sees == said(language, "The file is too large: I can check files up to", limit=20)


@EVERY_LANGUAGE
async def test_a_file_that_telegram_does_not_hand_over_is_asked_for_again(
    telegram: Telegram, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = telegram.stranger(language_code=language.value)
    telegram.world.faults.refuse(400, method="getFile", description="Bad Request: wrong file_id")
    await stranger.sends_file(b"%PDF-1.7")
    assert stranger.sees == said(language, "Telegram did not hand me the file.")
    monkeypatch.setattr(telegram.world.files, "at", lambda _path: None)  # the download ends with 404
    seen = len(stranger.messages)
    await stranger.sends_file(b"%PDF-1.7")
    assert len(stranger.messages) == seen + 1
    assert stranger.sees == said(language, "Telegram did not hand me the file.")


async def test_few_files_are_in_memory_at_once(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    verification, inside, most = telegram.bot.given.verification, 0, 0
    verify_file = verification.verify_file

    async def slowly(content: bytes) -> Verdict:
        nonlocal inside, most
        inside, most = inside + 1, max(most, inside + 1)
        await asyncio.sleep(0.2)
        inside -= 1
        return await verify_file(content)

    monkeypatch.setattr(verification, "verify_file", slowly)
    strangers = [telegram.stranger(language_code="ru") for _ in range(5)]
    await asyncio.gather(*(stranger.sends_file(b"not a PDF at all") for stranger in strangers))
    assert all(stranger.sees.startswith(said(Language.RU, _UNREADABLE)) for stranger in strangers)
    assert most == 2


@EVERY_LANGUAGE
async def test_other_files_are_refused_with_what_to_do(telegram: Telegram, language: Language) -> None:
    stranger = telegram.stranger(language_code=language.value)
    await stranger.sends_file(b"PK", "certificate.docx", mime="application/msword")
    assert stranger.sees == said(language, "I can check only PDF files and pictures")
    await stranger.sends_file(b"x", "CERTIFICATE.PDF", mime="application/octet-stream")
    assert stranger.sees.startswith(said(language, _UNREADABLE))


async def test_a_code_nobody_was_given_is_unknown(telegram: Telegram) -> None:
    stranger = telegram.stranger(language_code="en")
    for words in ("00000-00000-00000-00000", "/verify 00000000000000000000", "/start v_00000000000000000000"):
        await stranger.says(words)
        assert stranger.sees.startswith("❓ There is no such certificate in our register.")


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("change", "headline"),
    [
        ("status = 'revoked'", "⛔ <b>The certificate has been revoked by the university.</b>"),
        ("status = 'superseded'", "🔁 <b>The certificate has been replaced by a new one.</b>"),
        ("valid_until = '2020-01-31'", "⌛ <b>The certificate is genuine, but its validity has ended.</b>"),
    ],
)
async def test_what_became_of_a_certificate_is_told(
    telegram: Telegram, language: Language, change: str, headline: str
) -> None:
    code, content = await issued(telegram)
    await telegram.execute(f"update certificates set {change} where code = :code", code=code)  # noqa: S608 -- changes of ours
    stranger = telegram.stranger(language_code=language.value)
    await stranger.says(code)
    assert stranger.sees.startswith(said(language, headline))
    await sends_and_reads(stranger, content, headline, language)


@EVERY_LANGUAGE
async def test_text_that_is_no_code_is_answered_with_how_a_code_looks(telegram: Telegram, language: Language) -> None:
    stranger = telegram.stranger(language_code=language.value)
    await stranger.says("/verify")
    for words in ("салам", "12345", "0" * 21, "🎓" * 20):
        await stranger.says(words)
        assert stranger.sees == said(language, "This is not a certificate's code. It has 20 letters")


def _written(source: PdfReader | None, password: str = "") -> bytes:
    """A file that a program saved anew, signature field and all; without a source, an empty page of somebody else."""
    writer, target = PdfWriter(), BytesIO()
    if source is None:
        writer.add_blank_page(595, 842)
    else:
        writer.add_page(source.pages[0])
    if password:
        writer.encrypt(password)
    writer.write(target)
    return target.getvalue()
