"""The chat page's side: people, files, live chats, and who is kept out."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import BotCommand, BufferedInputFile, KeyboardButton, ReplyKeyboardMarkup

from bot.sandbox import Sandbox, World
from tests.sandbox.conftest import AIZADA, BAKYT
from tests.sandbox.test_messages import inline

Socket = aiohttp.ClientWebSocketResponse


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.url) as session:
        yield session


@pytest.fixture
async def chat(page: aiohttp.ClientSession) -> AsyncIterator[Socket]:
    async with page.ws_connect(f"/api/chat/{AIZADA}") as socket:
        assert (await heard(socket))["type"] == "history"
        yield socket


async def heard(socket: Socket) -> dict[str, Any]:
    event: dict[str, Any] = await socket.receive_json(timeout=2)
    return event


async def test_the_chooser_lists_people_with_what_waits_for_them(page: aiohttp.ClientSession, bot: Bot) -> None:
    await bot.send_message(AIZADA, "a")
    async with page.get("/api/people?lang=ky") as response:
        first, second = await response.json()
    assert first == {
        "id": AIZADA,
        "name": "Айзада Маматова",
        "about": "Студент",
        "language_code": "ky",
        "phone": "+996700000001",
        "username": "",
        "blocked": False,
        "started": True,
        "unread": 1,
    }
    assert (second["name"], second["started"], second["unread"]) == ("Бакыт", False, 0)


async def test_lines_about_people_go_by_language(world: World, page: aiohttp.ClientSession) -> None:
    world.add_user(7, "Нурлан", about="Teacher", about_lines={"ky": "Мугалим"})
    for language, line in (("ky", "Мугалим"), ("en", "Teacher")):
        async with page.get(f"/api/people?lang={language}") as response:
            assert (await response.json())[-1]["about"] == line


async def test_the_page_learns_what_the_bot_says_about_itself(page: aiohttp.ClientSession, bot: Bot) -> None:
    await bot.set_my_description("Баары", language_code="ky")
    async with page.get("/api/bot?lang=ky") as response:
        assert await response.json() == {
            "id": 42,
            "name": "Кабарчы",
            "username": "kabarchy_demo_bot",
            "description": "Баары",
            "short_description": "",
        }


async def test_an_open_chat_begins_with_its_history(page: aiohttp.ClientSession, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand(command="help", description="Жардам")])
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Меню")]])
    await bot.send_message(AIZADA, "Салам", reply_markup=keyboard)
    async with page.ws_connect(f"/api/chat/{AIZADA}") as socket:
        history = await heard(socket)
    assert [message["text"] for message in history["messages"]] == ["/start", "Салам"]
    assert history["reply_keyboard"] == {"keyboard": [[{"text": "Меню"}]]}
    assert history["commands"] == [{"command": "help", "description": "Жардам"}]
    assert (history["bot"]["name"], history["started"], history["blocked"]) == ("Кабарчы", True, False)


async def test_an_open_chat_follows_what_the_bot_does(chat: Socket, bot: Bot) -> None:
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Меню")]])
    message_id = (await bot.send_message(AIZADA, "a", reply_markup=inline())).message_id
    await bot.edit_message_text("b", chat_id=AIZADA, message_id=message_id)
    await bot.delete_message(AIZADA, message_id)
    await bot.send_chat_action(AIZADA, "typing")
    await bot.set_my_commands([BotCommand(command="help", description="Жардам")])
    await bot.send_message(AIZADA, "c", reply_markup=keyboard)
    sent, edited, deleted, action, commands, _, shown = [await heard(chat) for _ in range(7)]
    assert (sent["type"], sent["message"]["text"]) == ("message", "a")
    assert (edited["type"], edited["message"]["text"], edited["message"]["message_id"]) == ("edited", "b", message_id)
    assert deleted == {"type": "deleted", "message_id": message_id}
    assert action == {"type": "action", "action": "typing"}
    assert commands == {"type": "commands", "commands": [{"command": "help", "description": "Жардам"}]}
    assert shown == {"type": "reply_keyboard", "markup": {"keyboard": [[{"text": "Меню"}]]}, "used": False}


async def test_a_person_acts_through_an_open_chat(world: World, chat: Socket, bot: Bot) -> None:
    message_id = (await bot.send_message(AIZADA, "a", reply_markup=inline())).message_id
    await heard(chat)
    await chat.send_json({"type": "press", "message_id": message_id, "data": "yes", "client_id": "c1"})
    pressed = await heard(chat)
    assert (pressed["type"], pressed["client_id"]) == ("pressed", "c1")
    await bot.answer_callback_query(pressed["callback_id"], text="Ооба")
    assert await heard(chat) == {
        "type": "callback_answer",
        "callback_id": pressed["callback_id"],
        "text": "Ооба",
        "show_alert": False,
        "url": "",
    }
    await chat.send_json({"type": "text", "text": "Салам"})
    assert (await heard(chat))["message"]["text"] == "Салам"
    await chat.send_json({"type": "start", "payload": "v1"})
    assert (await heard(chat))["message"]["text"] == "/start v1"
    await chat.send_json({"type": "contact"})
    assert (await heard(chat))["message"]["contact"]["user_id"] == AIZADA
    await chat.send_json({"type": "block", "blocked": True})
    assert await heard(chat) == {"type": "state", "blocked": True, "started": True}
    kinds = [update.event_type for update in await bot.get_updates()]
    assert kinds == ["callback_query", "message", "message", "message", "my_chat_member"]
    assert world.person(AIZADA).blocked


@pytest.mark.parametrize(
    "nonsense", ["{", "[]", "{}", '{"type":"dance"}', '{"type":"press","message_id":"x","data":"a"}']
)
async def test_nonsense_is_answered_with_an_error(chat: Socket, nonsense: str) -> None:
    await chat.send_str(nonsense)
    assert (await heard(chat))["type"] == "error"


async def test_files_come_with_their_names(page: aiohttp.ClientSession, bot: Bot) -> None:
    document = (await bot.send_document(AIZADA, BufferedInputFile(b"%PDF", "Маалымкат.pdf"))).document
    assert document is not None
    for query, disposition in (("", "inline"), ("?download=1", "attachment")):
        async with page.get(f"/api/files/{document.file_id}{query}") as response:
            assert await response.read() == b"%PDF"
            assert response.headers["Content-Disposition"].startswith(f"{disposition}; filename*=UTF-8''%D0%9C")
    async with page.get("/api/files/nothing") as response:
        assert response.status == 404


async def test_a_file_that_a_browser_could_run_is_only_downloaded(page: aiohttp.ClientSession, world: World) -> None:
    document = world.send_document(AIZADA, "a.html", b"<script>", mime="text/html")["document"]
    async with page.get(f"/api/files/{document['file_id']}") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_person_sends_files_from_the_page(page: aiohttp.ClientSession, bot: Bot) -> None:
    for query in ("", "?as=photo"):
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("file", b"PK", filename="Тизме.xlsx", content_type="application/vnd.ms-excel")
        async with page.post(f"/api/chat/{AIZADA}/document{query}", data=form) as response:
            assert response.status == 200
    document, photo = [update.message for update in await bot.get_updates()]
    assert document is not None
    assert document.document is not None
    assert (document.document.file_name, document.document.mime_type) == ("Тизме.xlsx", "application/vnd.ms-excel")
    assert photo is not None
    assert photo.photo is not None


async def test_trouble_is_ordered_from_the_page(page: aiohttp.ClientSession, world: World) -> None:
    async with page.post("/api/faults", json={"kind": "429", "seconds": 5, "count": 2}) as response:
        assert await response.json() == [{"kind": "429", "seconds": 5, "count": 2, "method": None}]
    for kind in ("lost", "dropped", "slow", "500"):
        async with page.post("/api/faults", json={"kind": kind, "count": 0}) as response:
            assert [fault["kind"] for fault in await response.json()] == [kind]
    assert [fault.count for fault in world.faults.waiting()] == [0]
    async with page.post("/api/faults", json={"kind": "off"}) as response:
        assert await response.json() == []
    for wrong in (
        '{"kind": "fire"}',
        '{"kind": "slow", "seconds": -1}',
        '{"kind": "lost", "count": -1}',
        "{}",
        "[]",
        "{",
    ):
        async with page.post("/api/faults", data=wrong) as response:
            assert response.status == 400


async def test_a_stranger_has_no_chat(page: aiohttp.ClientSession) -> None:
    async with page.get("/api/chat/5") as response:
        assert response.status == 404


@pytest.mark.parametrize("host", ["kstu.kg", "127.0.0.1.kstu.kg", "evil:8080", "localhost.evil"])
async def test_other_host_names_are_refused(page: aiohttp.ClientSession, host: str) -> None:
    async with page.get("/api/people", headers={"Host": host}) as response:
        assert response.status == 403


async def test_other_origins_are_refused_everywhere(page: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await page.ws_connect(f"/api/chat/{BAKYT}", origin="https://kstu.kg")
    async with page.post("/api/faults", json={"kind": "off"}, headers={"Origin": "null"}) as response:
        assert response.status == 403
    async with page.ws_connect(f"/api/chat/{BAKYT}", origin=sandbox.url) as socket:
        assert (await heard(socket))["type"] == "history"


async def test_pages_carry_security_headers(page: aiohttp.ClientSession) -> None:
    async with page.get("/api/people") as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert f"ws://127.0.0.1:{response.url.port}" in policy
        assert response.headers["X-Frame-Options"] == "DENY"


async def test_only_files_of_the_page_are_served(page: aiohttp.ClientSession) -> None:
    for path in ("/static/../server.py", "/static/%2e%2e/server.py", "/static/nothing.js"):
        async with page.get(path) as response:
            assert response.status == 404
