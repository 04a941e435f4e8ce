"""The door of surveys: what is theirs never comes as far as the inbox, and nothing of it stops the rest."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, cast

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, TelegramMethod

from bot.ingress import Ingress
from bot.supervisor import Supervisor
from bot.survey_door import EditSurvey, SendSurvey, SurveyDoor
from handlers.survey_chat.callbacks import LINK, Action, Buttons, Step
from services.inbox.dto import StoredUpdate
from services.languages import Language
from tests.support.asking import Chat

BOT_ID, PERSON = 42, 70_001
Update = dict[str, Any]


class Client:
    """Stands in for Telegram's client; refuses or hangs where a test says so."""

    id = BOT_ID

    def __init__(self) -> None:
        self.calls: list[TelegramMethod[Any]] = []
        self.refusal = ""
        self.hangs = asyncio.Event()
        self.hangs.set()

    async def __call__(self, method: TelegramMethod[Any]) -> bool:
        """Note the call."""
        self.calls.append(method)
        if isinstance(method, EditSurvey):
            await self.hangs.wait()
            if self.refusal:
                raise TelegramBadRequest(method=method, message=self.refusal)
        return True

    def of(self, kind: type[Any]) -> list[Any]:
        """Return the calls of a kind."""
        return [call for call in self.calls if isinstance(call, kind)]


class Store:
    """An inbox that takes nothing in hand."""

    worker = 1

    def __init__(self) -> None:
        self.stored: list[StoredUpdate] = []
        self.fails = False

    async def accept(self, updates: list[StoredUpdate]) -> list[StoredUpdate]:
        """Keep updates."""
        if self.fails:
            raise ConnectionError
        self.stored += updates
        return []


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def door(chat: Chat, client: Client) -> SurveyDoor:
    return SurveyDoor(chat.conversation, cast("Bot", client))


async def turns() -> None:
    """Let everything go on that waits for nothing."""
    for _ in range(50):
        await asyncio.sleep(0)


def ingress_of(store: Store, door: SurveyDoor) -> Ingress:
    nobody = cast("Any", None)
    return Ingress(cast("Any", store), nobody, nobody, Supervisor(), nobody, door)


def tap(chat: Chat, number: int = 1, changes: Mapping[str, object] | None = None) -> Update:
    data = Buttons(chat.survey, PERSON).write(Step(action=Action.PROMISE, language=Language.EN))
    message = {"message_id": 5, "date": 1, "chat": {"id": PERSON, "type": "private"}, "text": "x"}
    query = {"id": str(number), "from": {"id": PERSON}, "message": message, "data": data, **(changes or {})}
    return {"update_id": number, "callback_query": query}


def reply(prompt: Mapping[str, object] | None = None, kind: str = "message") -> Update:
    asked = {
        "message_id": 5,
        "from": {"id": BOT_ID},
        "chat": {"id": PERSON, "type": "private"},
        "text": "x",
        **(prompt or {}),
    }
    message = {
        "message_id": 6, "from": {"id": PERSON, "language_code": "en"}, "chat": {"id": PERSON, "type": "private"},
        "text": "canary", "reply_to_message": asked,
    }  # fmt: skip
    return {"update_id": 9, kind: message}


MARKED: dict[str, object] = {"entities": [{"type": "text_link", "offset": 0, "length": 1, "url": LINK}]}
KEYED: dict[str, object] = {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "s:AAAA"}]]}}


def test_surveys_are_told_apart_from_the_rest(chat: Chat, door: SurveyDoor) -> None:
    ours = [tap(chat), reply(MARKED), reply(KEYED), reply(KEYED, "edited_message")]
    others = [
        {"update_id": 1, "message": {"text": "s:", "chat": {"id": 1}}},
        {"update_id": 2, "callback_query": {"id": "1", "data": "go:s", "from": {"id": 1}}},
        {"update_id": 3, "callback_query": {"id": "1", "game_short_name": "x", "from": {"id": 1}}},
        reply(),
        reply(KEYED | {"from": {"id": 1}}),
        {"update_id": 4, "my_chat_member": {}},
        {"update_id": 5, "message": None},
        {"update_id": 6},
    ]
    assert door.part([*ours, *others]) == (ours, others)


async def test_only_the_rest_is_stored(chat: Chat, door: SurveyDoor, client: Client) -> None:
    store = Store()
    other = {"update_id": 7, "message": {"text": "/help", "from": {"id": 1}, "chat": {"id": 1}}}
    await ingress_of(store, door).accept([tap(chat), other, reply(MARKED)])
    assert [stored.update_id for stored in store.stored] == [7]
    assert len(client.of(EditSurvey)) == len(client.of(AnswerCallbackQuery)) == 1
    (said,) = client.of(SendSurvey)
    assert "What you wrote was not kept." in said.text


async def test_the_rest_does_not_wait_for_a_survey_that_hangs(chat: Chat, door: SurveyDoor, client: Client) -> None:
    store = Store()
    client.hangs.clear()
    other = {"update_id": 7, "message": {"text": "/help", "from": {"id": 1}, "chat": {"id": 1}}}
    accepting = asyncio.ensure_future(ingress_of(store, door).accept([tap(chat), other]))
    await turns()
    assert store.stored
    assert not accepting.done(), "it is acknowledged when both are done"
    client.hangs.set()
    await accepting


async def test_a_batch_that_cannot_be_stored_comes_again_though_surveys_were_served(
    chat: Chat, door: SurveyDoor, client: Client
) -> None:
    store = Store()
    store.fails = True
    other = {"update_id": 7, "message": {"text": "/help", "from": {"id": 1}, "chat": {"id": 1}}}
    for _ in range(2):
        with pytest.raises(ConnectionError):
            await ingress_of(store, door).accept([tap(chat), other])
    assert len(client.of(AnswerCallbackQuery)) == 2


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        ("Bad Request: message is not modified: specified new message content", None),
        (
            "Bad Request: message can't be edited",
            "This message is too old to be changed. Open the survey anew: /survey",
        ),
        (
            "Bad Request: message to edit not found",
            "This message is too old to be changed. Open the survey anew: /survey",
        ),
    ],
)
async def test_a_message_that_cannot_be_changed_is_told(
    chat: Chat, door: SurveyDoor, client: Client, refusal: str, said: str | None
) -> None:
    client.refusal = refusal
    await door.serve([tap(chat)])
    (answer,) = client.of(AnswerCallbackQuery)
    assert answer.text == said


@pytest.mark.parametrize(
    "where", [{"message": {"message_id": 5, "date": 1, "chat": {"id": -5, "type": "group"}}}, {"message": None}]
)
async def test_nothing_is_served_outside_of_private_chats(
    chat: Chat, door: SurveyDoor, client: Client, where: dict[str, object]
) -> None:
    await door.serve([tap(chat, changes=where)])
    (answer,) = client.calls
    assert isinstance(answer, AnswerCallbackQuery)
    assert answer.text is None


async def test_what_cannot_be_read_stops_nobody_and_is_logged_without_a_word_of_it(
    chat: Chat, door: SurveyDoor, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    broken = [{"update_id": 3, "callback_query": {"id": "8", "data": "s:canary"}}, {"update_id": 4, "message": {}}]
    await door.serve([*broken, tap(chat)])
    assert len(client.of(EditSurvey)) == 1
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert lines == ["something of a survey was not served: KeyError"] * 2 + lines[2:]
    assert "canary" not in caplog.text
    assert str(PERSON) not in caplog.text


async def test_one_persons_taps_are_served_one_after_the_other_and_others_beside_them(
    chat: Chat, door: SurveyDoor, client: Client
) -> None:
    other = tap(chat, number=3)
    other["callback_query"]["from"] = {"id": PERSON + 1}  # whose button it is not, which is said at once
    client.hangs.clear()
    serving = asyncio.ensure_future(door.serve([tap(chat, number=1), tap(chat, number=2), other]))
    await turns()
    assert [answer.callback_query_id for answer in client.of(AnswerCallbackQuery)] == ["3"]
    assert len(client.of(EditSurvey)) == 1
    client.hangs.set()
    await serving
    assert [answer.callback_query_id for answer in client.of(AnswerCallbackQuery)] == ["3", "1", "2"]
