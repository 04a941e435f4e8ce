"""Who holds a role, where and when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.access import LinkedPerson, Role
from services.languages import Language, Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days of the university, both included. None: since ever, or without an end."""

    first: date | None = None
    last: date | None = None


class GrantState(StrEnum):
    """Whether a grant gives its holder the role today.

    `waiting`: the person has linked no account by a one-time code yet. `resting`: the account it is bound to is frozen
    or not theirs at the moment, or that is so with whom they stand in for.
    """

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    WAITING = "waiting"
    RESTING = "resting"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitName:
    """A unit as people know it."""

    id: int
    code: str
    name: Trilingual
    abbreviation: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderKey:
    """Who is meant: a person of the roster, or an account alone (exactly one is set)."""

    person_id: int | None = None
    telegram_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who can be given a role.

    `telegram_id`: the account meant, or the one that is linked to the person now; `wrote`: it is known to the bot.
    `needs_code`: that account was linked to the person by their number or on request, which is not enough for a role.
    `rests`: a role would rest, because the person is not in the roster or the account is frozen.
    """

    key: HolderKey
    person: LinkedPerson | None
    telegram_id: int | None
    wrote: bool
    needs_code: bool = False
    rests: bool = False
    group_name: str = ""
    post: Trilingual = field(default_factory=Trilingual)

    @property
    def waits(self) -> bool:
        """Whether a role would wait for the person to link their account by a one-time code."""
        return self.telegram_id is None or self.needs_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Whom a deputy stands in for; the same names as in `Grant`."""

    grant_id: int
    telegram_id: int | None
    person: LinkedPerson | None
    account_person: LinkedPerson | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role of somebody, with what has become of it.

    `person`: to whom it was given, None for an account alone; `account_person`: whose that account is now.
    `granted_by`: the administrator's account and `granted_by_person` whose it is now; both None for the operator.
    """

    id: int
    role: Role
    unit: UnitName | None
    telegram_id: int | None
    wrote: bool
    person: LinkedPerson | None
    account_person: LinkedPerson | None
    period: Period
    principal: Principal | None
    granted_at: datetime
    granted_by: int | None
    granted_by_person: LinkedPerson | None
    ended: bool
    state: GrantState

    @property
    def subject(self) -> str:
        """What the audit log calls the holder."""
        return f"person:{self.person.id}" if self.person else f"account:{self.telegram_id}"

    @property
    def rules_everywhere(self) -> bool:
        """Whether its holder is an administrator of the whole university."""
        return self.role is Role.ADMIN and self.unit is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrant:
    """A grant as it is written. `telegram_id` is None while it waits for the person's account."""

    person_id: int | None
    telegram_id: int | None
    role: Role
    unit_id: int | None
    period: Period
    deputy_of: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantProposal:
    """What an administrator wants to give: a role, or the place of a deputy (`deputy_of`, then with that role).

    `unit`: its code or its id; None for the whole university. A deputy without a first day begins today.
    """

    holder: str | HolderKey
    role: Role | None = None
    unit: str | int | None = None
    period: Period = Period()
    deputy_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantReview:
    """A proposal with names, examined: it can be given."""

    candidate: Candidate
    role: Role
    unit: UnitName | None
    period: Period
    principal: Grant | None
    state: GrantState


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedGrants:
    """What a revocation ended, deputies too. `nobody_left`: there is no administrator any more."""

    grants: tuple[Grant, ...]
    nobody_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantWithDeputies:
    """A grant and those who stand in for its holder."""

    grant: Grant
    deputies: tuple[Grant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPage:
    """A page of the list; pages count from 0. `by_settings`: accounts that the operator's settings name."""

    entries: Sequence[GrantWithDeputies]
    page: int
    pages: int
    by_settings: Collection[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCandidates:
    """Whom a search found; `more`: there are others."""

    candidates: Sequence[Candidate]
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUnits:
    """Which units a search found; `more`: there are others."""

    units: Sequence[UnitName]
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRoles:
    """What an account may do. `by_settings`: it is an administrator by the operator's settings."""

    grants: Sequence[Grant]
    by_settings: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMenu:
    """The command menu of an account. `official`: it should have one of its own; `shown`: the one it has.

    `writes`: announcements are among what it may do; `plans`: work plans ask something of it.
    """

    account_id: int
    language: Language
    official: bool
    writes: bool
    plans: bool
    shown: str | None
