"""Who hears a unit's reminders: its own people, those above it, or the coordinators."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.access import Role
from services.plan_reminders.ahead import Silence
from services.plan_reminders.dto import Seat, Step
from services.plan_reminders.rules import TO_HEAD, TO_LEADERSHIP
from services.plans.dto import Duty, DutyState, Membership, NamedUnit
from services.plans.rights import RECTOR, area_of, is_leading


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Accounts of a unit or post that can be written to."""

    heads: frozenset[int] = frozenset()
    staff: frozenset[int] = frozenset()

    @property
    def everybody(self) -> frozenset[int]:
        """Heads and employees."""
        return self.heads | self.staff


_NOBODY = People()


@dataclass(slots=True, kw_only=True)
class Hearing:
    """Seats of all units, accounts of colleagues by person, coordinators; what was worked out is kept."""

    seats: Sequence[Seat]
    accounts: Mapping[int, int]
    coordinators: frozenset[int]
    membership: Membership
    directory: Mapping[str, NamedUnit]
    _people: dict[str, People] = field(init=False)
    _seats: dict[str, list[Seat]] = field(init=False)
    _heard: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Sort seats by unit."""
        by_unit: dict[str, list[Seat]] = defaultdict(list)
        for seat in self.seats:
            by_unit[seat.code].append(seat)
        self._seats = dict(by_unit)
        self._people = {
            code: People(heads=_of(seats, Role.UNIT_HEAD), staff=_of(seats, Role.UNIT_STAFF))
            for code, seats in by_unit.items()
        }

    def at(self, code: str) -> People:
        """Return the people of a unit or post."""
        return self._people.get(code, _NOBODY)

    def is_leadership(self, code: str) -> bool:
        """Tell whether a code is the rector's or a vice-rector's post."""
        return is_leading(code, self.membership, self.directory)

    def heard_by(self, code: str) -> str:
        """Return whose people hear a unit: itself, the nearest above it with people, or empty for the coordinators."""
        known = self._heard.get(code)
        if known is None:
            around = (code, *(above for above in self._above(code) if not self.is_leadership(above)))
            known = self._heard[code] = next((one for one in around if self.at(one).everybody), "")
        return known

    def heard_at(self, codes: Collection[str]) -> frozenset[str]:
        """Return the units and posts of the directory for which people of these hear: themselves, silent ones below."""
        return frozenset(code for code in self.directory if self.heard_by(code) in codes)

    def audience(self, code: str) -> frozenset[int]:
        """Return the accounts of a unit or post; the coordinators where the code is empty."""
        return self.at(code).everybody if code else self.coordinators

    def head_above(self, code: str, heard_by: str) -> str | None:
        """Return to whom silence climbs first: the heads of a unit with employees, else those above who do not know.

        None where only the leadership, or nobody, is above.
        """
        people = self.at(heard_by)
        if heard_by == code and people.staff and people.heads:
            return code
        for above in self._above(heard_by):
            if self.is_leadership(above):
                return None
            if self.at(above).everybody - people.everybody:
                return above
        return None

    def leader_above(self, code: str) -> str:
        """Return the post to which it climbs then: a vice-rector's above the unit, the rector's; empty for neither."""
        for above in (*self._above(code), RECTOR):
            if above != code and self.is_leadership(above) and self.at(above).everybody:
                return above
        return ""

    def hearers(self, step: Step, duty: Duty | None, *, overdue: bool) -> frozenset[int]:
        """Return the accounts in whose digest a step stands; the leadership hears weekly.

        A colleague to whom a duty was handed on hears it with the heads; alone, once it is accepted and in time. When
        they leave the unit, its people hear as if it had not been handed on.
        """
        if not step.heard_by:
            return self.coordinators
        people = self.at(step.heard_by)
        if step.step == TO_LEADERSHIP:
            return frozenset()
        if step.step == TO_HEAD:
            return people.heads if step.heard_by == step.unit_code else people.everybody
        colleague = self._colleague(duty) if step.heard_by == step.unit_code else None
        if colleague is None or duty is None:
            return people.everybody
        alone = duty.state is DutyState.ACCEPTED and not overdue
        return frozenset({colleague}) if alone else people.heads | {colleague}

    def why_silent(self, code: str) -> Silence | None:
        """Return why nobody of the unit itself would hear; None where somebody does."""
        if self.at(code).everybody:
            return None
        if code not in self.directory:
            return Silence.OUTSIDE
        seats = self._seats.get(code, [])
        if not seats:
            return Silence.NO_HOLDER
        return Silence.BLOCKED if any(seat.linked for seat in seats) else Silence.NOT_LINKED

    def codes_of(self, account_id: int) -> frozenset[str]:
        """Return the units and posts at which an account sits and can be written to."""
        return frozenset(seat.code for seat in self.seats if seat.account_id == account_id and seat.hears)

    def person_of(self, account_id: int) -> int | None:
        """Return the person of a colleague to whom duties were handed on."""
        return next((person for person, account in self.accounts.items() if account == account_id), None)

    def leaders(self) -> dict[int, tuple[str, ...]]:
        """Return accounts of the leadership with their posts: heads of each, else its employees."""
        posts: dict[int, list[str]] = defaultdict(list)
        for code in sorted(self._people):
            if self.is_leadership(code):
                people = self.at(code)
                for account in people.heads or people.staff:
                    posts[account].append(code)
        return {account: tuple(codes) for account, codes in sorted(posts.items())}

    def area_of(self, posts: Collection[str]) -> frozenset[str] | None:
        """Return the codes that stand below posts, themselves included; None for the whole university."""
        return area_of(posts, self.membership)

    def _colleague(self, duty: Duty | None) -> int | None:
        """Return the account to whose person a duty was handed on, as long as they speak for its unit."""
        if duty is None or duty.person_id is None:
            return None
        account = self.accounts.get(duty.person_id)
        return account if account in self.at(duty.unit_code).everybody else None

    def _above(self, code: str) -> Iterator[str]:
        seen = {code, ""}
        above = self.membership.parents.get(code, "")
        while above not in seen:
            seen.add(above)
            yield above
            above = self.membership.parents.get(above, "")


def _of(seats: Sequence[Seat], role: Role) -> frozenset[int]:
    return frozenset(
        seat.account_id for seat in seats if seat.role is role and seat.hears and seat.account_id is not None
    )
