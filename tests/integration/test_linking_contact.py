"""Linking by one's own telephone number."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, LinkFrozen, Role
from services.errors import Refusal
from services.linking.dto import SharedContact
from services.linking.errors import (
    ContactForwarded,
    ContactLocked,
    ContactNotOwn,
    LinkedToAnother,
    NumberNotRecognised,
)
from services.people.dto import PersonStatus, RosterEntry
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, NURLANS_PHONE, STRANGERS_PHONE, Office, rows, scalar
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN, changed

LINKED = "select count(*) from accounts where person_id is not null"
EXPELLED = changed(NURLAN, status=PersonStatus.EXPELLED, phone=AIZADA.phone)


def own(phone: str = AIZADA.phone, account: int = AIZADAS_PHONE) -> SharedContact:
    """A contact as the button sends it."""
    return SharedContact(phone=phone, owner_id=account, forwarded=False, via_bot=False)


@pytest.mark.parametrize("phone", ["+996700000001", "996700000001", "0700 00-00-01", "+996 (0) 700 000 001"])
async def test_own_number_links_in_whatever_notation(office: Office, connection: AsyncConnection, phone: str) -> None:
    await office.enrol(AIZADA, NURLAN, GULNARA)
    person = await office.linking.link_by_contact(await office.newcomer(AIZADAS_PHONE), own(phone))
    assert (await office.recognise(AIZADAS_PHONE)).person == person
    assert person.person_no == AIZADA.person_no
    assert await rows(connection, "select account_id, way, former_account_id from links") == [
        (AIZADAS_PHONE, "contact", None)
    ]
    assert await rows(connection, "select act, subject, details from audit_entries where act = 'linked'") == [
        ("linked", f"person:{person.id}", {"account": AIZADAS_PHONE, "way": "contact"})
    ]


async def test_one_of_several_numbers_of_a_person_is_enough_and_leave_does_not_matter(office: Office) -> None:
    await office.enrol(changed(GULNARA, phone="0312 123456, 0700000003"))
    stranger = await office.newcomer(AIZADAS_PHONE)
    assert (await office.linking.link_by_contact(stranger, own("+996700000003"))).person_no == GULNARA.person_no


@pytest.mark.parametrize(
    ("contact", "refusal"),
    [
        (replace(own(), forwarded=True), ContactForwarded),
        (replace(own(), owner_id=NURLANS_PHONE), ContactNotOwn),
        (replace(own(), owner_id=None), ContactNotOwn),
        (replace(own(), via_bot=True), ContactNotOwn),
    ],
)
async def test_forged_and_forwarded_contacts_do_not_count(
    office: Office, connection: AsyncConnection, contact: SharedContact, refusal: type[Refusal]
) -> None:
    await office.enrol(AIZADA)
    with pytest.raises(refusal):
        await office.linking.link_by_contact(await office.newcomer(AIZADAS_PHONE), contact)
    assert await scalar(connection, LINKED) == 0
    assert await rows(connection, "select way, failures from link_attempts") == [("contact", 1)]


@pytest.mark.parametrize(
    "roster",
    [
        (NURLAN,),
        (AIZADA, changed(NURLAN, phone=AIZADA.phone)),
        (AIZADA, EXPELLED),
        (EXPELLED,),
        (changed(AIZADA, status=PersonStatus.GRADUATED),),
        (changed(AIZADA, phone=""),),
    ],
    ids=["unknown", "two people", "one of two is expelled", "expelled", "graduated", "no number"],
)
async def test_number_that_is_not_exactly_one_persons_is_refused_with_one_and_the_same_words(
    office: Office, connection: AsyncConnection, roster: tuple[RosterEntry, ...]
) -> None:
    await office.enrol(*roster)
    with pytest.raises(NumberNotRecognised) as refused:
        await office.linking.link_by_contact(await office.newcomer(AIZADAS_PHONE), own())
    assert vars(refused.value) == {}
    assert await scalar(connection, LINKED) == 0


async def test_text_that_is_no_number_is_refused(office: Office) -> None:
    await office.enrol(changed(BAKYT, phone="жок"))
    with pytest.raises(NumberNotRecognised):
        await office.linking.link_by_contact(await office.newcomer(AIZADAS_PHONE), own("жок"))


async def test_who_holds_roles_needs_a_code(office: Office) -> None:
    await office.enrol(changed(BAKYT, phone=AIZADA.phone))
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.EDITOR)
    with pytest.raises(NumberNotRecognised):
        await office.linking.link_by_contact(await office.newcomer(AIZADAS_PHONE), own())
    assert (await office.connect(AIZADAS_PHONE, BAKYT)).has(Role.EDITOR)


async def test_who_was_linked_before_needs_a_code_for_the_number_may_be_somebody_elses_by_now(office: Office) -> None:
    await office.enrol(AIZADA)
    aizada = await office.connect(STRANGERS_PHONE, AIZADA)
    assert aizada.person is not None
    await office.linking.unlink(aizada, aizada.person.id)
    with pytest.raises(NumberNotRecognised):
        await office.linking.link_by_contact(await office.newcomer(AIZADAS_PHONE), own())


async def test_number_of_somebody_who_left_the_roster_is_its_new_owners(office: Office) -> None:
    await office.enrol(changed(NURLAN, phone=AIZADA.phone))
    await office.enrol(AIZADA)
    stranger = await office.newcomer(AIZADAS_PHONE)
    assert (await office.linking.link_by_contact(stranger, own())).person_no == AIZADA.person_no


async def test_own_contact_of_a_linked_account_changes_nothing_and_anothers_is_refused(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA, NURLAN)
    aizada = await office.connect(AIZADAS_PHONE, AIZADA)
    assert await office.linking.link_by_contact(aizada, own()) == aizada.person
    with pytest.raises(LinkedToAnother) as refused:
        await office.linking.link_by_contact(aizada, own(NURLAN.phone))
    assert refused.value.person == aizada.person
    assert await scalar(connection, LINKED) == 1


async def test_five_contacts_in_vain_lock_contacts_for_an_hour_but_not_codes(
    office: Office, clock: StandingClock
) -> None:
    await office.enrol(AIZADA)
    stranger = await office.newcomer(AIZADAS_PHONE)
    for _ in range(5):
        with pytest.raises(NumberNotRecognised):
            await office.linking.link_by_contact(stranger, own("0555000000"))
    with pytest.raises(ContactLocked) as refused:
        await office.linking.link_by_contact(stranger, own())
    assert (refused.value.until - clock.now()).total_seconds() == 3600
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    assert await office.linking.link(stranger, code.code) == code.person


async def test_frozen_account_cannot_link_by_any_way(office: Office) -> None:
    await office.enrol(AIZADA)
    stranger = await office.newcomer(AIZADAS_PHONE)
    async with office.unit_of_work() as uow:
        await uow.links.set_frozen(AIZADAS_PHONE, office.clock.now())
        await uow.commit()
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    with pytest.raises(LinkFrozen):
        await office.linking.link_by_contact(stranger, own())
    with pytest.raises(LinkFrozen):
        await office.linking.link(stranger, code.code)
    with pytest.raises(LinkFrozen):
        await office.link_requests.prepare(stranger)
