"""The delivery engine of one worker process, put together."""

from dataclasses import dataclass

from bot.messenger import TelegramMessenger
from bot.notices import NoticeBook
from bot.supervisor import work_through
from bot.tools import Ground
from services.delivery.answers import AnswerService
from services.delivery.engine import DeliveryEngine
from services.delivery.pace import Pace
from services.delivery.ports import LateBroadcasts
from services.delivery.rounds import Rounds
from services.delivery.sending import Sending
from services.delivery.weather import Weather

_ANSWERERS = 4  # while one waits for Telegram or the disk, another prepares its message


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Everything that sends from the outbox."""

    engine: DeliveryEngine
    answers: AnswerService
    ground: Ground

    def start(self) -> None:
        """Begin to send, in the background."""
        keep, bell = self.ground.tools.supervisor.keep, self.ground.bells.outbox
        keep("preparing messages", lambda: work_through(self.engine.prepare_next, bell, in_pieces=True))
        keep("sending messages", self.engine.dispatch)
        for number in range(_ANSWERERS):
            keep(f"answers {number}", lambda: work_through(self.answers.send_next, bell))

    async def drain(self, patience: float) -> None:
        """Let requests in the air come to their end, after the loops were dismissed (seconds at most)."""
        await self.engine.drain(patience)


def create_delivery(ground: Ground, notices: NoticeBook, late: LateBroadcasts, worker: int) -> Delivery:
    """Make the engine and the senders of answers."""
    settings, tools = ground.settings, ground.tools
    messenger, crew = TelegramMessenger(tools.bot), tools.supervisor
    doors = (ground.unit_of_work, ground.reading, ground.clock)
    sending = Sending(*doors, ground.calendar, notices, messenger, worker=worker, ceiling=settings.messages_per_second)
    rounds = Rounds(
        *doors,
        ground.calendar,
        late,
        worker=worker,
        default_language=settings.default_locale,
        quiet_hours=settings.quiet_hours,
        daily_messages=settings.daily_messages,
    )
    pace = Pace(ground.reading, tools.meter, ceiling=settings.messages_per_second)
    return Delivery(
        engine=DeliveryEngine(rounds, sending, pace, Weather(messenger, crew), crew),
        answers=AnswerService(
            ground.reading, ground.clock, sending, crew, worker=worker, default_language=settings.default_locale
        ),
        ground=ground,
    )
