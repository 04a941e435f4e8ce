"""What the granting of roles refuses."""

from datetime import date

from services.access import Role
from services.errors import Refusal
from services.roles.dto import Period


class UnknownHolder(Refusal):
    """Neither a number of the roster nor a Telegram id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class AmbiguousHolder(Refusal):
    """The digits are both a number of the roster and the Telegram id of an account."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class UnknownUnit(Refusal):
    """No unit has this code."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class UnitNeeded(Refusal):
    """This role is always that of one unit."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self.role = role


class WrongPeriod(Refusal):
    """The last day lies before the first."""


class PeriodIsOver(Refusal):
    """The last day is past already."""

    def __init__(self, last: date) -> None:
        super().__init__()
        self.last = last


class RoleHeldAlready(Refusal):
    """The holder has this role already, on some or all of these days."""

    def __init__(self, period: Period) -> None:
        super().__init__()
        self.period = period


class RoleNotHeld(Refusal):
    """There is no such grant, or not any more."""


class OwnAdministration(Refusal):
    """Administrators do not take their own right away."""


class LastAdministrator(Refusal):
    """Nobody would be left who can give rights."""


class GrantNotInForce(Refusal):
    """Nobody can stand in for a right that is not in force."""


class DeputyOfDeputy(Refusal):
    """A deputy has no deputies."""


class DeputyOfThemself(Refusal):
    """Nobody stands in for themself."""


class DeputyNeedsPeriod(Refusal):
    """A deputy is appointed from a day to a day."""


class BeyondGrant(Refusal):
    """The right ends before its deputy would."""

    def __init__(self, last: date) -> None:
        super().__init__()
        self.last = last
