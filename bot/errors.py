"""The unexpected: an incident number for the person, the trace for the log, a word to the operators."""

import logging
import secrets
from http import HTTPStatus

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError, TelegramNetworkError, TelegramServerError
from aiogram.types import CallbackQuery, ErrorEvent
from aiogram.utils.i18n import I18n
from aiogram.utils.i18n import gettext as _
from aiohttp import ClientError, ClientResponseError
from asyncpg import InternalClientError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from services.access import Actor
from services.accounts.service import AccountService
from services.announcements.dto import Hold
from services.inbox.dto import ParkedUpdate
from services.inbox.errors import UpdateTakenOver
from services.languages import Language

logger = logging.getLogger(__name__)

#: Failures of the surroundings: the update is tried again instead of being answered with an apology.
PASSING_FAILURES = (
    DBAPIError,
    PoolTimeoutError,
    OSError,
    TimeoutError,
    TelegramNetworkError,
    TelegramServerError,
    ClientError,  # while a file is downloaded
    UpdateTakenOver,
    InternalClientError,  # the driver's word for a connection that broke in the middle of something
)
#: Failures of the database that no other try mends.
_LASTING = (IntegrityError, ProgrammingError, DataError)


def is_passing(error: BaseException) -> bool:
    """Tell whether another try may succeed; a wrong statement or a file that is not there stays wrong."""
    if isinstance(error, ClientResponseError) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return False
    return isinstance(error, PASSING_FAILURES) and not isinstance(error, _LASTING)


class IncidentReporter:
    """Handler of `Dispatcher.errors`, and what is said of an update that was given up."""

    def __init__(self, i18n: I18n, operators_chat: int | None, accounts: AccountService) -> None:
        self._i18n = i18n
        self._operators_chat = operators_chat
        self._accounts = accounts

    async def report(self, event: ErrorEvent, bot: Bot, actor: Actor | None = None) -> bool:
        """Apologise with a number; True says that the update is finished."""
        error = event.exception
        if is_passing(error):
            raise error
        if isinstance(error, TelegramForbiddenError):  # the person stopped the bot meanwhile
            logger.info("the person cannot be reached any more")
            return True
        incident = _new_incident()
        logger.error("incident %s", incident, exc_info=error)
        if event.update.callback_query is not None:
            await _end_waiting(event.update.callback_query)
        if actor is not None and actor.account_id is not None:
            await self._apologise(bot, actor.account_id, actor.language, incident)
        await self._tell_operators(bot, f"Incident {incident}: {type(error).__name__}. The log has the trace.")
        return True

    async def report_given_up(self, parked: ParkedUpdate, bot: Bot) -> None:
        """Apologise once for an update that failed at every try, so that nobody waits for an answer for ever."""
        incident = _new_incident()
        logger.error("incident %s: update %d was tried too often and set aside", incident, parked.update_id)
        if parked.person_key > 0:  # a person, not a group
            language = await self._accounts.get_language(parked.person_key)
            await self._apologise(bot, parked.person_key, language, incident)
        await self._tell_operators(bot, f"Incident {incident}: an update failed at every try. The log says why.")

    async def _apologise(self, bot: Bot, account_id: int, language: Language, incident: str) -> None:
        with self._i18n.context(), self._i18n.use_locale(language.value):
            await _tell(bot, account_id, _apology(incident))

    async def _tell_operators(self, bot: Bot, text: str) -> None:
        if self._operators_chat is not None:
            await _tell(bot, self._operators_chat, text)


def _new_incident() -> str:
    return secrets.token_hex(4).upper()


def _apology(incident: str) -> str:
    sentence = _("Something went wrong. Please try again later. If it happens again, name this incident: {incident}")
    return sentence.format(incident=incident)


async def _end_waiting(tap: CallbackQuery) -> None:
    """End the waiting mark on the button, if it is still there."""
    try:
        await tap.answer()
    except TelegramAPIError:
        logger.info("the tap was answered before, or too late")


async def _tell(bot: Bot, chat_id: int, text: str) -> None:
    try:
        await bot.send_message(chat_id, text)
    except TelegramAPIError:
        logger.warning("nobody could be told of the incident")


class OperatorsAlarm:
    """What the operators must know at once (`Alarm` of features; `ClosingAlarm` of surveys)."""

    def __init__(self, bot: Bot, operators_chat: int | None) -> None:
        self._bot = bot
        self._operators_chat = operators_chat

    async def codes_are_guessed(self, locked: int) -> None:
        """Say that somebody tries one-time codes from many accounts."""
        logger.warning("%d accounts are locked for wrong codes or numbers", locked)
        if self._operators_chat is not None:
            text = (
                f"{locked} accounts are locked at this moment for wrong one-time codes or numbers: somebody seems to "
                "be guessing. Each of them waits an hour; nobody else is locked out."
            )
            await _tell(self._bot, self._operators_chat, text)

    async def announcement_waits(self, announcement_id: int, hold: Hold) -> None:
        """Say that an announcement of theirs did not go out as it was meant, and how to go on."""
        if self._operators_chat is not None:
            await _tell(self._bot, self._operators_chat, _waiting(announcement_id, hold))

    async def survey_key_is_missing(self, survey_id: int, *, is_open: bool) -> None:
        """Say that the key of a survey is not there, while it is open or when it waits to be closed."""
        if self._operators_chat is not None and is_open:
            text = (
                f"Survey {survey_id} is open, but its key is not in SURVEY_KEY_DIR of the machine that says this. If "
                "it lies on no other machine of the bot either (<code>kabarchy doctor</code> looks for it), nothing "
                "that people answer can ever be read: bring the file back under its name, or end the survey: <code>"
                f"kabarchy survey close {survey_id} --anyway</code>, and ten minutes later <code>kabarchy survey close "
                f"{survey_id} --without-answers</code>."
            )
            await _tell(self._bot, self._operators_chat, text)
        elif self._operators_chat is not None:
            text = (
                f"Survey {survey_id} takes no answers any more, but cannot be closed: its key is not in SURVEY_KEY_DIR "
                "of the machine that says this. If the file lies on another machine, put it there with its name "
                "unchanged, and the survey is closed within a minute. If it is lost, so are the answers: <code>"
                f"kabarchy survey close {survey_id} --without-answers</code> ends the survey."
            )
            await _tell(self._bot, self._operators_chat, text)

    async def survey_is_damaged(self, survey_id: int, broken: int) -> None:
        """Say that a survey waits to be closed because many replies cannot be read; once by every process."""
        if self._operators_chat is not None:
            text = (
                f"Survey {survey_id} takes no answers any more, but is not closed: {broken} of its replies cannot be "
                "read. Nothing was lost yet; key and replies are still there. Look for the cause (another key under "
                "its name, a damaged disk, a version of the bot that does not fit) and restart. <code>kabarchy survey "
                f"close {survey_id} --accept-damage</code> closes it and gives these replies up."
            )
            await _tell(self._bot, self._operators_chat, text)


def _waiting(announcement_id: int, hold: Hold) -> str:
    cancel = f"<code>kabarchy announcement cancel {announcement_id}</code> ends it."
    if hold is Hold.AUDIENCE:
        return (
            f"Announcement {announcement_id} has not begun: its audience names what does not exist any more. In the "
            "chat an administrator or an editor opens it (/announce), chooses anew who gets it and sends it; "
            f"{cancel}"
        )
    if hold is Hold.APPROVAL:
        return (
            f"Announcement {announcement_id} has not begun: by now it has so many recipients that it must be approved. "
            f"In the chat an administrator or an editor opens it (/announce) and submits it; {cancel}"
        )
    if hold is Hold.AUTHOR:
        return (
            f"Announcement {announcement_id} has not begun: whoever submitted it may not announce any more, and nobody "
            f"else could be asked. <code>kabarchy announcement resume {announcement_id}</code> sends it, {cancel}"
        )
    if hold is Hold.FAULT:
        return (
            f"Announcement {announcement_id} is stopped: for all of the first recipients Telegram refused it with the "
            f"same words. <code>kabarchy announcement show {announcement_id}</code> tells which; <code>kabarchy "
            f"announcement resume {announcement_id}</code> goes on, {cancel}"
        )
    return (
        f"Announcement {announcement_id} is late because of an outage and waits: "
        f"<code>kabarchy announcement resume {announcement_id}</code> sends it, {cancel}"
    )
