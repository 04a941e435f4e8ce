"""Rights: default deny."""

from dataclasses import replace

import pytest

from services.access import OPERATOR, Actor, LinkedPerson, LinkFrozen, NotAllowed, NotLinked, Role, RoleGrant
from services.languages import Language


def actor(*grants: RoleGrant) -> Actor:
    return Actor(account_id=7001, language=Language.KY, grants=frozenset(grants))


@pytest.mark.parametrize("role", Role)
def test_somebody_without_roles_may_nothing(role: Role) -> None:
    assert not actor().has(role)
    with pytest.raises(NotAllowed):
        actor().require(role)
    with pytest.raises(NotAllowed):
        actor().require(role, "mti")


def test_require_any_of_nothing_refuses_even_the_operator() -> None:
    with pytest.raises(NotAllowed):
        OPERATOR.require_any()


def test_role_for_the_university_holds_in_every_unit() -> None:
    editor = actor(RoleGrant(role=Role.EDITOR))
    editor.require(Role.EDITOR)
    editor.require(Role.EDITOR, "mti")
    assert not editor.has(Role.APPROVER)


def test_role_for_a_unit_holds_there_only() -> None:
    head = actor(RoleGrant(role=Role.UNIT_HEAD, unit_code="mti"))
    head.require(Role.UNIT_HEAD, "mti")
    for unit in (None, "ob", ""):
        assert not head.has(Role.UNIT_HEAD, unit)
    with pytest.raises(NotAllowed):
        head.require_any(Role.UNIT_HEAD, Role.ADMIN)


def test_frozen_official_is_told_why_nothing_works() -> None:
    frozen = replace(actor(RoleGrant(role=Role.ADMIN)), frozen=True)
    assert not frozen.has(Role.ADMIN)
    with pytest.raises(LinkFrozen):
        frozen.require(Role.ADMIN)
    with pytest.raises(LinkFrozen):
        frozen.require_official()


@pytest.mark.parametrize("role", Role)
def test_administrators_and_registrars_are_officials(role: Role) -> None:
    if role in {Role.ADMIN, Role.REGISTRAR}:
        actor(RoleGrant(role=role)).require_official()
    else:
        with pytest.raises(NotAllowed):
            actor(RoleGrant(role=role)).require_official()


def test_administrator_is_not_silently_everything_else() -> None:
    assert not OPERATOR.has(Role.TRUST_OFFICER)


def test_unlinked_account_has_no_person() -> None:
    with pytest.raises(NotLinked):
        actor().require_person()


def test_linked_account_has_its_person() -> None:
    person = LinkedPerson(id=1, person_no="S-1001", full_name="Маматова Айзада")
    assert Actor(account_id=7001, language=Language.KY, person=person).require_person() is person
