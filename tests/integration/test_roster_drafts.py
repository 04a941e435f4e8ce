"""Files that are sent in the chat: kept until they are confirmed, for a day, for whoever sent them."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.people.drafts import RosterDraftService
from services.people.errors import DraftDiffers, DraftGone, RosterUnreadable
from services.people.imports_dto import RosterPreview
from tests.support.clock import StandingClock
from tests.support.office import STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.people import AIZADA, changed

FILE = "person_no,kind,last_name,first_name\nS-1,student,Маматова,Айзада\n".encode()
DRAFTS = "select file_name from roster_drafts order by id"


@pytest.fixture
def drafts(office: Office, clock: StandingClock) -> RosterDraftService:
    return RosterDraftService(office.unit_of_work, clock)


@pytest.fixture
async def admin(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.ADMIN)
    return await office.recognise(STRANGERS_PHONE)


def kept(preview: RosterPreview) -> int:
    assert preview.draft_id is not None
    return preview.draft_id


async def test_preview_leaves_the_roster_alone_and_the_newest_file_replaces_the_older(
    drafts: RosterDraftService, admin: Actor, connection: AsyncConnection
) -> None:
    first = kept(await drafts.preview(admin, "one.csv", FILE))
    second = kept(await drafts.preview(admin, "two.csv", FILE))
    assert first != second
    assert await rows(connection, DRAFTS) == [("two.csv",)]
    assert await scalar(connection, "select count(*) from people") == 0
    with pytest.raises(DraftGone):
        await drafts.confirm(admin, first, removals=0)
    assert (await drafts.confirm(admin, second, removals=0)).added == 1
    assert await rows(connection, DRAFTS) == []


async def test_file_is_kept_for_a_day(
    drafts: RosterDraftService, admin: Actor, connection: AsyncConnection, clock: StandingClock
) -> None:
    draft = kept(await drafts.preview(admin, "one.csv", FILE))
    clock.advance(days=1, seconds=1)
    for late in (drafts.confirm(admin, draft, removals=0), drafts.require_kept(admin, draft)):
        with pytest.raises(DraftGone):
            await late
    other = Actor(account_id=7002, language=admin.language, grants=admin.grants)
    await drafts.preview(other, "other.csv", FILE)
    assert await drafts.forget() == 1
    assert await rows(connection, DRAFTS) == [("other.csv",)]


async def test_file_of_another_administrator_cannot_be_confirmed_or_cancelled(
    drafts: RosterDraftService, admin: Actor, connection: AsyncConnection
) -> None:
    draft = kept(await drafts.preview(admin, "one.csv", FILE))
    other = Actor(account_id=7002, language=admin.language, grants=admin.grants)
    before = await picture(connection)
    for meddling in (drafts.confirm(other, draft, removals=0), drafts.cancel(other, draft)):
        with pytest.raises(DraftGone):
            await meddling
    assert await picture(connection) == before


async def test_more_removals_than_were_agreed_to_are_refused_and_nothing_is_written(
    office: Office, drafts: RosterDraftService, admin: Actor, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA)
    draft = kept(await drafts.preview(admin, "one.csv", FILE))
    before = await picture(connection)
    with pytest.raises(DraftDiffers):
        await drafts.confirm(admin, draft, removals=0)
    assert await picture(connection) == before
    assert (await drafts.confirm(admin, draft, removals=1)).removed == 1


async def test_file_that_was_looked_at_before_another_import_does_not_roll_that_back(
    office: Office, drafts: RosterDraftService, admin: Actor, connection: AsyncConnection
) -> None:
    await office.enrol(changed(AIZADA, course=1))
    text = f"S-1001,student,{AIZADA.last_name},{AIZADA.first_name},2"
    file = f"person_no,kind,last_name,first_name,course\n{text}\n".encode()
    draft = kept(await drafts.preview(admin, "course-2.csv", file))
    await office.enrol(changed(AIZADA, course=3))
    before = await picture(connection)
    with pytest.raises(DraftDiffers):
        await drafts.confirm(admin, draft, removals=9)
    assert await picture(connection) == before
    await office.roster.undo(OPERATOR)  # the roster is what it was when the file was looked at
    assert (await drafts.confirm(admin, draft, removals=0)).changed == 1


async def test_file_that_is_no_roster_or_changes_nothing_is_not_kept(
    drafts: RosterDraftService, admin: Actor, connection: AsyncConnection
) -> None:
    with pytest.raises(RosterUnreadable):
        await drafts.preview(admin, "one.xlsx", b"MZ")
    await drafts.confirm(admin, kept(await drafts.preview(admin, "one.csv", FILE)), removals=0)
    assert (await drafts.preview(admin, "one.csv", FILE)).draft_id is None
    assert (await drafts.preview(admin, "bad.csv", FILE + b"S-2,pupil,A,B\n")).draft_id is None
    assert await rows(connection, DRAFTS) == []


async def test_nobody_but_an_administrator_with_an_account_keeps_files(
    office: Office, drafts: RosterDraftService, connection: AsyncConnection
) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    for actor in (stranger, OPERATOR):
        for deed in (
            drafts.preview(actor, "x.csv", FILE),
            drafts.confirm(actor, 1, removals=0),
            drafts.cancel(actor, 1),
            drafts.require_kept(actor, 1),
        ):
            with pytest.raises(NotAllowed):
                await deed
    assert await picture(connection) == before
