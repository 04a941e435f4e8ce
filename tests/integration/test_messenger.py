"""What Telegram and the network do to one request, and what the receipt says of it; and whose requests are counted."""

import asyncio
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile
from aiohttp import web

from bot.messenger import TelegramMessenger
from bot.sandbox import Sandbox, World
from bot.telegram import MeteredAnswers, create_bot
from services.delivery.dto import Attachment, Outcome, OutgoingButton, OutgoingMessage, Receipt

AIZADA = 1001
BAKYT = 1002
TEXT = OutgoingMessage(text="<b>Салам</b>")
PAPER = OutgoingMessage(text="a", file_id=1, file_name="a.pdf")

Trouble = Callable[[World], None]


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        for account, name in ((AIZADA, "Айзада"), (BAKYT, "Бакыт")):
            sandbox.world.add_user(account, name)
        sandbox.world.start(AIZADA)
        yield sandbox


@pytest.fixture(scope="module")
def meter() -> MeteredAnswers:
    return MeteredAnswers()


@pytest.fixture(scope="module")
async def client(sandbox: Sandbox, meter: MeteredAnswers) -> AsyncIterator[Bot]:
    bot = create_bot(sandbox.token, sandbox.url, meter)
    yield bot
    await bot.session.close()


@pytest.fixture
def bot(client: Bot, sandbox: Sandbox, meter: MeteredAnswers) -> Bot:
    sandbox.world.faults.clear()
    client.session.api = TelegramAPIServer.from_base(sandbox.url)
    meter.take()
    return client


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return sandbox.world


@pytest.fixture
def messenger(bot: Bot) -> TelegramMessenger:
    return TelegramMessenger(bot)


def arrived(world: World) -> int:
    return len(world.bot_messages(AIZADA))


async def test_message_arrives_in_html_with_its_buttons_and_the_receipt_names_it(
    messenger: TelegramMessenger, world: World
) -> None:
    button = OutgoingButton(text="Ачуу", data="open:1")
    receipt = await messenger.send(AIZADA, OutgoingMessage(text=TEXT.text, buttons=(button,)), None)
    message = world.bot_messages(AIZADA)[-1]
    assert receipt == Receipt(outcome=Outcome.SENT, telegram_message_id=message["message_id"])
    assert (message["text"], message["entities"][0]["type"]) == ("Салам", "bold")
    assert message["reply_markup"]["inline_keyboard"] == [[{"text": "Ачуу", "callback_data": "open:1"}]]


async def test_file_is_brought_once_and_telegrams_copy_of_it_is_used_again(
    messenger: TelegramMessenger, world: World
) -> None:
    brought = await messenger.send(
        AIZADA, PAPER, Attachment(name="a.pdf", telegram_file_id=None, content=b"%PDF")
    )  # fmt: skip
    copy = brought.telegram_file_id
    assert copy is not None
    assert list(world.calls[-1].files.values()) == [b"%PDF"]
    again = await messenger.send(AIZADA, PAPER, Attachment(name="a.pdf", telegram_file_id=copy, content=None))
    assert again.outcome is Outcome.SENT
    assert world.calls[-1].files == {}


async def test_copy_that_telegram_does_not_know_is_stale(messenger: TelegramMessenger) -> None:
    lost = Attachment(name="a.pdf", telegram_file_id="BQACAgIAAxkBAAI", content=None)
    assert (await messenger.send(AIZADA, PAPER, lost)).outcome is Outcome.STALE_FILE


@pytest.mark.parametrize("silent", [False, True])
@pytest.mark.parametrize("method", ["sendMessage", "sendDocument"])
async def test_silent_message_makes_no_sound(
    messenger: TelegramMessenger, world: World, method: str, silent: bool
) -> None:
    file = Attachment(name="a.pdf", telegram_file_id=None, content=b"x") if method == "sendDocument" else None
    await messenger.send(AIZADA, OutgoingMessage(text="a", silent=silent), file)
    assert world.calls[-1].method == method
    assert world.calls[-1].params.get("disable_notification", False) is silent


def refused(status: int, description: str = "", *, seconds: int = 1) -> Trouble:
    return lambda world: world.faults.refuse(status, description=description, retry_after=seconds)


@pytest.mark.parametrize(
    ("trouble", "outcome", "error"),
    [
        (refused(400), Outcome.FAILED, "refused by order"),
        (refused(403), Outcome.BLOCKED, "bot was blocked by the user"),
        (refused(413, "Request Entity Too Large"), Outcome.FAILED, "Request Entity Too Large"),
        (refused(418, "I'm a teapot"), Outcome.FAILED, "I'm a teapot"),
        (refused(429, seconds=37), Outcome.TOO_MANY, "429"),
        (refused(401, "Unauthorized"), Outcome.NOT_REACHED, "Unauthorized"),
        (refused(404, "Not Found"), Outcome.NOT_REACHED, "Not Found"),
        (refused(409, "Conflict"), Outcome.NOT_REACHED, "Conflict"),
        (refused(500), Outcome.UNKNOWN, "DecodeError"),
        (refused(502, "Bad Gateway"), Outcome.UNKNOWN, "DecodeError"),
        (lambda world: world.faults.drop(), Outcome.UNKNOWN, "Error"),
    ],
    ids=["400", "403", "413", "418", "429", "401", "404", "409", "500", "502", "dropped"],
)
async def test_receipt_says_what_is_certain_of_a_message_that_did_not_arrive(
    messenger: TelegramMessenger, world: World, trouble: Trouble, outcome: Outcome, error: str
) -> None:
    before = arrived(world)
    trouble(world)
    receipt = await messenger.send(AIZADA, TEXT, None)
    assert receipt == Receipt(
        outcome=outcome, retry_after=37 if outcome is Outcome.TOO_MANY else 0, error=receipt.error
    )  # fmt: skip
    assert error in receipt.error
    assert arrived(world) == before


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        (502, {"error_code": 502, "description": "Bad Gateway"}, Outcome.UNKNOWN),
        (500, {"error_code": 500, "description": "Internal Server Error: restart"}, Outcome.UNKNOWN),
        (429, {"error_code": 429, "description": "Too Many Requests: retry later"}, Outcome.TOO_MANY),
        (
            400,
            {"error_code": 400, "description": "Bad Request", "parameters": {"migrate_to_chat_id": -100}},
            Outcome.FAILED,
        ),
    ],
)
async def test_refusal_in_json_is_read(
    messenger: TelegramMessenger, world: World, monkeypatch: pytest.MonkeyPatch, status: int,
    said: dict[str, object], outcome: Outcome,
) -> None:  # fmt: skip
    answer = {"ok": False, **said}
    monkeypatch.setattr("bot.sandbox.bot_api._refused", lambda _fault: web.json_response(answer, status=status))
    world.faults.refuse(status)
    receipt = await messenger.send(AIZADA, TEXT, None)
    assert receipt.outcome is outcome
    assert receipt.retry_after == (5.0 if outcome is Outcome.TOO_MANY else 0.0)


async def test_refusals_in_channels_and_groups_say_that_the_right_is_lost_or_where_the_group_went(
    messenger: TelegramMessenger, world: World
) -> None:
    channel, group, new = -1_004_000_000_001, -900, -1_004_000_000_002
    world.add_chat(channel, "Жаңылыктар", AIZADA, channel=True)
    assert (await messenger.send(channel, TEXT, None)).outcome is Outcome.BLOCKED
    world.let_bot_in(channel, may_post=False)
    assert (await messenger.send(channel, TEXT, None)).outcome is Outcome.BLOCKED
    world.let_bot_in(channel)
    sent = await messenger.send(channel, TEXT, None)
    assert sent.outcome is Outcome.SENT
    gone = OutgoingMessage(text="a", deletes=sent.telegram_message_id)
    assert (await messenger.send(channel, gone, None)).outcome is Outcome.SENT
    world.faults.refuse(400, description="Bad Request: message is too long")
    assert (await messenger.send(channel, TEXT, None)).outcome is Outcome.FAILED
    world.add_group(group, "ИСТ-24", [AIZADA])
    world.upgrade_group(group, new)
    moved = await messenger.send(group, TEXT, None)
    assert (moved.outcome, moved.moved_to) == (Outcome.MOVED, new)


@pytest.mark.parametrize("how", ["lost", "slow"])
async def test_answer_that_does_not_come_hides_that_the_message_arrived(
    messenger: TelegramMessenger, world: World, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    before = arrived(world)
    if how == "lost":
        world.faults.lose_answer()
    else:
        monkeypatch.setattr("bot.messenger._REQUEST_SECONDS", 0.05)
        world.faults.slow(0.1)
    receipt = await messenger.send(AIZADA, TEXT, None)
    assert receipt.outcome is Outcome.UNKNOWN
    assert receipt.error
    assert arrived(world) == before + 1


async def test_person_who_never_wrote_cannot_be_reached(messenger: TelegramMessenger) -> None:
    assert (await messenger.send(BAKYT, TEXT, None)).outcome in {Outcome.BLOCKED, Outcome.FAILED}


async def test_where_nobody_listens_nothing_left_this_machine(messenger: TelegramMessenger, bot: Bot) -> None:
    bot.session.api = TelegramAPIServer.from_base("http://127.0.0.1:1")
    receipt = await messenger.send(AIZADA, TEXT, None)
    assert receipt.outcome is Outcome.NOT_REACHED
    assert receipt.error.startswith("ClientConnectorError")
    assert not await messenger.probe()


@pytest.mark.parametrize(
    ("trouble", "answers"),
    [
        (lambda _world: None, True),
        (refused(429), True),
        (refused(500), False),
        (refused(401, "Unauthorized"), False),
        (lambda world: world.faults.drop(), False),
        (lambda world: world.faults.lose_answer(), False),
        (lambda world: world.faults.slow(0.1), False),
    ],
    ids=["fine", "429", "500", "401", "dropped", "lost", "slow"],
)
async def test_probe_tells_whether_telegram_answers(
    messenger: TelegramMessenger, world: World, monkeypatch: pytest.MonkeyPatch, trouble: Trouble, answers: bool
) -> None:
    monkeypatch.setattr("bot.messenger._PROBE_SECONDS", 0.05 if answers is False else 10)
    trouble(world)
    assert await messenger.probe() is answers


async def test_messages_of_handlers_are_counted_and_nothing_else(
    bot: Bot, messenger: TelegramMessenger, meter: MeteredAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.time", SimpleNamespace(monotonic=lambda: 5.0))  # all of it within one second
    sent = await bot.send_message(AIZADA, "a")
    await bot.send_document(AIZADA, BufferedInputFile(b"x", "a.pdf"))
    await bot.edit_message_text("b", chat_id=AIZADA, message_id=sent.message_id)
    assert meter.take() == 3
    await messenger.send(AIZADA, TEXT, None)
    await messenger.probe()
    await bot.get_me()
    await bot.delete_message(AIZADA, sent.message_id)
    assert meter.take() == 0


async def test_engine_and_handlers_are_told_apart_at_the_same_time(
    bot: Bot, messenger: TelegramMessenger, meter: MeteredAnswers
) -> None:
    await asyncio.gather(*(messenger.send(AIZADA, TEXT, None) for _ in range(3)), bot.send_message(AIZADA, "a"))
    assert meter.take() == 1


async def test_answer_waits_as_telegram_asks_and_the_engine_does_not(
    bot: Bot, messenger: TelegramMessenger, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("bot.telegram.asyncio.sleep", wait)
    world.faults.refuse(429, retry_after=7, count=2)
    assert (await messenger.send(AIZADA, TEXT, None)).outcome is Outcome.TOO_MANY
    assert waits == []
    await bot.send_message(AIZADA, "a")
    assert waits == [7]


async def test_edited_message_has_the_new_text_and_the_same_text_again_is_no_failure(
    messenger: TelegramMessenger, world: World
) -> None:
    first = await messenger.send(AIZADA, OutgoingMessage(text="Эски"), None)
    number = first.telegram_message_id
    button = OutgoingButton(text="Сайт", address="https://university.example")
    edit = OutgoingMessage(text="<b>Жаңы</b>", buttons=(button,), edits=number)
    before = arrived(world)
    for _time in range(2):
        assert await messenger.send(AIZADA, edit, None) == Receipt(outcome=Outcome.SENT, telegram_message_id=number)
    message = world.bot_messages(AIZADA)[-1]
    assert (message["text"], message["message_id"], arrived(world)) == ("Жаңы", number, before)
    assert message["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://university.example"


async def test_edited_caption_keeps_the_file(messenger: TelegramMessenger, world: World) -> None:
    file = Attachment(name="a.pdf", telegram_file_id=None, content=b"%PDF")
    first = await messenger.send(AIZADA, PAPER, file)
    edit = OutgoingMessage(text="Жаңы", file_id=1, edits=first.telegram_message_id)
    assert (await messenger.send(AIZADA, edit, None)).outcome is Outcome.SENT
    message = world.bot_messages(AIZADA)[-1]
    assert (message["caption"], message["document"]["file_name"]) == ("Жаңы", "a.pdf")


async def test_deleted_message_is_gone_and_one_that_was_gone_before_is_no_failure(
    messenger: TelegramMessenger, world: World
) -> None:
    first = await messenger.send(AIZADA, TEXT, None)
    number = first.telegram_message_id
    for _time in range(2):
        receipt = await messenger.send(AIZADA, OutgoingMessage(text="", deletes=number), None)
        assert receipt == Receipt(outcome=Outcome.SENT, telegram_message_id=number)
    assert number not in {message["message_id"] for message in world.bot_messages(AIZADA)}


async def test_message_that_cannot_be_changed_any_more_says_why(messenger: TelegramMessenger, world: World) -> None:
    gone = await messenger.send(AIZADA, OutgoingMessage(text="a", edits=10**6), None)
    assert (gone.outcome, gone.error) == (Outcome.FAILED, "Bad Request: message to edit not found")
    first = await messenger.send(AIZADA, TEXT, None)
    world.bot_messages(AIZADA)[-1]["date"] -= 48 * 3600 + 1
    late = await messenger.send(AIZADA, OutgoingMessage(text="", deletes=first.telegram_message_id), None)
    assert (late.outcome, "can't be deleted" in late.error) == (Outcome.FAILED, True)
    blocked = await messenger.send(BAKYT, OutgoingMessage(text="a", edits=1), None)
    assert blocked.outcome is Outcome.BLOCKED


@pytest.mark.parametrize("trouble", [refused(429, seconds=37), refused(502, "Bad Gateway")], ids=["429", "502"])
async def test_change_meets_the_same_troubles_as_a_new_message(
    messenger: TelegramMessenger, world: World, trouble: Trouble
) -> None:
    trouble(world)
    receipt = await messenger.send(AIZADA, OutgoingMessage(text="a", edits=1), None)
    assert receipt.outcome in {Outcome.TOO_MANY, Outcome.UNKNOWN}


async def test_copy_of_the_other_sort_is_brought_anew(messenger: TelegramMessenger) -> None:
    brought = await messenger.send(AIZADA, PAPER, Attachment(name="a.pdf", telegram_file_id=None, content=b"%PDF"))
    copy = Attachment(name="a.pdf", telegram_file_id=brought.telegram_file_id, content=None)
    photo = OutgoingMessage(text="a", file_id=1, photo=True)
    assert (await messenger.send(AIZADA, photo, copy)).outcome is Outcome.STALE_FILE
