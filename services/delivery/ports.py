"""What delivery needs from storage, from the features whose words it carries, and from Telegram."""

from collections.abc import Awaitable, Callable, Collection, Coroutine
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from services.delivery.dto import (
    Attachment,
    BroadcastState,
    ClaimedMessage,
    DueNotice,
    LateBroadcast,
    NewBroadcast,
    NewNotice,
    Outcome,
    OutgoingMessage,
    Reading,
    Receipt,
    Slots,
    Tally,
    Urgency,
)
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
        """Put what goes beyond a reader's daily limit into the digest of the next evening."""
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

    async def drop_late(self, away_since: datetime, now: datetime) -> list[LateBroadcast]:
        """Drop what an outage made too late; returns the broadcasts that are paused to ask their author."""
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

    async def rest_chat(self, chat_id: int, wait: timedelta) -> None:
        """Send a chat nothing for a while."""
        ...

    async def end_unsent(
        self, message: ClaimedMessage, worker: int, state: str, now: datetime, error: str = ""
    ) -> None:
        """End a message without a request."""
        ...

    async def split_off(
        self, message: ClaimedMessage, delivery_ids: Collection[int], state: str, now: datetime
    ) -> None:
        """Let some of what a message carries have a message each: `pending` to be sent by itself, or `skipped`."""
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

    async def forget_copy(self, file_id: int, bot_id: int) -> None:
        """Forget a copy that is gone, or one that was to be made and was not."""
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


class NoticeRenderer(Protocol):
    """Puts notices into words at the moment of sending."""

    async def render(self, notice: DueNotice) -> OutgoingMessage | None:
        """Return the message in the reader's language; None if it is no longer true.

        Raises:
            CannotBeTold: its words cannot be put together, now or later.
        """
        ...

    def head_digest(self, language: Language) -> str:
        """Return the first line of an evening's digest."""
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

    async def probe(self) -> bool:
        """Ask Telegram something harmless; True if it answers as it should."""
        ...


class AnswerMeter(Protocol):
    """Counts what is sent to people who asked."""

    def take(self) -> int:
        """Return how many since it was asked last."""
        ...


class LateBroadcasts(Protocol):
    """Asks the author of a broadcast that an outage made too late."""

    async def ask(self, notice_id: int, opened_at: datetime, now: datetime) -> None:
        """Ask whether it is still to go out; `opened_at`: when it began to."""
        ...


class Crew(Protocol):
    """Whoever keeps background work until it ends."""

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> object:
        """Run something once in the background."""
        ...

    async def insist(self, step: Callable[[], Awaitable[None]]) -> None:
        """Do something again and again while it fails for reasons that pass, such as a database that is away."""
        ...
