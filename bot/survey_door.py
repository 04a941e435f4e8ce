"""The door of surveys: what is tapped and written there is served before the rest of its batch is stored, and never is.

    Telegram -> Ingress.accept -> SurveyDoor.part -> serve: the conversation, at once | the inbox: everything else

So it stands in no inbox, no form, no log, no figure; what is lost is tapped again. Brought twice it does no harm.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from enum import Enum, auto
from functools import partial
from typing import Any, Final

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, DeleteMessage, EditMessageText, SendMessage

from bot.survey_prompts import Prompts
from handlers.survey_chat import texts
from handlers.survey_chat.callbacks import PREFIX, language_of
from handlers.survey_chat.conversation import Outcome, SurveyConversation
from handlers.survey_chat.incoming import Tap, Words, is_plain_text, language_of_hint, read_screen, strayed
from handlers.survey_chat.screens import ShownScreen, last_screen
from services.languages import Language

logger = logging.getLogger(__name__)

Update = Mapping[str, Any]
_PATIENCE: Final = 3.0  # seconds for one tap; then it is dropped, because whoever waits taps again
_LAST_WORD: Final = 1.0  # seconds to say so
_AT_ONCE: Final = 150  # fewer than the connections that the client keeps to Telegram
_UNCHANGED: Final = "message is not modified"
_MESSAGES: Final = ("message", "edited_message")
_PRIVATE: Final = "private"


class EditSurvey(EditMessageText):
    """editMessageText with buttons as they are, whose answer nobody reads: no models are built on the way."""

    __returning__ = dict[str, Any] | bool
    __api_method__ = "editMessageText"
    reply_markup: dict[str, Any] | None = None  # type: ignore[assignment]


class SendSurvey(SendMessage):
    """sendMessage, likewise."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendMessage"
    reply_markup: dict[str, Any] | None = None  # type: ignore[assignment]


class SurveyDoor:
    """Serves surveys: many people at the same time, each one's taps one after the other."""

    def __init__(self, conversation: SurveyConversation, bot: Bot) -> None:
        self._conversation = conversation
        self._bot = bot
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._prompts = Prompts()

    def part(self, updates: Sequence[Update]) -> tuple[list[Update], list[Update]]:
        """Return what is a survey's, and the rest."""
        ours: list[Update] = []
        others: list[Update] = []
        for update in updates:
            if self._is_ours(update):
                ours.append(update)
            else:
                others.append(_without_screen(update))
            self._keep_asking(update)
        return ours, others

    async def serve(self, updates: Sequence[Update]) -> None:
        """Serve what is a survey's; whatever goes wrong, this ends, in some seconds for each person's tap."""
        people: dict[int, list[Update]] = {}
        for update in updates:
            people.setdefault(_sender(update), []).append(update)
        await asyncio.gather(*map(self._serve_person, people.values()))

    async def _serve_person(self, updates: Iterable[Update]) -> None:
        async with self._places:
            for update in updates:
                tap = update.get("callback_query")
                if tap is not None:
                    await self._guard(partial(self._tap, tap), partial(self._lose_tap, tap))
                elif (message := update.get("message")) is not None:  # what is edited later is passed over
                    await self._guard(partial(self._hear, message), partial(self._lose_words, message))

    async def _guard(self, serve: Callable[[], Awaitable[None]], lose: Callable[[], Awaitable[None]]) -> None:
        """Serve one update within its time; if that fails, say that it is lost. The log learns nothing but the kind."""
        for step, patience in ((serve, _PATIENCE), (lose, _LAST_WORD)):
            try:
                async with asyncio.timeout(patience):
                    await step()
            except TimeoutError:
                continue
            except Exception as error:  # noqa: BLE001 -- one person's tap must not stop the batch
                logger.error("something of a survey was not served: %s", type(error).__name__)  # noqa: TRY400
                continue
            return

    async def _tap(self, tap: Update) -> None:
        message, sender = tap.get("message") or {}, tap["from"]
        if (message.get("chat") or {}).get("type") != _PRIVATE:
            await self._answer(tap)
            return
        screen = read_screen(message) if message.get("date") else None
        hint = str(sender.get("language_code", ""))
        outcome = await self._conversation.tap(Tap(account_id=sender["id"], data=tap["data"], screen=screen, hint=hint))
        alert = outcome.alert
        if outcome.screen is not None:
            self._note(sender["id"], outcome.screen)
            match await self._show(message, outcome.screen):
                case _Shown.UNCHANGED:
                    alert = alert or outcome.unchanged
                case _Shown.GONE:
                    alert = alert or await self._replace(tap, message, outcome)
        await self._answer(tap, alert)

    async def _replace(self, tap: Update, message: Update, outcome: Outcome) -> str:
        """Return what is said where a message cannot be changed: what is finished is not to be begun anew."""
        with self._conversation.speaking(_language(tap)):
            if not outcome.ended or outcome.screen is None:
                return texts.gone_text()
            deleted = await self._delete(message)
            await self._send(message, outcome.screen)
            return "" if deleted else texts.still_there_text()

    async def _hear(self, message: Update) -> None:
        if message["chat"].get("type") != _PRIVATE:
            return
        prompt, sender = self._prompt_of(message), message["from"]
        if prompt is None:
            await self._turn_away(message)
            return
        words = Words(
            account_id=sender["id"],
            screen=read_screen(prompt),
            text=message.get("text"),
            hint=str(sender.get("language_code", "")),
        )
        outcome = await self._conversation.hear(words)
        notice = outcome.alert
        if outcome.screen is not None:
            self._note(sender["id"], outcome.screen)
            shown = await self._show(prompt, outcome.screen)
            if shown is _Shown.GONE:
                await self._send(message, outcome.screen)
            elif shown is _Shown.UNCHANGED:
                notice = outcome.unchanged
        if outcome.drops_words and not await self._delete(message) and outcome.undeleted is not None:
            await self._show(prompt, outcome.undeleted)
        if notice:
            await self._send(message, last_screen(notice))

    async def _turn_away(self, message: Update) -> None:
        """Say that nothing was kept, and how words are given; what only was pinned needs no answer."""
        if "pinned_message" in message:
            return
        sender = message["from"]
        language = self._prompts.find(sender["id"])
        hint = language_of_hint(str(sender.get("language_code", "")))
        asked = language is not None and not strayed(message, self._bot.id)
        outcome = self._conversation.turn_away(message.get("text") or "", language or hint, asked=asked)
        deleted = await self._delete(message)
        screen = last_screen(outcome.alert) if deleted or outcome.undeleted is None else outcome.undeleted
        await self._send(message, screen)

    async def _show(self, message: Update, screen: ShownScreen) -> "_Shown":
        edit = EditSurvey(
            chat_id=message["chat"]["id"],
            message_id=message["message_id"],
            text=screen.text,
            reply_markup=_markup(screen),
        )
        try:
            await self._bot(edit)
        except TelegramBadRequest as error:
            return _Shown.UNCHANGED if _UNCHANGED in error.message else _Shown.GONE
        return _Shown.YES

    async def _send(self, message: Update, screen: ShownScreen) -> None:
        await self._bot(SendSurvey(chat_id=message["chat"]["id"], text=screen.text, reply_markup=_markup(screen)))

    async def _delete(self, message: Update) -> bool:
        try:
            await self._bot(DeleteMessage(chat_id=message["chat"]["id"], message_id=message["message_id"]))
        except TelegramAPIError:
            return False
        return True

    async def _answer(self, tap: Update, alert: str = "") -> None:
        answer = AnswerCallbackQuery(callback_query_id=tap["id"], text=alert or None, show_alert=bool(alert))
        with suppress(TelegramBadRequest):  # older than Telegram remembers
            await self._bot(answer)

    async def _lose_tap(self, tap: Update) -> None:
        with self._conversation.speaking(_language(tap)):
            await self._answer(tap, texts.lost_text())

    async def _lose_words(self, message: Update) -> None:
        if message["chat"].get("type") == _PRIVATE:
            with self._conversation.speaking(language_of_hint(str(message["from"].get("language_code", "")))):
                await self._send(message, last_screen(texts.lost_words_text()))

    def _is_ours(self, update: Update) -> bool:
        tap = update.get("callback_query")
        if isinstance(tap, Mapping):
            return str(tap.get("data", "")).startswith(PREFIX)
        message = _message(update)
        if self._prompt_of(message) is not None or strayed(message, self._bot.id):
            return True
        return is_plain_text(message) and self._prompts.find(_sender(update)) is not None

    def _prompt_of(self, message: Update) -> Update | None:
        """Return the survey's message that somebody replies to."""
        prompt: Update = message.get("reply_to_message") or {}
        if (prompt.get("from") or {}).get("id") != self._bot.id:
            return None
        screen = read_screen(prompt)
        return prompt if screen.buttons or screen.links else None

    def _keep_asking(self, update: Update) -> None:
        """Somebody is asked for words until they do anything but write them."""
        if not is_plain_text(_message(update)):
            self._prompts.drop(_sender(update))

    def _note(self, account_id: int, screen: ShownScreen) -> None:
        if screen.asks_in is not None:
            self._prompts.note(account_id, screen.asks_in)


class _Shown(Enum):
    """What became of a screen."""

    YES = auto()
    UNCHANGED = auto()
    GONE = auto()


def _markup(screen: ShownScreen) -> dict[str, Any] | None:
    return None if screen.keyboard is None else {"inline_keyboard": screen.keyboard}


def _message(update: Update) -> Update:
    return next((update[kind] for kind in _MESSAGES if isinstance(update.get(kind), Mapping)), {})


def _sender(update: Update) -> int:
    event: Update = next((value for value in update.values() if isinstance(value, Mapping)), {})
    return int((event.get("from") or {}).get("id", 0))


def _without_screen(update: Update) -> Update:
    """Take away below which screen of a survey another button was tapped: nothing stores who stands where in one."""
    tap = update.get("callback_query") or {}
    message = tap.get("message") or {}
    if not read_screen(message).links:
        return update
    unseen = {"chat": message.get("chat"), "message_id": 0, "date": 0}  # as Telegram says that it has forgotten one
    return {**update, "callback_query": {**tap, "message": unseen}}


def _language(tap: Update) -> Language:
    hint = str((tap.get("from") or {}).get("language_code", ""))
    return language_of(str(tap.get("data", ""))) or language_of_hint(hint)
