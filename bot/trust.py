"""Trust and help: services, made once."""

from bot.dispatcher import TrustServices
from bot.tools import Ground
from services.trust.desk import TrustDeskService
from services.trust.news import TrustNews
from services.trust.rounds import TrustRounds
from services.trust.service import TrustService


def create_trust(ground: Ground) -> TrustServices:
    """Make what the conversation asks."""
    work, clock, calendar, bell = ground.unit_of_work, ground.clock, ground.calendar, ground.bells.outbox
    return TrustServices(
        hotlines=ground.tools.university.hotlines,
        trust=TrustService(work, ground.reading, clock, calendar, bell),
        trust_desk=TrustDeskService(work, clock, calendar, bell),
    )


def create_trust_rounds(ground: Ground) -> TrustRounds:
    """Make what becomes of talks by itself."""
    return TrustRounds(ground.unit_of_work, ground.clock, ground.calendar, ground.bells.outbox)


def create_trust_news(ground: Ground) -> TrustNews:
    """Make what notices ask."""
    return TrustNews(ground.reading, ground.clock, ground.calendar)
