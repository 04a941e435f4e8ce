"""Trust officers of tests: who holds talks, and the services around them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.access import OPERATOR, Actor, Role
from services.trust.desk import TrustDeskService
from services.trust.dto import DeskSlot
from services.trust.news import TrustNews
from services.trust.rounds import TrustRounds
from services.trust.service import TrustService
from tests.support.office import BAKYTS_PHONE, INSTITUTE, Office
from tests.support.papers import BishkekCalendar
from tests.support.people import AIZADA, BAKYT, NURLAN

#: Two o'clock in the afternoon of the twenty-fifth, in Bishkek.
TWO = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class TrustOffice:
    """The services of talks; Бакыт holds them."""

    office: Office
    trust: TrustService
    desk: TrustDeskService
    rounds: TrustRounds
    news: TrustNews
    bakyt: Actor

    async def offer(self, typed: str = "25.11 14:00-16:00 214 <b>", minutes: int = 30) -> list[DeskSlot]:
        """Offer times."""
        return await self.desk.offer(self.bakyt, typed, minutes)


async def trust_office(office: Office) -> TrustOffice:
    """Make Бакыт a trust officer, with Айзада and Нурлан in the roster."""
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, NURLAN, BAKYT)
    await office.connect(BAKYTS_PHONE, BAKYT)
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.TRUST_OFFICER)
    return talks_on(office, await office.recognise(BAKYTS_PHONE))


def talks_on(office: Office, officer: Actor) -> TrustOffice:
    """Put the services together around an officer."""
    work, clock, calendar, bell = office.unit_of_work, office.clock, BishkekCalendar(), office.outbox_bell
    return TrustOffice(
        office=office,
        trust=TrustService(work, office.reading, clock, calendar, bell),
        desk=TrustDeskService(work, clock, calendar, bell),
        rounds=TrustRounds(work, clock, calendar, bell),
        news=TrustNews(office.reading, clock, calendar),
        bakyt=officer,
    )
