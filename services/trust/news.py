"""What notices ask at the moment of sending."""

from services.ports import Calendar, Clock, Factory
from services.trust.dto import Talk
from services.trust.ports import TrustUnitOfWork


class TrustNews:
    """Talks as they are now, for their two people."""

    def __init__(self, reading: Factory[TrustUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar

    async def find_talk(self, talk_id: int, account_id: int) -> tuple[Talk, bool] | None:
        """Return a talk that has not begun, and whether the account is its officer's; None if it is neither's."""
        now = self._clock.now()
        async with self._reading() as uow:
            talk = await uow.trust.find_talk(talk_id)
            if talk is None or talk.slot.starts_at <= now:
                return None
            officer = await uow.trust.find_officers_account(talk.officer.id, self._calendar.today(now))
            if account_id == officer:
                return talk, True
            return (talk, False) if account_id == await uow.trust.find_account(talk.person.id) else None
