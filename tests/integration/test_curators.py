"""Curators write to their own study group: nobody approves it, and nobody else gets it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.announcements.dto import AnnouncementStage, DraftChange, Hold, SendingOptions, Voice
from services.announcements.errors import AudienceFixed, NobodyElse, NotCurator
from services.announcements.sending_dto import Option
from services.announcements.writing_dto import ANY_VOICE, WHOLE, Shown, Written, number_of_group
from services.audience.dto import TermKey
from services.corrections.dto import Fact
from services.corrections.errors import FactMalformed, GroupsUnknown
from services.errors import Refusal
from services.languages import Language
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    GULNARAS_PHONE,
    INSTITUTE,
    NURLANS_PHONE,
    Office,
    picture,
    rows,
    scalar,
)
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN, changed

GROUP, ANOTHER = AIZADA.group_name, "ПИ-2-25"
TEXTS = {Language.KY: "Кураторлук саат", Language.RU: "Кураторский час", Language.EN: "Curator's hour"}
CURATOR = changed(BAKYT, curator_of=GROUP)
ELSEWHERE = replace(NURLAN, group_name=ANOTHER)
ROSTER = (AIZADA, ELSEWHERE, GULNARA, CURATOR)


@pytest.fixture(autouse=True)
async def _people(office: Office) -> None:
    """Айзада and Гүлнара are in the group, Нурлан in another one; Бакыт is the curator of the first."""
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(*ROSTER)
    phones = (AIZADAS_PHONE, NURLANS_PHONE, GULNARAS_PHONE, BAKYTS_PHONE)
    for phone, entry in zip(phones, ROSTER, strict=True):
        await office.connect(phone, entry)


@pytest.fixture
async def curator(office: Office) -> Actor:
    return await office.recognise(BAKYTS_PHONE)


async def written(office: Office, curator: Actor) -> Shown:
    """What the curator wrote in three languages, in as many steps."""
    view = await office.writing.begin(curator, ANY_VOICE, Written(language=Language.KY, html=TEXTS[Language.KY]))
    for language in (Language.RU, Language.EN):
        view = await office.writing.write(curator, view.shown, Written(language=language, html=TEXTS[language]))
    return view.shown


async def recipients(connection: AsyncConnection) -> set[object]:
    told = "select d.account_id from deliveries d join announcements a on a.notice_id = d.notice_id"
    return {account for (account,) in await rows(connection, told)}


async def refused(connection: AsyncConnection, refusal: type[Refusal], asked: object) -> None:
    """Nothing is written by what is refused."""
    before = await picture(connection)
    with pytest.raises(refusal):
        await asked  # type: ignore[misc]
    assert await picture(connection) == before


async def test_curator_writes_to_the_own_group_without_an_approval_however_many_they_are(
    office: Office, connection: AsyncConnection, curator: Actor
) -> None:
    office.sending._above = 0
    desk = await office.writing.open_desk(curator)
    assert (desk.whole, desk.units, desk.groups, desk.voices) == (False, (), (GROUP,), 1)
    shown = await written(office, curator)
    plan = await office.sending.plan(curator, shown.id)
    assert (plan.recipients, plan.reasons, plan.draft.voice) == (2, (), Voice(group_name=GROUP))
    sent = await office.sending.submit(curator, shown.id, shown.version)
    assert sent.announcement.stage is AnnouncementStage.BEGUN
    assert await recipients(connection) == {AIZADAS_PHONE, GULNARAS_PHONE}
    figures = await office.statistics.get(curator, shown.id)
    assert (figures.recipients, figures.read, figures.units) == (2, None, ())
    assert [row.announcement.id for row in (await office.statistics.list_totals(curator, 30)).rows] == [shown.id]
    assert [one.announcement.id for one in await office.out.list_sent(curator)] == [shown.id]
    assert (await office.writing.open_desk(curator)).drafts == ()


async def test_correction_of_a_curator_needs_no_approval(office: Office, curator: Actor) -> None:
    office.revisions._approval_above = 0
    shown = await written(office, curator)
    await office.sending.submit(curator, shown.id, shown.version)
    await office.send_all()
    assert not (await office.revisions.get(curator, shown.id)).needs_approval


async def test_curator_chooses_neither_who_gets_it_nor_urgency(
    office: Office, connection: AsyncConnection, curator: Actor
) -> None:
    shown = await written(office, curator)
    audiences = office.draft_audiences
    for asked in (
        audiences.offer(curator, shown.id, TermKey.GROUP),
        audiences.write(curator, shown.id, shown.version, "all"),
        audiences.bring(curator, shown.id, shown.version, "list.csv", b"person_no\nS-1002\n"),
        office.announcement_drafts.change(curator, shown.id, shown.version, DraftChange(audience="all")),
    ):
        await refused(connection, AudienceFixed, asked)
    await refused(connection, NobodyElse, office.sending.preview_to_group(curator, shown.id))
    wanted = DraftChange(options=SendingOptions(urgent=True, is_public=True, asks_reading=True))
    changed_draft = await office.announcement_drafts.change(curator, shown.id, shown.version, wanted)
    assert changed_draft.options == SendingOptions(asks_reading=True)
    plan = await office.sending.switch(curator, shown.id, changed_draft.version, Option.URGENT)
    assert (plan.draft.options.urgent, plan.recipients) == (False, 2)


async def test_nobody_but_the_curator_writes_to_a_group(
    office: Office, connection: AsyncConnection, curator: Actor
) -> None:
    shown = await written(office, curator)
    stranger, student = await office.recognise(NURLANS_PHONE), await office.recognise(AIZADAS_PHONE)
    for who in (stranger, student, replace(student, curated=(GROUP,), person=None)):
        await refused(connection, NotAllowed, office.writing.look(who, shown.id))
        await refused(connection, NotAllowed, office.sending.submit(who, shown.id, shown.version))
        await refused(
            connection,
            NotAllowed,
            office.writing.begin(who, number_of_group(GROUP), Written(language=Language.KY, html="Жарыя")),
        )
    text = Written(language=Language.KY, html="Жарыя")
    for number in (WHOLE, number_of_group(ANOTHER), 7):
        await refused(connection, NotAllowed, office.writing.begin(curator, number, text))


async def test_editors_of_the_university_are_not_shown_what_curators_write(office: Office, curator: Actor) -> None:
    shown = await written(office, curator)
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR)
    editor = await office.recognise(NURLANS_PHONE)
    assert (await office.writing.open_desk(editor)).drafts == ()
    assert (await office.writing.look(editor, shown.id)).announcement.voice == Voice(group_name=GROUP)


async def test_whose_curatorship_ended_is_told_so_and_nothing_is_sent(
    office: Office, connection: AsyncConnection, curator: Actor
) -> None:
    shown = await written(office, curator)
    await office.enrol(AIZADA, ELSEWHERE, GULNARA, BAKYT)
    former = await office.recognise(BAKYTS_PHONE)
    assert former.curated == ()
    await refused(connection, NotCurator, office.sending.submit(former, shown.id, shown.version))
    await refused(connection, NotCurator, office.writing.look(former, shown.id))
    await refused(connection, NotAllowed, office.writing.open_desk(former))
    assert await recipients(connection) == set()


async def test_what_a_former_curator_let_wait_for_its_time_does_not_go_out(
    office: Office, connection: AsyncConnection, curator: Actor
) -> None:
    shown = await written(office, curator)
    tomorrow = DraftChange(options=SendingOptions(wanted_at=office.clock.now() + timedelta(hours=3)))
    later = await office.announcement_drafts.change(curator, shown.id, shown.version, tomorrow)
    await office.sending.submit(curator, shown.id, later.version)
    await office.enrol(AIZADA, ELSEWHERE, GULNARA, BAKYT)
    office.clock.advance(hours=3)
    assert await office.begin_due() == 1
    assert await recipients(connection) == set()
    assert office.alarm.waiting == [(shown.id, Hold.AUTHOR)]


async def test_curator_of_several_groups_says_for_which(office: Office) -> None:
    await office.enrol(AIZADA, ELSEWHERE, GULNARA, changed(BAKYT, curator_of=f"{GROUP}; {ANOTHER}"))
    curator = await office.recognise(BAKYTS_PHONE)
    assert curator.curated == (GROUP, ANOTHER)
    text = Written(language=Language.KY, html="Жарыя")
    with pytest.raises(NotAllowed):
        await office.writing.begin(curator, ANY_VOICE, text)
    view = await office.writing.begin(curator, number_of_group("пи 2 25"), text)
    assert view.announcement.voice == Voice(group_name=ANOTHER)
    assert (await office.sending.plan(curator, view.announcement.id)).recipients == 1


@pytest.mark.parametrize("change", ["status = 'expelled'", "kind = 'student'"])
async def test_who_does_not_work_here_curates_nothing(office: Office, connection: AsyncConnection, change: str) -> None:
    await scalar(connection, f"update people set {change} where curator_of <> '' returning id")  # noqa: S608 -- ours
    assert (await office.recognise(BAKYTS_PHONE)).curated == ()
    assert [menu.account_id for menu in await office.menus.list_menus()] == []


async def test_curator_has_the_command_for_announcements(office: Office) -> None:
    (menu,) = await office.menus.list_menus()
    assert (menu.account_id, menu.official, menu.writes, menu.shown) == (BAKYTS_PHONE, False, True, None)


async def test_study_office_names_curators_by_hand_and_imports_leave_that(
    office: Office, connection: AsyncConnection
) -> None:
    await office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.REGISTRAR)
    registrar = await office.recognise(GULNARAS_PHONE)
    person_id = await scalar(connection, "select id from people where person_no = :no", no=BAKYT.person_no)
    assert isinstance(person_id, int)
    proposed = await office.corrections.review(registrar, person_id, Fact.CURATOR_OF, "пи 1 25, ПИ-2-25")
    assert (proposed.old, proposed.new) == (GROUP, f"{GROUP}; {ANOTHER}")
    for typed, refusal in (("ПИ-9-99; ПИ-1-25", GroupsUnknown), ("—", FactMalformed)):
        await refused(connection, refusal, office.corrections.correct(registrar, person_id, Fact.CURATOR_OF, typed))
    await office.corrections.correct(registrar, person_id, Fact.CURATOR_OF, proposed.new)
    assert (await office.recognise(BAKYTS_PHONE)).curated == (GROUP, ANOTHER)
    await office.enrol(*ROSTER)
    assert (await office.recognise(BAKYTS_PHONE)).curated == (GROUP, ANOTHER)
    await office.corrections.correct(registrar, person_id, Fact.CURATOR_OF, "")
    assert (await office.recognise(BAKYTS_PHONE)).curated == ()


async def test_import_names_who_becomes_a_curator(office: Office) -> None:
    difference = await office.enrol(AIZADA, ELSEWHERE, GULNARA, changed(BAKYT, curator_of=ANOTHER))
    (person,) = difference.people
    assert [(fact.fact, fact.old, fact.new) for fact in person.facts] == [("curator_of", GROUP, ANOTHER)]


async def test_early_public_draft_of_a_unit_or_a_group_is_not_shown_to_everybody(
    office: Office, connection: AsyncConnection, curator: Actor
) -> None:
    shown = await written(office, curator)
    await office.sending.submit(curator, shown.id, shown.version)
    await scalar(connection, "update announcements set is_public = true returning id")
    guest = await office.recognise(NURLANS_PHONE)
    assert (await office.bulletin.list_page(guest, 0)).entries == ()
    await scalar(
        connection, "update announcements set group_name = null, group_key = null, unit_code = 'mti' returning id"
    )
    assert (await office.bulletin.list_page(guest, 0)).entries == ()
    await scalar(connection, "update announcements set unit_code = null returning id")
    assert [entry.announcement.id for entry in (await office.bulletin.list_page(guest, 0)).entries] == [shown.id]
