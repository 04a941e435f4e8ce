"""Entering facts by hand."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.corrections.dto import Fact, FactForm
from services.corrections.errors import (
    CorrectionEnded,
    FactMalformed,
    FactNotPrintable,
    FactUnchanged,
    RosterBusy,
)
from services.people.errors import NoSuchPerson
from services.people.rules import phone_keys, search_words
from services.spelling import sort_key
from tests.support.clock import StandingClock
from tests.support.office import BAKYTS_PHONE, STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.papers import UNPRINTABLE
from tests.support.people import BAKYT, NURLAN, changed

CORRECTIONS = "select fact, roster_value, value, corrected_by, ended_how from person_corrections order by id"
AUDIT = "select account_id, act, subject, details from audit_entries where act like '%correct%' order by id"


@pytest.fixture
async def registrar(office: Office) -> Actor:
    await office.enrol(NURLAN, BAKYT)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    return await office.recognise(BAKYTS_PHONE)


async def nurlan_id(office: Office) -> int:
    async with office.unit_of_work() as uow:
        person = await uow.people.find_by_number(NURLAN.person_no)
    assert person is not None
    return person.id


async def test_fact_is_written_with_all_that_the_person_is_found_by(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    person_id = await nurlan_id(office)
    before = await rows(connection, "select unit_id, absent_since, number_key from people where id = :id", id=person_id)
    await office.corrections.correct(registrar, person_id, Fact.LAST_NAME, "Үсөн уулу")
    await office.corrections.correct(registrar, person_id, Fact.PHONE, "0555 11 22 33")
    await office.corrections.correct(registrar, person_id, Fact.BIRTH_DATE, "01.09.2006")
    entry = changed(NURLAN, last_name="Үсөн уулу", phone="0555 11 22 33")
    ((name, birth_date, order, phones, search),) = await rows(
        connection,
        "select last_name, birth_date::text, sort_key, phone_keys, tsvector_to_array(search) from people"
        " where id = :id",
        id=person_id,
    )
    assert (name, birth_date, order) == ("Үсөн уулу", "2006-09-01", sort_key("Үсөн уулу Нурлан"))
    assert phones == phone_keys("0555 11 22 33")
    assert isinstance(search, list)
    assert sorted(search) == search_words(entry)
    again = await rows(connection, "select unit_id, absent_since, number_key from people where id = :id", id=person_id)
    assert again == before


async def test_correction_is_kept_beside_what_the_source_says_and_noted_without_values(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    person_id = await nurlan_id(office)
    for value in ("0555 11 22 33", "0555 11 22 44"):
        await office.corrections.correct(registrar, person_id, Fact.PHONE, value)
    assert await rows(connection, CORRECTIONS) == [
        ("phone", "+996700000002", "0555 11 22 44", BAKYTS_PHONE, None),
    ]
    noted = (BAKYTS_PHONE, "fact_corrected", f"person:{person_id}", {"fact": "phone"})
    assert await rows(connection, AUDIT) == [noted, noted]


async def test_last_official_wins_and_both_are_noted(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    person_id = await nurlan_id(office)
    await office.corrections.correct(OPERATOR, person_id, Fact.PHONE, "0555 11 22 33")
    await office.corrections.correct(registrar, person_id, Fact.PHONE, "0555 11 22 44")
    assert await rows(connection, CORRECTIONS) == [("phone", "+996700000002", "0555 11 22 44", BAKYTS_PHONE, None)]
    assert [account for account, *_rest in await rows(connection, AUDIT)] == [None, BAKYTS_PHONE]


async def test_what_the_source_says_typed_again_ends_the_correction(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    person_id = await nurlan_id(office)
    await office.corrections.correct(registrar, person_id, Fact.PHONE, "0555 11 22 33")
    await office.corrections.correct(registrar, person_id, Fact.PHONE, NURLAN.phone)
    assert [row[-1] for row in await rows(connection, CORRECTIONS)] == ["withdrawn"]
    assert await office.corrections.list_of_person(registrar, person_id) == ()
    await office.corrections.correct(registrar, person_id, Fact.PHONE, "0555 11 22 33")
    assert len(await office.corrections.list_of_person(registrar, person_id)) == 1


async def test_correction_taken_back_gives_the_source_its_word(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    person_id = await nurlan_id(office)
    correction = await office.corrections.correct(registrar, person_id, Fact.BIRTH_DATE, "2000-01-01")
    await office.corrections.withdraw(registrar, correction.id)
    assert str(await scalar(connection, "select birth_date from people where id = :id", id=person_id)) == "2006-03-14"
    assert [row[-1] for row in await rows(connection, CORRECTIONS)] == ["withdrawn"]
    assert [act for _account, act, *_rest in await rows(connection, AUDIT)] == [
        "fact_corrected", "correction_withdrawn",
    ]  # fmt: skip
    before = await picture(connection)
    with pytest.raises(CorrectionEnded):
        await office.corrections.withdraw(registrar, correction.id)
    assert await picture(connection) == before


async def test_optional_fact_may_be_emptied_and_filled_again(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    person_id = await nurlan_id(office)
    await office.corrections.correct(registrar, person_id, Fact.BIRTH_DATE, "")
    assert await scalar(connection, "select birth_date is null from people where id = :id", id=person_id)
    await office.corrections.correct(registrar, person_id, Fact.BIRTH_DATE, "02.03.2006")
    assert await rows(connection, CORRECTIONS) == [
        ("birth_date", "2006-03-14", "2006-03-02", BAKYTS_PHONE, None),
    ]


async def test_question_and_review_show_what_is_known_and_write_nothing(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    person_id = await nurlan_id(office)
    before = await picture(connection)
    question = await office.corrections.ask(registrar, person_id, Fact.STUDY_FORM)
    assert (question.form, question.value, question.choices) == (
        FactForm.CHOICE, "full_time", ("full_time", "part_time"),
    )  # fmt: skip
    assert not (await office.corrections.ask(registrar, person_id, Fact.FIRST_NAME)).may_be_empty
    proposed = await office.corrections.review(registrar, person_id, Fact.ADMISSION_DATE, "1.9.2025")
    assert (proposed.old, proposed.new) == ("2025-08-25", "2025-09-01")
    assert await picture(connection) == before


@pytest.mark.parametrize(
    ("fact", "text", "refusal"),
    [
        (Fact.PHONE, " +996700000002 ", FactUnchanged),
        (Fact.BIRTH_DATE, "14.03.2006", FactUnchanged),
        (Fact.NAME_LATIN, "Асан", FactMalformed),
        (Fact.DEGREE, "bachelor of everything", FactMalformed),
        (Fact.LAST_NAME, f"Асан{UNPRINTABLE}", FactNotPrintable),
    ],
)
async def test_what_is_refused_writes_nothing(
    office: Office, connection: AsyncConnection, registrar: Actor, fact: Fact, text: str, refusal: type[Exception]
) -> None:
    person_id = await nurlan_id(office)
    before = await picture(connection)
    for use in (office.corrections.review, office.corrections.correct):
        with pytest.raises(refusal):
            await use(registrar, person_id, fact, text)
    assert await picture(connection) == before


async def test_person_who_never_was_is_refused(office: Office, registrar: Actor) -> None:
    with pytest.raises(NoSuchPerson):
        await office.corrections.ask(registrar, 404, Fact.PHONE)
    with pytest.raises(NoSuchPerson):
        await office.corrections.correct(registrar, 404, Fact.PHONE, "0555 11 22 33")


async def test_stranger_corrects_nothing(office: Office, connection: AsyncConnection, registrar: Actor) -> None:
    person_id = await nurlan_id(office)
    correction = await office.corrections.correct(registrar, person_id, Fact.PHONE, "0555 11 22 33")
    nurlan = await office.connect(STRANGERS_PHONE, NURLAN)  # not even of their own
    before = await picture(connection)
    for attempt in (
        office.corrections.ask(nurlan, person_id, Fact.PHONE),
        office.corrections.review(nurlan, person_id, Fact.PHONE, "0555 11 22 44"),
        office.corrections.correct(nurlan, person_id, Fact.PHONE, "0555 11 22 44"),
        office.corrections.withdraw(nurlan, correction.id),
        office.corrections.list_of_person(nurlan, person_id),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert await picture(connection) == before


async def test_two_officials_at_the_same_moment_leave_one_correction(busy_office: Office) -> None:
    await busy_office.enrol(NURLAN)
    person_id = await nurlan_id(busy_office)
    await asyncio.gather(
        *(busy_office.corrections.correct(OPERATOR, person_id, Fact.PHONE, f"0555 11 22 3{n}") for n in range(6))
    )
    (correction,) = await busy_office.corrections.list_of_person(OPERATOR, person_id)
    async with busy_office.unit_of_work() as uow:
        person = await uow.people.find(person_id)
    assert person is not None
    assert (correction.roster_value, correction.value) == (NURLAN.phone, person.entry.phone)


async def test_nothing_is_corrected_while_the_roster_is_imported(busy_office: Office, clock: StandingClock) -> None:
    await busy_office.enrol(NURLAN)
    person_id = await nurlan_id(busy_office)
    async with busy_office.unit_of_work() as uow:
        await uow.people.lock_roster()
        with pytest.raises(RosterBusy):
            await busy_office.corrections.correct(OPERATOR, person_id, Fact.PHONE, "0555 11 22 33")
    clock.advance(seconds=1)
    await busy_office.corrections.correct(OPERATOR, person_id, Fact.PHONE, "0555 11 22 33")
