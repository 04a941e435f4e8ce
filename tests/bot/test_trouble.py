"""When something goes wrong: with us, with Telegram, with the person."""

import pytest

from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, looks_at_confirmation, orders, receives, said
from tests.support.people import AIZADA
from tests.support.telegram import OPERATORS, Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_APOLOGY = "Something went wrong. Please try again later. If it happens again"


class Broken:
    """Stands for a service that fails, if not told otherwise in a way nobody foresaw."""

    def __init__(self, error: type[Exception] = ZeroDivisionError) -> None:
        self.calls = 0
        self._error = error

    def __call__(self, *_args: object, **_kwargs: object) -> None:
        """Fail."""
        self.calls += 1
        raise self._error


def told_operators(telegram: Telegram) -> list[str]:
    """What stands in the operators' group."""
    return [message["text"] for message in telegram.world.chat_messages(OPERATORS) if message["from"]["is_bot"]]


@EVERY_LANGUAGE
async def test_the_unexpected_gets_a_number_an_apology_and_a_word_to_the_operators(
    telegram: Telegram, language: Language, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    broken = Broken()
    monkeypatch.setattr(telegram.bot.given.certificates, "list_kinds", broken)
    await aizada.says("/certificate")

    assert aizada.sees.startswith(begun(language, _APOLOGY))
    incident = aizada.sees.split()[-1]
    assert any(incident in line for line in told_operators(telegram))
    assert any(incident in record.getMessage() and record.exc_info for record in caplog.records)
    assert broken.calls == 1
    assert (
        await telegram.value("select count(*) from inbox where person_key = :k and parked_at is not null", k=aizada.id)
        == 0
    )

    await aizada.says("/help")
    await aizada.presses(aizada.screen["message_id"], "go:c")
    assert aizada.tap_answer == {"text": "", "show_alert": False}
    assert aizada.sees.startswith(begun(language, _APOLOGY))
    assert broken.calls == 2


@EVERY_LANGUAGE
async def test_who_waits_for_an_answer_that_failed_at_every_try_is_told_once(
    telegram: Telegram, language: Language, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    away = Broken(TimeoutError)
    monkeypatch.setattr(telegram.bot.given.certificates, "list_kinds", away)
    monkeypatch.setattr("bot.ingress._AGAIN_AFTER_SECONDS", 0.001)
    await aizada.says("/certificate")
    await aizada.hears(lambda: aizada.sees.startswith(begun(language, _APOLOGY)))

    incident = aizada.sees.split()[-1]
    assert any(incident in record.getMessage() for record in caplog.records)
    await aizada.hears(lambda: any(incident in line for line in told_operators(telegram)))
    assert away.calls == 3
    await aizada.says("/help")
    assert len(aizada.messages) == 2


@pytest.mark.parametrize("status", [429, 502])
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "answerCallbackQuery", "sendDocument"])
async def test_a_refusal_of_telegram_that_passes_costs_nothing(telegram: Telegram, status: int, method: str) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    telegram.world.faults.refuse(status, method=method, retry_after=1)
    await goes_all_the_way(aizada)
    assert telegram.world.faults.waiting() == []
    assert len(aizada.papers) == 1


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "answerCallbackQuery", "sendDocument"])
async def test_a_broken_connection_costs_nothing(telegram: Telegram, method: str) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    telegram.world.faults.drop(method=method)
    await goes_all_the_way(aizada)
    assert len(aizada.papers) == 1


async def test_a_document_whose_receipt_was_lost_may_come_twice_but_is_one_certificate(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    telegram.world.faults.lose_answer(method="sendDocument")
    await orders(aizada)
    second = await aizada.document(2)
    assert second.content == aizada.papers[0].content
    issued = "select count(*) from certificates c join people p on p.id = c.person_id where person_no = :no"
    assert await telegram.value(issued, no=aizada.person_no) == 1


async def test_a_lost_answer_of_a_choice_does_not_undo_it(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.KY)
    await aizada.says("/language")
    telegram.world.faults.lose_answer(method="editMessageText")
    await aizada.taps("English")
    assert aizada.sees.endswith("What would you like to do?")
    await aizada.says("/cancel")
    assert aizada.sees == "There is nothing to cancel."


async def test_who_waits_for_a_slow_telegram_holds_up_nobody_else(telegram: Telegram) -> None:
    aizada, stranger = await telegram.meet("Айзада", AIZADA), telegram.stranger(language_code="ru")
    telegram.world.faults.slow(3, method="sendMessage")
    telegram.world.send_text(aizada.id, "/help")
    await aizada.hears(lambda: aizada.sees)
    assert telegram.served is not None
    slow = telegram.last_update()
    await stranger.says("/help")
    assert stranger.sees
    assert slow not in telegram.served.ids


async def test_one_persons_updates_are_answered_in_their_order(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    telegram.world.faults.drop(method="sendMessage")
    for words in ("/help", "/cancel", "/language", "/verify", "/cancel"):
        telegram.world.send_text(aizada.id, words)
    await aizada.hears(lambda: len(aizada.messages) == 5)
    beginnings = ["What I can do", "There is nothing", "🇰🇬", "Write the code", "Cancelled."]
    assert all(m["text"].startswith(words) for m, words in zip(aizada.messages, beginnings, strict=True))


async def test_who_blocks_the_bot_and_comes_back_finds_everything_as_it_was(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.RU)
    first = await receives(aizada, Language.RU, Language.RU)
    telegram.world.block(aizada.id)
    await aizada.waits()
    blocked_at = "select blocked_at from accounts where telegram_id = :id"
    assert await telegram.value(blocked_at, id=aizada.id) is not None

    telegram.world.unblock(aizada.id)
    await aizada.waits()
    assert await telegram.value(blocked_at, id=aizada.id) is None
    assert (await receives(aizada, Language.RU, Language.RU)).content == first.content


async def test_a_document_for_somebody_who_blocked_the_bot_meanwhile_is_given_up(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.RU)
    await looks_at_confirmation(aizada, Language.RU, Language.RU)
    telegram.world.faults.slow(0.3, method="answerCallbackQuery")
    await aizada.taps("Подтвердить", wait=False)
    telegram.world.block(aizada.id)
    state = "select state from messages where chat_id = :id order by id desc limit 1"
    while await telegram.rows(state, id=aizada.id) != [("blocked",)]:
        await telegram.engine.dispose()
    assert aizada.papers == []

    telegram.world.unblock(aizada.id)
    kept = await aizada.document()  # what was given up comes by itself to whoever is back soon
    assert kept.name.endswith("-ru.pdf")
    assert (await receives(aizada, Language.RU, Language.RU)).name.endswith("-ru.pdf")


async def test_an_update_delivered_twice_is_served_once(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    await orders(aizada)
    tap = telegram.last_update()
    await aizada.document()
    for update_id in range(tap - 2, tap + 1):
        await telegram.world.redeliver(update_id)
    await aizada.says("/help")
    assert telegram.served is not None
    assert telegram.served.ids.count(tap) == 1
    assert len(aizada.papers) == 1


async def goes_all_the_way(friend: Friend) -> None:
    """Order a certificate, waiting for what is to be seen and not for the first try of the bot."""
    friend.world.send_text(friend.id, "/certificate")
    for label in ("Окуп жаткандыгы", "Кыргыз тили", said(Language.KY, "✅ Confirm")):
        await friend.hears(lambda label=label: any(label in button for button in friend.buttons))  # type: ignore[misc]  # bound early
        await friend.taps(label, wait=False)
    await friend.document()
