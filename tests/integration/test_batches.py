"""Certificates for a whole group or a list: planned, issued a few at a time, handed out as an archive."""

import asyncio
import io
import zipfile
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.batches.dto import Archive, ArchivedPaper, BatchState, BatchWish, ListWords, TypedRow
from services.batches.errors import (
    BatchDiffers,
    BatchListUnreadable,
    BatchNotReady,
    BatchTooLong,
    FactNotTyped,
    ListedTwice,
    NobodyCanHaveIt,
    NobodyInBatch,
    NoSuchBatch,
    NothingToCancel,
    PersonNotInRoster,
    ValuesMissing,
)
from services.batches.list_file import read_list
from services.batches.rules import AHEAD, MOST_ROWS, ROWS_AT_ONCE, in_parts
from services.certificates.dto import RevocationReason, Source
from services.certificates.errors import FactsMissing, LanguageNotOffered, NotStudying
from services.certificates.fields import FieldRefused
from services.db.repositories.register import SqlRegisterRepository
from services.errors import Refusal
from services.languages import Language
from tests.support.office import BAKYTS_PHONE, INSTITUTE, Office, rows, scalar
from tests.support.papers import ARCHIVE, GRANT, STUDY
from tests.support.people import AIZADA, GULNARA, NURLAN

GROUP = BatchWish(kind="study", language=Language.KY, group="пи-1-25", title="ПИ-1-25")
PEOPLE = 23
WORDS = ListWords(headings=("number", "name", "certificate", "file", "remark"), remark=lambda paper: paper.refusal)


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
    """Let batches and printers work in turn until nothing is left to do."""
    while await office.batch_worker.work_next() or await office.printing.print_next():
        pass


async def archive_of(office: Office, batch_id: int, actor: Actor = OPERATOR) -> Archive:
    return await office.batches.read_archive(actor, batch_id, 1, WORDS)


def listed(archive: Archive) -> str:
    return zipfile.ZipFile(io.BytesIO(archive.content)).read("list.csv").decode("utf-8-sig")


async def test_group_gets_one_number_each_and_an_archive_with_a_list(
    group: Office, connection: AsyncConnection
) -> None:
    plan = await group.batches.plan(OPERATOR, GROUP)
    assert (len(plan.rows), len(plan.ready)) == (PEOPLE + 1, PEOPLE)
    assert [type(row.refusal) for row in plan.rows if row.refusal] == [NotStudying]
    batch = await group.batches.begin(OPERATOR, GROUP, plan.mark)
    with pytest.raises(BatchNotReady):
        await archive_of(group, batch.id)
    await finished(group)
    done = await group.batches.get(OPERATOR, batch.id)
    assert (done.state, done.issued, done.printed, done.is_complete) == (BatchState.DONE, PEOPLE, PEOPLE, True)
    numbers = await rows(connection, "select number from certificates order by id")
    assert [number for (number,) in numbers] == [f"2026-{serial:05d}" for serial in range(1, PEOPLE + 1)]
    archive = await archive_of(group, batch.id)
    assert (archive.name, archive.part, archive.parts) == (f"study-ky-{batch.id}.zip", 1, 1)
    assert len(zipfile.ZipFile(io.BytesIO(archive.content)).namelist()) == PEOPLE + 1
    assert listed(archive).count("\n") == PEOPLE + 1


async def test_worker_that_dies_loses_no_number_and_repeats_none(group: Office, connection: AsyncConnection) -> None:
    await group.batches.begin(OPERATOR, GROUP)
    assert await group.batch_worker.work_next()
    assert await scalar(connection, "select count(*) from certificates") == ROWS_AT_ONCE
    await finished(group)  # by whoever lives
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
    assert "NotStudying" in listed(await archive_of(group, batch.id))


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


async def test_nothing_more_is_cancelled_than_what_is_left(group: Office) -> None:
    batch = await group.batches.begin(OPERATOR, GROUP)
    await finished(group)
    with pytest.raises(NothingToCancel):
        await group.batches.cancel(OPERATOR, batch.id)


async def test_issuing_keeps_just_ahead_of_the_printers(group: Office) -> None:
    batch = await group.batches.begin(OPERATOR, GROUP)
    while await group.batch_worker.work_next():
        pass
    assert (await group.batches.get(OPERATOR, batch.id)).issued in range(AHEAD, AHEAD + ROWS_AT_ONCE)
    await finished(group)
    assert (await group.batches.get(OPERATOR, batch.id)).printed == PEOPLE


async def test_whoever_began_it_is_told_when_the_last_one_is_printed(group: Office) -> None:
    await group.recognise(BAKYTS_PHONE)
    await group.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    registrar = await group.recognise(BAKYTS_PHONE)
    await group.send_all()
    batch = await group.batches.begin(registrar, replace(GROUP, group="", rows=((AIZADA.person_no, {}),)))
    while await group.batch_worker.work_next():
        pass
    assert await group.send_all() == 0
    await finished(group)
    assert await group.send_all() == 1
    told = await group.batches.find_told(batch.id, BAKYTS_PHONE)
    assert told is not None
    assert told.is_complete
    assert await group.batches.find_told(batch.id, BAKYTS_PHONE + 1) is None


async def test_no_number_for_anybody_is_no_end_of_a_row(group: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = await group.batches.begin(OPERATOR, GROUP)
    worker = group.batch_worker
    with monkeypatch.context() as patched:

        async def halt(*_order: object) -> None:
            raise Halted

        patched.setattr(worker._issuer, "issue", halt)
        assert not await worker.work_next()
        assert isinstance(worker.halted, Halted)
    waiting = await group.batches.get(OPERATOR, batch.id)
    assert (waiting.state, waiting.issued, waiting.refused) == (BatchState.OPEN, 0, 0)
    await finished(group)
    assert worker.halted is None
    assert (await group.batches.get(OPERATOR, batch.id)).printed == PEOPLE


async def test_paper_that_cannot_be_printed_stops_no_batch(group: Office, connection: AsyncConnection) -> None:
    batch = await group.batches.begin(OPERATOR, GROUP)
    await group.batch_worker.work_next()
    await rows(connection, "update certificates set failed_at = now() where serial = 1 returning 1")
    await finished(group)
    done = await group.batches.get(OPERATOR, batch.id)
    assert (done.state, done.printed, done.unprintable) == (BatchState.DONE, PEOPLE - 1, 1)
    archive = await archive_of(group, batch.id)
    assert len(zipfile.ZipFile(io.BytesIO(archive.content)).namelist()) == PEOPLE


async def test_each_gets_theirs_in_the_chat_if_the_desk_wants_it(group: Office, connection: AsyncConnection) -> None:
    await group.connect(7001, AIZADA)
    await group.send_all()
    for send, messages in ((False, 0), (True, 1), (True, 0)):
        await group.batches.begin(OPERATOR, replace(GROUP, send=send))
        await finished(group)
        assert await group.send_all() == messages
    assert await scalar(connection, "select count(*) from certificates") == PEOPLE


async def test_person_on_hold_is_sent_nothing(group: Office, connection: AsyncConnection) -> None:
    await group.connect(7001, AIZADA)
    await group.send_all()
    await rows(connection, "update accounts set frozen_at = now() where telegram_id = 7001 returning 1")
    await group.batches.begin(OPERATOR, replace(GROUP, send=True))
    await finished(group)
    assert await group.send_all() == 0


async def test_nobody_is_issued_two_for_standing_twice_in_a_list(office: Office) -> None:
    await office.enrol(AIZADA)
    twice: tuple[TypedRow, ...] = ((AIZADA.person_no, {}), (AIZADA.person_no.lower(), {}))
    plan = await office.batches.plan(OPERATOR, replace(GROUP, group="", rows=twice))
    assert [type(row.refusal) for row in plan.rows] == [type(None), ListedTwice]


async def test_values_are_read_for_all_or_for_each_and_missed_by_name(office: Office) -> None:
    await office.enrol(AIZADA, NURLAN)
    wish = BatchWish(kind=GRANT.id, language=Language.KY, typed={"purpose": "bank", "result": "yes"})
    each: tuple[TypedRow, ...] = ((AIZADA.person_no, {"amount": "2 400,50"}), (NURLAN.person_no, {}))
    plan = await office.batches.plan(OPERATOR, replace(wish, rows=each))
    assert plan.rows[0].facts == {"purpose": "bank", "result": "yes", "amount": "2400.5"}
    assert isinstance(plan.rows[1].refusal, ValuesMissing)
    assert plan.rows[1].refusal.facts == ("amount",)
    assert plan.rows[1].refusal.kind is GRANT
    with pytest.raises(FactNotTyped):
        await office.batches.plan(OPERATOR, replace(wish, rows=each, typed={"amuont": "5"}))
    assert office.batches.read_value(OPERATOR, GRANT.id, "amount", "5 som", {"result": "yes"}) == "5"
    assert office.batches.read_values(OPERATOR, GRANT.id, {"result": "yes", "amount": "5,5"}) == {
        "result": "yes",
        "amount": "5.5",
    }
    with pytest.raises(FieldRefused):
        office.batches.read_value(OPERATOR, GRANT.id, "amount", "many", {})


async def test_kinds_are_those_of_the_desk_and_their_languages(office: Office) -> None:
    assert office.batches.list_kinds(OPERATOR, GRANT.desk) == (GRANT,)
    with pytest.raises(LanguageNotOffered):
        office.batches.require_offered(OPERATOR, ARCHIVE.id, Language.EN)
    stranger = await office.recognise(BAKYTS_PHONE)
    with pytest.raises(NotAllowed):
        office.batches.list_kinds(stranger, GRANT.desk)
    with pytest.raises(NotAllowed):
        await office.batches.list_recent(stranger, GRANT.desk)


def test_large_batch_comes_in_parts() -> None:
    papers = [
        ArchivedPaper(row=row, person_no="S-1", person_name="А", number="1", refusal="", file_id=row, size=size)
        for row, size in enumerate((6, 5, 5, 11, 1))
    ]
    assert [[paper.row for paper in part] for part in in_parts(papers, 10)] == [[0], [1, 2], [3], [4]]
    assert in_parts([]) == [[]]


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


class Halted(Refusal):
    """No number is given at all."""


def test_list_is_read_with_facts_of_their_own() -> None:
    kind = replace(STUDY, facts=(*STUDY.facts, replace(STUDY.facts[0], name="employer", source=Source.ASKED)))
    content = "№,Студенттин номери,Иш берүүчү\n1,S-1,Завод\n2,S-2,\n".encode()
    labels = {"employer": ("Иш берүүчү", "Работодатель", "Employer")}
    assert read_list(content, kind, lambda name: labels.get(name, ())) == (("S-1", {"employer": "Завод"}), ("S-2", {}))
    with pytest.raises(BatchListUnreadable):
        read_list(b"%PDF-1.7", kind, lambda _name: ())


async def test_batch_and_a_revocation_of_todays_paper_do_not_wait_for_each_other(
    busy_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await busy_office.units.import_units(OPERATOR, [INSTITUTE])
    others = [replace(AIZADA, person_no=f"S-9{number}", phone="") for number in range(2)]
    await busy_office.enrol(AIZADA, *others)
    today = await busy_office.request(await busy_office.connect(7001, AIZADA))
    listed: tuple[TypedRow, ...] = (("S-90", {}), ("S-91", {}), (AIZADA.person_no, {}))
    batch = await busy_office.batches.begin(OPERATOR, BatchWish(kind="study", language=Language.KY, rows=listed))
    find_salt, holds = SqlRegisterRepository.find_salt, asyncio.Event()

    async def slowly(self: SqlRegisterRepository, number: str) -> bytes | None:
        holds.set()  # the revocation has the certificate's row, and wants the end of the register next
        await asyncio.sleep(0.3)
        return await find_salt(self, number)

    async def work() -> None:
        await holds.wait()
        await finished(busy_office)

    monkeypatch.setattr(SqlRegisterRepository, "find_salt", slowly)
    await asyncio.gather(busy_office.revocations.revoke(OPERATOR, today.id, RevocationReason.MISUSED), work())
    assert (await busy_office.batches.get(OPERATOR, batch.id)).issued == len(listed)
