"""Nobody is linked who has not agreed to the present text about personal data."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotLinked
from services.languages import Language
from services.link_requests.dto import TypedFacts
from services.linking.dto import SharedContact
from services.linking.errors import ConsentNeeded
from services.linking.rules import CONSENT_VERSION, digest
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, Office, picture, rows
from tests.support.people import AIZADA

CONSENTS = "select account_id, version, language, given_at from consents"


@pytest.fixture
async def stranger(office: Office) -> Actor:
    await office.enrol(AIZADA)
    return await office.recognise(AIZADAS_PHONE, "ru")


@pytest.mark.parametrize("way", ["code", "contact", "request"])
async def test_without_consent_no_way_leads_to_a_link_and_nothing_is_written(
    office: Office, connection: AsyncConnection, stranger: Actor, way: str
) -> None:
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    contact = SharedContact(phone=AIZADA.phone, owner_id=AIZADAS_PHONE, forwarded=False, via_bot=False)
    facts = TypedFacts(name="Маматова Айзада", group_name="ПИ-1-25", person_no="S-1001")
    ways: dict[str, Callable[[], Awaitable[object]]] = {
        "code": lambda: office.linking.link(stranger, code.code),
        "contact": lambda: office.linking.link_by_contact(stranger, contact),
        "request": lambda: office.link_requests.ask(stranger, facts),
    }
    before = await picture(connection)
    with pytest.raises(ConsentNeeded):
        await ways[way]()
    assert await picture(connection) == before


async def test_consent_is_kept_with_version_language_and_moment_and_asked_for_once(
    office: Office, connection: AsyncConnection, clock: StandingClock, stranger: Actor
) -> None:
    given_at = clock.now()
    await office.linking.agree(stranger, CONSENT_VERSION, Language.RU)
    clock.advance(days=1)
    await office.linking.agree(stranger, CONSENT_VERSION, Language.EN)
    assert await rows(connection, CONSENTS) == [(AIZADAS_PHONE, CONSENT_VERSION, "ru", given_at)]
    await office.linking.check_consent(stranger)


async def test_consent_to_another_version_is_none(office: Office, connection: AsyncConnection, stranger: Actor) -> None:
    with pytest.raises(ConsentNeeded):
        await office.linking.agree(stranger, "2025-01", Language.RU)
    assert await rows(connection, CONSENTS) == []
    async with office.unit_of_work() as uow:
        await uow.links.add_consent(AIZADAS_PHONE, "2025-01", Language.RU, office.clock.now())
        await uow.commit()
    with pytest.raises(ConsentNeeded):
        await office.linking.check_consent(stranger)


async def test_command_line_has_nobody_who_agrees(office: Office) -> None:
    with pytest.raises(NotLinked):
        await office.linking.agree(OPERATOR, CONSENT_VERSION, Language.EN)


async def test_digest_of_a_code_links_as_the_code_does(office: Office, stranger: Actor) -> None:
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    await office.linking.agree(stranger, CONSENT_VERSION, Language.RU)
    assert await office.linking.link(stranger, digest(code.payload)) == code.person
