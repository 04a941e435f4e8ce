"""What delivery needs from storage, from the features whose words it carries, and from Telegram."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from services.delivery.dto import (
    Attachment,
    BroadcastState,
    ClaimedMessage,
    NewBroadcast,
    NewNotice,
    Outcome,
    OutgoingMessage,
    Receipt,
    Tally,
)
from services.delivery.quiet_hours import Hush
from services.languages import Language
from services.ports import Transaction


class Outbox(Protocol):
    """Where features leave messages, in the transaction of the fact that causes them."""

    async def add(self, notice: NewNotice, now: datetime) -> bool:
        """Leave a notice; False if its occasion was told before."""
        ...

    async def release(self, subject: str, now: datetime) -> None:
        """Let the waiting messages of a subject go out."""
        ...


class Broadcasts(Protocol):
    """Notices for many. Who they are for is frozen by whoever opens one, in the same transaction, as deliveries."""

    async def open(self, broadcast: NewBroadcast, now: datetime) -> int:
        """Open one that has no recipients yet; returns the notice's id."""
        ...

    async def get_state(self, notice_id: int) -> BroadcastState:
        """Return how far it is."""
        ...

    async def tally(self, notice_id: int) -> Tally:
        """Count how its recipients stand."""
        ...

    async def pause(self, notice_id: int) -> bool:
        """Let nothing more of it go out; False unless it is open."""
        ...

    async def resume(self, notice_id: int, now: datetime) -> bool:
        """Go on with one that is paused; False unless it is."""
        ...

    async def cancel(self, notice_id: int, now: datetime) -> bool:
        """End it: whoever it has not been sent to never gets it; False if it had ended before."""
        ...

    async def send_again(self, notice_id: int, outcomes: Collection[Outcome], now: datetime) -> int:
        """Let those wait again who ended so, because a person decided it; returns how many. None once cancelled."""
        ...


class MessageRepository(Protocol):
    """The messages of the outbox, as the sender sees them."""

    async def hold(self, worker: int, now: datetime, hush: Hush) -> None:
        """Put off what need not disturb anybody's quiet hours until those end, if such a message is the next."""
        ...

    async def claim(
        self, worker: int, lease: timedelta, now: datetime, hush: Hush, fallback: Language
    ) -> ClaimedMessage | None:
        """Take the next message that is due, disturbs nobody and is in nobody's living hand.

        `fallback`: for whom no language is known.
        """
        ...

    async def start_sending(self, message_id: int, worker: int, attempt: int, lease: timedelta) -> bool:
        """Note that the request goes out now; False if the message is no longer ours."""
        ...

    async def settle(self, message_id: int, attempt: int, receipt: Receipt, now: datetime) -> None:
        """Note how it ended."""
        ...

    async def skip(self, message_id: int, attempt: int, now: datetime) -> None:
        """Note that the message is no longer true and was not sent."""
        ...

    async def postpone(self, message_id: int, attempt: int, due_at: datetime, receipt: Receipt) -> None:
        """Try again later."""
        ...

    async def find_attachment(self, file_id: int, name: str, bot_id: int) -> Attachment:
        """Return a file for sending."""
        ...

    async def keep_telegram_file(self, file_id: int, bot_id: int, telegram_file_id: str) -> None:
        """Remember Telegram's copy of a file."""
        ...

    async def forget_telegram_file(self, file_id: int, bot_id: int) -> None:
        """Forget Telegram's copy of a file."""
        ...

    async def note_blocked(self, chat_id: int, now: datetime) -> None:
        """Note that the person stopped the bot."""
        ...


class DeliveryUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def messages(self) -> MessageRepository:
        """Messages."""
        ...


class NoticeRenderer(Protocol):
    """Puts a notice into words at the moment of sending."""

    async def render(self, message: ClaimedMessage) -> OutgoingMessage | None:
        """Return the message in the reader's language; None if it is no longer true."""
        ...


class Messenger(Protocol):
    """Telegram, one request at a time."""

    @property
    def bot_id(self) -> int:
        """The bot whose copies of files are meant."""
        ...

    async def send(self, chat_id: int, message: OutgoingMessage, attachment: Attachment | None) -> Receipt:
        """Send one message; never raises for what Telegram or the network does."""
        ...
