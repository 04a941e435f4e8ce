"""Rows of people and of their accounts, put into what services know."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Date, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from services.access import LinkedPerson
from services.db.models import Account, Link, Person, RoleGrant, Unit
from services.languages import Trilingual
from services.linking.dto import PersonStanding
from services.people.dto import PersonStatus
from services.people.rules import full_name


def linked_columns(person: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- a table or its alias
    """Return what `linked_person` reads."""
    return (person.id, person.person_no, person.last_name, person.first_name, person.patronymic)


LINKED = linked_columns(Person)
UNIT_NAME = (Unit.name_ky, Unit.name_ru, Unit.name_en)
_held_account = aliased(Account, name="held_account")
_HELD = (RoleGrant.revoked_at.is_(None), func.coalesce(RoleGrant.valid_to >= bindparam("today", type_=Date), True))
# Two conditions and not one with `or`: each has its index.
_HOLDS_ROLES = or_(
    select(RoleGrant.id).where(RoleGrant.person_id == Person.id, *_HELD).exists(),
    select(RoleGrant.id)
    .join(_held_account, _held_account.telegram_id == RoleGrant.telegram_id)
    .where(_held_account.person_id == Person.id, RoleGrant.person_id.is_(None), *_HELD)
    .exists(),
)
#: What linking asks of a person, on a day (parameter `today`).
STANDING = (*LINKED, Person.absent_since, Person.status, Person.first_linked_at, _HOLDS_ROLES)

_disowned = aliased(Link, name="disowned")
#: The link for which a frozen account was frozen last (0: not written down); null if it is not frozen.
HOLD = case(
    (
        Account.frozen_at.is_not(None),
        func.coalesce(
            select(_disowned.id)
            .where(_disowned.account_id == Account.telegram_id, _disowned.disowned_at.is_not(None))
            .order_by(_disowned.disowned_at.desc(), _disowned.id.desc())
            .limit(1)
            .correlate(Account)
            .scalar_subquery(),
            0,
        ),
    )
)


def linked_person(columns: Sequence[Any]) -> LinkedPerson:
    """Read `linked_columns`."""
    person_id, person_no, *name = columns
    return LinkedPerson(id=person_id, person_no=person_no, full_name=full_name(*name))


def joined_person(columns: Sequence[Any]) -> LinkedPerson | None:
    """Read `linked_columns` of an outer join."""
    return None if columns[0] is None else linked_person(columns)


def joined_unit_name(columns: Sequence[Any]) -> Trilingual | None:
    """Read `UNIT_NAME` of an outer join."""
    ky, ru, en = columns
    return None if ky is None else Trilingual(ky=ky, ru=ru, en=en)


def person_standing(columns: Sequence[Any]) -> PersonStanding:
    """Read `STANDING`."""
    *person, absent_since, status, first_linked_at, holds_roles = columns
    return PersonStanding(
        person=linked_person(person),
        absent=absent_since is not None,
        status=PersonStatus(status),
        linked_before=first_linked_at is not None,
        holds_roles=holds_roles,
    )
