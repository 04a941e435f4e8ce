"""Numbers that one can call, times that are offered for talks, talks."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from services.access import LinkedPerson
from services.languages import Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustPhone:
    """The trust phone; `hours` and `who` (answers) may be empty."""

    phone: str
    hours: Trilingual = field(default_factory=Trilingual)
    who: Trilingual = field(default_factory=Trilingual)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotlines:
    """Where one can call, as the university file says; what it has no value for is empty."""

    trust_phone: TrustPhone | None = None
    anti_corruption: str = ""
    counsellor: str = ""
    emergency: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The names, as in the university file, of what is not there."""
        there = {
            "trust_phone": self.trust_phone,
            "anti_corruption": self.anti_corruption,
            "counsellor": self.counsellor,
            "emergency": self.emergency,
        }
        return tuple(name for name, value in there.items() if not value)

    @property
    def to_call(self) -> tuple[str, ...]:
        """The numbers for somebody who must not be alone now: those that always answer first, each once."""
        trust = self.trust_phone.phone if self.trust_phone is not None else ""
        return tuple(dict.fromkeys(filter(None, (*self.emergency, self.counsellor, trust))))


class Topic(StrEnum):
    """What a talk is about, in one word; nothing else is asked."""

    STUDIES = "studies"
    DORMITORY = "dormitory"
    RELATIONS = "relations"
    CORRUPTION = "corruption"
    HEALTH = "health"
    OTHER = "other"
    UNSAID = "unsaid"


class SlotState(StrEnum):
    """Whether a time can be booked. `withdrawn`: its officer has taken it back, nobody sees it any more."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class TalkState(StrEnum):
    """Whether a talk is to be held; if not, who cancelled it."""

    BOOKED = "booked"
    LEFT = "left"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A trust officer who can be chosen; `free`: how many free times there are."""

    id: int
    name: str
    post: Trilingual
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time that an officer (a person, by id) offers."""

    id: int
    officer_id: int
    starts_at: datetime
    ends_at: datetime
    place: str
    state: SlotState = SlotState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTimes:
    """The free times of an officer."""

    officer: Officer
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk of two people; nobody but these two is ever shown it."""

    id: int
    slot: Slot
    topic: Topic
    state: TalkState
    person: LinkedPerson
    officer: LinkedPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSlot:
    """A time as its officer sees it; `talk` is None where nobody has booked it."""

    slot: Slot
    talk: Talk | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustView:
    """What /trust shows: `talks` of who asks that are to be held; `offered`: somebody has a free time for them."""

    linked: bool
    talks: tuple[Talk, ...] = ()
    offered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTimes:
    """From when until when an officer offers talks on a day, and where; local times."""

    day: date
    start: time
    until: time
    place: str
