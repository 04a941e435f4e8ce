"""What the Study Office sees of a person."""

from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, Role
from services.certificates.dto import RevocationReason
from services.certificates.register import RegisterStatus
from services.corrections.dto import Fact
from services.languages import Language
from services.linking.dto import LinkWay
from services.people.errors import NoSuchPerson
from services.roles.dto import GrantState
from services.study_office.dto import PersonCard
from services.study_office.service import CERTIFICATES_PAGE
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, STRANGERS_PHONE, Office, rows, scalar
from tests.support.papers import STUDY
from tests.support.people import AIZADA, BAKYT, NURLAN, changed

LOOKS = "select account_id, subject from audit_entries where act = 'person_looked_at' order by id"


async def card_of(office: Office, number: str, actor: Actor = OPERATOR) -> PersonCard:
    """Find somebody by number and open the card."""
    (person,) = (await office.study_office.search(actor, number)).people
    return await office.study_office.get_card(actor, person.id)


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


async def test_card_holds_everything_that_is_known(office: Office, clock: StandingClock, aizada: Actor) -> None:
    await office.request(aizada)
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.EDITOR)
    card = await card_of(office, "S-1001")
    assert (card.name, card.entry, card.absent_since) == ("Маматова Айзада Бакытовна", AIZADA, None)
    assert card.unit_name is not None
    assert card.unit_name.ru == "Институт ИТ"
    assert (card.today, card.first_linked_at) == (date(2026, 11, 21), clock.now())
    assert (card.lacking, card.unprintable, card.corrections) == ((), (), ())
    (link,) = card.links
    assert (link.account_id, link.way, link.in_force, link.frozen) == (AIZADAS_PHONE, LinkWay.CODE, True, False)
    (role,) = card.roles
    assert (role.role, role.unit, role.state) == (Role.EDITOR, None, GrantState.IN_FORCE)
    (certificate,) = card.certificates.certificates
    assert (certificate.number, certificate.kind_name, certificate.status) == (
        "2026-00001", STUDY.name, RegisterStatus.ISSUED,
    )  # fmt: skip


async def test_card_says_what_certificates_in_english_want_until_it_is_entered(office: Office) -> None:
    await office.enrol(changed(NURLAN, unit=""))
    card = await card_of(office, "S-1002")
    (english,) = card.lacking
    assert english.language is Language.EN
    for missing, value in zip(english.facts, ("Asan uulu Nurlan", "Software Engineering"), strict=True):
        assert missing.fact is not None
        await office.corrections.correct(OPERATOR, card.id, missing.fact, value)
    card = await card_of(office, "S-1002")
    assert card.lacking == ()
    assert [correction.fact for correction in card.corrections] == [Fact.NAME_LATIN, Fact.PROGRAMME_EN]
    nurlan = await office.connect(AIZADAS_PHONE, NURLAN)
    assert (await office.request(nurlan, language=Language.EN)).number == "2026-00001"


async def test_frozen_account_and_one_that_was_disowned_are_shown(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.connect(STRANGERS_PHONE, AIZADA)
    await rows(connection, "update accounts set frozen_at = linked_at where person_id is not null returning 1")
    await rows(connection, "update links set disowned_at = linked_at where ended_at is null returning 1")
    (link,) = (await card_of(office, "S-1001")).links
    assert (link.account_id, link.frozen, link.disowned_at) == (STRANGERS_PHONE, True, office.clock.now())
    await office.linking.unlink(OPERATOR, aizada.require_person().id)
    await rows(connection, "update accounts set frozen_at = first_seen_at where telegram_id = :id returning 1",
               id=STRANGERS_PHONE)  # fmt: skip
    (link,) = (await card_of(office, "S-1001")).links
    assert (link.in_force, link.frozen) == (False, True)


async def test_role_that_waits_for_the_persons_account_is_shown(office: Office) -> None:
    await office.enrol(BAKYT)
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.REGISTRAR)
    (role,) = (await card_of(office, "E-1")).roles
    assert role.state is GrantState.WAITING
    await office.connect(BAKYTS_PHONE, BAKYT)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    roles = (await card_of(office, "E-1")).roles
    assert [role.role for role in roles] == [Role.REGISTRAR, Role.EDITOR]
    assert {role.state for role in roles} == {GrantState.IN_FORCE}
    await office.roles.revoke(OPERATOR, BAKYT.person_no, Role.REGISTRAR)
    assert [role.role for role in (await card_of(office, "E-1")).roles] == [Role.EDITOR]


async def test_role_that_gives_no_right_today_is_not_shown_as_one_in_force(
    office: Office, connection: AsyncConnection
) -> None:
    await office.aizada()
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.EDITOR, valid_from=date(2026, 11, 22))
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.APPROVER, valid_to=date(2026, 11, 21))

    async def states() -> list[GrantState]:
        return [role.state for role in (await card_of(office, "S-1001")).roles]

    assert await states() == [GrantState.NOT_YET, GrantState.IN_FORCE]
    await connection.exec_driver_sql("update accounts set frozen_at = first_seen_at")
    assert await states() == [GrantState.RESTING, GrantState.RESTING]
    await connection.exec_driver_sql("update role_grants set valid_to = '2026-11-20' where valid_to is not null")
    assert await states() == [GrantState.RESTING]


async def test_whoever_left_still_has_a_card(office: Office, clock: StandingClock, aizada: Actor) -> None:
    await office.request(aizada)
    await office.enrol(NURLAN)
    card = await card_of(office, "S-1001")
    assert (card.absent_since, card.lacking, card.certificates.total) == (clock.now(), (), 1)


async def test_certificates_are_listed_the_newest_first_and_by_pages(office: Office, aizada: Actor) -> None:
    for number in range(CERTIFICATES_PAGE + 2):
        await office.enrol(changed(AIZADA, admission_order=f"№ {number}"))
        issued = await office.request(aizada)
    person = aizada.require_person().id
    await office.revocations.revoke(OPERATOR, issued.id, RevocationReason.LEFT)
    first, second = [await office.study_office.list_certificates(OPERATOR, person, page) for page in (0, 1)]
    assert [certificate.number[-1] for certificate in first.certificates] == ["7", "6", "5", "4", "3"]
    assert [certificate.number[-1] for certificate in second.certificates] == ["2", "1"]
    assert (first.total, first.pages, first.person_name) == (7, 2, "Маматова Айзада Бакытовна")
    assert (first.certificates[0].status, first.certificates[0].status_on) == (
        RegisterStatus.REVOKED, date(2026, 11, 21),
    )  # fmt: skip
    for beyond in (2, 2**63 - 1):
        assert await office.study_office.list_certificates(OPERATOR, person, beyond) == second
    assert await office.study_office.list_certificates(OPERATOR, person, -5) == first


async def test_look_is_noted_once_in_ten_minutes_for_each_official(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.enrol(NURLAN, BAKYT)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    bakyt = await office.recognise(BAKYTS_PHONE)
    card = await card_of(office, "S-1002", bakyt)
    subject = f"person:{card.id}"
    clock.advance(minutes=9, seconds=59)
    await card_of(office, "S-1002", bakyt)
    assert await rows(connection, LOOKS) == [(BAKYTS_PHONE, subject)]
    await card_of(office, "S-1002")
    await card_of(office, "S-1002")
    clock.advance(seconds=1)
    await card_of(office, "S-1002", bakyt)
    await card_of(office, "E-1", bakyt)
    assert await rows(connection, LOOKS) == [
        (BAKYTS_PHONE, subject), (None, subject), (BAKYTS_PHONE, subject), (BAKYTS_PHONE, f"person:{card.id + 1}"),
    ]  # fmt: skip
    assert await scalar(connection, "select count(*) from audit_entries where details <> '{}' and act like 'p%'") == 0


async def test_person_who_never_was_is_refused(office: Office) -> None:
    for ask in (office.study_office.get_card, office.study_office.find_person):
        with pytest.raises(NoSuchPerson):
            await ask(OPERATOR, 404)
    with pytest.raises(NoSuchPerson):
        await office.study_office.list_certificates(OPERATOR, 404, 0)
