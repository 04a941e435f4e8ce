"""Who acts, and what that person may do: default deny."""

from dataclasses import dataclass
from enum import StrEnum

from services.errors import Refusal
from services.languages import Language


class Role(StrEnum):
    """A right over and above being a student or an employee; it belongs to a Telegram account."""

    ADMIN = "admin"
    REGISTRAR = "registrar"
    EDITOR = "editor"
    APPROVER = "approver"
    SURVEY_MANAGER = "survey_manager"
    TRUST_OFFICER = "trust_officer"
    PLAN_COORDINATOR = "plan_coordinator"
    UNIT_HEAD = "unit_head"
    UNIT_STAFF = "unit_staff"


#: Whoever holds one of these for the whole university decides about people and their links: an official.
OFFICIALS = frozenset({Role.ADMIN, Role.REGISTRAR})


class NotAllowed(Refusal):
    """The actor has no right to do this."""


class NotLinked(Refusal):
    """The account is not linked to anybody in the roster."""


class LinkFrozen(Refusal):
    """Somebody said that the account's link is not theirs; it opens nothing until the Study Office has looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGrant:
    """A role, for the whole university (`unit_code` is None) or for one unit."""

    role: Role
    unit_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPerson:
    """The person of the roster behind an account, as far as every screen needs it."""

    id: int
    person_no: str
    full_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks for a use case. `account_id` is the Telegram id; None for the operator at the command line.

    `frozen`: somebody said that this account's link is not theirs; until the Study Office has looked it has no person,
    and whatever roles it holds give it nothing. `curated`: the study groups of which the person is the curator.
    """

    account_id: int | None
    language: Language
    language_chosen: bool = False
    person: LinkedPerson | None = None
    grants: frozenset[RoleGrant] = frozenset()
    frozen: bool = False
    curated: tuple[str, ...] = ()

    def has(self, role: Role, unit_code: str | None = None) -> bool:
        """Tell whether the actor holds the role everywhere, or in just this unit."""
        if self.frozen:
            return False
        return RoleGrant(role=role) in self.grants or RoleGrant(role=role, unit_code=unit_code) in self.grants

    def require(self, role: Role, unit_code: str | None = None) -> None:
        """Refuse unless the actor holds the role."""
        if not self.has(role, unit_code):
            raise LinkFrozen if self.frozen else NotAllowed

    def require_any(self, *roles: Role) -> None:
        """Refuse unless the actor holds one of the roles everywhere."""
        if not any(self.has(role) for role in roles):
            raise LinkFrozen if self.frozen else NotAllowed

    def require_official(self) -> None:
        """Refuse unless the actor decides about people and their links."""
        self.require_any(*OFFICIALS)

    def require_person(self) -> LinkedPerson:
        """Return the actor's person, or refuse."""
        if self.frozen:
            raise LinkFrozen
        if self.person is None:
            raise NotLinked
        return self.person


#: The operator at the command line: whoever reaches the database may do what an administrator may.
OPERATOR = Actor(account_id=None, language=Language.EN, grants=frozenset({RoleGrant(role=Role.ADMIN)}))
