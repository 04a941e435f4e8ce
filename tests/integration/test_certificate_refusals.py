"""Requests that are refused: the reason is told, nothing is written and no number is lost."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotLinked
from services.certificates.errors import (
    FactsMissing,
    FactsUnprintable,
    KindNotOffered,
    LanguageNotOffered,
    NotAStudent,
    NotStudying,
)
from services.errors import Refusal
from services.languages import Language
from services.people.dto import PersonStatus, RosterEntry
from tests.support.office import AIZADAS_PHONE, INSTITUTE, NURLANS_PHONE, STRANGERS_PHONE, Office, picture, scalar
from tests.support.papers import ARCHIVE, STUDY, UNPRINTABLE
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN, changed


async def refuse(
    office: Office,
    connection: AsyncConnection,
    actor: Actor,
    reason: type[Refusal],
    *,
    kind: str = STUDY.id,
    language: Language = Language.KY,
) -> Refusal:
    """Ask for the paper; it must be refused, and nothing may change."""
    before = await picture(connection)
    with pytest.raises(reason) as refused:
        await office.request(actor, kind, language)
    assert await picture(connection) == before
    return refused.value


async def connected(office: Office, *entries: RosterEntry) -> Actor:
    """Put people into the roster and link the first."""
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(*entries)
    return await office.connect(AIZADAS_PHONE, entries[0])


async def test_stranger_is_sent_for_a_code(office: Office, connection: AsyncConnection) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    await refuse(office, connection, stranger, NotLinked)
    with pytest.raises(NotLinked):
        await office.certificates.list_kinds(stranger)
    with pytest.raises(NotLinked):
        office.certificates.get_kind(stranger, STUDY.id)


async def test_operator_is_nobody_in_the_roster(office: Office, connection: AsyncConnection) -> None:
    await refuse(office, connection, OPERATOR, NotLinked)


async def test_person_who_left_the_roster_meanwhile_is_refused(office: Office, connection: AsyncConnection) -> None:
    aizada = await connected(office, AIZADA)
    await office.enrol(NURLAN)
    await refuse(office, connection, aizada, NotLinked)


async def test_employee_gets_no_certificate_of_study(office: Office, connection: AsyncConnection) -> None:
    await refuse(office, connection, await connected(office, BAKYT), NotAStudent)


@pytest.mark.parametrize("status", [PersonStatus.LEAVE, PersonStatus.EXPELLED, PersonStatus.GRADUATED])
async def test_who_does_not_study_now_is_told_why(
    office: Office, connection: AsyncConnection, status: PersonStatus
) -> None:
    gulnara = await connected(office, replace(GULNARA, status=status))
    refusal = await refuse(office, connection, gulnara, NotStudying)
    assert isinstance(refusal, NotStudying)
    assert refusal.status is status
    with pytest.raises(NotStudying):  # at the first step already
        await office.certificates.list_kinds(gulnara)


@pytest.mark.parametrize("kind", ["", "studies", "archive2", "s" * 32])
async def test_kind_from_a_button_of_long_ago_is_refused(
    office: Office, connection: AsyncConnection, kind: str
) -> None:
    aizada = await connected(office, AIZADA)
    await refuse(office, connection, aizada, KindNotOffered, kind=kind)
    with pytest.raises(KindNotOffered):
        office.certificates.get_kind(aizada, kind)


async def test_language_that_the_kind_does_not_have_is_refused(office: Office, connection: AsyncConnection) -> None:
    aizada = await connected(office, AIZADA)
    await refuse(office, connection, aizada, LanguageNotOffered, kind=ARCHIVE.id, language=Language.RU)


async def test_missing_facts_are_named_and_never_filled_from_another_language(
    office: Office, connection: AsyncConnection
) -> None:
    nurlan = await connected(office, NURLAN)
    refusal = await refuse(office, connection, nurlan, FactsMissing, language=Language.EN)
    assert isinstance(refusal, FactsMissing)
    assert (refusal.kind, refusal.language, refusal.facts) == (STUDY, Language.EN, ("name", "programme"))
    assert (await office.request(nurlan, language=Language.RU)).number == "2026-00001"


async def test_unit_that_nobody_knows_is_missing(office: Office, connection: AsyncConnection) -> None:
    aizada = await connected(office, changed(AIZADA, unit="Жок кафедра"))
    refusal = await refuse(office, connection, aizada, FactsMissing)
    assert isinstance(refusal, FactsMissing)
    assert refusal.facts == ("unit",)


async def test_facts_with_signs_that_cannot_be_printed_are_named(office: Office, connection: AsyncConnection) -> None:
    aizada = await connected(office, changed(AIZADA, first_name=f"Айзада{UNPRINTABLE}", programme_ky=UNPRINTABLE))
    refusal = await refuse(office, connection, aizada, FactsUnprintable)
    assert isinstance(refusal, FactsUnprintable)
    assert (refusal.kind, refusal.facts) == (STUDY, ("name", "programme"))


async def test_refusals_between_two_papers_leave_no_gap_in_the_series(
    office: Office, connection: AsyncConnection
) -> None:
    aizada = await connected(office, AIZADA, NURLAN, GULNARA)
    nurlan = await office.connect(NURLANS_PHONE, NURLAN)
    assert (await office.request(aizada)).number == "2026-00001"
    await refuse(office, connection, nurlan, FactsMissing, language=Language.EN)
    await refuse(office, connection, await office.recognise(STRANGERS_PHONE), NotLinked)
    assert (await office.request(nurlan)).number == "2026-00002"
    assert await scalar(connection, "select last_serial from certificate_series") == 2


async def test_failure_while_the_paper_is_put_into_words_gives_the_number_back(
    office: Office, connection: AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    aizada = await connected(office, AIZADA)
    before = await picture(connection)

    def spill(_order: object) -> None:
        raise RuntimeError("ink")

    with monkeypatch.context() as patch:
        patch.setattr("tests.support.papers.PlainStationery.compose", lambda _self, order: spill(order))
        with pytest.raises(RuntimeError, match="ink"):
            await office.request(aizada)
    assert await picture(connection) == before
    assert (await office.request(aizada)).number == "2026-00001"
