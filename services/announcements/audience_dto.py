"""Who gets a draft, as whoever chooses it looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from services.announcements.dto import Announcement
from services.audience.dto import Audience, AudienceSurvey, ListBrought, Offered, TermKey
from services.channels.dto import Channel
from services.languages import Trilingual

#: Of fewer nobody is named: whoever chooses would learn who somebody is by asking for few enough.
FEWEST_NAMED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAudience:
    """Who is meant by now. `audience`: None while nobody is chosen, or where it cannot be read any more (`unreadable`).

    `survey`: None where there is nobody to count, or where the audience names what does not exist any more (`unknown`,
    each as `group:ПИ-9-99`). `unit_names`: what the units are called that the audience names, by how it names them.
    In `survey` nobody is named where fewer than `FEWEST_NAMED` are meant.
    `unit`: the unit to whose people it is confined; None for the whole university. `channels`: where it goes besides.
    """

    draft: Announcement
    audience: Audience | None
    unreadable: bool = False
    unknown: tuple[str, ...] = ()
    survey: AudienceSurvey | None = None
    unit_names: Mapping[str, Trilingual] = field(default_factory=dict)
    unit: Trilingual | None = None
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceOffer:
    """Values of a term to choose from; `typed`: only those that answer to this text.

    `recipients`: how many are meant by now; None where that cannot be said.
    """

    draft: Announcement
    audience: Audience | None
    key: TermKey
    values: tuple[Offered, ...]
    recipients: int | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChosen:
    """A list that was brought for a draft, and what it holds."""

    name: str
    brought: ListBrought
