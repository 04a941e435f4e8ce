"""Who is meant by an audience, and lists of people."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, Role
from services.audience.dto import AudienceCount, KeptList, ListBrought
from services.audience.errors import AudienceUnknown, AudienceUnreadable, ListEmpty, ListNameUnusable
from services.audience.rules import read_audience
from services.delivery.dto import NewBroadcast, NoticeKind, Urgency
from services.languages import Language, Trilingual
from services.people.dto import PersonStatus, RosterEntry
from services.units.dto import UnitEntry, UnitKind
from tests.integration.test_role_days import NEXT_WEEK, TODAY
from tests.support.office import INSTITUTE, STRANGERS_PHONE, Office, picture, rows
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody with a phone; `chosen` and `guessed` are languages."""

    phone: int
    entry: RosterEntry
    chosen: str | None = None
    guessed: str | None = None


def unit(code: str, parent: str = "", name: str = "", kind: UnitKind = UnitKind.UNIT) -> UnitEntry:
    return UnitEntry(
        code=code, name=Trilingual(ky=name or code), abbreviation="", kind=kind, parent_code=parent, aliases=()
    )


UNITS = (
    INSTITUTE,
    unit("chair-software", "mti"),
    unit("lab", "chair-software", "Робототехника лабораториясы"),
    unit("dir-mti", "mti", "МТИ директору", UnitKind.ROLE),
    unit("ob"),
)
READERS = {
    "Айзада": Reader(phone=7001, entry=replace(AIZADA, citizenship="Кыргызстан"), chosen="ru", guessed="en"),
    "Нурлан": Reader(
        phone=7002,
        entry=replace(NURLAN, unit="chair-software", course=3, group_name="ПИ-2-24", citizenship="KG"),
        guessed="en",
    ),
    "Гүлнара": Reader(phone=7003, entry=replace(GULNARA, unit="", course=1, study_form="part_time")),
    "Бакыт": Reader(phone=7004, entry=replace(BAKYT, citizenship="Кыргыз Республикасы")),
    "Дивья": Reader(
        phone=7005,
        entry=replace(
            AIZADA, person_no="S-2001", last_name="Патель", unit="lab", citizenship="Индия", group_name="", phone="",
            programme_ky="Колдонмо информатика", programme_ru="Прикладная информатика",
            programme_en="Applied Informatics",
        ),
        guessed="en",
    ),
    "Билал": Reader(
        phone=7006, entry=replace(AIZADA, person_no="S-2002", last_name="Хан", citizenship="Пакистан", phone="")
    ),
    "Азамат": Reader(
        phone=7007, entry=replace(AIZADA, person_no="S-900", status=PersonStatus.GRADUATED, course=None, phone="")
    ),
}  # fmt: skip
#: Nobody ever means these.
LEFT_OUT = {
    "expelled": Reader(phone=7101, entry=replace(AIZADA, person_no="S-3001", status=PersonStatus.EXPELLED, phone="")),
    "frozen": Reader(phone=7102, entry=replace(AIZADA, person_no="S-3002", phone="")),
    "gone": Reader(phone=7103, entry=replace(AIZADA, person_no="S-3003", phone="")),
}
UNLINKED = replace(AIZADA, person_no="S-4001", phone="")
BLOCKED = "Билал"
STUDENTS = {"Айзада", "Нурлан", "Гүлнара", "Дивья", "Билал"}
PRESENT = STUDENTS | {"Бакыт"}


@pytest.fixture
async def university(office: Office, connection: AsyncConnection) -> Office:
    return await found_university(office, connection)


async def found_university(office: Office, connection: AsyncConnection) -> Office:
    """Units, readers of every sort and who is no reader; one of the readers stopped the bot."""
    await office.units.import_units(OPERATOR, UNITS)
    everybody = [*READERS.values(), *LEFT_OUT.values()]
    await office.enrol(*(reader.entry for reader in everybody), UNLINKED)
    for reader in everybody:
        await rows(
            connection,
            "insert into accounts (telegram_id, person_id, language, guessed_language, first_seen_at, last_seen_at)"
            " select :id, p.id, :chosen, :guessed, :now, :now from people p where p.person_no = :no returning 1",
            id=reader.phone, chosen=reader.chosen, guessed=reader.guessed, no=reader.entry.person_no,
            now=office.clock.now(),
        )  # fmt: skip
    await office.recognise(STRANGERS_PHONE)
    for column, name in (("frozen_at", "frozen"), ("blocked_at", BLOCKED)):
        phone = (READERS | LEFT_OUT)[name].phone
        statement = f"update accounts set {column} = :now where telegram_id = :id returning 1"  # noqa: S608 -- ours
        await rows(connection, statement, now=office.clock.now(), id=phone)
    await office.enrol(*(it.entry for it in everybody if it is not LEFT_OUT["gone"]), UNLINKED)
    return office


def names(phones: Iterable[object]) -> set[str]:
    known = {reader.phone: name for name, reader in (READERS | LEFT_OUT).items()}
    return {known[phone] for phone in phones if isinstance(phone, int)}


async def frozen(office: Office, connection: AsyncConnection, written: str) -> set[str]:
    """Freeze an audience; return who got a delivery. The count and each account's own answer must say the same."""
    audience = read_audience(written)
    broadcast = NewBroadcast(kind=NoticeKind.ANNOUNCEMENT, payload={}, subject="announcement:1", urgency=Urgency.NORMAL)
    async with office.unit_of_work() as uow:
        assert await uow.audiences.find_unknown(audience) == ()
        notice_id = await uow.broadcasts.open(broadcast, office.clock.now())
        written_down = await uow.audiences.freeze(audience, notice_id, TODAY)
        assert written_down == await uow.audiences.count(audience, TODAY)
        await uow.commit()
    deliveries = await rows(
        connection, "select account_id, ended from deliveries where notice_id = :id order by id", id=notice_id
    )
    meant = names(phone for phone, _ended in deliveries)
    assert len(deliveries) == len(meant) == written_down.recipients
    assert names(phone for phone, ended in deliveries if ended == "blocked") == meant & {BLOCKED}
    assert written_down.unreachable == (BLOCKED in meant)
    return meant


MEANT = {
    "all": PRESENT,
    "role:student": STUDENTS,
    "kind:staff": {"Бакыт"},
    "role:staff,student": PRESENT,
    "-role:student": {"Бакыт"},
    "role:editor": {"Бакыт"},
    "role:editor,student": PRESENT,
    "role:approver": set(),  # from next week on
    "role:registrar": {"Гүлнара"},  # as a deputy
    "role:unit_head": set(),  # whose account is frozen
    "-role:editor,registrar": PRESENT - {"Бакыт", "Гүлнара"},
    "unit:mti": {"Айзада", "Нурлан", "Дивья", "Билал"},
    "unit:МТИ": {"Айзада", "Нурлан", "Дивья", "Билал"},
    "unit:chair-software": {"Нурлан", "Дивья"},
    "unit:Lab,ob": {"Дивья", "Бакыт"},
    "unit:mti -unit:chair-software": {"Айзада", "Билал"},
    "all -unit:mti": {"Гүлнара", "Бакыт"},  # also who has no unit
    'programme:"прикладная информатика"': {"Дивья"},
    'programme:"Applied Informatics","Программалык  инженерия"': STUDENTS,
    '-programme:"Колдонмо информатика"': PRESENT - {"Дивья"},
    "course:1,3": {"Нурлан", "Гүлнара"},
    "-course:2": {"Нурлан", "Гүлнара", "Бакыт"},  # also who is in no course
    "group:пи125": {"Айзада", "Гүлнара", "Билал"},
    "group:ПИ-2-24 course:3": {"Нурлан"},
    "form:part_time": {"Гүлнара"},
    "role:student -form:full_time": {"Гүлнара"},
    "citizenship:foreign": {"Дивья", "Билал"},
    "citizenship:ИНДИЯ": {"Дивья"},
    "citizenship:kg": {"Айзада", "Нурлан", "Бакыт"},
    "-citizenship:foreign": PRESENT - {"Дивья", "Билал"},
    "lang:ru": {"Айзада"},
    "lang:en": {"Нурлан", "Дивья"},
    "lang:ky": {"Гүлнара", "Бакыт", "Билал"},
    "status:leave": {"Гүлнара"},
    "status:active": PRESENT - {"Гүлнара"},
    "-status:leave": PRESENT - {"Гүлнара"},
    "status:graduated": {"Азамат"},
    "status:active,graduated role:student": (STUDENTS - {"Гүлнара"}) | {"Азамат"},
    "status:active -status:leave,graduated": PRESENT - {"Гүлнара"},
    "list:олимпиада": {"Айзада", "Бакыт"},
    'list:Олимпиада,"кан тапшыргандар" role:student': {"Айзада", "Нурлан"},
    "-list:ОЛИМПИАДА": PRESENT - {"Айзада", "Бакыт"},
    "person:s-1001,Е-1": {"Айзада", "Бакыт"},  # the second in Cyrillic letters
    "person:S-900": set(),  # graduates are meant by their status only
    "person:S-4001": set(),  # not linked
    "account:7001,7002,7102": {"Айзада", "Нурлан"},
    "account:7009": set(),  # linked to nobody
    "unit:mti role:student course:2 lang:en,ky -person:S-2002": {"Дивья"},
}


async def test_every_term_means_those_whom_it_names(university: Office, connection: AsyncConnection) -> None:
    await university.roles.grant(OPERATOR, "E-1", Role.EDITOR)
    await university.roles.grant(OPERATOR, "7001", Role.APPROVER, valid_from=NEXT_WEEK)
    await university.roles.grant(OPERATOR, "7002", Role.REGISTRAR, valid_from=NEXT_WEEK)
    given = await university.roles.grant(OPERATOR, "7009", Role.REGISTRAR)
    await university.roles.appoint_deputy(OPERATOR, given.id, "7003", TODAY, TODAY)
    await university.roles.grant(OPERATOR, "7102", Role.UNIT_HEAD, "mti")
    await rows(connection, "update role_grants set telegram_id = 7004 where role = 'editor' returning 1")
    await university.audiences.bring_list(OPERATOR, "Олимпиада", ["S-1001", "E-1", "S-900", "S-4001"])
    await university.audiences.bring_list(OPERATOR, "Кан  тапшыргандар", ["s-1002"])
    assert {written: await frozen(university, connection, written) for written in MEANT} == MEANT


@pytest.mark.parametrize(
    "written", ["all", "role:student -unit:lab", "citizenship:foreign course:2", '-programme:"Applied Informatics"']
)
async def test_each_account_is_looked_at_once_more_before_sending(
    university: Office, connection: AsyncConnection, written: str
) -> None:
    meant = await frozen(university, connection, written)
    audience = read_audience(written)
    readers = {**READERS, **LEFT_OUT}
    async with university.reading() as uow:
        included = {
            name for name, reader in readers.items() if await uow.audiences.includes(audience, reader.phone, TODAY)
        }
        assert not await uow.audiences.includes(audience, STRANGERS_PHONE, TODAY)
        assert not await uow.audiences.includes(audience, 1, TODAY)
    assert included == meant


async def test_who_has_left_meanwhile_is_not_meant_any_more(university: Office, connection: AsyncConnection) -> None:
    audience = read_audience("role:student unit:mti")

    async def included() -> set[str]:
        async with university.reading() as uow:
            return {name for name, one in READERS.items() if await uow.audiences.includes(audience, one.phone, TODAY)}

    assert await included() == {"Айзада", "Нурлан", "Дивья", "Билал"}
    entries = {name: reader.entry for name, reader in READERS.items()}
    entries["Айзада"] = replace(entries["Айзада"], status=PersonStatus.EXPELLED)
    entries["Нурлан"] = replace(entries["Нурлан"], unit="ob")
    del entries["Дивья"]
    await university.enrol(*entries.values())
    assert await included() == {"Билал"}
    await rows(
        connection, "update accounts set frozen_at = :t where telegram_id = 7006 returning 1", t=university.clock.now()
    )
    assert await included() == set()


async def test_what_does_not_exist_is_told_also_where_it_was_to_be_left_out(university: Office) -> None:
    written = (
        'all -unit:mtii,lab unit:dir-mti group:ПИ-1-25,ПИ-9-99 programme:"Прикладная","Applied Informatics"'
        " citizenship:foreign,Марс -list:жок person:S-1001,S-3003 account:7001,5"
    )
    unknown = (
        "unit:dir-mti", "group:ПИ-9-99", "programme:Прикладная", "citizenship:Марс", "person:S-3003", "account:5",
        "unit:mtii", "list:жок",
    )  # fmt: skip
    with pytest.raises(AudienceUnknown) as refused:
        await university.audiences.count(OPERATOR, written)
    assert refused.value.terms == unknown


async def test_editor_counts_an_audience(university: Office, connection: AsyncConnection) -> None:
    await university.roles.grant(OPERATOR, "7004", Role.EDITOR)
    editor = await university.recognise(7004)
    before = await picture(connection)
    assert await university.audiences.count(editor, "role:student") == AudienceCount(recipients=5, unreachable=1)
    with pytest.raises(AudienceUnreadable):
        await university.audiences.count(editor, "students")
    assert await picture(connection) == before


async def test_list_is_replaced_whole_and_noted(university: Office, connection: AsyncConnection) -> None:
    first = await university.audiences.bring_list(OPERATOR, "Олимпиада", ["S-1001", "s-1001", "S-3003", "X-1", "X-1"])
    assert first == ListBrought(known=1, unknown=("S-3003", "X-1"))  # who has left the roster is unknown, too
    university.clock.moment += timedelta(days=1)
    again = await university.audiences.bring_list(OPERATOR, " олимпиада ", ["E-1", "S-1002"])
    assert again == ListBrought(known=2, unknown=())
    listed = (
        "select l.name, l.brought_at, p.person_no from audience_list_people lp"
        " join audience_lists l on l.id = lp.list_id join people p on p.id = lp.person_id order by 3"
    )
    now = university.clock.now()
    assert await rows(connection, listed) == [("олимпиада", now, "E-1"), ("олимпиада", now, "S-1002")]
    noted = "select act, account_id, details from audit_entries where act = 'list_brought' order by id"
    assert await rows(connection, noted) == [
        ("list_brought", None, {"people": 1}),
        ("list_brought", None, {"people": 2}),
    ]


async def test_lists_are_shown_and_dropped(university: Office, connection: AsyncConnection) -> None:
    assert await university.audiences.list_lists(OPERATOR) == []
    await university.audiences.bring_list(OPERATOR, "Олимпиада", ["S-1001", "E-1"])
    await university.audiences.bring_list(OPERATOR, "доноры", ["E-1"])
    now = university.clock.now()
    assert await university.audiences.list_lists(OPERATOR) == [
        KeptList(name="доноры", people=1, brought_at=now),
        KeptList(name="олимпиада", people=2, brought_at=now),
    ]
    await university.audiences.drop_list(OPERATOR, " ОЛИМПИАДА")
    assert [one.name for one in await university.audiences.list_lists(OPERATOR)] == ["доноры"]
    assert len(await rows(connection, "select 1 from audience_list_people")) == 1
    assert len(await rows(connection, "select 1 from audit_entries where act = 'list_dropped'")) == 1
    before = await picture(connection)
    with pytest.raises(AudienceUnknown) as refused:
        await university.audiences.drop_list(OPERATOR, "олимпиада")
    assert refused.value.terms == ("list:олимпиада",)
    assert await picture(connection) == before


async def test_list_of_nobody_and_one_without_a_name_are_refused_and_nothing_is_written(
    university: Office, connection: AsyncConnection
) -> None:
    await university.audiences.bring_list(OPERATOR, "олимпиада", ["S-1001"])
    before = await picture(connection)
    with pytest.raises(ListEmpty):
        await university.audiences.bring_list(OPERATOR, "олимпиада", ["X-1"])
    with pytest.raises(ListEmpty):
        await university.audiences.bring_list(OPERATOR, "олимпиада", [])
    with pytest.raises(ListNameUnusable):
        await university.audiences.bring_list(OPERATOR, '"', ["S-1001"])
    assert await picture(connection) == before


@pytest.mark.parametrize("role", [None, Role.APPROVER, Role.UNIT_HEAD, "editor of a unit"])
async def test_who_may_not_write_to_all_counts_nobody_and_brings_no_list(
    university: Office, connection: AsyncConnection, role: Role | str | None
) -> None:
    if role is not None:
        given = role if isinstance(role, Role) else Role.EDITOR
        await university.roles.grant(OPERATOR, "7001", given, None if given is Role.APPROVER else "mti")
    actor = await university.recognise(7001)
    before = await picture(connection)
    with pytest.raises(NotAllowed):
        await university.audiences.count(actor, "all")
    with pytest.raises(NotAllowed):
        await university.audiences.bring_list(actor, "олимпиада", ["S-1001"])
    with pytest.raises(NotAllowed):
        await university.audiences.list_lists(actor)
    with pytest.raises(NotAllowed):
        await university.audiences.drop_list(actor, "олимпиада")
    assert await picture(connection) == before


GUESTS = {8001: "en", 8002: "ru", 8003: "ky", STRANGERS_PHONE: "ky"}
FROZEN_GUEST, BLOCKED_GUEST = 8003, 8002
MEANT_GUESTS = {8001, 8002, STRANGERS_PHONE}
#: Who of the guests is meant, and how many of the roster.
WITH_GUESTS = {
    "role:guest": (MEANT_GUESTS, 0),
    "role:student,guest": (MEANT_GUESTS, 5),
    "role:student,staff,guest": (MEANT_GUESTS, 6),
    "role:guest lang:en": ({8001}, 0),
    "role:guest -lang:en": (MEANT_GUESTS - {8001}, 0),
    "role:guest account:8001,7001": ({8001}, 0),
    "role:guest course:2": (set(), 0),
    "role:guest,student unit:mti": (set(), 4),
    "role:guest status:active": (set(), 0),
    "role:guest role:student": (set(), 0),
    "role:guest -list:олимпиада -unit:mti": (MEANT_GUESTS, 0),
    "all": (set(), 6),
    "-role:student": (set(), 1),
    "all -role:guest": (set(), 6),
}


@pytest.mark.parametrize("written", WITH_GUESTS)
async def test_guests_are_meant_only_where_they_are_named(
    university: Office, connection: AsyncConnection, written: str
) -> None:
    await university.audiences.bring_list(OPERATOR, "Олимпиада", ["S-1001"])
    await _let_guests_write(university, connection)
    audience, (guests, others) = read_audience(written), WITH_GUESTS[written]
    async with university.unit_of_work() as uow:
        broadcast = NewBroadcast(
            kind=NoticeKind.ANNOUNCEMENT, payload={}, subject="announcement:1", urgency=Urgency.NORMAL
        )
        notice_id = await uow.broadcasts.open(broadcast, university.clock.now())
        count = await uow.audiences.freeze(audience, notice_id, TODAY)
        assert count == await uow.audiences.count(audience, TODAY)
        survey = await uow.audiences.survey(audience, (), TODAY)
        included = {guest for guest in GUESTS if await uow.audiences.includes(audience, guest, TODAY)}
        await uow.commit()
    frozen = await rows(connection, "select account_id from deliveries where account_id in (8001, 8002, 8003, :id)"
                        " and notice_id = :notice", id=STRANGERS_PHONE, notice=notice_id)  # fmt: skip
    assert included == {account for (account,) in frozen} == guests
    assert count.recipients == survey.recipients == survey.without_text == len(guests) + others
    assert count.unreachable == survey.unreachable == (BLOCKED_GUEST in guests) + (others > 1)
    assert len(survey.names) == min(others, 5)


async def test_who_switched_a_category_off_is_not_meant_by_it(university: Office, connection: AsyncConnection) -> None:
    await rows(connection, "insert into muted_categories (account_id, category) values (7001, 'study') returning 1")
    audience = read_audience("role:student")
    broadcast = NewBroadcast(kind=NoticeKind.ANNOUNCEMENT, payload={}, subject="announcement:1", urgency=Urgency.NORMAL)
    async with university.unit_of_work() as uow:
        for category, recipients in ((None, 5), ("events", 5), ("study", 4)):
            assert (await uow.audiences.count(audience, TODAY, category)).recipients == recipients
            assert (await uow.audiences.survey(audience, (), TODAY, category)).recipients == recipients
            notice_id = await uow.broadcasts.open(broadcast, university.clock.now())
            assert (await uow.audiences.freeze(audience, notice_id, TODAY, category)).recipients == recipients
            assert await uow.audiences.includes(audience, 7001, TODAY, category) is (recipients == 5)
            assert await uow.audiences.includes(audience, 7002, TODAY, category)


async def test_survey_says_who_has_no_text_and_names_some(university: Office) -> None:
    async with university.reading() as uow:
        survey = await uow.audiences.survey(read_audience("all"), (Language.KY,), TODAY)
        assert survey == await uow.audiences.survey(read_audience("all"), (Language.KY,), TODAY)
        english = await uow.audiences.survey(read_audience("citizenship:foreign"), (Language.EN,), TODAY)
    assert (survey.recipients, survey.unreachable) == (6, 1)
    assert (survey.without_text, survey.foreign_without_text) == (3, 1)  # Айзада, Нурлан and Дивья
    assert len(set(survey.names)) == 5
    assert (english.recipients, english.without_text, english.foreign_without_text) == (2, 1, 1)
    assert set(english.names) == {"Патель Айзада", "Хан Айзада"}


async def _let_guests_write(office: Office, connection: AsyncConnection) -> None:
    for phone, language in GUESTS.items():
        if phone != STRANGERS_PHONE:
            await rows(
                connection,
                "insert into accounts (telegram_id, guessed_language, first_seen_at, last_seen_at)"
                " values (:id, :language, :now, :now) returning 1",
                id=phone, language=language, now=office.clock.now(),
            )  # fmt: skip
    for column, phone in (("frozen_at", FROZEN_GUEST), ("blocked_at", BLOCKED_GUEST)):
        statement = f"update accounts set {column} = :now where telegram_id = :id returning 1"  # noqa: S608 -- ours
        await rows(connection, statement, now=office.clock.now(), id=phone)
