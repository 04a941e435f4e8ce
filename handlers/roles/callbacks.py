"""Buttons of this feature; they carry ids only."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.access import Role


class RoleFilter(StrEnum):
    """Which roles a list shows."""

    ALL = "all"
    ADMIN = Role.ADMIN.value
    REGISTRAR = Role.REGISTRAR.value
    EDITOR = Role.EDITOR.value
    APPROVER = Role.APPROVER.value
    SURVEY_MANAGER = Role.SURVEY_MANAGER.value
    TRUST_OFFICER = Role.TRUST_OFFICER.value
    PLAN_COORDINATOR = Role.PLAN_COORDINATOR.value
    UNIT_HEAD = Role.UNIT_HEAD.value
    UNIT_STAFF = Role.UNIT_STAFF.value

    @property
    def role(self) -> Role | None:
        """The role; None for all."""
        return None if self is RoleFilter.ALL else Role(self.value)


class DayChoice(StrEnum):
    """A day that is not typed."""

    FROM_NOW = "n"
    NO_END = "e"


class ListGrants(CallbackData, prefix="tl"):
    """Show a page of the list."""

    page: int
    role: RoleFilter


class ChooseFilter(CallbackData, prefix="tf"):
    """Choose which roles the list shows."""


class OpenGrant(CallbackData, prefix="tg"):
    """Open a grant's card; back leads to the page it was opened from."""

    grant_id: int
    page: int
    role: RoleFilter


class AskRevoke(CallbackData, prefix="ta"):
    """Ask once more before a grant is ended."""

    grant_id: int


class RevokeGrant(CallbackData, prefix="tr"):
    """End a grant."""

    grant_id: int


class AppointDeputy(CallbackData, prefix="td"):
    """Begin the form for a deputy."""

    grant_id: int


class GiveRole(CallbackData, prefix="tn"):
    """Begin the form for a role."""


class ChooseCandidate(CallbackData, prefix="tc"):
    """Choose a person, or an account alone; the other is 0."""

    person_id: int
    account_id: int


class ChooseRole(CallbackData, prefix="to"):
    """Choose the role."""

    role: Role


class ChooseUnit(CallbackData, prefix="tu"):
    """Choose the unit; 0 for the whole university."""

    unit_id: int


class ChooseDay(CallbackData, prefix="ty"):
    """Choose a day that is not typed."""

    day: DayChoice


class ConfirmRole(CallbackData, prefix="tk"):
    """Give what the screen says; `draft` tells whether the form still says the same."""

    draft: str
