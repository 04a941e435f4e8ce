"""Whether the university still confirms a certificate, and how its holder hears that this changed."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Actor
from services.certificates.confirmation import Holder, is_confirmed
from services.certificates.dto import Audience, Check
from services.certificates.watch import ConfirmationWatch
from services.people.dto import PersonKind, PersonStatus
from tests.support.clock import StandingClock
from tests.support.office import Office, rows, scalar
from tests.support.papers import STUDY, BishkekCalendar
from tests.support.people import AIZADA, NURLAN


@pytest.fixture
async def aizada(office: Office) -> Actor:
    holder = await office.aizada()
    await office.request(holder)
    return holder


async def light(office: Office, connection: AsyncConnection) -> bool | None:
    code = await scalar(connection, "select code from certificates")
    return (await office.verification.verify_code(str(code))).checks[Check.STILL_CONFIRMED]


def holder(status: PersonStatus, kind: PersonKind = PersonKind.STUDENT, form: str = "full_time") -> Holder:
    return Holder(kind=kind, status=status, study_form=form, in_roster=True)


@pytest.mark.parametrize(
    ("audience", "who", "confirmed"),
    [
        ({Audience.STUDENT}, holder(PersonStatus.ACTIVE), True),
        ({Audience.STUDENT}, holder(PersonStatus.LEAVE), False),
        ({Audience.STUDENT, Audience.ON_LEAVE}, holder(PersonStatus.LEAVE), True),
        ({Audience.EXTRAMURAL}, holder(PersonStatus.ACTIVE, form="part_time"), True),
        ({Audience.EXTRAMURAL}, holder(PersonStatus.ACTIVE), False),
        ({Audience.GRADUATE}, holder(PersonStatus.GRADUATED), True),
        ({Audience.FORMER_STUDENT}, holder(PersonStatus.GRADUATED), False),
        ({Audience.STAFF}, holder(PersonStatus.ACTIVE, PersonKind.STAFF), True),
        ({Audience.STAFF}, holder(PersonStatus.EXPELLED, PersonKind.STAFF), False),
        ({Audience.STUDENT}, holder(PersonStatus.ACTIVE, PersonKind.STAFF), False),
        ({Audience.STUDENT}, replace(holder(PersonStatus.ACTIVE), in_roster=False), False),
        ((), replace(holder(PersonStatus.EXPELLED), in_roster=False), True),
    ],
)
def test_certificate_is_confirmed_while_its_holder_is_what_the_kind_says(
    audience: frozenset[Audience], who: Holder, confirmed: bool
) -> None:
    assert is_confirmed(replace(STUDY, confirmed_while=frozenset(audience)), who) is confirmed


def test_certificate_of_a_kind_that_is_gone_is_confirmed_while_its_holder_is_here() -> None:
    assert is_confirmed(None, holder(PersonStatus.ACTIVE))
    assert not is_confirmed(None, holder(PersonStatus.EXPELLED))


async def test_holder_is_told_once_when_it_changes_and_when_it_changes_back(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    assert aizada.person is not None
    assert await office.confirmations.look() == 0
    await office.enrol(replace(AIZADA, status=PersonStatus.LEAVE), NURLAN)
    assert await light(office, connection) is False
    assert [await office.confirmations.look(), await office.confirmations.look()] == [1, 0]
    await office.enrol(AIZADA, NURLAN)
    assert await light(office, connection) is True
    assert await office.confirmations.look() == 1
    told = "select payload->>'confirmed' from notices where kind = 'confirmation_changed' order by id"
    assert await rows(connection, told) == [("false",), ("true",)]


async def test_holder_who_is_active_is_told_when_they_are_no_longer_what_a_narrow_kind_is_for(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    assert aizada.person is not None
    narrow = replace(STUDY, confirmed_while=frozenset({Audience.EXTRAMURAL}))
    watch = ConfirmationWatch(office.unit_of_work, clock, BishkekCalendar(), {narrow.id: narrow}, office.outbox_bell)
    await office.enrol(replace(AIZADA, study_form="part_time"))
    assert await watch.look() == 0
    await office.enrol(AIZADA)
    assert [await watch.look(), await watch.look()] == [1, 0]
    told = "select payload->>'confirmed' from notices where kind = 'confirmation_changed'"
    assert await rows(connection, told) == [("false",)]
    assert not (
        await office.certificates.get_delivered(int(str(await scalar(connection, "select id from certificates"))))
    ).confirmed


async def test_nobody_is_told_of_a_certificate_whose_validity_is_over(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    assert aizada.person is not None
    clock.advance(days=31)
    await office.enrol(replace(AIZADA, status=PersonStatus.EXPELLED), NURLAN)
    assert await office.confirmations.look() == 0
    assert await light(office, connection) is None
