"""How announcements were received, in figures; nobody is named."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.announcements.dto import Announcement
from services.channels.dto import ChannelPost
from services.delivery.dto import Tally
from services.languages import Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """The people of one unit, or (`code` empty) all others together."""

    code: str
    name: Trilingual
    recipients: int
    sent: int
    read: int


class Step(StrEnum):
    """How long a bar of a timeline is."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many confirmed from a moment on, for the length of a step."""

    begins_at: datetime
    readings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Bars without a gap from the beginning to the last reading; none where nobody confirmed."""

    step: Step = Step.HOUR
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """One announcement. Where they could tell of single people, `units` and `timeline` are empty, `read` is None.

    All numbers are of people; `posts`: how it stands in each channel, whose readers nobody knows.
    `read_before`: how many have confirmed it before it was corrected, and not since; None as above.
    """

    announcement: Announcement
    taken_at: datetime
    out_since: datetime
    recipients: int
    tally: Tally
    read: int | None
    units: tuple[UnitFigures, ...]
    timeline: Timeline
    posts: tuple[ChannelPost, ...] = ()
    read_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsRow:
    """One of many announcements; `read` is None where it could tell of single people."""

    announcement: Announcement
    out_since: datetime
    recipients: int
    sent: int
    read: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Announcements of the last so many days that somebody may look at, the newest first.

    `number`: how many there are; `rows` are the first of them, or all.
    """

    days: int
    taken_at: datetime
    number: int
    rows: tuple[TotalsRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPart:
    """A part of a whole: its words, its share from 0 to 1, and how good it is (`good`, `bad`, `open`)."""

    label: str
    said: str
    share: float
    tone: str = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRows:
    """Bars that lie under each other, with a heading."""

    title: str
    rows: tuple[ChartPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartColumns:
    """Bars that stand side by side: how high (from 0 to 1), and what stands under the first, middle and last one."""

    title: str
    heights: tuple[float, ...]
    highest: str
    labels: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of figures in the reader's language, ready to be drawn."""

    language: str
    university: str
    title: str
    subtitle: str
    facts: tuple[ChartPart, ...]
    units: ChartRows | None
    times: ChartColumns | None
    foot: str
