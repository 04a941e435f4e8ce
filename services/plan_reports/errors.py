"""What is refused about the state of plans."""

from services.errors import Refusal


class NothingPlanned(Refusal):
    """There is no such plan, or none of this academic year yet."""


class NotCounted(Refusal):
    """The figures have no such unit, programme or month by now."""


class NoPlanFile(Refusal):
    """The plan's own Word file is not kept here, so there is nothing to write statuses into."""


class CalendarChanged(Refusal):
    """The unit's address is not the one that the screen spoke of: somebody made another, or ended it."""


class NoCalendarPages(Refusal):
    """The university has no web pages, so a calendar would have no address."""
