"""The terms of an audience as conditions on an account and its person."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Select,
    and_,
    any_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.orm import aliased

from services.audience.dto import GUEST, Audience, Term, TermKey
from services.db.models import Account, AudienceList, AudienceListPerson, MutedCategory, Person, RoleGrant
from services.db.rights import holds
from services.languages import Language
from services.people.dto import PersonKind, PersonStatus
from services.people.rules import group_key

# Named as `holds` wants them.
account = aliased(Account, name="a")
person = aliased(Person, name="p")
_grant = aliased(RoleGrant, name="g")
_HOLDS = text(holds(":today")).bindparams(bindparam("today", type_=Date))
#: The language somebody reads.
LANGUAGE = func.coalesce(account.language, account.guessed_language, Language.KY.value)
#: Whose status it is to study or to work.
STUDYING = (PersonStatus.ACTIVE.value, PersonStatus.LEAVE.value)

#: 'blocked' for whoever stopped the bot.
ENDED = case((account.blocked_at.is_not(None), "blocked"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """What the words of terms stand for in the roster: ids of units, texts of people's facts."""

    units: Mapping[str, Collection[int]] = field(default_factory=dict)
    programmes: Mapping[str, Collection[str]] = field(default_factory=dict)
    citizenships: Mapping[str, Collection[str]] = field(default_factory=dict)


def meant(audience: Audience, meanings: Meanings, *columns: Any, category: str | None = None) -> Select[Any]:  # noqa: ANN401 -- whatever is asked
    """Return a question about everybody who is meant; its parameter is `today`.

    `category`: who has switched it off is not meant.
    """
    conditions = [_CONDITIONS[term.key](term, meanings) for term in audience.included]
    conditions += [_CONDITIONS[term.key](term, meanings).is_not(True) for term in audience.excluded]
    if category is not None:
        conditions.append(_hears_of(category))
    readers = select(*columns).where(account.frozen_at.is_(None), *conditions)
    of_the_roster = _of_the_roster(audience)
    if not audience.names_guests:
        return readers.select_from(account).join(person, person.id == account.person_id).where(*of_the_roster)
    linked = and_(person.id.is_not(None), *of_the_roster)
    return (
        readers.select_from(account)
        .outerjoin(person, person.id == account.person_id)
        .where(or_(account.person_id.is_(None), linked))
    )


def meant_people(audience: Audience, meanings: Meanings, *columns: Any) -> Select[Any]:  # noqa: ANN401 -- as above
    """Return a question about everybody of the roster who is meant, linked or not; its parameter is `today`."""

    def condition(term: Term) -> ColumnElement[bool]:
        bare = replace(term, values=tuple(value for value in term.values if value != GUEST))
        asked = _CONDITIONS[term.key](bare, meanings) if bare.values else false()
        return and_(account.telegram_id.is_not(None), asked) if term.key is TermKey.LANG else asked

    conditions = [condition(term) for term in audience.included]
    conditions += [condition(term).is_not(True) for term in audience.excluded]
    people = select(*columns).select_from(person).outerjoin(account, account.person_id == person.id)
    return people.where(*_of_the_roster(audience), *conditions)


def _of_the_roster(audience: Audience) -> list[ColumnElement[bool]]:
    present: list[ColumnElement[bool]] = [person.absent_since.is_(None)]
    if all(term.key is not TermKey.STATUS for term in audience.included):
        present.append(person.status.in_(STUDYING))
    return present


def _hears_of(category: str) -> ColumnElement[bool]:
    muted = select(MutedCategory.account_id).where(
        MutedCategory.account_id == account.telegram_id, MutedCategory.category == category
    )
    return ~muted.correlate(account).exists()


def _role(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    kinds = [value for value in term.values if value in set(PersonKind)]
    roles = [value for value in term.values if value not in {*kinds, GUEST}]
    held = select(_grant.id).where(_grant.telegram_id == account.telegram_id, _among(_grant.role, roles), _HOLDS)
    return or_(
        *([_among(person.kind, kinds)] if kinds else []),
        *([account.person_id.is_(None)] if GUEST in term.values else []),
        *([held.correlate(account, person).exists()] if roles else []),
    )


def _kind(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    return _among(person.kind, term.values)


def _unit(term: Term, meanings: Meanings) -> ColumnElement[bool]:
    return _among(person.unit_id, _all(term, meanings.units))


def _programme(term: Term, meanings: Meanings) -> ColumnElement[bool]:
    names = _all(term, meanings.programmes)
    return or_(
        _among(person.programme_ky, names), _among(person.programme_ru, names), _among(person.programme_en, names)
    )


def _course(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    return _among(person.course, [int(value) for value in term.values])


def _group(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    return and_(person.group_key != "", _among(person.group_key, [group_key(value) for value in term.values]))


def _form(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    return _among(person.study_form, term.values)


def _citizenship(term: Term, meanings: Meanings) -> ColumnElement[bool]:
    return _among(person.citizenship, _all(term, meanings.citizenships))


def _lang(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    return _among(LANGUAGE, term.values)


def _status(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    return _among(person.status, term.values)


def _list(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    return person.id.in_(
        select(AudienceListPerson.person_id)
        .join(AudienceList, AudienceList.id == AudienceListPerson.list_id)
        .where(_among(AudienceList.name, term.values))
    )


def _person(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    return _among(person.number_key, term.values)


def _account(term: Term, _meanings: Meanings) -> ColumnElement[bool]:
    return _among(account.telegram_id, [int(value) for value in term.values])


def _among(column: Any, values: Collection[Any]) -> ColumnElement[bool]:  # noqa: ANN401 -- any column of the two
    """Compare with an array: the statement is the same however many values there are."""
    among: ColumnElement[bool] = column == any_(literal(list(values), ARRAY(column.type)))
    return among


def _all(term: Term, meanings: Mapping[str, Collection[Any]]) -> list[Any]:
    return sorted({one for value in term.values for one in meanings.get(value, ())})


_CONDITIONS: Mapping[TermKey, Callable[[Term, Meanings], ColumnElement[bool]]] = {
    TermKey.ROLE: _role,
    TermKey.KIND: _kind,
    TermKey.UNIT: _unit,
    TermKey.PROGRAMME: _programme,
    TermKey.COURSE: _course,
    TermKey.GROUP: _group,
    TermKey.FORM: _form,
    TermKey.CITIZENSHIP: _citizenship,
    TermKey.LANG: _lang,
    TermKey.STATUS: _status,
    TermKey.LIST: _list,
    TermKey.PERSON: _person,
    TermKey.ACCOUNT: _account,
}
