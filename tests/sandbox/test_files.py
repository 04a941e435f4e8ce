"""Documents and photos in both directions."""

import struct
from io import BytesIO

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto

from bot.sandbox import Sandbox, World
from bot.sandbox.files import DOWNLOAD_LIMIT, UPLOAD_LIMIT, picture_size
from tests.sandbox.conftest import AIZADA

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 480)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + b"\x01"


async def download(bot: Bot, file_id: str) -> bytes:
    target = BytesIO()
    await bot.download(file_id, destination=target)
    return target.getvalue()


async def test_a_document_keeps_its_cyrillic_name_and_bytes(world: World, bot: Bot) -> None:
    upload = BufferedInputFile(b"%PDF-1.7", "Маалымкат №12 (ө, ү, ң).pdf")
    message = await bot.send_document(AIZADA, upload, caption="<b>Даяр</b>", parse_mode="HTML")
    assert message.document is not None
    assert (message.document.file_name, message.document.mime_type, message.document.file_size) == (
        "Маалымкат №12 (ө, ү, ң).pdf",
        "application/pdf",
        8,
    )
    assert message.caption == "Даяр"
    assert world.file(message.document.file_id) == await download(bot, message.document.file_id) == b"%PDF-1.7"
    assert list(world.calls[0].files.values()) == [b"%PDF-1.7"]


async def test_a_file_is_sent_again_by_its_id(bot: Bot) -> None:
    first = (await bot.send_document(AIZADA, BufferedInputFile(b"a", "a.txt"))).document
    assert first is not None
    second = (await bot.send_document(AIZADA, first.file_id)).document
    assert second == first
    for wrong in ("BQACnothing", "https://kstu.kg/a.pdf"):
        with pytest.raises(TelegramBadRequest, match="Bad Request: wrong file identifier/HTTP URL specified"):
            await bot.send_document(AIZADA, wrong)
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(AIZADA, first.file_id)


async def test_a_file_may_come_under_the_name_of_the_parameter(sandbox: Sandbox) -> None:
    form = aiohttp.FormData({"chat_id": str(AIZADA)})
    form.add_field("document", b"a", filename="a.txt")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.url}/bot{sandbox.token}/sendDocument", data=form) as response,
    ):
        assert response.status == 200
    assert sandbox.world.bot_messages(AIZADA)[-1]["document"]["file_name"] == "a.txt"


async def test_the_bot_downloads_what_a_person_sends(world: World, bot: Bot) -> None:
    document = world.send_document(AIZADA, "Тизме.xlsx", b"PK", mime="application/zip")["document"]
    photo = world.send_photo(AIZADA, PNG)["photo"]
    assert await download(bot, document["file_id"]) == b"PK"
    assert await download(bot, photo[-1]["file_id"]) == PNG
    assert (photo[-1]["width"], photo[-1]["height"]) == (640, 480)
    with pytest.raises(TelegramBadRequest, match="wrong file_id or the file is temporarily unavailable"):
        await bot.get_file("nothing")


async def test_more_than_20_mb_cannot_be_downloaded(world: World, bot: Bot) -> None:
    large = world.send_document(AIZADA, "a.zip", b"PK", declared_size=DOWNLOAD_LIMIT + 1)["document"]
    assert large["file_size"] == DOWNLOAD_LIMIT + 1
    with pytest.raises(TelegramBadRequest, match="Bad Request: file is too big"):
        await bot.get_file(large["file_id"])


async def test_empty_and_too_large_uploads_are_refused(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(AIZADA, BufferedInputFile(b"", "a.txt"))
    assert UPLOAD_LIMIT == 50 * 1024 * 1024
    monkeypatch.setattr("bot.sandbox.parameters.UPLOAD_LIMIT", 1_000_000)
    with pytest.raises(TelegramEntityTooLarge, match="Request Entity Too Large"):
        await bot.send_document(AIZADA, BufferedInputFile(bytes(1_000_001), "a.txt"))


async def test_a_photo_must_be_a_picture(bot: Bot) -> None:
    photo = (await bot.send_photo(AIZADA, BufferedInputFile(PNG, "a.png"))).photo
    assert photo is not None
    assert (photo[-1].width, photo[-1].height) == (640, 480)
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(AIZADA, BufferedInputFile(b"%PDF", "a.png"))


def test_the_size_of_pictures_is_read_from_their_first_bytes() -> None:
    assert picture_size(JPEG) == (40, 30)
    assert picture_size(b"GIF89a\x10\x00\x20\x00") == (16, 32)
    assert picture_size(b"\xff\xd8\xff") is None


async def test_captions_have_1024_characters(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="Bad Request: message caption is too long"):
        await bot.send_document(AIZADA, BufferedInputFile(b"a", "a.txt"), caption="a" * 1025)


async def test_captions_and_files_of_messages_change(world: World, bot: Bot) -> None:
    message_id = (await bot.send_document(AIZADA, BufferedInputFile(b"a", "a.txt"), caption="a")).message_id
    await bot.edit_message_caption(chat_id=AIZADA, message_id=message_id, caption="b")
    assert world.bot_messages(AIZADA)[-1]["caption"] == "b"
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("b", chat_id=AIZADA, message_id=message_id)
    media = InputMediaDocument(media=BufferedInputFile(b"b", "b.txt"), caption="<i>c</i>", parse_mode="HTML")
    await bot.edit_message_media(media, chat_id=AIZADA, message_id=message_id)
    shown = world.bot_messages(AIZADA)[-1]
    assert (shown["document"]["file_name"], shown["caption"]) == ("b.txt", "c")
    picture = InputMediaPhoto(media=BufferedInputFile(PNG, "a.png"))
    await bot.edit_message_media(picture, chat_id=AIZADA, message_id=message_id)
    assert world.bot_messages(AIZADA)[-1].keys() >= {"photo"}
    assert "document" not in world.bot_messages(AIZADA)[-1]
