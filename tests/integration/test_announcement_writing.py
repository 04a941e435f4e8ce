"""The editors' desk: drafts part by part, with names; files are kept; units; who may."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.announcements.dto import Category, DraftChange, Media, SendingOptions
from services.announcements.errors import AlreadyOut, CaptionsTooLong, DraftChanged, NoSuchAnnouncement, TextUnusable
from services.announcements.writing_dto import DraftView, SentMedia, Shown, Written
from services.languages import Language
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, INSTITUTE, NURLANS_PHONE, Office
from tests.support.people import AIZADA, BAKYT, NURLAN

KY, RU, EN = Language.KY, Language.RU, Language.EN
PHOTO = SentMedia(media=Media.PHOTO, content=b"\xff\xd8\xff photo", mime="image/jpeg", name="photo.jpg")


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


@pytest.fixture
async def of_unit(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR, unit_code=INSTITUTE.code)
    return await office.recognise(NURLANS_PHONE)


async def begin(office: Office, actor: Actor, html: str = "<b>Жарыя</b>", media: SentMedia | None = None) -> DraftView:
    return await office.writing.begin(actor, 0, Written(language=KY, html=html, media=media))


async def test_draft_is_written_part_by_part(office: Office, editor: Actor, connection: AsyncConnection) -> None:
    view = await begin(office, editor, media=PHOTO)
    file = view.announcement.content.file
    assert file is not None
    kept = await connection.execute(text("select content, mime from files where id = :id"), {"id": file.file_id})
    assert tuple(kept.one()) == (PHOTO.content, PHOTO.mime)

    view = await office.writing.write(editor, view.shown, Written(language=RU, html="Объявление"))
    view = await office.writing.name_fallback(editor, view.shown, KY)
    view = await office.writing.write_about(editor, view.shown, EN, "The session")
    view = await office.writing.add_links(editor, view.shown, "Сайт https://university.example")
    view = await office.writing.categorise(editor, view.shown, Category.SCIENCE)
    content = view.announcement.content
    assert content.texts == {KY: "<b>Жарыя</b>", RU: "Объявление"}
    assert (content.fallback, content.about, content.category) == (KY, {EN: "The session"}, Category.SCIENCE)
    assert (len(content.links), view.announcement.version) == (1, 6)
    assert view.changed_by is not None
    assert view.changed_by.person_no == BAKYT.person_no

    view = await office.writing.detach(editor, view.shown)
    view = await office.writing.remove_links(editor, view.shown)
    view = await office.writing.remove_text(editor, view.shown, KY)
    content = view.announcement.content
    assert (content.file, content.links, content.fallback, list(content.texts)) == (None, (), None, [RU])
    assert await office.writing.look(editor, view.shown.id) == view


async def test_what_telegram_would_not_show_is_not_kept(office: Office, editor: Actor) -> None:
    with pytest.raises(TextUnusable):
        await begin(office, editor, "<b>Жарыя")
    view = await begin(office, editor, "ө" * 4_096)
    with pytest.raises(TextUnusable):  # no room for the line above it
        await office.writing.name_fallback(editor, view.shown, KY)
    with pytest.raises(CaptionsTooLong):
        await office.writing.attach(editor, view.shown, PHOTO)
    with pytest.raises(TextUnusable):
        await office.writing.write(editor, view.shown, Written(language=RU, html="x" * 4_097))
    assert await office.writing.look(editor, view.shown.id) == view
    assert [draft.shown for draft in (await office.writing.open_desk(editor)).drafts] == [view.shown]


async def test_change_of_what_was_not_shown_is_refused(office: Office, editor: Actor) -> None:
    view = await begin(office, editor)
    options = DraftChange(options=SendingOptions(urgent=True))
    await office.announcement_drafts.change(OPERATOR, view.shown.id, view.shown.version, options)
    for refused in (
        office.writing.write(editor, view.shown, Written(language=RU, html="Объявление")),
        office.writing.attach(editor, view.shown, PHOTO),
        office.writing.categorise(editor, view.shown, Category.EVENTS),
    ):
        with pytest.raises(DraftChanged):
            await refused
    now = await office.writing.look(editor, view.shown.id)
    assert (now.announcement.version, now.changed_by) == (2, None)


async def test_editor_of_one_unit_writes_for_it_and_of_two_says_for_which(
    office: Office, editor: Actor, of_unit: Actor
) -> None:
    view = await begin(office, of_unit)
    assert (view.announcement.unit_code, view.unit and view.unit.code) == (INSTITUTE.code, INSTITUTE.code)
    theirs = await begin(office, editor)
    desk = await office.writing.open_desk(of_unit)
    assert [draft.shown.id for draft in desk.drafts] == [view.shown.id]
    assert [unit.code for unit in desk.units] == [INSTITUTE.code]
    assert len((await office.writing.open_desk(editor)).drafts) == 2
    with pytest.raises(NotAllowed):
        await office.writing.look(of_unit, theirs.shown.id)
    written = Written(language=KY, html="Жарыя")
    with pytest.raises(NotAllowed):
        await office.writing.begin(of_unit, 0x7FFF, written)  # no such unit
    (unit,) = desk.units
    assert (await office.writing.begin(of_unit, unit.id, written)).unit == unit


async def test_strangers_and_former_editors_write_nothing(office: Office, editor: Actor) -> None:
    view = await begin(office, editor)
    student = await office.recognise(AIZADAS_PHONE)
    written = Written(language=KY, html="Жарыя")
    for refused in (
        office.writing.open_desk(student),
        office.writing.look(student, view.shown.id),
        office.writing.begin(student, 0, written),
        office.writing.write(student, view.shown, written),
        office.writing.attach(student, view.shown, PHOTO),
        office.writing.remove_text(student, view.shown, KY),
    ):
        with pytest.raises(NotAllowed):
            await refused
    assert await office.writing.look(editor, view.shown.id) == view


async def test_what_is_gone_is_not_written(office: Office, editor: Actor) -> None:
    view = await begin(office, editor)
    await office.announcement_drafts.throw_away(editor, view.shown.id, view.shown.version)
    with pytest.raises(AlreadyOut):
        await office.writing.categorise(editor, view.shown, Category.EVENTS)
    with pytest.raises(NoSuchAnnouncement):
        await office.writing.categorise(editor, Shown(id=view.shown.id + 1, version=1), Category.EVENTS)


@pytest.mark.usefixtures("editor", "of_unit")
async def test_menu_offers_announcements_to_whoever_may_write(office: Office) -> None:
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.REGISTRAR)
    menus = {menu.account_id: (menu.official, menu.writes) for menu in await office.menus.list_menus()}
    assert menus == {BAKYTS_PHONE: (True, True), NURLANS_PHONE: (True, True), AIZADAS_PHONE: (True, False)}
