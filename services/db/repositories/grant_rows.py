"""Rows of grants and of those who can hold one, put into what services know."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, case, func, or_, select
from sqlalchemy import cast as as_type
from sqlalchemy.orm import aliased

from services.access import Role
from services.db.models import Account, Link, Person, RoleGrant, Unit
from services.db.repositories.person_rows import LINKED, joined_person, linked_columns
from services.languages import Trilingual
from services.linking.dto import LinkWay
from services.roles.dto import Candidate, Grant, HolderKey, Period, Principal, UnitName
from services.roles.rules import common, state_of

_ADMINISTRATOR = "account "

_owner = aliased(Person, name="account_person")
_principal = aliased(RoleGrant, name="principal")
_principal_person = aliased(Person, name="principal_person")
_principal_account = aliased(Account, name="principal_account")
_principal_owner = aliased(Person, name="principal_account_person")
_giver = aliased(Account, name="giver")
_giver_person = aliased(Person, name="giver_person")

UNIT_COLUMNS = (Unit.id, Unit.code, Unit.name_ky, Unit.name_ru, Unit.name_en, Unit.abbreviation, Unit.aliases)


def _stands(grant: type[RoleGrant], account: type[Account], person: type[Person]) -> ColumnElement[bool]:
    """Tell whether the account of a grant is not frozen and still the person's to whom it was given."""
    theirs = and_(account.person_id == grant.person_id, person.absent_since.is_(None))
    return and_(account.frozen_at.is_(None), or_(grant.person_id.is_(None), theirs))


_link = aliased(Link, name="link_in_force")
#: Only a one-time code shows that an account is the person's: a number may have been given to somebody else.
_LINKED_BY_CODE = (
    select(_link.id)
    .where(_link.account_id == Account.telegram_id, _link.ended_at.is_(None), _link.way == LinkWay.CODE.value)
    .correlate(Account)
    .exists()
)

#: People or accounts; the caller joins the two (`join_from`).
CANDIDATES: Select[*tuple[Any, ...]] = select(
    Person.id.label("person_id"), *LINKED[1:],
    Person.absent_since, Person.group_name, Person.post_ky, Person.post_ru, Person.post_en,
    Account.telegram_id, Account.frozen_at, _LINKED_BY_CODE,
)  # fmt: skip

#: Grants with all their names.
GRANTS: Select[*tuple[Any, ...]] = (
    select(
        RoleGrant.id, RoleGrant.role, RoleGrant.telegram_id, RoleGrant.valid_from, RoleGrant.valid_to,
        RoleGrant.deputy_of, RoleGrant.granted_at, RoleGrant.granted_by, RoleGrant.revoked_at,
        Account.telegram_id.is_not(None),
        _stands(RoleGrant, Account, Person),
        or_(RoleGrant.deputy_of.is_(None), _stands(_principal, _principal_account, _principal_person)),
        _principal.telegram_id, _principal.valid_from, _principal.valid_to, _principal.revoked_at.is_not(None),
        *UNIT_COLUMNS,
        *LINKED, *linked_columns(_owner),
        *linked_columns(_principal_person), *linked_columns(_principal_owner), *linked_columns(_giver_person),
    )
    .outerjoin(Person, Person.id == RoleGrant.person_id)
    .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
    .outerjoin(Account, Account.telegram_id == RoleGrant.telegram_id)
    .outerjoin(_owner, _owner.id == Account.person_id)
    .outerjoin(_principal, _principal.id == RoleGrant.deputy_of)
    .outerjoin(_principal_person, _principal_person.id == _principal.person_id)
    .outerjoin(_principal_account, _principal_account.telegram_id == _principal.telegram_id)
    .outerjoin(_principal_owner, _principal_owner.id == _principal_account.person_id)
    .outerjoin(_giver, RoleGrant.granted_by == _ADMINISTRATOR + as_type(_giver.telegram_id, String))
    .outerjoin(_giver_person, _giver_person.id == _giver.person_id)
)  # fmt: skip
_UNIT, _PERSON = len(UNIT_COLUMNS), len(LINKED)


def holder_order(today: date) -> tuple[Any, ...]:
    """Return the order of a list of grants: what is over last, then by name, then by account."""
    over = case((RoleGrant.valid_to < today, 1), else_=0)
    name = func.coalesce(Person.sort_key, _owner.sort_key)
    return (over, name.asc().nulls_last(), RoleGrant.telegram_id, RoleGrant.role, RoleGrant.id)


def unit_of(columns: tuple[Any, ...]) -> UnitName:
    """Return a unit."""
    unit_id, code, ky, ru, en, abbreviation, aliases = columns
    name = Trilingual(ky=ky, ru=ru, en=en)
    return UnitName(id=unit_id, code=code, name=name, abbreviation=abbreviation, aliases=tuple(aliases))


def candidate_of(row: Row[Any], key: HolderKey) -> Candidate:
    """Return somebody who can be given a role."""
    *person, absent_since, group, post_ky, post_ru, post_en, telegram_id, frozen_at, by_code = tuple(row)
    a_person = key.person_id is not None
    return Candidate(
        key=key,
        person=joined_person(person),
        telegram_id=telegram_id,
        wrote=telegram_id is not None,
        needs_code=a_person and telegram_id is not None and not by_code,
        rests=frozen_at is not None or (a_person and absent_since is not None),
        group_name=group or "",
        post=Trilingual(ky=post_ky or "", ru=post_ru or "", en=post_en or ""),
    )


def grant_of(row: Row[Any], today: date) -> Grant:
    """Return a grant; the state is that of the day."""
    grant_id, role, telegram_id, first, last, deputy_of, granted_at, granted_by, revoked_at, *rest = tuple(row)
    wrote, stands, principal_stands, principal_id, principal_first, principal_last, principal_ended, *rest = rest
    unit, people = rest[:_UNIT], [rest[start : start + _PERSON] for start in range(_UNIT, len(rest), _PERSON)]
    person, account_person, principal_person, principal_owner, giver_person = (joined_person(one) for one in people)
    period, principal = Period(first=first, last=last), None
    if deputy_of is not None:
        principal = Principal(
            grant_id=deputy_of, telegram_id=principal_id, person=principal_person, account_person=principal_owner
        )
    ended = revoked_at is not None
    return Grant(
        id=grant_id,
        role=Role(role),
        unit=unit_of(tuple(unit)) if unit[0] is not None else None,
        telegram_id=telegram_id,
        wrote=wrote,
        person=person,
        account_person=account_person,
        period=period,
        principal=principal,
        granted_at=granted_at,
        granted_by=int(granted_by.removeprefix(_ADMINISTRATOR)) if granted_by.startswith(_ADMINISTRATOR) else None,
        granted_by_person=giver_person,
        ended=ended,
        state=state_of(
            common(period, Period(first=principal_first, last=principal_last)),
            today,
            ended=ended or bool(deputy_of is not None and principal_ended),
            waits=telegram_id is None,
            rests=not (stands and principal_stands),
        ),
    )
