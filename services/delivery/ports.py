"""What delivery needs from storage, from the features whose words it carries, and from Telegram."""

from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from datetime import datetime
from typing import Any, Protocol

from services.delivery.dto import (
    Attachment,
    BroadcastState,
    DueNotice,
    NewBroadcast,
    NewNotice,
    Outcome,
    OutgoingMessage,
    Receipt,
    Tally,
)
from services.languages import Language


class Outbox(Protocol):
    """Where features leave messages, in the transaction of the fact that causes them."""

    async def add(self, notice: NewNotice, now: datetime) -> bool:
        """Leave a notice; False if its occasion was told before."""
        ...

    async def add_all(self, notices: Sequence[NewNotice], now: datetime) -> int:
        """Leave many by one statement; return how many, without those whose occasion was told before."""
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
        """Let nothing more of it go out; False unless it is open, or stopped."""
        ...

    async def stop(self, notice_id: int, fault: str) -> bool:
        """Do the same because the first ones all failed alike, and keep what Telegram said; False unless it is open."""
        ...

    async def spare(self, notice_id: int) -> None:
        """Let it go on however its first ones fail."""
        ...

    async def find_fault(self, notice_id: int) -> str:
        """Return why it was stopped; empty if it was not."""
        ...

    async def resume(self, notice_id: int, now: datetime) -> bool:
        """Go on with one that is paused or stopped; False unless it is."""
        ...

    async def cancel(self, notice_id: int, now: datetime) -> bool:
        """End it: whoever it has not been sent to never gets it; False if it had ended before."""
        ...

    async def send_again(self, notice_id: int, outcomes: Collection[Outcome], now: datetime) -> int:
        """Let those wait again who ended so, because a person decided it; returns how many. None once cancelled."""
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

    async def send(
        self, chat_id: int, message: OutgoingMessage, attachment: Attachment | None, *, asked: bool = False
    ) -> Receipt:
        """Send one message; never raises for what Telegram or the network does.

        `asked`: somebody waits for it, and the unasked ones give way to it.
        """
        ...

    async def probe(self) -> bool:
        """Ask Telegram something harmless; True if it answers as it should."""
        ...


class AnswerMeter(Protocol):
    """Counts what is sent to people who asked."""

    def take(self) -> int:
        """Return how many since it was asked last."""
        ...

    def take_silence(self) -> float:
        """Return for how many seconds Telegram asked to be silent when somebody was answered; it is told once."""
        ...


class LateBroadcasts(Protocol):
    """Asks the author of a broadcast that an outage made too late, or whose first messages all failed alike."""

    async def ask(self, notice_id: int, opened_at: datetime, now: datetime) -> None:
        """Pause it and leave the question, in a transaction of its own; `opened_at`: when it began."""
        ...

    async def tell(self, notice_id: int) -> None:
        """See to it that whoever was asked hears of it; never inside of a transaction."""
        ...

    async def stop(self, notice_id: int, fault: str, now: datetime) -> None:
        """Stop one whose first messages failed so, and tell its author; never inside of a transaction."""
        ...


class Crew(Protocol):
    """Whoever keeps background work until it ends."""

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> object:
        """Run something once in the background."""
        ...

    async def insist(self, step: Callable[[], Awaitable[None]]) -> None:
        """Do something again and again while it fails for reasons that pass, such as a database that is away."""
        ...
