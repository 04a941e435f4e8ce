"""How announcements were received, for whoever may write in the same name."""

from datetime import timedelta

from services.access import Actor, Role
from services.announcements.errors import NoSuchAnnouncement
from services.announcements.rules import require_writer, voices_of
from services.bulletin.errors import NothingToCount
from services.bulletin.figures import Statistics, Timeline, Totals
from services.bulletin.ports import BulletinUnitOfWork
from services.bulletin.rules import LEAST, shown_readings, shown_units, timeline_of
from services.ports import Calendar, Clock, Factory

#: The pasts of which a list can be had, in days.
PERIODS = (30, 180)


class StatisticsService:
    """Figures; they never name a person, nor a group of fewer than `LEAST`."""

    def __init__(self, reading: Factory[BulletinUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar

    async def get(self, actor: Actor, announcement_id: int) -> Statistics:
        """Return the figures of one announcement.

        Raises:
            NoSuchAnnouncement: there is none.
            NothingToCount: it has not begun to go out.
        """
        async with self._reading() as uow:
            announcement = await uow.announcements.find(announcement_id)
            require_writer(actor, announcement)
            if announcement is None:
                raise NoSuchAnnouncement(announcement_id)
            notice_id = announcement.notice_id
            if notice_id is None:
                raise NothingToCount
            out_since = await uow.figures.get_out_since(notice_id)
            tally = await uow.broadcasts.tally(notice_id)
            units = await uow.figures.count_by_unit(announcement_id, notice_id)
            readings = await uow.figures.count_by_hour(announcement_id)
            posts = await uow.channels.list_posts(notice_id) if announcement.channels else []
            before = await uow.figures.count_before_correction(announcement_id)
        recipients = sum(unit.recipients for unit in units)
        few = recipients < LEAST
        return Statistics(
            announcement=announcement,
            taken_at=self._clock.now(),
            out_since=out_since,
            recipients=recipients,
            tally=tally,
            read=shown_readings(sum(number for _moment, number in readings), recipients),
            read_before=shown_readings(before, recipients),
            units=() if few else shown_units(units),
            timeline=Timeline() if few else timeline_of(readings, out_since, self._calendar),
            posts=tuple(posts),
        )

    async def list_totals(self, actor: Actor, days: int, most: int | None = None) -> Totals:
        """Return what went out in the last so many days (one of `PERIODS`) in all names in which somebody may write.

        `most`: so many of the newest are enough; what became of the others is not counted then.
        """
        voices = voices_of(actor)
        if not voices:
            actor.require(Role.EDITOR)
        days = days if days in PERIODS else PERIODS[0]
        now = self._clock.now()
        async with self._reading() as uow:
            number, rows = await uow.figures.list_totals(voices, now - timedelta(days=days), most)
        return Totals(days=days, taken_at=now, number=number, rows=tuple(rows))
