"""Announcements while they are written: versions, two editors, units, who may."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.announcements.dto import (
    AnnouncementStage,
    Category,
    Content,
    DraftChange,
    LinkButton,
    NewAnnouncement,
    SendingOptions,
    Voice,
)
from services.announcements.errors import AlreadyOut, DraftChanged, NoSuchAnnouncement
from services.announcements.writing import ON_A_PAGE
from services.announcements.writing_dto import ANY_VOICE, WHOLE, Written
from services.audience.errors import AudienceUnreadable
from services.languages import Language
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, INSTITUTE, NURLANS_PHONE, Office, picture
from tests.support.people import AIZADA, BAKYT, NURLAN

WORDS = Content(
    texts={Language.KY: "<b>Жарыя</b>"},
    about={Language.RU: "О сессии"},
    fallback=Language.KY,
    links=(LinkButton(labels={Language.KY: "Сайт", Language.RU: "Сайт вуза"}, address="https://university.example"),),
    category=Category.STUDY,
)
WRITTEN = Written(language=Language.KY, html="Жарыя")


@pytest.fixture(autouse=True)
async def _people(office: Office) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, NURLAN, BAKYT)
    for phone, entry in ((AIZADAS_PHONE, AIZADA), (NURLANS_PHONE, NURLAN), (BAKYTS_PHONE, BAKYT)):
        await office.connect(phone, entry)


@pytest.fixture
async def editor(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    return await office.recognise(BAKYTS_PHONE)


async def listed(office: Office, actor: Actor) -> list[int]:
    """The drafts at somebody's desk."""
    return [view.announcement.id for view in (await office.writing.open_desk(actor)).drafts]


async def test_draft_keeps_what_was_written_and_says_who_changed_it(office: Office, editor: Actor) -> None:
    begun = await office.begin_draft(editor)
    assert (begun.stage, begun.version, begun.content) == (AnnouncementStage.DRAFT, 1, Content())

    options = SendingOptions(wanted_at=office.clock.now(), urgent=True, asks_reading=True, is_public=True)
    change = DraftChange(content=WORDS, audience="role:student", options=options)
    written = await office.announcement_drafts.change(editor, begun.id, 1, change)
    assert (written.version, written.content, written.options) == (2, WORDS, options)
    assert (written.audience, written.changed_by) == ("role:student", BAKYTS_PHONE)
    assert await office.announcement_drafts.get(editor, begun.id) == written
    assert await listed(office, editor) == [begun.id]


async def test_older_drafts_stand_on_further_pages(office: Office, editor: Actor) -> None:
    numbers = [(await office.begin_draft(editor)).id for _draft in range(ON_A_PAGE + 2)][::-1]
    first, second = [await office.writing.open_desk(editor, page) for page in (0, 1)]
    assert [view.announcement.id for view in (*first.drafts, *second.drafts)] == numbers
    assert [(desk.page, desk.has_more) for desk in (first, second)] == [(0, True), (1, False)]
    for gone in (7, -1):
        assert (await office.writing.open_desk(editor, gone)).drafts == first.drafts


async def test_of_two_editors_the_second_is_told_and_changes_nothing(office: Office, editor: Actor) -> None:
    begun = await office.begin_draft(editor)
    await office.announcement_drafts.change(OPERATOR, begun.id, 1, DraftChange(audience="all"))
    with pytest.raises(DraftChanged):
        await office.announcement_drafts.change(editor, begun.id, 1, DraftChange(audience="role:staff"))
    assert (await office.announcement_drafts.get(editor, begun.id)).audience == "all"


async def test_draft_that_somebody_else_has_changed_is_not_thrown_away(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    begun = await office.begin_draft(editor)
    await office.announcement_drafts.change(OPERATOR, begun.id, 1, DraftChange(audience="all"))
    before = await picture(connection)
    with pytest.raises(DraftChanged):
        await office.announcement_drafts.throw_away(editor, begun.id, 1)
    assert await picture(connection) == before


async def test_unusable_audience_leaves_the_draft_as_it_was(office: Office, editor: Actor) -> None:
    begun = await office.begin_draft(editor)
    with pytest.raises(AudienceUnreadable):
        await office.announcement_drafts.change(editor, begun.id, 1, DraftChange(audience="course:9"))
    assert (await office.announcement_drafts.get(editor, begun.id)).version == 1


async def test_editor_of_a_unit_writes_for_it_only(office: Office, editor: Actor) -> None:
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR, unit_code=INSTITUTE.code)
    of_unit = await office.recognise(NURLANS_PHONE)
    ours = (await office.writing.begin(of_unit, ANY_VOICE, WRITTEN)).announcement
    theirs = (await office.writing.begin(editor, ANY_VOICE, WRITTEN)).announcement
    assert (ours.voice, theirs.voice) == (Voice(unit_code=INSTITUTE.code), Voice())
    with pytest.raises(NotAllowed):
        await office.writing.begin(of_unit, WHOLE, WRITTEN)
    with pytest.raises(NotAllowed):
        await office.announcement_drafts.get(of_unit, theirs.id)
    assert await listed(office, of_unit) == [ours.id]
    assert set(await listed(office, editor)) == {ours.id, theirs.id}


async def test_strangers_see_and_write_nothing(office: Office, editor: Actor) -> None:
    begun = await office.begin_draft(editor)
    student = await office.recognise(AIZADAS_PHONE)
    for refused in (
        office.writing.begin(student, ANY_VOICE, WRITTEN),
        office.writing.open_desk(student),
        office.announcement_drafts.get(student, begun.id),
        office.announcement_drafts.change(student, begun.id, 1, DraftChange(audience="all")),
        office.announcement_drafts.throw_away(student, begun.id, 1),
    ):
        with pytest.raises(NotAllowed):
            await refused
    assert (await office.announcement_drafts.get(editor, begun.id)).version == 1


async def test_what_is_thrown_away_or_out_is_no_draft(office: Office, editor: Actor) -> None:
    begun = await office.begin_draft(editor)
    await office.announcement_drafts.throw_away(editor, begun.id, 1)
    texts = dict.fromkeys(Language, "Жарыя")
    out = await office.announcements.announce(OPERATOR, NewAnnouncement(texts=texts))
    for announcement_id in (begun.id, out.id):
        with pytest.raises(AlreadyOut):
            await office.announcement_drafts.get(editor, announcement_id)
    with pytest.raises(NoSuchAnnouncement):
        await office.announcement_drafts.get(editor, out.id + 1)
    assert await listed(office, editor) == []


async def test_change_of_what_waits_for_its_time_makes_it_a_draft_again(office: Office, editor: Actor) -> None:
    due_at = office.clock.now().replace(year=office.clock.now().year + 1)
    texts = dict.fromkeys(Language, "Жарыя")
    waits = await office.announcements.announce(editor, NewAnnouncement(texts=texts, due_at=due_at))
    shown = await office.announcement_drafts.get(editor, waits.id)
    assert shown.stage is AnnouncementStage.SCHEDULED
    change = DraftChange(content=replace(shown.content, category=Category.EVENTS))
    changed = await office.announcement_drafts.change(editor, waits.id, shown.version, change)
    assert changed.stage is AnnouncementStage.DRAFT
    assert changed.approved_by is None
