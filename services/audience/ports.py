"""What this feature needs from storage."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from services.audience.dto import (
    Audience,
    AudienceCount,
    AudienceSurvey,
    KeptList,
    KnownUnit,
    Offered,
    RosterMember,
    TermKey,
)
from services.audit.ports import AuditLog
from services.languages import Language, Trilingual
from services.ports import Transaction


class AudienceRepository(Protocol):
    """Who is meant by an audience on a day (the university's), and lists of people.

    Meant are accounts that are linked to somebody of the roster and not frozen; who has graduated or was expelled is
    not, unless the audience names the status. Guests, who are linked to nobody, are meant where the audience names
    them. With a category nobody is meant who has switched it off.
    """

    async def find_unknown(self, audience: Audience) -> tuple[str, ...]:
        """Return what is named and does not exist, each as `group:ПИ-9-99`: nobody can have meant it."""
        ...

    async def count(self, audience: Audience, today: date, category: str | None = None) -> AudienceCount:
        """Count who is meant."""
        ...

    async def survey(
        self, audience: Audience, languages: Collection[Language], today: date, category: str | None = None
    ) -> AudienceSurvey:
        """Count who is meant and who of them reads none of these languages; name some."""
        ...

    async def freeze(
        self, audience: Audience, notice_id: int, today: date, category: str | None = None
    ) -> AudienceCount:
        """Write a delivery of the notice for everybody who is meant; ended as blocked for who stopped the bot."""
        ...

    async def includes(self, audience: Audience, account_id: int, today: date, category: str | None = None) -> bool:
        """Tell whether an account is meant now; whether it can be reached is not asked."""
        ...

    async def list_members(self, audience: Audience, today: date) -> list[RosterMember]:
        """Return who of the roster is meant, linked or not; whoever is linked to nobody is not in the roster.

        What is asked of an account (a role that was given, a language) nobody has who is not linked.
        """
        ...

    async def list_units(self) -> list[KnownUnit]:
        """Return all units and posts."""
        ...

    async def find_people(self, person_nos: Collection[str]) -> dict[str, int]:
        """Return the ids of those in the roster by the number as it was given, in any spelling of it."""
        ...

    async def put_list(self, name: str, person_ids: Sequence[int], by: int | None, now: datetime) -> int:
        """Make these people the whole list of this name; returns its id."""
        ...

    async def list_lists(self) -> list[KeptList]:
        """Return all lists, by name."""
        ...

    async def drop_list(self, name: str) -> int | None:
        """Delete a list; returns the id that it had, None if there is none of this name."""
        ...


class AudienceOffers(Protocol):
    """What can be named in an audience, with how many linked people each; `unit_code`: of this unit's people only."""

    async def list_offered(self, key: TermKey, unit_code: str | None, account_id: int | None) -> list[Offered]:
        """Return the values of a term that anybody has, in the order in which people look for them.

        Of lists a unit is offered those that this account has brought, or that the unit's announcements name.
        """
        ...

    async def name_units(self, words: Collection[str]) -> dict[str, Trilingual]:
        """Return what the units are called that are named by these words; what names none is left out."""
        ...


class AudienceUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def audiences(self) -> AudienceRepository:
        """Audiences."""
        ...

    @property
    def audit(self) -> AuditLog:
        """Acts."""
        ...
