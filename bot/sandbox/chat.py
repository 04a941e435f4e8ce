"""The chat API: the demo page acts as the people through it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import BodyPartReader, WSMsgType, web

from bot.sandbox.acts import act, act_in
from bot.sandbox.board import Event
from bot.sandbox.controls import told
from bot.sandbox.files import UPLOAD_LIMIT
from bot.sandbox.people import Conversation, Person
from bot.sandbox.world import World

_PAGE = Path(__file__).with_name("page")
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
}
_SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})
# A browser's own PDF viewer needs inline styles.
_FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"
)
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_Act = Callable[[World, int, str], Event | None]


class ChatApi:
    """Pages, files, and a WebSocket for each open chat."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sockets: set[web.WebSocketResponse] = set()

    def routes(self) -> list[web.RouteDef]:
        """Routes of an aiohttp application."""
        return [
            web.get("/", self.page),
            web.get("/static/{path:.+}", self.static),
            web.get("/api/people", self.people),
            web.get("/api/bot", self.bot),
            web.get("/api/files/{file_id}", self.file),
            web.post("/api/chat/{user:\\d+}/document", self.upload),
            web.get("/api/chat/{user:-?\\d+}", self.chat),
        ]

    async def close(self, _: web.Application) -> None:
        """Ends all open chats."""
        for socket in tuple(self._sockets):
            await socket.close()

    async def page(self, _: web.Request) -> web.StreamResponse:
        """The page itself."""
        return _page_file("index.html")

    async def static(self, request: web.Request) -> web.StreamResponse:
        """What the page loads."""
        return _page_file(request.match_info["path"])

    async def people(self, request: web.Request) -> web.Response:
        """Whom one can be."""
        language = request.query.get("lang", "")
        chats = [chat for chat in self._world.conversations.values() if not chat.is_private and chat.moved_to is None]
        people = [_summary(person, language) for person in self._world.people.values()]
        return _json([*people, *map(_summary_of_chat, chats)])

    async def bot(self, request: web.Request) -> web.Response:
        """What the bot says about itself in a language."""
        return _json(self._bot(request.query.get("lang", "")))

    async def file(self, request: web.Request) -> web.Response:
        """A file of either side."""
        stored = self._world.files.find(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound(text="There is no such file.\n")
        inline = stored.mime in _SHOWN_INLINE and not request.query.get("download")
        headers = {
            "Content-Disposition": ("inline" if inline else "attachment")
            + "; filename*=UTF-8''"
            + quote(stored.name, safe=""),
            "Content-Security-Policy": _FILE_POLICY,
            "X-Frame-Options": "SAMEORIGIN",  # the chat page shows documents in a panel of its own
        }
        return web.Response(body=stored.content, content_type=stored.mime, headers=headers)

    async def upload(self, request: web.Request) -> web.Response:
        """The person sends a file; words below it come in the field "caption", before the file."""
        person, caption = self._person(request), ""
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            if part.name == "caption":
                caption = (await part.text()).strip()
            elif part.name == "file" and part.filename is not None:
                content = bytes(await part.read())
                if len(content) > UPLOAD_LIMIT:
                    raise web.HTTPRequestEntityTooLarge(UPLOAD_LIMIT, len(content))
                mime = part.headers.get("Content-Type", "application/octet-stream").partition(";")[0]
                try:
                    if request.query.get("as") == "photo":
                        return _json(self._world.send_photo(person.id, content, caption=caption))
                    return _json(
                        self._world.send_document(person.id, part.filename, content, mime=mime, caption=caption)
                    )
                except ValueError as error:
                    raise web.HTTPBadRequest(text=f"{error}\n") from None
        raise web.HTTPBadRequest(text='The field "file" is missing.\n')

    async def chat(self, request: web.Request) -> web.WebSocketResponse:
        """One open chat: its history, then everything that happens in it; the person's acts the other way."""
        history, does, number = self._opened(request)
        socket = web.WebSocketResponse(heartbeat=30, timeout=1.0, compress=False)
        await socket.prepare(request)
        outbox: asyncio.Queue[Event] = asyncio.Queue()
        outbox.put_nowait(history())

        def pass_on(event: Event) -> None:
            outbox.put_nowait(history() if event["type"] == "reset" else event)

        stop_listening = self._world.board.listen(number, pass_on)
        writer = asyncio.get_running_loop().create_task(_write(socket, outbox))
        self._sockets.add(socket)
        try:
            async for incoming in socket:
                if incoming.type is WSMsgType.TEXT:
                    answer = does(self._world, number, incoming.data)
                    if answer is not None:
                        outbox.put_nowait(answer)
        finally:
            self._sockets.discard(socket)
            stop_listening()
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
        return socket

    def _opened(self, request: web.Request) -> tuple[Callable[[], Event], _Act, int]:
        """What is shown of a chat, and what is done in it; nobody writes in groups and channels here."""
        number = int(request.match_info["user"])
        if number > 0:
            person = self._person(request)
            return partial(self._history, person), act, number
        chat = self._world.conversations.get(number)
        if chat is None:
            raise web.HTTPNotFound(text="There is no such chat.\n")
        return partial(self._history_of_chat, chat), act_in, number

    def _history_of_chat(self, chat: Conversation) -> Event:
        return {
            "type": "history",
            "messages": self._world.chat_messages(chat.id),
            "reply_keyboard": None,
            "keyboard_used": False,
            "force_reply": None,
            "faults": told(self._world.faults),
            "commands": [],
            "bot": self._bot(""),
            "started": True,
            "blocked": False,
            "place": {"bot": chat.bot_is_member and chat.bot_may_post},
        }

    def _history(self, person: Person) -> Event:
        person.unread = 0
        chat = self._world.conversations[person.id]
        return {
            "type": "history",
            "messages": self._world.messages(person.id),
            "reply_keyboard": chat.reply_keyboard,
            "keyboard_used": chat.keyboard_used,
            "force_reply": chat.force_reply,
            "faults": told(self._world.faults),
            "commands": self._world.commands_for(person.id),
            "bot": self._bot(person.language_code),
            "started": person.started and not person.cleared,
            "blocked": person.blocked,
        }

    def _bot(self, language: str) -> dict[str, Any]:
        profile = self._world.profile
        return {
            "id": profile.bot_id,
            "name": profile.text("name", language),
            "username": profile.username,
            "description": profile.text("description", language),
            "short_description": profile.text("short_description", language),
        }

    def _person(self, request: web.Request) -> Person:
        person = self._world.people.get(int(request.match_info["user"]))
        if person is None:
            raise web.HTTPNotFound(text="There is no such person.\n")
        return person


async def _write(socket: web.WebSocketResponse, outbox: asyncio.Queue[Event]) -> None:
    """Sends events in their order until the page goes away."""
    with contextlib.suppress(ConnectionError):
        while True:
            await socket.send_str(_compact(await outbox.get()))


def _summary(person: Person, language: str) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "about": person.about_in(language),
        "language_code": person.language_code,
        "phone": person.phone,
        "username": person.username,
        "blocked": person.blocked,
        "started": person.started,
        "unread": person.unread,
    }


def _summary_of_chat(chat: Conversation) -> dict[str, Any]:
    return {
        "id": chat.id,
        "kind": "channel" if chat.is_channel else "group",
        "name": chat.about["title"],
        "about": "",
        "language_code": "",
        "phone": "",
        "username": chat.about.get("username", ""),
        "blocked": False,
        "started": True,
        "unread": 0,
    }


def _page_file(path: str) -> web.StreamResponse:
    file = (_PAGE / path).resolve()
    if not file.is_relative_to(_PAGE) or not file.is_file():
        raise web.HTTPNotFound(text="There is no such page.\n")
    headers = {"Cache-Control": "no-cache"}
    if kind := _TYPES.get(file.suffix):
        headers["Content-Type"] = kind
    return web.FileResponse(file, headers=headers)


def _json(body: object) -> web.Response:
    return web.json_response(body, dumps=_compact)
