"""The register's chain: what it holds, who may not change it, and that an audit finds whoever did."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed
from services.certificates.dto import RevocationReason, VerdictKind
from services.register.dto import AuditReport, Erasure, FaultKind
from services.register.errors import NobodyToErase, NoSuchHead
from services.register.service import RegisterService
from tests.support.clock import StandingClock
from tests.support.office import STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.papers import KEY
from tests.support.people import AIZADA, changed
from tests.support.tampering import REHASH, tamper

EVENTS = "select seq, event, number from register_entries order by seq"


@pytest.fixture
def register(office: Office) -> RegisterService:
    return RegisterService(office.unit_of_work, office.clock)


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


@pytest.fixture
async def course(office: Office, aizada: Actor, clock: StandingClock, connection: AsyncConnection) -> Actor:
    """Three certificates: one is printed, the second printed and revoked, the third waits for the printer."""
    for year in (1, 2, 3):
        await office.enrol(changed(AIZADA, course=year))
        await office.request(aizada)
        clock.advance(seconds=1, microseconds=17)
    for _ in range(2):
        assert await office.printing.print_next()
        clock.advance(seconds=1)
    second = await scalar(connection, "select id from certificates where serial = 2")
    assert isinstance(second, int)
    await office.revocations.revoke(OPERATOR, second, RevocationReason.OTHER, "чоочун адам")
    return aizada


async def faults(register: RegisterService) -> set[tuple[FaultKind, int | None, str | None]]:
    report = await register.audit(OPERATOR)
    assert report.fault_count == len(report.faults)
    return {(fault.kind, fault.seq, fault.number) for fault in report.faults}


async def whole(register: RegisterService) -> AuditReport:
    report = await register.audit(OPERATOR)
    assert report.faults == ()
    return report


async def test_register_without_certificates_holds(register: RegisterService) -> None:
    report = await whole(register)
    assert (report.entries, report.certificates, report.tail.seq, report.tail.hash) == (0, 0, 0, bytes(32))


@pytest.mark.usefixtures("course")
async def test_everything_that_happens_is_one_entry_of_a_chain_that_holds(
    connection: AsyncConnection, register: RegisterService
) -> None:
    assert await rows(connection, EVENTS) == [
        (1, "issued", "2026-00001"), (2, "issued", "2026-00002"), (3, "issued", "2026-00003"),
        (4, "signed", "2026-00001"), (5, "signed", "2026-00002"), (6, "revoked", "2026-00002"),
    ]  # fmt: skip
    report = await whole(register)
    assert (report.entries, report.certificates, report.tail.seq) == (6, 3, 6)
    previous = (
        "select bool_and(e.previous = p.hash) from register_entries e join register_entries p on p.seq = e.seq - 1"
    )
    assert await scalar(connection, previous)


@pytest.mark.usefixtures("course")
async def test_form_of_an_entry_is_the_documented_one(connection: AsyncConnection) -> None:
    (entry,) = await rows(
        connection,
        "select e.previous, e.seq, (extract(epoch from e.at) * 1000000)::bigint, e.content, e.hash, c.salt,"
        " encode(f.sha256, 'hex'), c.key_fingerprint, to_char(c.signed_at at time zone 'utc',"
        " 'YYYY-MM-DD\"T\"HH24\\:MI\\:SS.US') from register_entries e join certificates c on c.number = e.number"
        " join files f on f.id = c.file_id where e.seq = 4",
    )
    previous, seq, at, content, digest, salt, file, key, signed_at = entry
    what = f'{{"file":"{file}","key":"{key}","signed_at":"{signed_at}+00:00"}}'
    assert isinstance(salt, bytes)
    assert content == hashlib.sha256(salt + what.encode()).digest()
    assert isinstance(seq, int)
    assert isinstance(at, int)
    assert isinstance(previous, bytes)
    assert isinstance(content, bytes)
    form = previous + seq.to_bytes(8, "big") + at.to_bytes(8, "big") + b"\x06signed" + b"\x0a2026-00001" + content
    assert digest == hashlib.sha256(form).digest()


REFUSED = (
    ("update register_entries set at = at + interval '1 s'", "append-only"),
    ("delete from register_entries where seq = 6", "append-only"),
    ("truncate register_entries", "append-only"),
    ("delete from certificates", "certificates are not deleted"),
    ("truncate certificates cascade", "not deleted|append-only"),
    ("update certificates set number = '2026-09999' where serial = 1", "does not change"),
    ("update certificates set code = 'X'", "does not change"),
    ("update certificates set kind = 'x'", "does not change"),
    ("update certificates set language = 'ru'", "does not change"),
    ("update certificates set issued_on = issued_on + 1", "does not change"),
    ("update certificates set issued_at = issued_at + interval '1 s'", "does not change"),
    ("update certificates set valid_until = valid_until + 365", "does not change"),
    ('update certificates set facts = facts || \'{"course"\\: "6"}\'', "does not change"),
    ("update certificates set facts = '{}'", "does not change"),
    ("update certificates set paper = '{}'", "does not change"),
    ("update certificates set facts_digest = '\\x00'", "does not change"),
    ("update certificates set salt = sha256('1')", "does not change"),
    ("update certificates set salt = null", "does not change"),
    ("update certificates set file_id = null, signed_at = null where serial = 1", "does not change"),
    ("update certificates set signed_at = signed_at + interval '1 s' where serial = 1", "does not change"),
    ("update certificates set replaces_id = id", "does not change"),
)


@pytest.mark.usefixtures("course")
async def test_database_refuses_to_rewrite_the_register(connection: AsyncConnection) -> None:
    for statement, said in REFUSED:
        savepoint = await connection.begin_nested()
        with pytest.raises(IntegrityError, match=said):
            await connection.execute(text(statement))
        await savepoint.rollback()


FACT = 'update certificates set facts = facts || \'{"course": "6"}\' where serial = 1'
REORDERED = (
    "update register_entries set seq = seq + 100 where seq in (2, 3)",
    "update register_entries set seq = case seq when 102 then 3 else 2 end where seq > 100",
)
INSERTED = (
    "insert into register_entries select 7, now(), 'issued', '2026-00004', sha256('1'), hash, sha256('2')"
    " from register_entries where seq = 6"
)
HASH, CONTENT, BROKEN, GAP = FaultKind.HASH, FaultKind.CONTENT, FaultKind.BROKEN, FaultKind.GAP


TAMPERED: tuple[tuple[Sequence[str], set[tuple[FaultKind, int | None, str | None]]], ...] = (
    ([FACT], {(CONTENT, 1, "2026-00001")}),
    (["update certificates set valid_until = null where serial = 3"], {(CONTENT, 3, "2026-00003")}),
    (["update certificates set paper = '{\"a\": 1}' where serial = 3"], {(CONTENT, 3, "2026-00003")}),
    (["update certificates set status = 'issued', status_at = issued_at where serial = 2"],
     {(FaultKind.STATUS, None, "2026-00002"), (CONTENT, 6, "2026-00002")}),
    (["update certificates set status = 'revoked' where serial = 1"], {(FaultKind.STATUS, None, "2026-00001")}),
    (["update certificates set revocation_reason = 'left' where serial = 2"], {(CONTENT, 6, "2026-00002")}),
    (["update certificates set facts = '[]' where serial = 3"], {(CONTENT, 3, "2026-00003")}),
    (["update register_entries set number = repeat('1', 300) where seq = 3"],
     {(HASH, 3, "1" * 300), (FaultKind.NO_CERTIFICATE, 3, "1" * 300), (FaultKind.NO_ENTRY, None, "2026-00003")}),
    (["update certificates set salt = null where serial = 3"], {(FaultKind.ERASURE, None, "2026-00003")}),
    (["update files set content = 'another' where id = (select file_id from certificates where serial = 1)"],
     {(FaultKind.FILE, 4, "2026-00001")}),
    ([("update files set content = 'another', sha256 = sha256('another')"
      " where id = (select file_id from certificates where serial = 1)")], {(CONTENT, 4, "2026-00001")}),
    (["update certificates set file_id = null, signed_at = null where serial = 1"],
     {(CONTENT, 4, "2026-00001"), (FaultKind.NO_ENTRY, None, "2026-00001")}),
    (["delete from certificates where serial = 3"], {(FaultKind.NO_CERTIFICATE, 3, "2026-00003")}),
    (["delete from register_entries where seq = 3"],
     {(GAP, 4, "2026-00001"), (BROKEN, 4, "2026-00001"), (FaultKind.NO_ENTRY, None, "2026-00003")}),
    (["delete from register_entries where seq = 1"],
     {(GAP, 2, "2026-00002"), (BROKEN, 2, "2026-00002"), (FaultKind.NO_ENTRY, None, "2026-00001")}),
    (["update register_entries set at = at + interval '1 s' where seq = 5"], {(HASH, 5, "2026-00002")}),
    (["update register_entries set number = '2026-00001' where seq = 5"],
     {(HASH, 5, "2026-00001"), (CONTENT, 5, "2026-00001"), (FaultKind.NO_ENTRY, None, "2026-00001"),
      (FaultKind.NO_ENTRY, None, "2026-00002")}),
    ([INSERTED], {(HASH, 7, "2026-00004"), (FaultKind.NO_CERTIFICATE, 7, "2026-00004")}),
    ([INSERTED.replace("select 7,", "select -7,")],
     {(GAP, -7, "2026-00004"), (BROKEN, -7, "2026-00004"), (HASH, -7, "2026-00004"),
      (FaultKind.NO_CERTIFICATE, -7, "2026-00004"), (GAP, 1, "2026-00001"), (BROKEN, 1, "2026-00001")}),
    (REORDERED,
     {(BROKEN, 2, "2026-00003"), (HASH, 2, "2026-00003"), (BROKEN, 3, "2026-00002"), (HASH, 3, "2026-00002"),
      (BROKEN, 4, "2026-00001")}),
    # With all hashes computed anew, the certificates themselves still tell.
    (["delete from register_entries where seq = 6"], {(FaultKind.STATUS, None, "2026-00002")}),
    (["delete from register_entries where seq = 3", "update register_entries set seq = seq - 1 where seq > 3",
      REHASH.format(since=3)], {(FaultKind.NO_ENTRY, None, "2026-00003")}),
    (["delete from register_entries where seq = 4", "update register_entries set seq = seq - 1 where seq > 4",
      REHASH.format(since=4)], {(FaultKind.NO_ENTRY, None, "2026-00001")}),
)  # fmt: skip


@pytest.mark.usefixtures("course")
async def test_audit_finds_what_the_owner_of_the_database_changed(
    register: RegisterService, connection: AsyncConnection
) -> None:
    for statements, expected in TAMPERED:
        savepoint = await connection.begin_nested()
        await tamper(connection, *statements)
        assert await faults(register) == expected, statements
        await savepoint.rollback()


@pytest.mark.usefixtures("course")
async def test_what_was_changed_everywhere_is_found_by_the_published_head_alone(
    register: RegisterService, connection: AsyncConnection
) -> None:
    """Who takes away the last entries and the certificate too leaves a chain that holds, but not the one that was."""
    published = (await whole(register)).tail.hash.hex()
    entry = await register.find_head(OPERATOR, published)
    assert entry is not None
    assert (entry.seq, entry.event) == (6, "revoked")
    await tamper(
        connection,
        "delete from register_entries where seq = 6",
        "update certificates set status = 'issued', status_at = issued_at where serial = 2",
    )
    await whole(register)
    assert await register.find_head(OPERATOR, published) is None


@pytest.mark.usefixtures("course")
async def test_head_of_a_day_that_does_not_fit_the_chain_is_found(
    register: RegisterService, connection: AsyncConnection
) -> None:
    await tamper(
        connection,
        "insert into register_heads (day, seq, hash) select '2026-11-20', 6, hash from register_entries where seq = 6",
        "insert into register_heads (day, seq, hash) values ('2026-11-21', 9, sha256('9'))",
    )
    report = await register.audit(OPERATOR)
    assert [(fault.kind, fault.seq, str(fault.day)) for fault in report.faults] == [(FaultKind.HEAD, 9, "2026-11-21")]


async def test_what_is_no_head_is_refused(register: RegisterService) -> None:
    for typed in ("", "2026", "zz" * 32, "ab" * 31):
        with pytest.raises(NoSuchHead):
            await register.find_head(OPERATOR, typed)


@pytest.mark.usefixtures("course")
async def test_whoever_is_erased_leaves_a_chain_that_holds(
    office: Office, register: RegisterService, connection: AsyncConnection
) -> None:
    content = await scalar(connection, "select content from files order by id limit 1")
    assert isinstance(content, bytes)
    gone = await register.erase(OPERATOR, AIZADA.person_no)
    assert gone == Erasure(numbers=("2026-00001", "2026-00002", "2026-00003"), wishes=0)
    left = "select facts, paper, salt, octet_length(facts_digest) from certificates"
    assert await rows(connection, left) == [({}, {}, None, 10)] * 3
    assert await rows(connection, "select distinct content, size from files") == [(b"", 0)]
    assert await scalar(connection, "select revocation_reason from certificates where serial = 2") == "other"
    assert await scalar(connection, "select count(*) from telegram_files") == 0
    assert not await office.printing.print_next()  # the one that waited is not printed any more
    report = await whole(register)
    assert report.entries == 9
    assert (await office.verification.verify_file(content)).kind is VerdictKind.VALID
    assert await register.erase(OPERATOR, AIZADA.person_no) == Erasure(numbers=(), wishes=0)
    assert await rows(
        connection, "select details from audit_entries where act = 'certificates_erased' order by id"
    ) == [
        ({"numbers": ["2026-00001", "2026-00002", "2026-00003"], "wishes": 0},),
        ({"numbers": [], "wishes": 0},),
    ]
    with pytest.raises(NobodyToErase):
        await register.erase(OPERATOR, "S-9999")


async def test_paper_in_the_printers_hand_is_not_stored_after_its_holder_was_erased(
    office: Office, register: RegisterService, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.request(aizada)
    async with office.unit_of_work() as uow:
        claimed = await uow.print_queue.claim(1, timedelta(minutes=1))
        await uow.commit()
    assert claimed is not None
    await register.erase(OPERATOR, AIZADA.person_no)
    paper = await office.press.produce(claimed.paper, code=claimed.code, signed_at=office.clock.now())
    async with office.unit_of_work() as uow:
        assert not await uow.print_queue.store(claimed, 1, paper, KEY)
    assert await scalar(connection, "select count(*) from files") == 0
    await whole(register)


async def test_same_paper_is_issued_anew_after_an_erasure(
    office: Office, register: RegisterService, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.request(aizada)
    await register.erase(OPERATOR, AIZADA.person_no)
    second = await office.request(aizada)
    assert (second.number, second.again) == ("2026-00002", False)
    await register.erase(OPERATOR, AIZADA.person_no)
    await whole(register)
    assert await scalar(connection, "select count(*) from register_entries") == 4


async def test_stranger_neither_audits_nor_erases(
    office: Office, register: RegisterService, connection: AsyncConnection, course: Actor
) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    for actor in (stranger, replace(course, grants=frozenset())):
        with pytest.raises(NotAllowed):
            await register.audit(actor)
        with pytest.raises(NotAllowed):
            await register.erase(actor, AIZADA.person_no)
        with pytest.raises(NotAllowed):
            await register.find_head(actor, "ab" * 32)
    assert await picture(connection) == before


async def test_longer_register_is_read_in_pieces(
    register: RegisterService, office: Office, aizada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.register.service._PIECE", 2)
    for year in range(1, 6):
        await office.enrol(changed(AIZADA, course=year))
        await office.request(aizada)
    report = await whole(register)
    assert (report.entries, report.certificates) == (5, 5)
