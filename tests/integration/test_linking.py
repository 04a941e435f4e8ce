"""Linking by one-time codes."""

import pytest

from services.access import OPERATOR
from services.accounts.service import AccountService
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.linking.errors import LinkCodeUsed
from services.linking.service import LinkingService
from services.people.dto import RosterFile
from services.people.service import RosterService
from tests.support.clock import SilentBell, StandingClock
from tests.support.people import AIZADA

AIZADAS_PHONE = 7001


async def test_a_code_links_once(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock
) -> None:
    await RosterService(unit_of_work, clock).import_roster(OPERATOR, RosterFile(entries=(AIZADA,), rejected=()))
    accounts = AccountService(unit_of_work, reading, clock, default_language=Language.KY)
    linking = LinkingService(unit_of_work, clock, SilentBell())
    stranger = await accounts.recognise(AIZADAS_PHONE, "ru")

    code = await linking.issue_code(OPERATOR, AIZADA.person_no)
    person = await linking.link(stranger, code.code.lower())

    assert person.full_name == "Маматова Айзада Бакытовна"
    assert (await accounts.recognise(AIZADAS_PHONE, "ru")).person == person
    with pytest.raises(LinkCodeUsed):
        await linking.link(stranger, code.payload)
