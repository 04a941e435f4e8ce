"""Recognising who writes."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Role, RoleGrant
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.people import AIZADA, BAKYT, NURLAN

BLOCKED = "select blocked_at is not null from accounts where telegram_id = :id"
SEEN = "select last_seen_at from accounts where telegram_id = :id"


async def test_first_contact_makes_an_account_without_person_or_rights(
    office: Office, connection: AsyncConnection
) -> None:
    stranger = await office.recognise(STRANGERS_PHONE, "ru")
    assert (stranger.account_id, stranger.person, stranger.grants) == (STRANGERS_PHONE, None, frozenset())
    assert await rows(connection, "select telegram_id, language from accounts") == [(STRANGERS_PHONE, None)]


@pytest.mark.parametrize(
    ("hint", "language"),
    [("ru", "ru"), ("ru-RU", "ru"), ("EN-gb", "en"), ("ky", "ky"), ("kk", "ky"), ("", "ky"), (None, "ky"), ("-", "ky")],
)
async def test_language_is_guessed_from_telegram_and_kyrgyz_otherwise(
    office: Office, hint: str | None, language: str
) -> None:
    guest = await office.recognise(STRANGERS_PHONE, hint)
    assert (guest.language, guest.language_chosen) == (Language(language), False)


async def test_chosen_language_outlives_another_telegram_language(office: Office) -> None:
    guest = await office.recognise(STRANGERS_PHONE, "ru")
    chosen = await office.accounts.choose_language(guest, Language.EN)
    assert (chosen.language, chosen.language_chosen) == (Language.EN, True)
    again = await office.recognise(STRANGERS_PHONE, "ky")
    assert (again.language, again.language_chosen) == (Language.EN, True)


async def test_operator_at_the_command_line_has_no_choice_to_keep(office: Office, connection: AsyncConnection) -> None:
    before = await picture(connection)
    assert (await office.accounts.choose_language(OPERATOR, Language.RU)).language is Language.RU
    assert await picture(connection) == before


async def test_account_is_noted_at_most_once_in_five_minutes(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.recognise(STRANGERS_PHONE)
    first = clock.now()
    clock.advance(minutes=5)
    await office.recognise(STRANGERS_PHONE)
    assert await scalar(connection, SEEN, id=STRANGERS_PHONE) == first
    clock.advance(seconds=1)
    await office.recognise(STRANGERS_PHONE)
    assert await scalar(connection, SEEN, id=STRANGERS_PHONE) == clock.now()


async def test_clock_that_goes_back_does_not_make_an_account_older(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.recognise(STRANGERS_PHONE)
    seen = clock.now()
    await office.accounts.note_blocked(STRANGERS_PHONE, blocked=True)
    clock.advance(hours=-1)
    await office.recognise(STRANGERS_PHONE)
    assert await scalar(connection, SEEN, id=STRANGERS_PHONE) == seen


async def test_person_who_stopped_the_bot_and_writes_again_is_back(office: Office, connection: AsyncConnection) -> None:
    await office.recognise(AIZADAS_PHONE)
    await office.accounts.note_blocked(AIZADAS_PHONE, blocked=True)
    assert await scalar(connection, BLOCKED, id=AIZADAS_PHONE)
    await office.recognise(AIZADAS_PHONE)
    assert not await scalar(connection, BLOCKED, id=AIZADAS_PHONE)


async def test_person_who_starts_the_bot_again_is_back_without_a_word(
    office: Office, connection: AsyncConnection
) -> None:
    await office.recognise(AIZADAS_PHONE)
    await office.accounts.note_blocked(AIZADAS_PHONE, blocked=True)
    await office.accounts.note_blocked(AIZADAS_PHONE, blocked=False)
    assert not await scalar(connection, BLOCKED, id=AIZADAS_PHONE)


async def test_linked_account_has_its_person_and_roles(office: Office) -> None:
    aizada = await office.aizada()
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.EDITOR)
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.UNIT_STAFF, "mti")
    again = await office.recognise(AIZADAS_PHONE)
    assert again.person == aizada.person
    assert again.person is not None
    assert again.person.full_name == "Маматова Айзада Бакытовна"
    assert again.grants == {RoleGrant(role=Role.EDITOR), RoleGrant(role=Role.UNIT_STAFF, unit_code="mti")}


async def test_roles_of_others_are_not_mine(office: Office) -> None:
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.ADMIN)
    assert (await office.recognise(STRANGERS_PHONE)).grants == frozenset()


async def test_person_who_left_the_roster_is_nobodys_person(office: Office) -> None:
    await office.aizada()
    await office.enrol(BAKYT)  # no students in the file: nobody of them is judged
    assert (await office.recognise(AIZADAS_PHONE)).person is not None
    await office.enrol(NURLAN)
    assert (await office.recognise(AIZADAS_PHONE)).person is None


async def test_listed_administrators_are_administrators_as_long_as_they_are_listed(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock, connection: AsyncConnection
) -> None:
    listed = Office(unit_of_work, reading, clock, administrators=[AIZADAS_PHONE])
    assert (await listed.recognise(AIZADAS_PHONE)).has(Role.ADMIN)
    assert not (await listed.recognise(STRANGERS_PHONE)).has(Role.ADMIN)
    assert not (await Office(unit_of_work, reading, clock).recognise(AIZADAS_PHONE)).has(Role.ADMIN)
    assert await scalar(connection, "select count(*) from role_grants") == 0
