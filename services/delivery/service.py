"""The plain sender: one message at a time."""

from datetime import timedelta

from services.delivery.dto import Attachment, ClaimedMessage, Outcome, OutgoingMessage, Receipt, Urgency
from services.delivery.ports import DeliveryUnitOfWork, Messenger, NoticeRenderer
from services.delivery.quiet_hours import NO_QUIET_HOURS, Hush, QuietHours
from services.languages import Language
from services.ports import Calendar, Clock, Factory

LEASE = timedelta(seconds=60)
ATTEMPTS = 20  # with the pauses two hours: as long as a network may be away before an answer is given up
_LONGEST_WAIT = timedelta(minutes=10)


class DeliveryService:
    """Sends what the outbox holds.

    An answer whose outcome is not known is sent again: it is the same document, and the person waits for it. Any other
    message is never sent twice; it ends as `unknown`. What is neither an answer nor urgent waits while its reader's
    quiet hours last: their own, else `quiet_hours`.
    """

    def __init__(
        self,
        unit_of_work: Factory[DeliveryUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        renderer: NoticeRenderer,
        messenger: Messenger,
        *,
        worker: int,
        default_language: Language,
        quiet_hours: QuietHours = NO_QUIET_HOURS,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._renderer = renderer
        self._messenger = messenger
        self._worker = worker
        self._default_language = default_language
        self._quiet_hours = quiet_hours

    async def send_next(self) -> bool:
        """Send one message; False if none is due."""
        message = await self._claim()
        if message is None:
            return False
        if message.unclear >= ATTEMPTS:  # it ended every sender that touched it
            await self._give_up(message)
            return True
        outgoing = await self._renderer.render(message)
        if outgoing is None:
            await self._skip(message)
            return True
        attachment = await self._attachment(outgoing)
        if await self._start(message):
            receipt = await self._messenger.send(message.chat_id, outgoing, attachment)
            await self._settle(message, outgoing, receipt)
        return True

    async def _claim(self) -> ClaimedMessage | None:
        now = self._clock.now()
        hush = Hush(local=self._calendar.time_of_day(now), usual=self._quiet_hours)
        async with self._unit_of_work() as uow:
            await uow.messages.hold(self._worker, now, hush)
            message = await uow.messages.claim(self._worker, LEASE, now, hush, self._default_language)
            await uow.commit()
        return message

    async def _attachment(self, outgoing: OutgoingMessage) -> Attachment | None:
        if outgoing.file_id is None:
            return None
        async with self._unit_of_work() as uow:
            return await uow.messages.find_attachment(outgoing.file_id, outgoing.file_name, self._messenger.bot_id)

    async def _give_up(self, message: ClaimedMessage) -> None:
        receipt = Receipt(outcome=Outcome.UNKNOWN, error="given up")
        async with self._unit_of_work() as uow:
            await uow.messages.settle(message.id, message.attempt, receipt, self._clock.now())
            await uow.commit()

    async def _skip(self, message: ClaimedMessage) -> None:
        async with self._unit_of_work() as uow:
            await uow.messages.skip(message.id, message.attempt, self._clock.now())
            await uow.commit()

    async def _start(self, message: ClaimedMessage) -> bool:
        async with self._unit_of_work() as uow:
            started = await uow.messages.start_sending(message.id, self._worker, message.attempt, LEASE)
            await uow.commit()
        return started

    async def _settle(self, message: ClaimedMessage, outgoing: OutgoingMessage, receipt: Receipt) -> None:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            if _may_send_again(message, receipt):
                wait = max(timedelta(seconds=receipt.retry_after), _backoff(message.unclear + 1, receipt.outcome))
                await uow.messages.postpone(message.id, message.attempt, now + wait, receipt)
            else:
                await uow.messages.settle(message.id, message.attempt, receipt, now)
            if receipt.outcome is Outcome.BLOCKED:
                await uow.messages.note_blocked(message.chat_id, now)
            await self._keep_copy(uow, outgoing, receipt)
            await uow.commit()

    async def _keep_copy(self, uow: DeliveryUnitOfWork, outgoing: OutgoingMessage, receipt: Receipt) -> None:
        """Remember Telegram's copy of the file, or forget one that is gone."""
        if outgoing.file_id is None:
            return
        if receipt.outcome is Outcome.STALE_FILE:
            await uow.messages.forget_telegram_file(outgoing.file_id, self._messenger.bot_id)
        elif receipt.telegram_file_id:
            await uow.messages.keep_telegram_file(outgoing.file_id, self._messenger.bot_id, receipt.telegram_file_id)


def _may_send_again(message: ClaimedMessage, receipt: Receipt) -> bool:
    if receipt.outcome in {Outcome.TRY_LATER, Outcome.STALE_FILE}:
        return True
    return receipt.outcome is Outcome.UNKNOWN and message.urgency is Urgency.ANSWER and message.unclear + 1 < ATTEMPTS


def _backoff(unclear: int, outcome: Outcome) -> timedelta:
    """Wait twice as long after each unclear answer; Telegram itself says how long after a 429."""
    if outcome is not Outcome.UNKNOWN:
        return timedelta()
    return min(timedelta(seconds=2**unclear), _LONGEST_WAIT)
