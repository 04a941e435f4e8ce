"""The administrator's lists and searches, one's own roles, and the menus that follow them."""

import pytest

from services.access import OPERATOR, Role
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.roles.dto import GrantState
from services.roles.errors import RoleNotHeld
from services.roles.register import PAGE
from tests.integration.test_role_days import NEXT_WEEK, TODAY, TOMORROW
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, INSTITUTE, STRANGERS_PHONE, Office
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN, changed

PHONE = str(STRANGERS_PHONE)


async def test_list_has_states_names_units_and_deputies_under_whom_they_stand_in_for(
    office: Office, clock: StandingClock
) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, BAKYT, NURLAN)
    await office.connect(AIZADAS_PHONE, AIZADA)
    grant = await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.UNIT_HEAD, "mti")
    await office.roles.grant(OPERATOR, NURLAN.person_no, Role.EDITOR, valid_to=TODAY)
    await office.roles.grant(OPERATOR, PHONE, Role.ADMIN, valid_from=NEXT_WEEK)
    await office.roles.appoint_deputy(OPERATOR, grant.id, PHONE, TODAY, NEXT_WEEK)
    clock.advance(days=1)
    page = await office.role_register.list_grants(OPERATOR)
    seen = [(one.grant.person and one.grant.person.person_no, one.grant.state.value) for one in page.entries]
    assert seen == [
        (AIZADA.person_no, "in_force"), (BAKYT.person_no, "waiting"), (None, "not_yet"), (NURLAN.person_no, "past"),
    ]  # fmt: skip
    first, second, *_ = page.entries
    assert [deputy.telegram_id for deputy in first.deputies] == [STRANGERS_PHONE]
    assert second.grant.unit is not None
    assert second.grant.unit.name == INSTITUTE.name


async def test_list_is_turned_in_pages_and_shows_one_role_only(office: Office) -> None:
    for number in range(PAGE + 1):
        await office.roles.grant(OPERATOR, str(7100 + number), Role.EDITOR)
    await office.roles.grant(OPERATOR, PHONE, Role.ADMIN)
    register = office.role_register
    first = await register.list_grants(OPERATOR)
    last = await register.list_grants(OPERATOR, 99)
    assert (len(first.entries), first.page, first.pages) == (PAGE, 0, 2)
    assert (len(last.entries), last.page) == (2, 1)
    only = await register.list_grants(OPERATOR, -1, Role.ADMIN)
    assert [entry.grant.telegram_id for entry in only.entries] == [STRANGERS_PHONE]
    none = await register.list_grants(OPERATOR, 5, Role.APPROVER)
    assert (none.entries, none.page, none.pages) == ([], 0, 1)


async def test_card_says_who_gave_it_and_what_is_over_stays_visible(office: Office) -> None:
    await office.enrol(BAKYT)
    await office.connect(BAKYTS_PHONE, BAKYT)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    grant = await office.roles.grant(await office.recognise(BAKYTS_PHONE), PHONE, Role.EDITOR)
    await office.roles.revoke_grant(OPERATOR, grant.id)
    card = (await office.role_register.get_grant(OPERATOR, grant.id)).grant
    assert (card.granted_by, card.state) == (BAKYTS_PHONE, GrantState.PAST)
    assert card.granted_by_person is not None
    assert card.granted_by_person.person_no == BAKYT.person_no
    with pytest.raises(RoleNotHeld):
        await office.role_register.get_grant(OPERATOR, 10**9)
    with pytest.raises(RoleNotHeld):
        await office.roles.revoke_grant(OPERATOR, grant.id)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("айзада", ["S-1001"]), ("МАМАТОВА айз", ["S-1001"]), ("mamatova", ["S-1001", "S-1003"]),
        ("s-1001", ["S-1001"]),
        ("Ѕ-1001", []), ("S1001", ["S-1001"]), ("омурова", ["S-1003"]), ("Гулнара", ["S-1003"]), ("уулу", ["S-1002"]),
        ("пи-1-25", ["S-1002", "S-1001", "S-1003"]), ("Бакыт", ["S-1001", "E-1"]), ("' | ! & *", []), ("", []),
        ("<b>", []), ("айзада нурлан", []),
    ],
)  # fmt: skip
async def test_people_are_found_by_the_beginnings_of_names_and_by_number(
    office: Office, text: str, found: list[str]
) -> None:
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT)
    candidates = (await office.role_register.find_candidates(OPERATOR, text)).candidates
    assert [one.person.person_no for one in candidates if one.person] == found


async def test_search_says_that_there_are_more_and_does_not_find_who_left(office: Office) -> None:
    await office.enrol(*(changed(AIZADA, person_no=f"S-{number}") for number in range(9)), NURLAN)
    await office.enrol(*(changed(AIZADA, person_no=f"S-{number}") for number in range(9)))
    many = await office.role_register.find_candidates(OPERATOR, "маматова")
    assert (len(many.candidates), many.more) == (8, True)
    assert not (await office.role_register.find_candidates(OPERATOR, "нурлан")).candidates


async def test_digits_find_the_person_with_that_number_and_the_account_with_that_id(office: Office) -> None:
    await office.enrol(changed(BAKYT, person_no="20260001"))
    found = (await office.role_register.find_candidates(OPERATOR, "20260001")).candidates
    assert [(one.key.person_id is not None, one.telegram_id, one.wrote) for one in found] == [
        (True, None, False), (False, 20260001, False),
    ]  # fmt: skip


async def test_own_roles_are_those_that_are_in_force_today(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock
) -> None:
    office = Office(unit_of_work, reading, clock, administrators=[STRANGERS_PHONE])
    grant = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.APPROVER)
    await office.roles.grant(OPERATOR, PHONE, Role.EDITOR, valid_from=TOMORROW)
    await office.roles.appoint_deputy(OPERATOR, grant.id, PHONE, TODAY, TODAY)
    own = await office.role_register.list_own(await office.recognise(STRANGERS_PHONE))
    assert ([one.role for one in own.grants], own.by_settings) == ([Role.APPROVER], True)
    assert own.grants[0].principal is not None
    assert own.grants[0].principal.telegram_id == BAKYTS_PHONE
    stranger = await office.role_register.list_own(await office.recognise(AIZADAS_PHONE))
    assert (stranger.grants, stranger.by_settings) == ((), False)


async def test_menus_follow_roles_that_begin_and_end_with_a_day(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock
) -> None:
    office = Office(unit_of_work, reading, clock, administrators=[BAKYTS_PHONE, 7999])
    for phone in (STRANGERS_PHONE, BAKYTS_PHONE, AIZADAS_PHONE):
        await office.recognise(phone, "ru")
    await office.accounts.choose_language(await office.recognise(STRANGERS_PHONE), Language.EN)
    await office.roles.grant(OPERATOR, PHONE, Role.EDITOR, valid_from=TOMORROW, valid_to=TOMORROW)

    async def seen() -> list[tuple[int, str, bool, str | None]]:
        return [(m.account_id, m.language.value, m.official, m.shown) for m in await office.menus.list_menus()]

    administrator = (BAKYTS_PHONE, "ru", True, None)
    assert await seen() == [administrator]  # the other one of the settings never wrote
    clock.advance(days=1)
    assert await seen() == [administrator, (STRANGERS_PHONE, "en", True, None)]
    await office.menus.note_published(STRANGERS_PHONE, "en:admin")
    clock.advance(days=1)
    assert await seen() == [administrator, (STRANGERS_PHONE, "en", False, "en:admin")]
    await office.accounts.note_blocked(BAKYTS_PHONE, blocked=True)
    await office.menus.note_published(STRANGERS_PHONE, None)
    assert await seen() == []
    assert office.menu_bell.rung == 2  # the choice of a language and the grant
