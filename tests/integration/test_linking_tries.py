"""Wrong one-time codes: five tries, then an hour of rest, for each account by itself."""

import asyncio
from collections.abc import Iterable

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, Actor
from services.linking.dto import Attempts, LinkWay
from services.linking.errors import LinkCodeRefused, LinkCodeUnknown, LinkCodeUsed, LinkingLocked
from services.linking.rules import LOCKED_FOR
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, STRANGERS_PHONE, Office, picture, rows
from tests.support.people import AIZADA, BAKYT, NURLAN

WRONG = "00000-00000"


async def try_wrongly(office: Office, actor: Actor, times: int) -> list[int]:
    left = []
    for _ in range(times):
        with pytest.raises(LinkCodeUnknown) as refused:
            await office.linking.link(actor, WRONG)
        left.append(refused.value.tries_left)
    return left


async def test_five_wrong_codes_lock_the_account_for_an_hour(
    office: Office, clock: StandingClock, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA, NURLAN, BAKYT)
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    aizada = await office.newcomer(AIZADAS_PHONE)
    assert await try_wrongly(office, aizada, 5) == [4, 3, 2, 1, 0]
    locked_until = clock.now().replace(hour=clock.now().hour + 1)
    clock.advance(minutes=59, seconds=59)
    before = await picture(connection)
    for secret in (code.code, code.payload, WRONG):
        with pytest.raises(LinkingLocked) as refused:
            await office.linking.link(aizada, secret)
        assert refused.value.until == locked_until
    assert await picture(connection) == before
    clock.advance(seconds=1)
    assert (await office.linking.link(aizada, code.code)).person_no == AIZADA.person_no


async def test_after_the_hour_there_are_five_tries_again(office: Office, clock: StandingClock) -> None:
    stranger = await office.newcomer(STRANGERS_PHONE)
    await try_wrongly(office, stranger, 5)
    clock.advance(hours=1)
    assert await try_wrongly(office, stranger, 5) == [4, 3, 2, 1, 0]
    with pytest.raises(LinkingLocked):
        await office.linking.link(stranger, WRONG)


async def test_tries_are_counted_for_each_account_by_itself(office: Office) -> None:
    await try_wrongly(office, await office.newcomer(STRANGERS_PHONE), 5)
    assert await try_wrongly(office, await office.newcomer(AIZADAS_PHONE), 1) == [4]


async def test_from_twenty_locked_accounts_on_the_operators_are_told_once_an_hour_and_nobody_else_is_locked(
    office: Office, clock: StandingClock, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA)
    await lock(office, range(8000, 8018))
    for account, told in ((9001, []), (9002, [20]), (9003, [20])):
        await try_wrongly(office, await office.newcomer(account), 5)
        assert office.alarm.locked == told
    noted = "select act, details from audit_entries where act = 'codes_guessed'"
    assert await rows(connection, noted) == [("codes_guessed", {"locked": 20})]
    assert (await office.connect(AIZADAS_PHONE, AIZADA)).person is not None
    clock.advance(hours=1)
    await try_wrongly(office, await office.newcomer(9001), 5)  # the others are free again
    assert office.alarm.locked == [20]
    await lock(office, range(8000, 8018))
    await try_wrongly(office, await office.newcomer(9002), 5)
    assert office.alarm.locked == [20, 20]


async def lock(office: Office, accounts: Iterable[int]) -> None:
    """Lock accounts as five wrong codes would."""
    locked = Attempts(failures=0, locked_until=office.clock.now() + LOCKED_FOR)
    async with office.unit_of_work() as uow:
        for account in accounts:
            await uow.link_codes.lock_attempts(account, LinkWay.CODE)
            await uow.link_codes.set_attempts(account, LinkWay.CODE, locked)
        await uow.commit()


async def test_right_code_forgets_the_wrong_ones(office: Office) -> None:
    await office.enrol(AIZADA)
    stranger = await office.newcomer(AIZADAS_PHONE)
    await try_wrongly(office, stranger, 4)
    linked = await office.connect(AIZADAS_PHONE, AIZADA)
    assert await try_wrongly(office, linked, 1) == [4]


async def test_used_and_expired_codes_count_as_tries_too(office: Office, clock: StandingClock) -> None:
    await office.enrol(AIZADA, NURLAN)
    used = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    await office.linking.link(await office.newcomer(AIZADAS_PHONE), used.code)
    old = await office.linking.issue_code(OPERATOR, NURLAN.person_no, days=1)
    clock.advance(days=1)
    stranger = await office.newcomer(STRANGERS_PHONE)
    for secret, left in ((used.code, 4), (old.code, 3), (used.payload, 2), ("", 1), ("🙂" * 100, 0)):
        with pytest.raises(LinkCodeRefused) as refused:
            await office.linking.link(stranger, secret)
        assert refused.value.tries_left == left


async def test_of_two_accounts_with_one_code_at_the_same_moment_one_wins(
    busy_office: Office, engine: AsyncEngine
) -> None:
    office = busy_office
    await office.enrol(AIZADA)
    for _round in range(5):
        code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
        phones = [await office.newcomer(phone) for phone in range(8001, 8007)]
        phones = [phone for phone in phones if phone.person is None]
        outcomes = await asyncio.gather(
            *(office.linking.link(phone, code.code) for phone in phones), return_exceptions=True
        )
        refusals = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        assert [type(refusal) for refusal in refusals] == [LinkCodeUsed] * (len(phones) - 1)
        async with engine.connect() as connection:
            assert len(await rows(connection, "select 1 from accounts where person_id is not null")) == 1


async def test_of_two_codes_given_at_the_same_moment_one_works(busy_office: Office, engine: AsyncEngine) -> None:
    await busy_office.enrol(AIZADA)
    await asyncio.gather(*(busy_office.linking.issue_code(OPERATOR, AIZADA.person_no) for _ in range(8)))
    async with engine.connect() as connection:
        assert len(await rows(connection, "select 1 from link_codes where used_at is null")) == 1
