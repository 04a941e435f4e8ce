"""Questionnaires are written in the chat by those who manage surveys."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Actor, NotAllowed, Role, RoleGrant
from services.db.uow import UnitOfWorkFactory
from services.languages import Language, Trilingual
from services.questionnaires.draft_dto import Draft, Gap
from services.questionnaires.drafts import QuestionnaireDraftService
from services.questionnaires.dto import Good, ItemType, SurveyMode
from services.questionnaires.edits import Field, SetMode, Write
from services.questionnaires.errors import (
    ChoicesUncounted,
    ItemWordsUnusable,
    NoSuchQuestionnaire,
    QuestionnaireChanged,
    QuestionnaireUnready,
)
from services.questionnaires.item_edits import MoveItem, RemoveItem, SetGood
from services.questionnaires.joining import AddIndex, ToggleIndexItem, ToggleSkip
from services.questionnaires.service import QuestionnaireService
from services.questionnaires.shipped import list_shipped, load_shipped, shipped_source
from services.questionnaires.writing import source_of
from tests.support.clock import StandingClock
from tests.support.papers import BishkekCalendar
from tests.support.questionnaires import question, scale, source

MANAGER = Actor(account_id=8001, language=Language.KY, grants=frozenset({RoleGrant(role=Role.SURVEY_MANAGER)}))
OTHER = Actor(account_id=8002, language=Language.RU, grants=frozenset({RoleGrant(role=Role.ADMIN)}))
STRANGER = Actor(account_id=8003, language=Language.KY, grants=frozenset({RoleGrant(role=Role.REGISTRAR)}))


@pytest.fixture
def library(unit_of_work: UnitOfWorkFactory, clock: StandingClock) -> QuestionnaireService:
    return QuestionnaireService(unit_of_work, clock, BishkekCalendar())


@pytest.fixture
def drafts(unit_of_work: UnitOfWorkFactory) -> QuestionnaireDraftService:
    return QuestionnaireDraftService(unit_of_work)


@pytest.fixture
async def edition(unit_of_work: UnitOfWorkFactory, clock: StandingClock) -> int:
    """The students' questionnaire in the library."""
    body = dict(shipped_source("climate-students"))
    async with unit_of_work() as uow:
        added = await uow.surveys.add_questionnaire(body, body["id"], 1, draft=False, now=clock.now(), by=None)
        await uow.commit()
    return added


async def says(drafts: QuestionnaireDraftService, draft: Draft, field: Field, words: str, place: int = 0) -> Draft:
    """Type the same in every language."""
    for language in Language:
        edit = Write(field=field, words=words, language=language, place=place)
        draft = await drafts.change(MANAGER, draft.id, draft.version, edit)
    return draft


async def whole(library: QuestionnaireService, drafts: QuestionnaireDraftService) -> Draft:
    """A draft of one question that can be finished."""
    draft = await says(drafts, await library.begin(MANAGER), Field.TITLE, "Ашкана")
    draft = await says(drafts, draft, Field.LONG_TITLE, "Ашкана жөнүндө анкета")
    draft = (await drafts.add_new(MANAGER, draft.id, draft.version, ItemType.SCALE, 0)).draft
    return await says(drafts, draft, Field.TEXT, "Тамак даамдуу.")


async def test_questionnaire_is_written_from_nothing_and_finished(
    library: QuestionnaireService, drafts: QuestionnaireDraftService, connection: AsyncConnection
) -> None:
    draft = await library.begin(MANAGER)
    assert {fault.gap for fault in draft.faults} == {Gap.TITLE, Gap.LONG_TITLE, Gap.NO_ITEMS}
    draft = await whole(library, drafts)
    draft = (await drafts.add_new(OTHER, draft.id, draft.version, ItemType.TEXT)).draft
    draft = await says(drafts, draft, Field.TEXT, "Эмнени өзгөртөр элеңиз?", 1)
    draft = (await drafts.add_new(OTHER, draft.id, draft.version, ItemType.MULTI)).draft
    assert [item.type for item in draft.questionnaire.items] == [ItemType.SCALE, ItemType.MULTI, ItemType.TEXT]
    draft = await says(drafts, draft, Field.TEXT, "Эмне жейсиз?", 1)
    draft = await says(drafts, draft, Field.CHOICES, "1. Палоо\n- Манты\nСамса", 1)
    assert [choice.text.ru for choice in draft.questionnaire.items[1].choices] == ["Палоо", "Манты", "Самса"]
    draft = await drafts.change(MANAGER, draft.id, draft.version, ToggleSkip(place=1, leading=0, value=4))
    draft = await drafts.change(MANAGER, draft.id, draft.version, SetGood(place=0, good=Good.HIGH))
    draft = await drafts.change(MANAGER, draft.id, draft.version, AddIndex())
    draft = await says(drafts, draft, Field.INDEX, "Даам")
    draft = await drafts.change(MANAGER, draft.id, draft.version, ToggleIndexItem(place=0, item=0))
    assert draft.faults == ()
    found = await library.finish(MANAGER, draft.id, draft.version)
    assert found.questionnaire == draft.questionnaire
    assert not found.draft
    assert (await library.open_library(OTHER)).drafts == await _others(library, draft.id)
    acts = await connection.execute(text("select act, subject from audit_entries"))
    assert [tuple(row) for row in acts] == [("questionnaire_finished", f"questionnaire:{found.questionnaire.code}")]
    for act in (library.finish, library.delete):
        with pytest.raises(NoSuchQuestionnaire):
            await act(MANAGER, draft.id, draft.version)


async def _others(library: QuestionnaireService, draft_id: int) -> list[object]:
    return [one for one in (await library.open_library(MANAGER)).drafts if one.id != draft_id]


async def test_two_at_once_do_not_write_over_each_other(
    library: QuestionnaireService, drafts: QuestionnaireDraftService
) -> None:
    draft = await whole(library, drafts)
    later = await drafts.change(OTHER, draft.id, draft.version, SetMode(mode=SurveyMode.NAMED))
    acts: list[Callable[[], Awaitable[object]]] = [
        lambda: drafts.change(MANAGER, draft.id, draft.version, MoveItem(place=0, up=True)),
        lambda: drafts.add_new(MANAGER, draft.id, draft.version, ItemType.TEXT),
        lambda: library.finish(MANAGER, draft.id, draft.version),
        lambda: library.delete(MANAGER, draft.id, draft.version),
    ]
    for act in acts:
        with pytest.raises(QuestionnaireChanged):
            await act()
    assert await library.get_draft(MANAGER, draft.id) == later


async def test_nobody_else_reads_or_writes(
    library: QuestionnaireService, drafts: QuestionnaireDraftService, connection: AsyncConnection, edition: int
) -> None:
    draft = await whole(library, drafts)
    acts: list[Awaitable[object]] = [
        library.open_library(STRANGER),
        library.get_edition(STRANGER, edition),
        library.get_draft(STRANGER, draft.id),
        library.begin(STRANGER),
        library.take_shipped(STRANGER, 1),
        library.begin_edition(STRANGER, edition),
        library.begin_copy(STRANGER, edition),
        library.finish(STRANGER, draft.id, draft.version),
        library.delete(STRANGER, draft.id, draft.version),
        drafts.change(STRANGER, draft.id, draft.version, RemoveItem(place=0)),
        drafts.add_new(STRANGER, draft.id, draft.version, ItemType.TEXT),
        drafts.add_known(STRANGER, draft.id, draft.version, edition, 0),
        drafts.set_scale(STRANGER, draft.id, draft.version, 0, 1),
        drafts.list_scales(STRANGER, draft.id),
        drafts.open_bank(STRANGER, draft.id),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            await act
    assert await library.get_draft(MANAGER, draft.id) == draft
    assert await connection.scalar(text("select count(*) from questionnaires")) == 2


@pytest.mark.usefixtures("edition")
async def test_item_of_the_library_keeps_its_code_and_can_be_compared(
    library: QuestionnaireService, drafts: QuestionnaireDraftService
) -> None:
    draft = await library.begin(MANAGER)
    bank = await drafts.open_bank(MANAGER, draft.id)
    dormitory = next(one for items in bank.values() for one in items if one.item.code == "dorm1")
    draft = (await drafts.add_known(MANAGER, draft.id, draft.version, dormitory.edition_id, dormitory.place)).draft
    (item,) = draft.questionnaire.items
    assert (item.code, item.skip) == ("dorm1", None)
    with pytest.raises(NoSuchQuestionnaire):
        await drafts.add_known(MANAGER, draft.id, draft.version, dormitory.edition_id, dormitory.place)
    left = await drafts.open_bank(MANAGER, draft.id)
    assert "dorm1" not in {one.item.code for items in left.values() for one in items}
    draft = await drafts.set_scale(MANAGER, draft.id, draft.version, 0, await _other_scale(drafts, draft))
    assert Gap.MEANING in {fault.gap for fault in draft.faults}


@pytest.mark.usefixtures("edition")
async def test_question_that_only_shows_the_way_stands_with_those_it_leads_to(
    library: QuestionnaireService, drafts: QuestionnaireDraftService
) -> None:
    bank = await drafts.open_bank(MANAGER, (await library.begin(MANAGER)).id)
    assert not [topic for topic in bank if "routing" in topic]
    assert {ItemType.ROUTE, ItemType.SCALE} <= {one.item.type for one in bank["dormitory"]}


@pytest.mark.usefixtures("edition")
async def test_minutes_follow_the_questions_until_they_are_set(
    library: QuestionnaireService, drafts: QuestionnaireDraftService
) -> None:
    draft = await library.begin(MANAGER)
    assert draft.questionnaire.minutes == 1
    for _ in range(10):
        draft = (await drafts.add_new(MANAGER, draft.id, draft.version, ItemType.SCALE, 0)).draft
    assert draft.questionnaire.minutes == 2
    draft = await says(drafts, draft, Field.MINUTES, "7")
    draft = (await drafts.add_new(MANAGER, draft.id, draft.version, ItemType.SCALE, 0)).draft
    assert draft.questionnaire.minutes == 7


async def _other_scale(drafts: QuestionnaireDraftService, draft: Draft) -> int:
    scales = await drafts.list_scales(MANAGER, draft.id)
    return next(number for number, scale in enumerate(scales) if scale.name == "freq5")


async def test_next_edition_is_begun_once_and_refused_where_a_code_means_something_else(
    library: QuestionnaireService, drafts: QuestionnaireDraftService, edition: int
) -> None:
    draft = await library.begin_edition(MANAGER, edition)
    assert (draft.questionnaire.code, draft.questionnaire.revision) == ("climate-students", 2)
    assert [fault.gap for fault in draft.faults] == [Gap.UNCHANGED]
    assert (await library.begin_edition(OTHER, edition)).id == draft.id
    edit = Write(field=Field.TEXT, words="Таптакыр башка суроо?", language=Language.KY, place=0)
    draft = await drafts.change(MANAGER, draft.id, draft.version, edit)
    assert (draft.reworded, draft.faults) == (("rec1",), ())
    draft = await drafts.change(MANAGER, draft.id, draft.version, SetGood(place=0, good=Good.LOW))
    with pytest.raises(QuestionnaireUnready) as refused:
        await library.finish(MANAGER, draft.id, draft.version)
    assert [(fault.gap, fault.place) for fault in refused.value.faults] == [(Gap.MEANING, 0)]
    copy = await library.begin_copy(MANAGER, edition)
    assert copy.questionnaire.code == "climate-students-1"
    assert copy.questionnaire.items == load_shipped("climate-students").items
    assert {fault.gap for fault in copy.faults} == {Gap.TITLE, Gap.LONG_TITLE}


async def test_shipped_questionnaire_comes_into_the_library_once(
    library: QuestionnaireService, connection: AsyncConnection
) -> None:
    shipped = [one.code for one in (await library.open_library(MANAGER)).shipped]
    assert shipped == list(list_shipped())
    taken = await library.take_shipped(MANAGER, 0)
    assert taken.questionnaire == load_shipped(shipped[0])
    assert (await library.take_shipped(OTHER, 0)).id == taken.id
    found = await library.open_library(MANAGER)
    assert ([one.id for one in found.editions], [one.code for one in found.shipped]) == ([taken.id], shipped[1:])
    assert await connection.scalar(text("select count(*) from audit_entries")) == 1
    for number in (-1, 99):
        with pytest.raises(NoSuchQuestionnaire):
            await library.take_shipped(MANAGER, number)


async def test_refused_words_change_nothing(library: QuestionnaireService, drafts: QuestionnaireDraftService) -> None:
    draft = await whole(library, drafts)
    for words in (" ", "б" * 301, "{period}", "Кандай (?)", "а\u200bб"):
        with pytest.raises(ItemWordsUnusable):
            await drafts.change(MANAGER, draft.id, draft.version, Write(field=Field.TEXT, words=words))
    draft = (await drafts.add_new(MANAGER, draft.id, draft.version, ItemType.SINGLE)).draft
    first = Write(field=Field.CHOICES, words="бир\nэки", place=1)
    draft = await drafts.change(MANAGER, draft.id, draft.version, first)
    too_many = Write(field=Field.CHOICES, words="one\ntwo\nthree", language=Language.EN, place=1)
    for edit in (too_many, Write(field=Field.CHOICES, words="бир", place=1)):
        with pytest.raises(ChoicesUncounted):
            await drafts.change(MANAGER, draft.id, draft.version, edit)
    assert await library.get_draft(MANAGER, draft.id) == draft


async def test_what_lacks_is_told_where_it_is(library: QuestionnaireService, drafts: QuestionnaireDraftService) -> None:
    draft = await whole(library, drafts)
    draft = (await drafts.add_new(MANAGER, draft.id, draft.version, ItemType.SCALE, 0)).draft
    edit = Write(field=Field.TEXT, words="Анонимдүү айтыңыз", language=Language.KY, place=1)
    draft = await drafts.change(MANAGER, draft.id, draft.version, edit)
    draft = await drafts.change(MANAGER, draft.id, draft.version, ToggleSkip(place=1, leading=0, value=0))
    draft = await drafts.change(MANAGER, draft.id, draft.version, MoveItem(place=1, up=True))
    draft = await drafts.change(MANAGER, draft.id, draft.version, SetMode(mode=SurveyMode.CONFIDENTIAL))
    found = {(fault.gap, fault.place, fault.languages) for fault in draft.faults}
    assert found == {(Gap.TEXT, 0, (Language.RU, Language.EN)), (Gap.SKIP, 0, ()), (Gap.ANONYMOUS, 0, ())}
    with pytest.raises(QuestionnaireUnready):
        await library.finish(MANAGER, draft.id, draft.version)


async def test_chat_has_no_room_for_very_many_questions(
    library: QuestionnaireService, drafts: QuestionnaireDraftService, unit_of_work: UnitOfWorkFactory,
    clock: StandingClock,
) -> None:  # fmt: skip
    items = (question(f"q{number}") for number in range(58))
    body = source(*items, mode_default="anonymous", scales={"five": scale(11)})
    async with unit_of_work() as uow:
        await uow.surveys.add_questionnaire(body, body["id"], 1, draft=False, now=clock.now(), by=None)
        await uow.commit()
    (known,) = (await library.open_library(MANAGER)).editions
    draft = await library.begin_edition(MANAGER, known.id)
    draft = await drafts.change(MANAGER, draft.id, draft.version, SetMode(mode=SurveyMode.NAMED))
    assert [fault.gap for fault in draft.faults] == [Gap.ROOM]
    assert draft.faults[0].number == 58 * 4 - 224
    await library.delete(OTHER, draft.id, draft.version)
    assert not (await library.open_library(MANAGER)).drafts


async def test_unfinished_draft_is_never_asked_with(
    library: QuestionnaireService, drafts: QuestionnaireDraftService, unit_of_work: UnitOfWorkFactory
) -> None:
    draft = await whole(library, drafts)
    async with unit_of_work() as uow:
        assert await uow.surveys.list_questionnaires() == []
        assert await uow.surveys.find_questionnaire(draft.id) is None
    assert source_of(draft.questionnaire)["title"] == {"ky": "Ашкана", "ru": "Ашкана", "en": "Ашкана"}
    assert draft.questionnaire.title == Trilingual(ky="Ашкана", ru="Ашкана", en="Ашкана")
