"""The door of surveys: what is theirs never comes as far as the inbox, and nothing of it stops the rest."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, cast

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, DeleteMessage, TelegramMethod

from bot.ingress import Ingress
from bot.supervisor import Supervisor
from bot.survey_door import EditSurvey, SendSurvey, SurveyDoor
from bot.survey_prompts import Prompts
from handlers.survey_chat.callbacks import LINK, Action, Buttons, Step
from services.inbox.dto import StoredUpdate
from services.languages import Language
from services.questionnaires.dto import ItemType
from tests.support.asking import Chat

BOT_ID, PERSON = 42, 70_001
COMFORT = "Call 112."
Update = dict[str, Any]


class Client:
    """Stands in for Telegram's client; refuses or hangs where a test says so."""

    id = BOT_ID

    def __init__(self) -> None:
        self.calls: list[TelegramMethod[Any]] = []
        self.refusal = ""
        self.keeps_words = False
        self.hangs = asyncio.Event()
        self.hangs.set()

    async def __call__(self, method: TelegramMethod[Any]) -> bool:
        """Note the call."""
        self.calls.append(method)
        if isinstance(method, DeleteMessage) and self.keeps_words:
            raise TelegramBadRequest(method=method, message="Bad Request: message can't be deleted")
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
    return Chat(comfort=lambda words: COMFORT if "kill" in words else "")


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


def tap(
    chat: Chat,
    action: Action = Action.PROMISE,
    number: int = 1,
    page: int = 0,
    changes: Mapping[str, object] | None = None,
) -> Update:
    data = Buttons(chat.survey, PERSON).write(Step(action=action, page=page, language=Language.EN))
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


def wrote(words: str | None = "canary", kind: str = "message", more: Mapping[str, object] | None = None) -> Update:
    sender = {"id": PERSON, "language_code": "en"}
    message = {"message_id": 7, "from": sender, "chat": {"id": PERSON, "type": "private"}, "text": words}
    return {"update_id": 11, kind: message | dict(more or {})}


def asking(chat: Chat) -> Update:
    """Return a tap after which somebody is asked for words."""
    page = next(place for place, one in enumerate(chat.survey.pages) if one.item.type is ItemType.TEXT)
    return tap(chat, Action.ASK, page=page)


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
        wrote("plain"),
        {"update_id": 4, "my_chat_member": {}},
        {"update_id": 5, "message": None},
        {"update_id": 6},
    ]
    assert door.part([*ours, *others]) == (ours, others)


def test_the_menu_below_a_surveys_screen_is_stored_without_the_screen(chat: Chat, door: SurveyDoor) -> None:
    last = tap(chat, changes={"data": "go:m"})
    last["callback_query"]["message"] |= {"text": "finished for you", **MARKED}
    ours, (stored,) = door.part([last])
    assert ours == []
    assert stored["callback_query"]["data"] == "go:m"
    assert stored["callback_query"]["message"] == {
        "chat": {"id": PERSON, "type": "private"}, "message_id": 0, "date": 0
    }  # fmt: skip
    assert "finished" not in str(stored)


async def test_only_the_rest_is_stored(chat: Chat, door: SurveyDoor, client: Client) -> None:
    store = Store()
    other = {"update_id": 7, "message": {"text": "/help", "from": {"id": 1}, "chat": {"id": 1}}}
    await ingress_of(store, door).accept([tap(chat), other, reply(MARKED)])
    assert [stored.update_id for stored in store.stored] == [7]
    assert len(client.of(EditSurvey)) == len(client.of(AnswerCallbackQuery)) == 1
    (said,) = client.of(SendSurvey)
    assert "What you wrote was not kept." in said.text


async def test_words_of_who_is_asked_that_are_no_reply_are_neither_stored_nor_taken(
    chat: Chat, door: SurveyDoor, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = Store()
    await ingress_of(store, door).accept([asking(chat)])
    await ingress_of(store, door).accept([wrote("canary, I want to kill myself"), wrote(kind="edited_message")])
    assert store.stored == []
    assert chat.service.given == []
    (said,) = client.of(SendSurvey)
    assert "Nothing of this was kept: your own words are taken only as a reply." in said.text
    assert COMFORT in said.text
    assert [call.message_id for call in client.of(DeleteMessage)] == [7]
    assert "canary" not in caplog.text + said.text
    await ingress_of(store, door).accept([wrote("canary once more")])
    assert (store.stored, len(client.of(SendSurvey))) == ([], 2)


async def test_words_that_cannot_be_deleted_are_for_the_person_to_delete(
    chat: Chat, door: SurveyDoor, client: Client
) -> None:
    await door.serve([asking(chat)])
    client.keeps_words = True
    ours, _ = door.part([wrote()])
    await door.serve(ours)
    (said,) = client.of(SendSurvey)
    assert "Please delete it yourself." in said.text


@pytest.mark.parametrize(
    "ending",
    [
        {"update_id": 1, "callback_query": {"id": "1", "data": "go:s", "from": {"id": PERSON}}},
        wrote("/help"),
        reply(),
        wrote(None, more={"photo": []}),
    ],
)
async def test_who_does_something_else_is_asked_no_longer(chat: Chat, door: SurveyDoor, ending: Update) -> None:
    store = Store()
    await ingress_of(store, door).accept([asking(chat)])
    await ingress_of(store, door).accept([ending, wrote()])
    assert [stored.update_id for stored in store.stored] == [ending["update_id"], 11]


async def test_whom_nobody_asks_for_words_is_heard_by_the_rest(chat: Chat, door: SurveyDoor) -> None:
    await door.serve([tap(chat, Action.ASK)])
    group: Update = {"chat": {"id": -5, "type": "group"}}
    assert door.part([wrote()]) == ([], [wrote()])
    await door.serve([asking(chat)])
    assert door.part([wrote(more=group)]) == ([], [wrote(more=group)])


def test_who_is_asked_is_remembered_for_twenty_minutes_and_so_are_few() -> None:
    now = 0.0
    prompts = Prompts(now=lambda: now, most=2)
    for account in (1, 2, 3, 2):
        prompts.note(account, Language.RU)
    assert [prompts.find(account) for account in (1, 2, 3)] == [None, Language.RU, Language.RU]
    now = 20 * 60
    assert prompts.find(2) is None
    prompts.drop(2)
    prompts.drop(2)


COPY = {"message_id": 3, "from": {"id": PERSON}, "text": "x", **MARKED}
STRAYED = [
    wrote(more=MARKED),
    wrote(more=KEYED),
    wrote(more={"reply_to_message": COPY}),
    wrote(more={"external_reply": {"origin": {"type": "user", "sender_user": {"id": BOT_ID}}}}),
]


@pytest.mark.parametrize("strayed", STRAYED)
async def test_a_surveys_message_that_is_brought_along_is_not_stored_and_is_answered(
    door: SurveyDoor, client: Client, strayed: Update
) -> None:
    store = Store()
    await ingress_of(store, door).accept([strayed])
    assert store.stored == []
    (said,) = client.of(SendSurvey)
    assert "Nothing of this message was kept." in said.text
    assert client.of(DeleteMessage)


async def test_a_surveys_message_that_is_pinned_is_not_stored(door: SurveyDoor, client: Client) -> None:
    store = Store()
    await ingress_of(store, door).accept(
        [wrote(None, more={"pinned_message": {"message_id": 5, "text": "x", **KEYED}})]
    )
    assert (store.stored, client.calls) == ([], [])


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


@pytest.mark.parametrize("stays", [False, True])
async def test_what_is_finished_is_said_to_be_though_its_message_cannot_be_changed(
    chat: Chat, door: SurveyDoor, client: Client, *, stays: bool
) -> None:
    client.refusal, client.keeps_words = "Bad Request: message can't be edited", stays
    await door.serve([tap(chat, Action.SEND)])
    (said,) = client.of(SendSurvey)
    assert "This survey is finished for you." in said.text
    assert [call.message_id for call in client.of(DeleteMessage)] == [5]
    (answer,) = client.of(AnswerCallbackQuery)
    assert answer.text == (
        "Finished. But the message with your answers could not be deleted: please delete it yourself."
        if stays
        else None
    )


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
