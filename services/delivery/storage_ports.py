"""What the engine itself needs from storage."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Protocol

from services.delivery.dto import (
    Attachment,
    ClaimedMessage,
    FailingBroadcast,
    LateBroadcast,
    Reading,
    Receipt,
    Slots,
    Urgency,
)
from services.languages import Language
from services.ports import Transaction


class MessageQueue(Protocol):
    """What waits to be sent, for the senders of all replicas."""

    async def revive(self, worker: int) -> int:
        """Free what dead or too slow workers had in hand; returns how many messages that were."""
        ...

    async def release(self, worker: int) -> None:
        """Give back everything of a worker that was not begun, because it stops."""
        ...

    async def hold(self, reading: Reading) -> None:
        """Put off what would break into its reader's quiet hours until those end."""
        ...

    async def fold(self, reading: Reading) -> None:
        """Put what goes beyond a reader's daily limit, or is to be gathered, into the digest of the next evening."""
        ...

    async def claim_answer(
        self, worker: int, lease: timedelta, now: datetime, fallback: Language
    ) -> ClaimedMessage | None:
        """Take the next answer that is due; `fallback`: for whom no language is known."""
        ...

    async def claim_unasked(
        self, worker: int, lease: timedelta, urgency: Urgency, most: int, reading: Reading
    ) -> list[ClaimedMessage]:
        """Take the next messages of an urgency that are due, may go out now and disturb nobody."""
        ...


class Feeding(Protocol):
    """What keeps the queue filled and tidy."""

    async def feed(self, most: int, reading: Reading) -> bool:
        """Fill the queue up to `most` due messages from the broadcast whose turn it is; False if nothing was added."""
        ...

    async def tidy(self, now: datetime) -> None:
        """Take back what was stopped, pass over who stopped the bot, end the broadcasts of which nothing is left."""
        ...

    async def judge(self) -> list[FailingBroadcast]:
        """Return the open broadcasts whose first messages all failed alike; of all others nothing is asked any more."""
        ...

    async def drop_late(self, away_since: datetime, now: datetime) -> None:
        """Drop what an outage made too late."""
        ...

    async def list_late(self, away_since: datetime, now: datetime) -> list[LateBroadcast]:
        """Return the open broadcasts that an outage made too late and whose author is to be asked."""
        ...


class MessageRepository(Protocol):
    """One message in a sender's hand; whoever changes one names its worker, and it says in which attempt it is."""

    async def start_answer(self, message: ClaimedMessage, worker: int, lease: timedelta) -> bool:
        """Note that the request goes out now; False if the message is no longer ours, or nothing may go out."""
        ...

    async def start_unasked(
        self, message: ClaimedMessage, worker: int, lease: timedelta, chat_gap: timedelta, today: date
    ) -> bool:
        """Do the same, and take the chat's turn: it gets nothing else for `chat_gap`."""
        ...

    async def settle(self, message: ClaimedMessage, worker: int, receipt: Receipt, now: datetime) -> bool:
        """Note how it ended, and who cannot be reached any more; False if it was not ours to say."""
        ...

    async def give_back(
        self, message: ClaimedMessage, worker: int, *, until: datetime | None, error: str = "", unclear: int = 0
    ) -> None:
        """Let a message wait again that was certainly not sent (or is an answer, which may come twice).

        `until`: not before; None keeps its place in the queue.
        """
        ...

    async def move_chat(self, old: int, new: int) -> None:
        """Follow a group that has another number now: what waits goes there; what stands in the old one stays."""
        ...

    async def rest_chat(self, chat_id: int, wait: timedelta) -> None:
        """Send a chat nothing for a while."""
        ...

    async def end_unsent(
        self, message: ClaimedMessage, worker: int, state: str, now: datetime, error: str = ""
    ) -> None:
        """End a message without a request."""
        ...

    async def hold(self, message: ClaimedMessage, worker: int) -> bool:
        """Keep a message in hand until the end of the transaction; False if it is no longer ours."""
        ...

    async def split_off(
        self, message: ClaimedMessage, delivery_ids: Collection[int], state: str, now: datetime
    ) -> None:
        """Let some of what a message carries have a message each: `pending` to be sent by itself, or ended."""
        ...

    async def continue_in_another(self, message: ClaimedMessage, delivery_ids: Collection[int], now: datetime) -> None:
        """Let the rest of a digest that does not fit go out in a digest of its own, right behind."""
        ...

    async def discard(self, message: ClaimedMessage) -> None:
        """Remove a message that carries nothing any more."""
        ...


class FileRepository(Protocol):
    """Files of ours, and Telegram's copies of them."""

    async def find_attachment(
        self, file_id: int, name: str, bot_id: int, worker: int, lease: timedelta
    ) -> Attachment | None:
        """Return Telegram's copy of a file, else its bytes; None while another message brings it to Telegram."""
        ...

    async def keep_copy(self, file_id: int, bot_id: int, telegram_file_id: str) -> None:
        """Remember Telegram's copy of a file."""
        ...

    async def forget_copy(self, file_id: int, bot_id: int, telegram_file_id: str) -> None:
        """Forget a copy that is gone; a newer one stays."""
        ...

    async def leave_copy(self, file_id: int, bot_id: int, worker: int) -> None:
        """Let others make the copy that this worker was to make and did not."""
        ...


class PaceRepository(Protocol):
    """The one row by which all replicas keep one pace."""

    async def reserve(self, slots: int, ceiling: int, answers: int) -> Slots | None:
        """Take the next slots, at most so many; None while nothing may go out.

        `ceiling`: messages a second; `answers`: what this replica sent to people who asked since it reserved last.
        """
        ...

    async def tell_time(self) -> float:
        """Return the seconds of the database's clock."""
        ...

    async def pause(self, seconds: float, ceiling: int) -> None:
        """Let no replica send for so long, and all go more slowly for a while."""
        ...

    async def show_life(self, now: datetime) -> datetime | None:
        """Note that somebody looks for what is to be sent; returns when somebody did before."""
        ...


class DeliveryUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def queue(self) -> MessageQueue:
        """The queue."""
        ...

    @property
    def feeding(self) -> Feeding:
        """What fills the queue."""
        ...

    @property
    def messages(self) -> MessageRepository:
        """Messages."""
        ...

    @property
    def files(self) -> FileRepository:
        """Files."""
        ...

    @property
    def pace(self) -> PaceRepository:
        """The pace."""
        ...
