"""Certificates for a whole group or a list: planned, issued a few at a time, handed out as an archive."""

import io
import zipfile
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.batches.dto import BatchState, BatchWish, TypedRow
from services.batches.errors import (
    BatchDiffers,
    BatchListUnreadable,
    BatchNotReady,
    BatchTooLong,
    NobodyCanHaveIt,
    NobodyInBatch,
    NoSuchBatch,
    PersonNotInRoster,
)
from services.batches.list_file import read_list
from services.batches.rules import MOST_ROWS, ROWS_AT_ONCE
from services.certificates.dto import Source
from services.certificates.errors import FactsMissing, NotStudying
from services.languages import Language
from tests.support.office import BAKYTS_PHONE, INSTITUTE, Office, rows, scalar
from tests.support.papers import STUDY
from tests.support.people import AIZADA, GULNARA, NURLAN

GROUP = BatchWish(kind="study", language=Language.KY, group="пи-1-25", title="ПИ-1-25")
PEOPLE = 23


pytestmark = pytest.mark.usefixtures("institute")


@pytest.fixture
async def institute(office: Office) -> None:
    """The unit that papers name."""
    await office.units.import_units(OPERATOR, [INSTITUTE])


@pytest.fixture
async def group(office: Office, institute: None) -> Office:
    """A group of twenty-three, and one on leave."""
    assert institute is None
    others = [
        replace(AIZADA, person_no=f"S-2{number:03d}", first_name=f"Айгүл{number}", phone="")
        for number in range(PEOPLE - 1)
    ]
    await office.enrol(AIZADA, GULNARA, *others)
    return office


async def finished(office: Office) -> None:
    while await office.batch_worker.work_next():
        pass
    while await office.printing.print_next():
        pass


async def test_group_gets_one_number_each_and_an_archive_with_a_list(
    group: Office, connection: AsyncConnection
) -> None:
    plan = await group.batches.plan(OPERATOR, GROUP)
    assert (len(plan.rows), len(plan.ready)) == (PEOPLE, PEOPLE)
    batch = await group.batches.begin(OPERATOR, GROUP, plan.mark)
    with pytest.raises(BatchNotReady):
        [_ async for _ in group.batches.read_archives(OPERATOR, batch.id)]
    await finished(group)
    done = await group.batches.get(OPERATOR, batch.id)
    assert (done.state, done.issued, done.printed, done.is_complete) == (BatchState.DONE, PEOPLE, PEOPLE, True)
    numbers = await rows(connection, "select number from certificates order by id")
    assert [number for (number,) in numbers] == [f"2026-{serial:05d}" for serial in range(1, PEOPLE + 1)]
    [(name, content)] = [part async for part in group.batches.read_archives(OPERATOR, batch.id)]
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert name == f"study-ky-{batch.id}-1.zip"
    assert len(archive.namelist()) == PEOPLE + 1
    assert archive.read("list.csv").decode("utf-8-sig").count("\n") == PEOPLE + 1


async def test_worker_that_dies_loses_no_number_and_repeats_none(group: Office, connection: AsyncConnection) -> None:
    await group.batches.begin(OPERATOR, GROUP)
    assert await group.batch_worker.work_next()
    assert await scalar(connection, "select count(*) from certificates") == ROWS_AT_ONCE
    await rows(connection, "update certificate_batches set worker = 999 returning 1")  # its worker is dead
    await finished(group)
    assert await scalar(connection, "select count(distinct person_id) from certificates") == PEOPLE
    assert await scalar(connection, "select max(serial) from certificates") == PEOPLE


async def test_who_has_todays_certificate_already_keeps_its_number(group: Office, connection: AsyncConnection) -> None:
    aizada = await group.connect(7001, AIZADA)
    mine = await group.request(aizada)
    batch = await group.batches.begin(OPERATOR, GROUP)
    await finished(group)
    assert await scalar(connection, "select count(*) from certificates") == PEOPLE
    own = (
        "select r.certificate_id from certificate_batch_rows r join people p on p.id = r.person_id"
        " where p.person_no = :no"
    )
    assert await scalar(connection, own, no=AIZADA.person_no) == mine.id
    assert (await group.batches.get(OPERATOR, batch.id)).issued == PEOPLE


async def test_who_cannot_have_it_is_named_before_anything_is_written(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA, GULNARA, NURLAN)
    listed: tuple[TypedRow, ...] = (
        (AIZADA.person_no, {}),
        (GULNARA.person_no, {}),
        (NURLAN.person_no, {}),
        ("S-9999", {}),
    )
    plan = await office.batches.plan(OPERATOR, BatchWish(kind="study", language=Language.EN, rows=listed))
    assert [type(row.refusal) for row in plan.rows] == [type(None), NotStudying, FactsMissing, PersonNotInRoster]
    assert await scalar(connection, "select count(*) from certificate_batches") == 0
    with pytest.raises(NobodyCanHaveIt):
        await office.batches.begin(OPERATOR, BatchWish(kind="study", language=Language.EN, rows=listed[1:]))


async def test_who_left_meanwhile_is_left_out_and_the_others_get_theirs(
    group: Office, connection: AsyncConnection
) -> None:
    batch = await group.batches.begin(OPERATOR, GROUP)
    await rows(connection, "update people set status = 'expelled' where person_no = 'S-2005' returning 1")
    await finished(group)
    done = await group.batches.get(OPERATOR, batch.id)
    assert (done.issued, done.refused) == (PEOPLE - 1, 1)
    [(_, content)] = [part async for part in group.batches.read_archives(OPERATOR, batch.id)]
    assert "NotStudying" in zipfile.ZipFile(io.BytesIO(content)).read("list.csv").decode("utf-8-sig")


async def test_what_is_shown_is_what_is_begun(group: Office, connection: AsyncConnection) -> None:
    plan = await group.batches.plan(OPERATOR, GROUP)
    await rows(connection, "update people set status = 'leave' where person_no = 'S-2001' returning 1")
    with pytest.raises(BatchDiffers):
        await group.batches.begin(OPERATOR, GROUP, plan.mark)


async def test_cancelled_batch_issues_no_more(group: Office, connection: AsyncConnection) -> None:
    batch = await group.batches.begin(OPERATOR, GROUP)
    await group.batch_worker.work_next()
    cancelled = await group.batches.cancel(OPERATOR, batch.id)
    assert cancelled.state is BatchState.CANCELLED
    assert not await group.batch_worker.work_next()
    assert await scalar(connection, "select count(*) from certificates") == ROWS_AT_ONCE


async def test_only_the_desk_issues_for_many(group: Office) -> None:
    aizada = await group.connect(7001, AIZADA)
    for actor in (aizada, await group.recognise(BAKYTS_PHONE)):
        with pytest.raises(NotAllowed):
            await group.batches.plan(actor, GROUP)
    await group.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    registrar: Actor = await group.recognise(BAKYTS_PHONE)
    batch = await group.batches.begin(registrar, GROUP)
    with pytest.raises(NotAllowed):
        await group.batches.get(aizada, batch.id)
    with pytest.raises(NoSuchBatch):
        await group.batches.get(registrar, batch.id + 1)
    assert [one.id for one in await group.batches.list_recent(registrar, STUDY.desk)] == [batch.id]
    await finished(group)
    assert await group.send_all() == 2  # of the role, and of the batch


async def test_no_group_and_too_many_are_refused(group: Office) -> None:
    with pytest.raises(NobodyInBatch):
        await group.batches.plan(OPERATOR, replace(GROUP, group="ЭЭ-9-99"))
    many: tuple[TypedRow, ...] = tuple((f"S-{number}", {}) for number in range(MOST_ROWS + 1))
    with pytest.raises(BatchTooLong):
        await group.batches.plan(OPERATOR, replace(GROUP, group="", rows=many))


def test_list_is_read_with_facts_of_their_own() -> None:
    kind = replace(STUDY, facts=(*STUDY.facts, replace(STUDY.facts[0], name="employer", source=Source.ASKED)))
    content = "№,Студенттин номери,Иш берүүчү\n1,S-1,Завод\n2,S-2,\n".encode()
    labels = {"employer": ("Иш берүүчү", "Работодатель", "Employer")}
    assert read_list(content, kind, lambda name: labels.get(name, ())) == (("S-1", {"employer": "Завод"}), ("S-2", {}))
    with pytest.raises(BatchListUnreadable):
        read_list(b"%PDF-1.7", kind, lambda _name: ())
