"""One message from the sender's hand to Telegram, and what becomes of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.delivery.digest import Worded, pack
from services.delivery.dto import NOT_SENT, Attachment, ClaimedMessage, Outcome, OutgoingMessage, Receipt, Urgency
from services.delivery.errors import CannotBeTold
from services.delivery.ports import Messenger, NoticeRenderer
from services.delivery.storage_ports import DeliveryUnitOfWork
from services.ports import Calendar, Clock, Factory

LEASE = timedelta(seconds=60)
ATTEMPTS = 20  # with the pauses of answers two hours: as long as a network may be away before one is given up
_LONGEST_WAIT = timedelta(minutes=10)
_LONGEST_CHANGE_WAIT = timedelta(seconds=15)  # what is in a chat already is not left half corrected for long
_FILE_ON_ITS_WAY = timedelta(seconds=1)
_NOT_REACHED = timedelta(seconds=5)
_CHAT_GAP, _GROUP_GAP = timedelta(seconds=1), timedelta(seconds=3)  # Telegram: one a second, twenty a minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A message with its words and its file."""

    message: ClaimedMessage
    outgoing: OutgoingMessage
    attachment: Attachment | None


class Sending:
    """Prepares, starts, sends and settles the messages of one worker.

    An answer whose outcome is not known is sent again: it is the same document, and the person waits for it. So is the
    change of an earlier message, which is the same when it is done twice. Any other message is never sent twice; it
    ends as `unknown`. `statements` opens single statements, each committed by itself; `ceiling`: messages a second;
    `chat_gap`: the least time between two unasked messages of a person.
    """

    def __init__(
        self,
        unit_of_work: Factory[DeliveryUnitOfWork],
        statements: Factory[DeliveryUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        renderer: NoticeRenderer,
        messenger: Messenger,
        *,
        worker: int,
        ceiling: int,
        chat_gap: timedelta = _CHAT_GAP,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._statements = statements
        self._clock = clock
        self._calendar = calendar
        self._renderer = renderer
        self._messenger = messenger
        self._worker = worker
        self._ceiling = ceiling
        self._chat_gap = chat_gap

    async def prepare(self, message: ClaimedMessage) -> Prepared | None:
        """Find the words and the file; None if the message ends, or waits, without a request."""
        if message.unclear >= ATTEMPTS:  # it ended every sender that touched it
            state = "unknown" if message.urgency is Urgency.ANSWER else "failed"
            await self._end(message, state, "given up")
            return None
        outgoing = await (self._word_digest(message) if message.digest else self._word(message))
        if outgoing is None:
            return None
        silent = message.silent and message.urgency is Urgency.NORMAL
        outgoing = replace(outgoing, silent=silent) if silent else outgoing
        if outgoing.file_id is None or outgoing.changes_another:
            return Prepared(message=message, outgoing=outgoing, attachment=None)
        attachment = await self._attach(outgoing.file_id, outgoing.file_name)
        if attachment is None:
            await self._wait(message, self._clock.now() + _FILE_ON_ITS_WAY)
            return None
        return Prepared(message=message, outgoing=outgoing, attachment=attachment)

    async def start(self, prepared: Prepared) -> bool:
        """Note that the request goes out now; False says that it must not."""
        message = prepared.message
        async with self._statements() as uow:
            if message.urgency is Urgency.ANSWER:
                return await uow.messages.start_answer(message, self._worker, LEASE)
            gap = self._chat_gap if message.chat_id > 0 else _GROUP_GAP
            today = self._calendar.today(self._clock.now())
            return await uow.messages.start_unasked(message, self._worker, LEASE, gap, today)

    async def request(self, prepared: Prepared) -> Receipt:
        """Make the request that was started; never raises."""
        asked = prepared.message.urgency is Urgency.ANSWER
        return await self._messenger.send(prepared.message.chat_id, prepared.outgoing, prepared.attachment, asked=asked)

    async def settle(self, prepared: Prepared, receipt: Receipt) -> None:
        """Note what became of a request; doing it twice does no harm."""
        message, outcome = prepared.message, receipt.outcome
        await self._note_copy(prepared, receipt)
        if outcome is Outcome.MOVED and receipt.moved_to is not None:
            async with self._unit_of_work() as uow:
                await uow.messages.move_chat(message.chat_id, receipt.moved_to)
                await uow.commit()
        if outcome is Outcome.TOO_MANY:
            await self._pause(message, receipt.retry_after)
        if outcome in NOT_SENT:
            await self._wait(message, self._again_at(message, receipt), receipt.error)
        elif outcome is Outcome.UNKNOWN and _may_come_twice(prepared):
            longest = _LONGEST_CHANGE_WAIT if prepared.outgoing.changes_another else _LONGEST_WAIT
            until = self._clock.now() + min(timedelta(seconds=2 ** (message.unclear + 1)), longest)
            await self._wait(message, until, receipt.error, unclear=1)
        else:
            async with self._statements() as uow:
                await uow.messages.settle(message, self._worker, receipt, self._clock.now())

    async def give_back(self, prepared: Prepared) -> None:
        """Let a message wait again for which no request was made; doing it twice does no harm."""
        await self.let_wait(prepared.message)
        await self._leave_copy(prepared)

    async def let_wait(self, message: ClaimedMessage) -> None:
        """Do the same for one that was not even prepared."""
        await self._wait(message, None)

    async def _word(self, message: ClaimedMessage) -> OutgoingMessage | None:
        (notice,) = message.notices
        try:
            outgoing = await self._renderer.render(notice)
        except CannotBeTold:
            await self._end(message, "failed", "no words")
            return None
        if outgoing is None:
            await self._end(message, "skipped", "")
        return outgoing

    async def _word_digest(self, message: ClaimedMessage) -> OutgoingMessage | None:
        """Word what is still true; what cannot be one of several, and what does not fit, gets messages of its own."""
        worded, untrue, wordless = [], [], []
        for notice in message.notices:
            try:
                outgoing = await self._renderer.render(notice)
            except CannotBeTold:
                wordless.append(notice.delivery_id)
            else:
                if outgoing is None:
                    untrue.append(notice.delivery_id)
                else:
                    worded.append(Worded(notice=notice, message=outgoing))
        alone = [one.notice.delivery_id for one in worded if one.stands_alone]
        together = [one for one in worded if not one.stands_alone]
        digest = pack(self._renderer.head_digest(together[0].notice.language), together) if together else None
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            if not await uow.messages.hold(message, self._worker):
                return None
            await uow.messages.split_off(message, untrue, "skipped", now)
            await uow.messages.split_off(message, wordless, "failed", now)
            await uow.messages.split_off(message, alone, "pending", now)
            if digest is None:
                await uow.messages.discard(message)
            elif digest.left:
                await uow.messages.continue_in_another(message, [one.notice.delivery_id for one in digest.left], now)
            await uow.commit()
        if digest is None:
            return None
        return together[0].message if len(message.notices) == 1 else OutgoingMessage(text=digest.text)

    async def _attach(self, file_id: int, name: str) -> Attachment | None:
        async with self._unit_of_work() as uow:
            attachment = await uow.files.find_attachment(file_id, name, self._messenger.bot_id, self._worker, LEASE)
            await uow.commit()
        return attachment

    async def _end(self, message: ClaimedMessage, state: str, error: str) -> None:
        async with self._statements() as uow:
            await uow.messages.end_unsent(message, self._worker, state, self._clock.now(), error)

    async def _wait(self, message: ClaimedMessage, until: datetime | None, error: str = "", unclear: int = 0) -> None:
        async with self._statements() as uow:
            await uow.messages.give_back(message, self._worker, until=until, error=error, unclear=unclear)

    async def _note_copy(self, prepared: Prepared, receipt: Receipt) -> None:
        """Remember Telegram's copy of the file; forget one that is gone, or that was not made."""
        outgoing, attachment = prepared.outgoing, prepared.attachment
        if outgoing.file_id is None or attachment is None:
            return
        if receipt.telegram_file_id and attachment.content is not None:
            async with self._statements() as uow:
                await uow.files.keep_copy(outgoing.file_id, self._messenger.bot_id, receipt.telegram_file_id)
        elif receipt.outcome is Outcome.STALE_FILE and attachment.telegram_file_id is not None:
            async with self._statements() as uow:
                await uow.files.forget_copy(outgoing.file_id, self._messenger.bot_id, attachment.telegram_file_id)
        else:
            await self._leave_copy(prepared)

    async def _leave_copy(self, prepared: Prepared) -> None:
        outgoing, attachment = prepared.outgoing, prepared.attachment
        if outgoing.file_id is not None and attachment is not None and attachment.content is not None:
            async with self._statements() as uow:
                await uow.files.leave_copy(outgoing.file_id, self._messenger.bot_id, self._worker)

    async def _pause(self, message: ClaimedMessage, seconds: float) -> None:
        """Let all replicas be silent as long as Telegram asks, and this chat too: it may be the one that had enough."""
        async with self._statements() as uow:
            await uow.pace.pause(seconds, self._ceiling)
        async with self._statements() as uow:
            await uow.messages.rest_chat(message.chat_id, timedelta(seconds=seconds))

    def _again_at(self, message: ClaimedMessage, receipt: Receipt) -> datetime | None:
        """Return when an answer is tried again that did not reach Telegram; all others keep their place.

        Where Telegram asked for silence, nothing goes out until it has passed: then first what was refused for it.
        """
        if message.urgency is not Urgency.ANSWER or receipt.outcome is not Outcome.NOT_REACHED:
            return None
        return self._clock.now() + _NOT_REACHED


def _may_come_twice(prepared: Prepared) -> bool:
    message = prepared.message
    repeatable = message.urgency is Urgency.ANSWER or prepared.outgoing.changes_another
    return repeatable and message.unclear + 1 < ATTEMPTS
