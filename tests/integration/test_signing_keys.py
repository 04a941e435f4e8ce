"""Keys that follow each other, keys that have leaked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.documents import authority
from bot.documents.certificates import FileInspector
from bot.documents.links import PublicLinks
from bot.documents.signing import SigningKey, generated_key
from bot.documents.university import load
from bot.press import Press, info_of
from bot.stationery import UniversityStationery, kinds_of
from services.access import OPERATOR, Actor, NotAllowed
from services.certificates.drafting import Drafting
from services.certificates.dto import VerdictKind
from services.certificates.issuing import Issuer
from services.certificates.ports import SigningKeyInfo
from services.certificates.printing import PrintingService
from services.certificates.service import CertificateService
from services.certificates.verification import VerificationService
from services.keys.errors import AmbiguousKey, KeyIsInvalid, NotYetInvalid, UnknownKey
from services.keys.service import KeyService
from services.languages import Language
from tests.support.clock import SilentBell, StandingClock
from tests.support.office import Office, rows, scalar
from tests.support.papers import KEY, OWN, BishkekCalendar, PaperPress, ToldReader
from tests.support.people import AIZADA, changed

OTHER = SigningKeyInfo(fingerprint="cd" * 32, certificate_pem="another", authority_pems=("another authority",))
LINKS = PublicLinks(public_url="", bot_username="kabarchy_test_bot")


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


@pytest.fixture
def keys(office: Office) -> KeyService:
    return KeyService(office.unit_of_work, office.clock)


async def printed(office: Office, aizada: Actor, course: int) -> str:
    """Issue and print a certificate; return its number."""
    await office.enrol(changed(AIZADA, course=course))
    issued = await office.request(aizada)
    assert await office.printing.print_next()
    return issued.number


async def test_key_is_known_before_it_signs_and_used_from_its_first_paper_on(
    office: Office, keys: KeyService, aizada: Actor
) -> None:
    await keys.enter(KEY)
    await keys.enter(KEY)
    (entered,) = await keys.list_keys()
    assert (entered.fingerprint, entered.first_used_at, entered.papers) == (KEY.fingerprint, None, 0)
    async with office.unit_of_work() as uow:
        assert await uow.certificates.list_authorities() == [b"an authority"]
    first = office.clock.now()
    await printed(office, aizada, 2)
    office.clock.advance(seconds=5)
    await printed(office, aizada, 3)
    (used,) = await keys.list_keys()
    assert (used.first_used_at, used.papers, used.invalid_since) == (first, 2, None)


async def test_rotation_enters_both_keys_at_once_and_is_noted(keys: KeyService, connection: AsyncConnection) -> None:
    await keys.rotate(OPERATOR, KEY, OTHER)
    assert {key.fingerprint for key in await keys.list_keys()} == {KEY.fingerprint, OTHER.fingerprint}
    assert await rows(connection, "select act, subject, details->>'following' from audit_entries") == [
        ("key_rotated", f"key:{KEY.fingerprint}", OTHER.fingerprint)
    ]


async def test_what_a_leaked_key_signed_since_is_listed_and_noted(
    office: Office, keys: KeyService, connection: AsyncConnection, aizada: Actor
) -> None:
    await printed(office, aizada, 2)
    office.clock.advance(seconds=60)
    since = office.clock.now()
    late = await printed(office, aizada, 3)
    done = await keys.invalidate(OPERATOR, "AB:AB:ab", since)
    assert (done.fingerprint, done.since, done.former) == (KEY.fingerprint, since, None)
    assert [(one.number, one.signed_at, one.status) for one in done.certificates] == [(late, since, "issued")]
    earlier = await keys.invalidate(OPERATOR, KEY.fingerprint, since - timedelta(minutes=2))
    assert (earlier.former, len(earlier.certificates)) == (since, 2)
    assert await keys.find_invalid_since(KEY.fingerprint) == since - timedelta(minutes=2)
    noted = "select subject, details->>'former' from audit_entries where act = 'key_invalidated' order by id"
    assert await rows(connection, noted) == [
        (f"key:{KEY.fingerprint}", None),
        (f"key:{KEY.fingerprint}", since.isoformat()),
    ]


@pytest.mark.parametrize(
    ("fingerprint", "refusal"), [("", UnknownKey), ("ff", UnknownKey), ("a%", UnknownKey), ("a", AmbiguousKey)]
)
async def test_key_that_is_not_named_plainly_is_left_alone(
    office: Office, keys: KeyService, connection: AsyncConnection, fingerprint: str, refusal: type[Exception]
) -> None:
    await keys.enter(KEY)
    await keys.enter(replace(KEY, fingerprint="ac" * 32))
    with pytest.raises(refusal):
        await keys.invalidate(OPERATOR, fingerprint, office.clock.now())
    assert await scalar(connection, "select count(*) from signing_keys where invalid_since is not null") == 0
    assert await scalar(connection, "select count(*) from audit_entries") == 0


async def test_key_is_not_invalid_from_tomorrow_on(
    office: Office, keys: KeyService, connection: AsyncConnection
) -> None:
    await keys.enter(KEY)
    with pytest.raises(NotYetInvalid):
        await keys.invalidate(OPERATOR, KEY.fingerprint, office.clock.now() + timedelta(days=1))
    assert await scalar(connection, "select count(*) from signing_keys where invalid_since is not null") == 0


async def test_students_neither_rotate_nor_invalidate(
    keys: KeyService, connection: AsyncConnection, office: Office, aizada: Actor
) -> None:
    with pytest.raises(NotAllowed):
        await keys.rotate(aizada, KEY, OTHER)
    with pytest.raises(NotAllowed):
        await keys.invalidate(aizada, KEY.fingerprint, office.clock.now())
    assert await scalar(connection, "select count(*) from signing_keys") == 0


async def test_invalid_key_does_not_begin_to_sign(office: Office, keys: KeyService) -> None:
    await keys.enter(KEY)
    await keys.invalidate(OPERATOR, KEY.fingerprint, office.clock.now())
    with pytest.raises(KeyIsInvalid):
        await keys.enter(KEY)


async def test_invalid_key_prints_nothing_more_and_the_next_one_prints_it(
    office: Office, keys: KeyService, connection: AsyncConnection, aizada: Actor
) -> None:
    await keys.enter(KEY)
    await keys.invalidate(OPERATOR, KEY.fingerprint, office.clock.now())
    await office.request(aizada)
    assert not await office.printing.print_next()
    assert await scalar(connection, "select attempts from certificates") == 0
    press = PaperPress()
    press.key = OTHER
    following = PrintingService(office.unit_of_work, office.clock, press, SilentBell(), worker=1)
    assert await following.print_next()
    assert await scalar(connection, "select key_fingerprint from certificates") == OTHER.fingerprint


async def test_paper_in_hand_when_its_key_is_declared_invalid_is_not_stored(
    office: Office, keys: KeyService, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.request(aizada)
    async with office.unit_of_work() as uow:
        claimed = await uow.print_queue.claim(1, timedelta(), KEY.fingerprint)
        await uow.commit()
    assert claimed is not None
    paper = await office.press.produce(claimed.paper, code=claimed.code, signed_at=office.clock.now())
    await keys.enter(KEY)
    await keys.invalidate(OPERATOR, KEY.fingerprint, office.clock.now())
    async with office.unit_of_work() as uow:
        assert not await uow.print_queue.store(claimed, 1, paper, KEY)
        await uow.commit()
    assert await scalar(connection, "select file_id is null and failed_at is null from certificates")


class Replica:
    """A replica that prints with a key of its own and knows no other from its settings."""

    def __init__(self, office: Office, key: SigningKey, clock: StandingClock) -> None:
        self.press = Press(key)
        self.inspector = FileInspector()
        self.keys = KeyService(office.unit_of_work, clock)
        self.printing = PrintingService(office.unit_of_work, clock, self.press, SilentBell(), worker=1)
        self.verification = VerificationService(
            office.unit_of_work, clock, BishkekCalendar(), kinds_of(load()), self.inspector,
            reader=ToldReader(), own=OWN, authorities=key.authority_pems,
        )  # fmt: skip

    def close(self) -> None:
        """Let the threads go."""
        self.press.close()
        self.inspector.close()


async def test_replicas_with_the_old_and_the_new_key_accept_the_papers_of_both(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    university, clock = load(), office.clock
    old, new = (generated_key(authority.generate(university, clock.now())) for _ in range(2))
    stationery = UniversityStationery(university, LINKS)
    certificates = CertificateService(
        office.unit_of_work, Drafting(clock, BishkekCalendar(), stationery, kinds_of(university)),
        Issuer(stationery), SilentBell(), SilentBell(),
    )  # fmt: skip
    replicas = [Replica(office, old, clock), Replica(office, new, clock)]
    papers: list[bytes] = []
    try:
        await replicas[0].keys.rotate(OPERATOR, info_of(old), info_of(new))
        for course, replica in enumerate(replicas, start=2):
            await replica.keys.enter(replica.press.key)
            await office.enrol(changed(AIZADA, course=course))
            await certificates.request(aizada, "study", Language.KY, screen=str(course))
            assert await replica.printing.print_next()
        for (content,) in await rows(connection, "select content from files order by id"):
            assert isinstance(content, bytes)
            papers.append(content)
        verdicts = [await replica.verification.verify_file(paper) for replica in replicas for paper in papers]
    finally:
        for replica in replicas:
            replica.close()
    assert [verdict.kind for verdict in verdicts] == [VerdictKind.VALID] * 4
    assert {key.fingerprint for key in await replicas[0].keys.list_keys()} == {old.fingerprint, new.fingerprint}
