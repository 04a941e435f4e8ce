"""Choosing who gets a draft: counted, offered, typed, brought; by whoever may write for its unit."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.announcements.dto import (
    AnnouncementStage,
    Category,
    Content,
    DraftChange,
    NewAnnouncement,
    SendingOptions,
)
from services.announcements.errors import AlreadyOut, DraftChanged
from services.audience.building import everybody, toggled
from services.audience.dto import Audience, ListBrought, TermFault, TermKey
from services.audience.errors import (
    AudienceUnknown,
    AudienceUnreadable,
    ListEmpty,
    ListNameUnusable,
    ListUnreadable,
)
from services.db.repositories.announcements import SqlAnnouncementRepository
from services.languages import Language
from tests.integration.test_audience import found_university
from tests.support.office import STRANGERS_PHONE, Office, picture, rows

EDITOR, OF_UNIT, STRANGER = 7004, 7002, 7001


@pytest.fixture
async def university(office: Office, connection: AsyncConnection) -> Office:
    return await found_university(office, connection)


@pytest.fixture
async def editor(university: Office) -> Actor:
    await university.roles.grant(OPERATOR, str(EDITOR), Role.EDITOR)
    return await university.recognise(EDITOR)


@pytest.fixture
async def of_unit(university: Office) -> Actor:
    await university.roles.grant(OPERATOR, str(OF_UNIT), Role.EDITOR, "chair-software")
    return await university.recognise(OF_UNIT)


async def draft(office: Office, actor: Actor, unit: str | None = None, audience: str = "") -> int:
    """Begin a draft; its version is 2 where somebody is chosen."""
    content = Content(texts={Language.KY: "Жарыя"}, fallback=Language.KY, category=Category.STUDY)
    begun = await office.begin_draft(actor, unit, content)
    if audience:
        await office.announcement_drafts.change(actor, begun.id, 1, DraftChange(audience=audience))
    return begun.id


def chosen(key: TermKey, value: str) -> partial[Audience | None]:
    return partial(toggled, key=key, value=value, excluded=False)


async def test_audience_is_put_together_and_counted(university: Office, editor: Actor) -> None:
    number, desk = await draft(university, editor), university.draft_audiences
    nobody = await desk.look(editor, number)
    assert (nobody.audience, nobody.survey, nobody.unit) == (None, None, None)
    await desk.alter(editor, number, 1, chosen(TermKey.ROLE, "student"))
    await desk.alter(editor, number, 2, chosen(TermKey.UNIT, "mti"))
    await desk.alter(editor, number, 3, partial(toggled, key=TermKey.UNIT, value="lab", excluded=True))
    shown = await desk.look(editor, number)
    assert (shown.draft.audience, shown.draft.version) == ("role:student unit:mti -unit:lab", 4)
    assert shown.survey is not None
    assert (shown.survey.recipients, shown.survey.unreachable) == (3, 1)
    assert (shown.survey.without_text, shown.survey.foreign_without_text) == (2, 0)
    assert shown.unit_names["lab"].ky == "Робототехника лабораториясы"
    await desk.alter(editor, number, 4, everybody)
    await desk.alter(editor, number, 5, everybody)  # says the same: no other version
    assert (await desk.look(editor, number)).draft.version == 5
    await desk.alter(editor, number, 5, lambda _audience: None)
    assert (await desk.look(editor, number)).audience is None


async def test_of_two_editors_the_second_chooses_nothing(university: Office, editor: Actor) -> None:
    number = await draft(university, editor)
    await university.draft_audiences.alter(OPERATOR, number, 1, everybody)
    with pytest.raises(DraftChanged):
        await university.draft_audiences.alter(editor, number, 1, chosen(TermKey.ROLE, "staff"))
    with pytest.raises(DraftChanged):
        await university.draft_audiences.write(editor, number, 1, "role:staff")
    assert (await university.draft_audiences.look(editor, number)).draft.audience == "all"


async def test_typed_expression_is_kept_only_if_it_names_what_exists(
    university: Office, editor: Actor, connection: AsyncConnection
) -> None:
    number = await draft(university, editor)
    before = await picture(connection)
    with pytest.raises(AudienceUnreadable):
        await university.draft_audiences.write(editor, number, 1, "students")
    with pytest.raises(AudienceUnknown) as refused:
        await university.draft_audiences.write(editor, number, 1, "all -group:ПИ-9-99")
    assert refused.value.terms == ("group:ПИ-9-99",)
    assert await picture(connection) == before
    await university.draft_audiences.write(editor, number, 1, " КУРС:2 ".replace("КУРС", "course"))
    assert (await university.draft_audiences.look(editor, number)).draft.audience == "course:2"


async def test_what_is_gone_meanwhile_is_said_and_can_be_put_right(
    university: Office, editor: Actor, connection: AsyncConnection
) -> None:
    await university.audiences.bring_list(OPERATOR, "олимпиада", ["S-1001"])
    number = await draft(university, editor, audience="list:олимпиада")
    await university.audiences.drop_list(OPERATOR, "олимпиада")
    shown = await university.draft_audiences.look(editor, number)
    assert (shown.unknown, shown.survey) == (("list:олимпиада",), None)
    assert (await university.draft_audiences.offer(editor, number, TermKey.LANG)).recipients is None
    await rows(connection, "update announcements set audience = 'planet:mars' where id = :id returning 1", id=number)
    shown = await university.draft_audiences.look(editor, number)
    assert (shown.unreadable, shown.audience) == (True, None)
    await university.draft_audiences.alter(editor, number, 2, everybody)
    assert not (await university.draft_audiences.look(editor, number)).unreadable


async def test_editor_of_a_unit_counts_and_names_its_people_only(
    university: Office, of_unit: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.announcements.audience.FEWEST_NAMED", 1)
    number, desk = await draft(university, of_unit, "chair-software", "all"), university.draft_audiences
    shown = await desk.look(of_unit, number)
    assert shown.survey is not None
    assert shown.survey.recipients == 2  # Нурлан, and Дивья of the laboratory
    assert set(shown.survey.names) == {"Асан уулу Нурлан", "Патель Айзада"}
    assert shown.unit is not None
    units = await desk.offer(of_unit, number, TermKey.UNIT)
    assert {unit.value: unit.people for unit in units.values} == {"chair-software": 2, "lab": 1}
    roles = await desk.offer(of_unit, number, TermKey.ROLE)
    assert "guest" not in {role.value for role in roles.values}
    groups = await desk.offer(of_unit, number, TermKey.GROUP)
    assert [group.value for group in groups.values] == ["ПИ-2-24"]
    brought = await desk.bring(of_unit, number, 2, "конок.csv", b"person_no\nS-1002\nE-1\n")
    assert brought.brought.known == 2
    shown = await desk.look(of_unit, number)
    assert shown.survey is not None
    assert shown.survey.names == ("Асан уулу Нурлан",)  # Бакыт is on the list, and of another unit


async def test_editor_of_a_unit_is_offered_no_lists_of_others(university: Office, of_unit: Actor) -> None:
    for name in ("доноршу", "бизге", "биз"):
        await university.audiences.bring_list(OPERATOR, name, ["S-1002", "E-1"])
    number = await draft(university, of_unit, "chair-software", 'all -list:"бизге"')
    elsewhere = await draft(university, OPERATOR, audience="list:доноршу")
    own = await university.draft_audiences.bring(of_unit, number, 2, "конок.csv", b"person_no\nS-1002\nE-1\n")
    offered = await university.draft_audiences.offer(of_unit, number, TermKey.LIST)
    assert {one.value: one.people for one in offered.values} == {"бизге": 1, own.name: 1}  # Бакыт is of another unit
    everything = await university.draft_audiences.offer(OPERATOR, elsewhere, TermKey.LIST)
    assert {one.value: one.people for one in everything.values} == {"доноршу": 2, "бизге": 2, "биз": 2, own.name: 2}


async def test_nobody_learns_who_somebody_is_by_choosing_few(
    university: Office, of_unit: Actor, connection: AsyncConnection
) -> None:
    number = await draft(university, of_unit, "chair-software", "person:S-1002")
    survey = (await university.draft_audiences.look(of_unit, number)).survey
    assert survey is not None
    assert (survey.recipients, survey.names) == (1, ())
    before = await picture(connection)
    for expression in (f"account:{OF_UNIT}", f"all -account:{OF_UNIT}"):
        with pytest.raises(AudienceUnreadable) as refused:
            await university.draft_audiences.write(of_unit, number, 2, expression)
        assert (refused.value.term, refused.value.reason) == (f"account:{OF_UNIT}", TermFault.ACCOUNT)
    assert await picture(connection) == before
    whole = await draft(university, OPERATOR)
    await university.draft_audiences.write(OPERATOR, whole, 1, f"account:{OF_UNIT}")


async def test_strangers_and_editors_of_others_see_and_choose_nothing(
    university: Office, editor: Actor, of_unit: Actor, connection: AsyncConnection
) -> None:
    number = await draft(university, editor, audience="all")
    stranger = await university.recognise(STRANGER)
    desk, before = university.draft_audiences, await picture(connection)
    for actor in (stranger, of_unit):
        for refused in (
            desk.look(actor, number),
            desk.offer(actor, number, TermKey.GROUP),
            desk.alter(actor, number, 2, everybody),
            desk.write(actor, number, 2, "role:staff"),
            desk.bring(actor, number, 2, "list.csv", b"person_no\nS-1001\n"),
        ):
            with pytest.raises(NotAllowed):
                await refused
    assert await picture(connection) == before


async def test_list_is_brought_for_one_draft_and_replaces_no_other(
    university: Office, editor: Actor, connection: AsyncConnection
) -> None:
    await university.audiences.bring_list(OPERATOR, "олимпиада", ["E-1"])
    number, desk = await draft(university, editor, audience="role:student"), university.draft_audiences
    content = "person_no;Аты\nS-1001;Айзада\nX-1;?\n".encode()
    first = await desk.bring(editor, number, 2, "Олимпиада.csv", content)
    assert (first.name, first.brought) == (f"олимпиада #{number}", ListBrought(known=1, unknown=("X-1",)))
    shown = await desk.look(editor, number)
    assert shown.draft.audience == f'role:student list:"олимпиада #{number}"'
    again = await desk.bring(editor, number, 3, "Олимпиада.csv", b"person_no\nS-1001\nS-1002\n")
    assert (again.name, again.brought.known) == (first.name, 2)
    names = await rows(connection, "select name from audience_lists order by name")
    assert names == [("олимпиада",), (first.name,)]
    offered = await desk.offer(editor, number, TermKey.LIST)
    assert {(one.value, one.people) for one in offered.values} == {("олимпиада", 1), (first.name, 2)}


async def test_list_and_the_draft_that_means_it_change_together(
    university: Office, editor: Actor, connection: AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, desk = await draft(university, editor), university.draft_audiences
    await desk.bring(editor, number, 1, "list.csv", b"person_no\nS-1001\n")
    await rows(connection, "update announcements set state = 'awaiting_approval' where id = :id returning 1", id=number)
    before, change = await picture(connection), SqlAnnouncementRepository.change

    async def killed(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(SqlAnnouncementRepository, "change", killed)
    with pytest.raises(ConnectionError):
        await desk.bring(editor, number, 2, "list.csv", b"person_no\nS-1002\n")
    assert await picture(connection) == before
    monkeypatch.setattr(SqlAnnouncementRepository, "change", change)
    await desk.bring(editor, number, 2, "list.csv", b"person_no\nS-1002\n")
    again = await university.announcement_drafts.get(editor, number)
    assert (again.stage, again.version) == (AnnouncementStage.DRAFT, 3)


async def test_unusable_file_leaves_the_draft_as_it_was(
    university: Office, editor: Actor, connection: AsyncConnection
) -> None:
    number, desk = await draft(university, editor), university.draft_audiences
    before = await picture(connection)
    numbers = b"person_no\nS-1001\n"
    with pytest.raises(ListEmpty):
        await desk.bring(editor, number, 1, "list.csv", b"person_no\nX-1\n")
    with pytest.raises(ListUnreadable):
        await desk.bring(editor, number, 1, "list.csv", b"colour\nX-1\n")
    with pytest.raises(DraftChanged):
        await desk.bring(editor, number, 7, "list.csv", numbers)
    assert await picture(connection) == before
    named = await desk.bring(editor, number, 1, '«Донорлор» "2026".xlsx.csv', numbers)
    assert named.name == f"донорлор 2026 .xlsx #{number}"
    with pytest.raises(ListNameUnusable):
        await university.audiences.bring_list(OPERATOR, "", ["S-1001"])


async def test_what_can_be_chosen_is_offered_with_how_many_it_means(university: Office, editor: Actor) -> None:
    number = await draft(university, editor)

    async def offered(key: TermKey, typed: str = "") -> dict[str, int | None]:
        offer = await university.draft_audiences.offer(editor, number, key, typed)
        return {one.value: one.people for one in offer.values}

    assert await offered(TermKey.UNIT) == {"mti": 4, "chair-software": 2, "lab": 1, "ob": 1}
    assert await offered(TermKey.UNIT, "роботот") == {"lab": 1}
    assert await offered(TermKey.UNIT, "МТИ") == {"mti": 4}
    assert await offered(TermKey.PROGRAMME) == {"Колдонмо информатика": 1, "Программалык инженерия": 4}
    assert await offered(TermKey.PROGRAMME, "applied") == {"Колдонмо информатика": 1}
    assert await offered(TermKey.COURSE) == {"1": 1, "2": 3, "3": 1, "4": 0, "5": 0, "6": 0, "7": 0}
    assert await offered(TermKey.GROUP) == {"ПИ-1-25": 3, "ПИ-2-24": 1}
    assert await offered(TermKey.GROUP, "224") == {"ПИ-2-24": 1}
    assert await offered(TermKey.GROUP, "жок") == {}
    assert await offered(TermKey.FORM) == {"full_time": 4, "part_time": 1}
    assert await offered(TermKey.LANG) == {"ky": 3, "ru": 1, "en": 2}
    assert await offered(TermKey.CITIZENSHIP) == {"foreign": 2, "KG": 3, "Индия": 1, "Пакистан": 1}
    roles = await offered(TermKey.ROLE)
    assert (roles["student"], roles["staff"], roles["guest"], roles["editor"]) == (5, 1, None, None)
    for key in (TermKey.UNIT, TermKey.PROGRAMME, TermKey.GROUP, TermKey.CITIZENSHIP):
        for value, people in (await offered(key)).items():
            counted = await university.audiences.count(OPERATOR, str(toggled(None, key, value, excluded=False)))
            assert counted.recipients == people, value


async def test_who_switched_the_category_off_is_not_counted_unless_it_is_urgent(
    university: Office, editor: Actor, connection: AsyncConnection
) -> None:
    await rows(connection, "insert into muted_categories (account_id, category) values (7001, 'study') returning 1")
    number = await draft(university, editor, audience="all")
    shown = await university.draft_audiences.look(editor, number)
    offer = await university.draft_audiences.offer(editor, number, TermKey.LANG)
    assert shown.survey is not None
    assert shown.survey.recipients == offer.recipients == 5
    change = DraftChange(options=SendingOptions(urgent=True))
    await university.announcement_drafts.change(editor, number, 2, change)
    shown = await university.draft_audiences.look(editor, number)
    assert shown.survey is not None
    assert shown.survey.recipients == 6


async def test_ordinary_announcement_passes_by_who_switched_its_category_off(
    university: Office, connection: AsyncConnection
) -> None:
    await rows(connection, "insert into muted_categories (account_id, category) values (7001, 'general') returning 1")
    texts = dict.fromkeys(Language, "Жарыя")

    async def told(urgent: bool) -> list[int]:
        new = NewAnnouncement(texts=texts, audience="role:student unit:mti", urgent=urgent)
        announced = await university.announcements.announce(OPERATOR, new)
        later = replace(new, due_at=university.clock.now() + timedelta(days=1))
        assert (await university.announcements.announce(OPERATOR, later)).recipients == announced.recipients
        news = university.announcement_news
        return [one for one in (7001, 7002, 7005, 7006) if await news.find_told(announced.id, one, Language.KY)]

    assert await told(urgent=False) == [7002, 7005, 7006]
    assert await told(urgent=True) == [7001, 7002, 7005, 7006]
    scheduled = await university.announcements.announce(OPERATOR, NewAnnouncement(texts=texts, audience="account:7002"))
    await rows(connection, "insert into muted_categories (account_id, category) values (7002, 'general') returning 1")
    assert await university.announcement_news.find_told(scheduled.id, 7002, Language.KY) is None  # meanwhile


async def test_guest_is_told_though_a_list_that_was_left_out_is_gone(university: Office) -> None:
    await university.audiences.bring_list(OPERATOR, "олимпиада", ["S-1001"])
    guest = STRANGERS_PHONE
    new = NewAnnouncement(texts=dict.fromkeys(Language, "Жарыя"), audience="role:guest -list:олимпиада")
    announced = await university.announcements.announce(OPERATOR, new)
    assert announced.recipients == 1
    await university.audiences.drop_list(OPERATOR, "олимпиада")
    assert await university.announcement_news.find_told(announced.id, guest, Language.KY) is not None


async def test_nothing_is_chosen_for_what_is_out(university: Office, editor: Actor) -> None:
    number = await draft(university, editor)
    version = (await university.announcement_drafts.get(editor, number)).version
    await university.announcement_drafts.throw_away(editor, number, version)
    with pytest.raises(AlreadyOut):
        await university.draft_audiences.look(editor, number)
    with pytest.raises(AlreadyOut):
        await university.draft_audiences.alter(editor, number, 1, everybody)
