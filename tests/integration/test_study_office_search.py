"""Finding people at the Study Office."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, Role
from services.corrections.dto import Fact
from services.db.repositories.study_office import FEW, MANY
from services.people.dto import PersonStatus
from services.study_office.errors import NothingToSearch
from services.study_office.ports import COUNTED
from services.study_office.service import PAGE
from tests.support.office import BAKYTS_PHONE, STRANGERS_PHONE, Office, picture, rows
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN, changed

AIGUL = changed(
    AIZADA,
    person_no="Б-2023/045",
    last_name="Маматова",
    first_name="Айгүл",
    patronymic="",
    name_latin="Mamatova Aigul",
    phone="0312 54-12-34; +996 555 100 200",
    group_name="ЭЭ-2-23",
)


@pytest.fixture(autouse=True)
async def roster(office: Office) -> None:
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT, AIGUL)


async def found(office: Office, typed: str) -> list[str]:
    """Return the numbers of whom the search finds, in its order."""
    return [person.person_no for person in (await office.study_office.search(OPERATOR, typed)).people]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("маматова", ["Б-2023/045", "S-1001"]),
        ("МАМ АЙЗ", ["S-1001"]),
        ("айзада маматова", ["S-1001"]),
        ("омурова гулнара", ["S-1003"]),  # typed without Kyrgyz letters
        ("Өмүрова", ["S-1003"]),
        ("асан уулу", ["S-1002"]),
        ("Mamatova", ["Б-2023/045", "S-1001", "S-1003"]),
        ("maмaтовa", ["Б-2023/045", "S-1001"]),  # Latin a, m
        ("s-1002", ["S-1002"]),
        ("S1002", ["S-1002"]),
        ("1002", ["S-1002"]),
        ("Е-1", ["E-1"]),  # a Cyrillic Е
        ("Е 1", ["E-1"]),
        ("б-2023/045", ["Б-2023/045"]),
        ("045", ["Б-2023/045"]),
        ("ээ223", ["Б-2023/045"]),
        ("ЭЭ-2-23", ["Б-2023/045"]),
        ("ЭЭ 2 23", ["Б-2023/045"]),
        ("пи-1-25 асан", ["S-1002"]),
        ("0700 00 00 02", ["S-1002"]),
        ("+996 (312) 54 12 34", ["Б-2023/045"]),
        ("555100200", ["Б-2023/045"]),
        ("996700", ["S-1002", "S-1001", "S-1003"]),
        ("токтогулов бакыт", ["E-1"]),
        ("Маматова-Айгүл", ["Б-2023/045"]),  # in one piece nobody is called so
        ("жокадам", []),
        ("' | !мам & (:*", ["Б-2023/045", "S-1001"]),
        ("мам:* | асан:*", []),
    ],
)
async def test_people_are_found_by_whatever_is_typed(office: Office, typed: str, numbers: list[str]) -> None:
    assert await found(office, typed) == numbers


async def test_whoever_left_stands_behind_everybody_who_is_here(office: Office) -> None:
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT)
    page = await office.study_office.search(OPERATOR, "маматова")
    assert [(person.person_no, person.absent) for person in page.people] == [("S-1001", False), ("Б-2023/045", True)]


async def test_list_says_what_tells_people_apart(office: Office) -> None:
    page = await office.study_office.search(OPERATOR, "гулнара")
    (gulnara,) = page.people
    assert (gulnara.full_name, gulnara.group_name, gulnara.status) == (
        "Өмүрова Гүлнара Таалайбековна", "ПИ-1-25", PersonStatus.LEAVE,
    )  # fmt: skip
    assert (page.total, page.counted, page.page, page.has_next) == (1, True, 0, False)
    (bakyt,) = (await office.study_office.search(OPERATOR, "бакыт эркин")).people
    assert bakyt.post.ru == "Декан"


async def test_many_are_shown_page_by_page(office: Office) -> None:
    crowd = [changed(AIZADA, person_no=f"M-{number:03}", last_name="Асанова") for number in range(2 * PAGE + 1)]
    await office.enrol(*crowd)
    pages = [await office.study_office.search(OPERATOR, "асанова", page) for page in range(3)]
    assert [len(page.people) for page in pages] == [PAGE, PAGE, 1]
    assert [page.has_next for page in pages] == [True, True, False]
    assert {page.total for page in pages} == {2 * PAGE + 1}
    shown = [person.person_no for page in pages for person in page.people]
    assert shown == sorted(shown)
    for beyond in (3, 2**63 - 1, -1, -(2**63)):
        assert (await office.study_office.search(OPERATOR, "асанова", beyond)).people == pages[0].people


async def test_very_many_are_not_counted_and_come_in_the_same_order(office: Office) -> None:
    crowd = [changed(AIZADA, person_no=f"M-{number:03}", last_name="Асанова") for number in range(COUNTED + 2)]
    await office.enrol(*crowd)
    page = await office.study_office.search(OPERATOR, "асанова")
    assert (page.total, page.counted, page.has_next) == (COUNTED, False, True)
    assert [person.person_no for person in page.people] == [f"M-{number:03}" for number in range(PAGE)]
    last = await office.study_office.search(OPERATOR, "асанова", COUNTED // PAGE)
    assert [person.person_no for person in last.people] == [f"M-{n:03}" for n in range(COUNTED // PAGE * PAGE, 502)]


async def test_holder_is_found_by_the_number_and_the_code_of_a_certificate(
    office: Office, connection: AsyncConnection
) -> None:
    aizada = await office.aizada()
    issued = await office.request(aizada)
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT, AIGUL)
    ((code,),) = await rows(connection, "select code from certificates")
    for typed in (issued.number, f"№ {issued.number}", str(code), f"{str(code)[:10]}-{str(code)[10:]}".lower()):
        assert await found(office, typed) == ["S-1001"]
    assert await found(office, "2026-09999") == []


@pytest.mark.parametrize("role", [Role.ADMIN, Role.REGISTRAR])
async def test_officials_may_look(office: Office, role: Role) -> None:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), role)
    official = await office.recognise(BAKYTS_PHONE)
    assert (await office.study_office.search(official, "асан уулу")).total == 1


async def test_nobody_else_may_and_nothing_is_told(office: Office, connection: AsyncConnection) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    student = await office.connect(BAKYTS_PHONE, NURLAN)
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.EDITOR)
    editor = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    for actor in (stranger, student, editor):
        with pytest.raises(NotAllowed):
            office.study_office.enter(actor)
        with pytest.raises(NotAllowed):
            await office.study_office.search(actor, "маматова")
        with pytest.raises(NotAllowed):
            await office.study_office.find_person(actor, 1)
        with pytest.raises(NotAllowed):
            await office.study_office.get_card(actor, 1)
        with pytest.raises(NotAllowed):
            await office.study_office.list_certificates(actor, 1, 0)
    assert await picture(connection) == before


async def test_nothing_typed_is_refused(office: Office) -> None:
    with pytest.raises(NothingToSearch):
        await office.study_office.search(OPERATOR, "…")


async def test_correction_is_found_at_once(office: Office) -> None:
    (nurlan,) = (await office.study_office.search(OPERATOR, "s-1002")).people
    await office.corrections.correct(OPERATOR, nurlan.id, Fact.NAME_LATIN, "Asan uulu Nurlan")
    assert await found(office, "asan uulu") == ["S-1002"]


@pytest.mark.parametrize(
    ("statement", "index"), [(FEW, "ix_people_search"), (MANY, "ix_people_listing")], ids=["few", "many"]
)
async def test_search_goes_by_an_index(connection: AsyncConnection, statement: str, index: str) -> None:
    for switch in ("enable_seqscan", "enable_sort"):  # the tables of a test are too small for indexes
        await connection.execute(text(f"set local {switch} = off"))
    asked = {"query": "'асан':*", "skipped": 0, "wanted": PAGE}
    plan = await connection.scalars(text(f"explain {statement}"), asked)
    assert index in "\n".join(plan)
