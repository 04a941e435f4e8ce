"""What is known of an account."""

from dataclasses import dataclass
from datetime import datetime

from services.access import Actor
from services.announcements.dto import Category
from services.delivery.quiet_hours import QuietHours
from services.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as it is stored; `language` is None until the person chose one, `form` outside of any form."""

    telegram_id: int
    language: Language | None
    last_seen_at: datetime
    blocked: bool
    form: str | None
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChoices:
    """What stands in an account besides its language; `quiet_hours` is None for the university's own.

    `has_papers`: the person behind it has a visa, a registration or a work permit that ends.
    `gathered`, `muted`: see `PersonalSettings`.
    """

    quiet_hours: QuietHours | None
    silent: bool
    linked_at: datetime | None
    has_papers: bool
    gathered: bool = False
    muted: frozenset[Category] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalSettings:
    """What a person can set for themselves. `quiet_hours` is None for the university's, which are the usual ones.

    `silent`: ordinary unasked messages come without a sound. `has_papers`: the person has papers that end.
    `gathered`: ordinary messages come together in the evening. `muted`: of these categories ordinary announcements do
    not come.
    """

    quiet_hours: QuietHours | None
    usual_quiet_hours: QuietHours
    silent: bool
    linked_at: datetime | None
    has_papers: bool = False
    gathered: bool = False
    muted: frozenset[Category] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody writes: who it is, and where in a form they stand (the form's own name for it)."""

    actor: Actor
    form: str | None
