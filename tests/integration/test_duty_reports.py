"""Reports of units: given with their evidence at once or not at all, counted, taken back, looked at again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, Role
from services.duties.dto import DutyCard, DutyKey, Group, NewReport, Outcome, Wish
from services.duties.errors import (
    DutyChanged,
    DutyWordsNeeded,
    EvidenceForbidden,
    EvidenceTooMuch,
    EvidenceWanted,
    HeldInFuture,
    NoSuchEvidence,
    NotAtThisPoint,
    NumberUnusable,
    OnlyInformed,
    ReportLookedAt,
)
from services.duties.evidence_dto import EvidenceKind, SentEvidence
from services.errors import Refusal
from services.plans.dto import DutyState, Standing
from tests.support.duties import AHEAD, JPEG, PDF, TODAY, Units, units_on
from tests.support.office import GULNARAS_PHONE, Office, picture, rows, scalar
from tests.support.planned import Wanted, put_units

FILE = SentEvidence(kind=EvidenceKind.FILE, name="протокол <b>.pdf", content=PDF)
PHOTO = SentEvidence(kind=EvidenceKind.PHOTO, name="photo.jpg", content=JPEG)
LINK = SentEvidence(kind=EvidenceKind.LINK, url="https://kstu.kg/news/1")
DONE = NewReport(outcome=Outcome.DONE, words="Аткарылды", evidence=[FILE, PHOTO, LINK])
RETURN = """update plan_reports set decision = 'returned', comment = 'Тиркеме жок', decided_at = now(), decided_by = 1
            where decision is null"""


@pytest.fixture
async def units(office: Office, connection: AsyncConnection) -> Units:
    return await units_on(office, connection)


@pytest.fixture
async def key(units: Units) -> DutyKey:
    (key,) = await units.plan(Wanted(title="Чогулуштар", responsible=["heads"], dues=[AHEAD], count_target=10))
    return key


async def report(units: Units, key: DutyKey, given: NewReport = DONE) -> DutyCard:
    seen = (await units.duties.open(units.head, key)).stamp
    return await units.reports.report(units.head, key, seen, given)


async def test_report_waits_for_the_coordinator_with_all_its_evidence(
    units: Units, connection: AsyncConnection, key: DutyKey
) -> None:
    card = await report(units, key)
    assert (card.state, card.standing) == (DutyState.REPORTED, Standing.REPORTED)
    (given,) = card.reports
    assert (given.words, given.reported_on, given.accepted) == ("Аткарылды", TODAY, None)
    assert [(one.kind, one.label) for one in given.evidence] == [
        (EvidenceKind.FILE, "протокол _b_.pdf"),
        (EvidenceKind.PHOTO, "photo.jpg"),
        (EvidenceKind.LINK, "https://kstu.kg/news/1"),
    ]
    assert (await units.duties.list_own(units.head, Wish())).group is Group.DONE
    assert await scalar(connection, "select act from plan_history") == "reported"
    with pytest.raises(NotAtThisPoint):
        await report(units, key)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (NewReport(outcome=Outcome.DONE, words=" "), DutyWordsNeeded),
        (NewReport(outcome=Outcome.DONE, words="x" * 1501), DutyWordsNeeded),
        (NewReport(outcome=Outcome.DONE, words="x", held_on=TODAY + timedelta(days=1)), HeldInFuture),
        (NewReport(outcome=Outcome.DONE, words="x", held_on=TODAY - timedelta(days=999)), HeldInFuture),
        (NewReport(outcome=Outcome.DONE, words="x", count=0), NumberUnusable),
        (NewReport(outcome=Outcome.DONE, words="x", attendance=-1), NumberUnusable),
        (NewReport(outcome=Outcome.DONE, words="x", evidence=[LINK] * 11), EvidenceTooMuch),
        (
            NewReport(
                outcome=Outcome.DONE,
                words="x",
                evidence=[FILE, SentEvidence(kind=EvidenceKind.FILE, name="a.pdf", content=b"MZ program")],
            ),
            EvidenceForbidden,
        ),
    ],
)
async def test_nothing_is_written_by_half(
    units: Units, connection: AsyncConnection, key: DutyKey, given: NewReport, refusal: type[Refusal]
) -> None:
    before = await picture(connection)
    with pytest.raises(refusal):
        await report(units, key, given)
    assert await picture(connection) == before


async def test_edit_of_the_coordinator_meanwhile_writes_nothing(
    units: Units, connection: AsyncConnection, key: DutyKey
) -> None:
    seen = (await units.duties.open(units.head, key)).stamp
    await units.execute("update plan_instances set due = due + 7, due_version = due_version + 1")
    before = await picture(connection)
    with pytest.raises(DutyChanged):
        await units.reports.report(units.head, key, seen, DONE)
    assert await picture(connection) == before
    assert (await report(units, key)).state is DutyState.REPORTED


async def test_document_that_the_plan_asks_for_is_asked_about_once(units: Units, key: DutyKey) -> None:
    await units.execute("update plan_items set document = 'Протокол'")
    bare = NewReport(outcome=Outcome.DONE, words="Аткарылды")
    with pytest.raises(EvidenceWanted):
        await report(units, key, bare)
    given = await report(units, key, NewReport(outcome=Outcome.PARTLY, words="Бир бөлүгү"))
    assert given.state is DutyState.ACCEPTED
    sure = NewReport(outcome=Outcome.DONE, words="Аткарылды", bare=True)
    assert (await report(units, key, sure)).state is DutyState.REPORTED


async def test_parts_count_at_once_for_all_units_and_what_is_returned_does_not(units: Units, key: DutyKey) -> None:
    part = NewReport(outcome=Outcome.PARTLY, words="Үчөө өттү", count=3, held_on=TODAY, attendance=40)
    card = await report(units, key, part)
    assert (card.said, card.state, card.standing) == (3, DutyState.ACCEPTED, Standing.AHEAD)
    library = await units.of("lib", key)
    seen = (await units.duties.open(units.other, library)).stamp
    card = await units.reports.report(units.other, library, seen, part)
    assert card.said == 6
    await units.execute(RETURN)
    assert (await units.duties.open(units.head, key)).said == 0


async def test_returned_report_shows_the_comment_and_can_be_given_again(units: Units, key: DutyKey) -> None:
    await report(units, key)
    await units.execute(RETURN)
    await units.execute("update plan_duties set state = 'returned', version = version + 1")
    card = await units.duties.open(units.head, key)
    assert (card.state, card.reports[0].accepted, card.reports[0].comment) == (
        DutyState.RETURNED, False, "Тиркеме жок",
    )  # fmt: skip
    card = await report(units, key)
    assert (card.state, len(card.reports)) == (DutyState.REPORTED, 2)
    card = await units.reports.withdraw(units.colleague, card.reports[0].id)
    assert (card.state, len(card.reports)) == (DutyState.RETURNED, 1)
    with pytest.raises(ReportLookedAt):
        await units.reports.withdraw(units.head, card.reports[0].id)


async def test_report_nobody_looked_at_is_taken_back(units: Units, connection: AsyncConnection, key: DutyKey) -> None:
    given = (await report(units, key)).reports[0]
    with pytest.raises(NotAllowed):
        await units.reports.withdraw(units.other, given.id)
    card = await units.reports.withdraw(units.colleague, given.id)
    assert (card.state, card.reports) == (DutyState.OPEN, ()), "the unit never accepted it"
    assert await scalar(connection, "select count(*) from plan_evidence") == 0
    with pytest.raises(ReportLookedAt):
        await units.reports.withdraw(units.head, given.id)
    with pytest.raises(NoSuchEvidence):
        await units.duties.get_evidence(units.head, given.evidence[0].id)


async def test_report_taken_back_leads_to_where_the_duty_was_before(units: Units, key: DutyKey) -> None:
    part = replace(DONE, outcome=Outcome.PARTLY, evidence=[])
    first = (await report(units, key, part)).reports[0]
    units.office.clock.advance(hours=1)
    second = (await report(units, key)).reports[0]
    assert (await units.reports.withdraw(units.head, first.id)).state is DutyState.REPORTED
    assert (await units.reports.withdraw(units.head, second.id)).state is DutyState.OPEN
    only = (await report(units, key, part)).reports[0]
    assert (await units.reports.withdraw(units.head, only.id)).state is DutyState.OPEN
    card = await units.duties.open(units.head, key)
    await units.acts.accept(units.head, key, card.stamp)
    units.office.clock.advance(hours=1)
    again = (await report(units, key)).reports[0]
    assert (await units.reports.withdraw(units.head, again.id)).state is DutyState.ACCEPTED


async def test_strangers_and_participants_do_not_report(
    units: Units, connection: AsyncConnection, key: DutyKey
) -> None:
    _, informed = await units.plan_in(
        "other", Wanted(title="a", responsible=["lib"]), Wanted(title="b", responsible=["lib"], participants=["mti"])
    )
    before = await picture(connection)
    for actor in (units.stranger, units.other):
        with pytest.raises(NotAllowed):
            await units.reports.report(actor, key, 1, DONE)
    with pytest.raises(OnlyInformed):
        await units.reports.report(units.head, informed, 1, DONE)
    with pytest.raises(OnlyInformed):
        await units.reports.begin(units.head, informed)
    assert await picture(connection) == before


async def test_evidence_is_shown_to_the_unit_the_coordinator_and_the_leaders_only(
    units: Units, connection: AsyncConnection, key: DutyKey
) -> None:
    file, photo, link = (await report(units, key)).reports[0].evidence
    seen = await units.duties.get_evidence(units.colleague, file.id)
    assert (seen.name, seen.content, seen.photo) == ("протокол _b_.pdf", PDF, False)
    assert (await units.duties.get_evidence(units.head, photo.id)).photo
    with pytest.raises(NoSuchEvidence):
        await units.duties.get_evidence(units.head, link.id)
    await put_units(
        connection,
        {"press": "Басма сөз", "vr": "Проректор"},
        posts=["vr"],
        parents={"press": "rectorate", "vr": "rectorate"},
    )

    async def may(role: Role, unit: str | None) -> bool:
        await units.office.roles.grant(OPERATOR, str(GULNARAS_PHONE), role, unit)
        official = await units.office.recognise(GULNARAS_PHONE)
        await units.execute("update role_grants set revoked_at = now() where telegram_id = :id", id=GULNARAS_PHONE)
        try:
            return (await units.duties.get_evidence(official, file.id)).content == PDF
        except NotAllowed:
            return False

    for actor in (units.other, units.stranger):
        with pytest.raises(NotAllowed):
            await units.duties.get_evidence(actor, file.id)
    assert await may(Role.UNIT_HEAD, "rector")
    assert await may(Role.PLAN_COORDINATOR, None)
    for role, unit in ((Role.UNIT_STAFF, "press"), (Role.UNIT_HEAD, "press"), (Role.UNIT_STAFF, "rector")):
        assert not await may(role, unit), "only posts of the rectorate lead"
    assert not await may(Role.UNIT_HEAD, "vr")
    await units.execute("update units set parent_code = 'vr' where code = 'mti'")
    assert await may(Role.UNIT_HEAD, "vr")
    await units.execute("update units set parent_code = '' where code = 'mti'")
    await units.execute(
        "insert into plan_parties (item_id, code, share, position, text)"
        " select id, 'vr', 'participant', 5, 'vr' from plan_items"
    )
    assert await may(Role.UNIT_HEAD, "vr"), "the item names the post"
    assert await rows(connection, "select count(*) from files") == [(2,)]
