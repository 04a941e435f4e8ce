"""From a questionnaire's file to an open survey: who may, what is refused, what is frozen."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, Role, RoleGrant
from services.audience.errors import AudienceUnknown, AudienceUnreadable
from services.audience.rules import read_audience
from services.db.uow import UnitOfWorkFactory
from services.errors import Refusal
from services.languages import Trilingual
from services.questionnaires.dto import SurveyMode
from services.questionnaires.errors import QuestionnaireUnusable
from services.questionnaires.shipped import list_shipped, shipped_source
from services.surveys.dto import ClosingEnd, Split, SurveySettings, SurveyState
from services.surveys.errors import (
    ChatRoomMissing,
    LastDayUnusable,
    PeriodUnusable,
    PublicAddressMissing,
    ReaderMissing,
    ReaderUnknown,
    RevisionTaken,
    SaysAnonymous,
    SurveyChanged,
    SurveyMissing,
    SurveyNotDraft,
    SurveysAlike,
    TooFewPeople,
)
from services.surveys.finding import find_named
from services.surveys.sealing import public_key_of
from tests.support.clock import StandingClock
from tests.support.closing import Closer
from tests.support.survey_desk import CONFIDENTIAL, MANAGER, STRANGER, TODAY, Desk, link, settle
from tests.support.surveyed import library_body


@pytest.fixture
def desk(unit_of_work: UnitOfWorkFactory, clock: StandingClock, tmp_path: Path) -> Desk:
    return Desk(unit_of_work, clock, tmp_path)


@pytest.fixture
def page_desk(unit_of_work: UnitOfWorkFactory, clock: StandingClock, tmp_path: Path) -> Desk:
    return Desk(unit_of_work, clock, tmp_path, "https://bot.example")


async def counted(connection: AsyncConnection, table: str) -> int:
    number: int = (await connection.execute(text(f"select count(*) from {table}"))).scalar_one()  # noqa: S608 -- ours
    return number


async def test_the_same_file_again_is_the_same_edition_and_its_draft(desk: Desk) -> None:
    first = await desk.surveys.import_questionnaire(MANAGER, library_body())
    again = await desk.surveys.import_questionnaire(MANAGER, library_body(), CONFIDENTIAL)
    assert (first.new, again.new) == (True, False)
    assert first.survey.id == again.survey.id
    assert first.survey.mode is SurveyMode.ANONYMOUS
    assert again.survey.mode is SurveyMode.CONFIDENTIAL
    assert again.survey.questionnaire_id == first.survey.questionnaire_id
    assert again.survey.audience == "role:student"
    assert again.survey.period.ru == "осенний семестр 2026 года"
    assert again.fits_chat


async def test_other_words_need_a_higher_revision_and_go_into_the_draft(desk: Desk) -> None:
    survey_id = await desk.bring()
    body = library_body()
    body["title"]["en"] = "Student life"
    with pytest.raises(RevisionTaken) as refused:
        await desk.surveys.import_questionnaire(MANAGER, body)
    assert (refused.value.code, refused.value.newest) == ("climate-students", 1)
    changed = await desk.surveys.import_questionnaire(MANAGER, {**body, "revision": 2})
    assert changed.survey.id == survey_id
    assert changed.survey.questionnaire.title.en == "Student life"
    assert changed.survey.mode is SurveyMode.CONFIDENTIAL
    assert changed.survey.questionnaire.revision == 2


async def test_code_that_meant_another_question_is_refused(desk: Desk, connection: AsyncConnection) -> None:
    await desk.bring()
    body = {**library_body(), "revision": 2}
    body["items"][0] = {**body["items"][0], "good": "low"}
    with pytest.raises(QuestionnaireUnusable):
        await desk.surveys.import_questionnaire(MANAGER, body)
    assert await counted(connection, "questionnaires") == 1


@pytest.mark.parametrize(
    ("settings", "refusal"),
    [
        (SurveySettings(audience="role:student unit:nowhere"), AudienceUnknown),
        (SurveySettings(audience="students"), AudienceUnreadable),
        (SurveySettings(audience="role:guest"), AudienceUnreadable),
        (SurveySettings(closes_on=TODAY - timedelta(days=1)), LastDayUnusable),
        (SurveySettings(closes_on=TODAY + timedelta(days=121)), LastDayUnusable),
        (SurveySettings(period=Trilingual(ky="күз", ru="", en="autumn")), PeriodUnusable),
        (SurveySettings(period=Trilingual(ky="к" * 101, ru="о", en="a")), PeriodUnusable),
        (SurveySettings(reader_unit="nowhere"), ReaderUnknown),
    ],
)
async def test_setting_that_cannot_be_writes_nothing(
    desk: Desk, connection: AsyncConnection, settings: SurveySettings, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        await desk.surveys.import_questionnaire(MANAGER, library_body(), settings)
    assert await counted(connection, "surveys") + await counted(connection, "questionnaires") == 0


async def test_survey_is_found_by_number_or_by_the_code_of_what_it_asks(
    desk: Desk, connection: AsyncConnection
) -> None:
    await settle(connection, "mti", 30)
    await settle(connection, "iit", 30)
    old = await desk.bring(replace(CONFIDENTIAL, audience="unit:mti"))
    await desk.opening.open(MANAGER, old)
    draft = await desk.bring(replace(CONFIDENTIAL, audience="unit:iit"))
    assert draft != old
    assert (await desk.surveys.find_draft(MANAGER, f" {old} ")).id == old
    assert (await desk.surveys.find_draft(MANAGER, "Climate-students")).id == draft
    async with desk.unit_of_work() as uow:
        assert (await find_named(uow.surveys, "climate-students", [SurveyState.OPEN])).id == old
    await desk.opening.open(MANAGER, draft)
    async with desk.unit_of_work() as uow:
        with pytest.raises(SurveysAlike) as refused:
            await find_named(uow.surveys, "climate-students", [SurveyState.OPEN, SurveyState.CLOSING])
    assert refused.value.ids == (old, draft)
    assert (await desk.surveys.find_draft(MANAGER, "climate-students")).state is SurveyState.OPEN
    for text_ in ("climate-staff", str(draft + 9), "", "9" * 30):
        with pytest.raises(SurveyMissing):
            await desk.surveys.find_draft(MANAGER, text_)


async def test_opening_freezes_people_with_and_without_account_in_groups_of_thirty(
    desk: Desk, connection: AsyncConnection
) -> None:
    people = [*await settle(connection, "mti", 33), *await settle(connection, "iit", 20)]
    small, staff = await settle(connection, "tri", 12), await settle(connection, "mti", 40, kind="staff")
    await link(connection, 7102, people[1], blocked_at=StandingClock().now())
    await link(connection, 7103, people[2], frozen_at=StandingClock().now())
    await link(connection, 7104, staff[0])
    for person in [people[0], *people[4:], *small]:
        await link(connection, 8000 + person, person)
    survey_id = await desk.bring()
    plan = await desk.opening.foresee(MANAGER, survey_id)
    assert (plan.people, plan.linked, plan.closes_on) == (65, 62, TODAY + timedelta(days=14))
    assert desk.key_files == []
    opened = await desk.opening.open(MANAGER, survey_id, plan.survey.version)
    assert {one.code: (one.people, one.leaf) for one in opened.strata} == {
        "all": (65, False),
        "mti": (33, True),
        "other": (32, True),
    }
    survey = opened.survey
    assert (survey.state, survey.opened_on, survey.closes_on) == (SurveyState.OPEN, TODAY, plan.closes_on)
    assert survey.public_key is not None
    private = desk.keys.find(survey_id, survey.public_key)
    assert private is not None
    assert public_key_of(private) == survey.public_key
    assert (plan.key_place, opened.key_place) == ("", "")
    assert desk.key_files[0].stat().st_mode & 0o777 == 0o600
    assert survey.tap_key is not None
    assert (len(survey.tap_key), survey.link_token, opened.address) == (32, None, "")
    asked = await connection.execute(text("select person_id, stratum from survey_people"))
    assert {row[0]: row[1] for row in asked} == dict.fromkeys(people[:33], "mti") | dict.fromkeys(
        [*people[33:], *small], "other"
    )
    told = await connection.execute(
        text("""
            select n.kind, n.payload, d.account_id, d.ended from deliveries d join notices n on n.id = d.notice_id
            order by d.account_id
        """)
    )
    blocked, *others = [tuple(row) for row in told]
    assert blocked == ("survey_invitation", {"survey_id": survey_id}, 7102, "blocked")
    assert sorted(row[2] for row in others) == sorted(8000 + person for person in [people[0], *people[4:], *small])
    assert {row[3] for row in others} == {None}


async def test_in_the_chat_a_group_counts_whom_the_bot_can_write_to_and_on_paper_everybody(
    page_desk: Desk, connection: AsyncConnection
) -> None:
    mti, iit = await settle(connection, "mti", 60), await settle(connection, "iit", 40)
    for person in [*mti[:31], *iit[:29]]:
        await link(connection, 8000 + person, person)
    survey_id = await page_desk.bring(CONFIDENTIAL)
    assert [one.code for one in (await page_desk.opening.foresee(MANAGER, survey_id)).strata] == ["all"]
    await link(connection, 8000 + iit[39], iit[39])
    assert [one.code for one in (await page_desk.opening.foresee(MANAGER, survey_id)).strata] == ["all", "iit", "mti"]
    await connection.execute(text("delete from accounts"))
    await page_desk.surveys.change(MANAGER, survey_id, None, SurveySettings(mode=SurveyMode.ANONYMOUS))
    assert [one.code for one in (await page_desk.opening.foresee(MANAGER, survey_id)).strata] == ["all", "iit", "mti"]


async def test_what_is_open_changes_no_more_but_for_a_later_last_day(desk: Desk, connection: AsyncConnection) -> None:
    await settle(connection, "mti", 30)
    survey_id = await desk.bring()
    survey = (await desk.opening.open(MANAGER, survey_id)).survey
    assert survey.closes_on is not None
    for settings in (CONFIDENTIAL, SurveySettings(split=Split.UNIVERSITY), SurveySettings(audience="all")):
        with pytest.raises(SurveyNotDraft):
            await desk.surveys.change(MANAGER, survey_id, None, settings)
    with pytest.raises(SurveyNotDraft):
        await desk.opening.open(MANAGER, survey_id)
    with pytest.raises(SurveyNotDraft):
        await desk.surveys.drop(MANAGER, survey_id)
    earlier = SurveySettings(closes_on=survey.closes_on - timedelta(days=1))
    with pytest.raises(LastDayUnusable):
        await desk.surveys.change(MANAGER, survey_id, None, earlier)
    later = SurveySettings(closes_on=survey.closes_on + timedelta(days=7))
    with pytest.raises(SurveyChanged):
        await desk.surveys.change(MANAGER, survey_id, survey.version - 1, later)
    changed = await desk.surveys.change(MANAGER, survey_id, survey.version, later)
    assert changed.closes_on == later.closes_on
    assert len(desk.key_files) == 1


async def test_without_a_web_page_an_anonymous_survey_stays_a_draft_and_never_goes_to_the_chat(
    desk: Desk, page_desk: Desk, connection: AsyncConnection
) -> None:
    await settle(connection, "mti", 30)
    for mode in (SurveyMode.ANONYMOUS, SurveyMode.OPEN):
        survey_id = await desk.bring(SurveySettings(mode=mode))
        with pytest.raises(PublicAddressMissing):
            await desk.opening.foresee(MANAGER, survey_id)
        with pytest.raises(PublicAddressMissing):
            await desk.opening.open(MANAGER, survey_id)
        assert (await desk.surveys.get(MANAGER, survey_id)).state is SurveyState.DRAFT
        assert await counted(connection, "survey_strata") + await counted(connection, "deliveries") == 0
    assert desk.key_files == []
    opened = await page_desk.opening.open(MANAGER, survey_id)
    assert opened.survey.link_token is not None
    assert len(opened.survey.link_token) == 32
    assert opened.address == f"https://bot.example/s/{opened.survey.link_token}"
    assert [(one.code, one.people, one.leaf) for one in opened.strata] == [("all", 0, True)]
    assert await counted(connection, "survey_people") + await counted(connection, "deliveries") == 0


async def test_few_people_are_not_asked_where_nobody_is_to_be_recognised(
    page_desk: Desk, connection: AsyncConnection
) -> None:
    await settle(connection, "mti", 29)
    for mode in (SurveyMode.CONFIDENTIAL, SurveyMode.ANONYMOUS):
        survey_id = await page_desk.bring(SurveySettings(mode=mode))
        with pytest.raises(TooFewPeople) as refused:
            await page_desk.opening.open(MANAGER, survey_id)
        assert (refused.value.people, refused.value.least) == (29, 30)


async def test_named_answers_have_no_key_and_somebody_who_reads_them(desk: Desk, connection: AsyncConnection) -> None:
    await settle(connection, "mti", 29)
    named = await desk.bring(SurveySettings(mode=SurveyMode.NAMED))
    with pytest.raises(ReaderMissing):
        await desk.opening.foresee(MANAGER, named)
    await desk.surveys.change(MANAGER, named, None, SurveySettings(reader_unit="mti"))
    assert (await desk.opening.foresee(MANAGER, named)).key_place == ""
    opened = await desk.opening.open(MANAGER, named)
    assert (opened.people, opened.key_place, opened.survey.public_key) == (29, "", None)
    assert desk.key_files == []
    closer = Closer(desk.unit_of_work, desk.keys)
    closing = await closer.service.close(OPERATOR, named)
    assert (closing.end, closing.key_destroyed) == (ClosingEnd.CLOSED, False)


async def test_what_does_not_fit_a_chat_or_calls_itself_anonymous_is_not_asked_there(
    desk: Desk, connection: AsyncConnection
) -> None:
    await settle(connection, "mti", 30)
    long, saying = library_body(), library_body()
    wide = {"type": "multi", "topic": "x", "max": 3, "text": {"ky": "а", "ru": "б", "en": "c"}}
    choices = [{"code": f"c{n}", "ky": f"а{n}", "ru": f"б{n}", "en": f"c{n}"} for n in range(10)]
    texts = [item for item in long["items"] if item["type"] == "text"]
    closed = [item for item in long["items"] if item["type"] != "text"]
    more = [{**wide, "code": f"m{n}", "choices": choices} for n in range(18)]
    long = {**long, "id": "long", "items": [*closed, *more, *texts]}
    done = await desk.surveys.import_questionnaire(MANAGER, long, CONFIDENTIAL)
    assert not done.fits_chat
    with pytest.raises(ChatRoomMissing):
        await desk.opening.open(MANAGER, done.survey.id)
    saying["id"] = "saying"
    saying["title"]["ru"] = "Анонимный опрос"
    said = await desk.surveys.import_questionnaire(MANAGER, saying, CONFIDENTIAL)
    with pytest.raises(SaysAnonymous):
        await desk.opening.open(MANAGER, said.survey.id)
    assert desk.key_files == []


async def test_opening_of_what_has_changed_since_it_was_shown_is_refused(
    desk: Desk, connection: AsyncConnection
) -> None:
    await settle(connection, "mti", 30)
    survey_id = await desk.bring()
    version = (await desk.surveys.get(MANAGER, survey_id)).version
    await desk.surveys.change(MANAGER, survey_id, version, SurveySettings(split=Split.UNIVERSITY))
    with pytest.raises(SurveyChanged):
        await desk.opening.open(MANAGER, survey_id, version)
    assert desk.key_files == []


async def test_key_of_an_opening_that_fails_is_deleted(
    unit_of_work: UnitOfWorkFactory, clock: StandingClock, tmp_path: Path, connection: AsyncConnection
) -> None:
    await settle(connection, "mti", 30)

    @asynccontextmanager
    async def failing() -> Any:  # noqa: ANN401 -- a unit of work
        async with unit_of_work() as uow:
            uow.commit = refuse  # type: ignore[method-assign]
            yield uow

    async def refuse() -> None:
        assert desk.key_files
        raise ConnectionError

    survey_id = await Desk(unit_of_work, clock, tmp_path).bring()
    desk = Desk(failing, clock, tmp_path)
    with pytest.raises(ConnectionError):
        await desk.opening.open(MANAGER, survey_id)
    assert desk.key_files == []


async def test_only_survey_managers_and_administrators_manage_surveys(desk: Desk) -> None:
    survey_id = await desk.bring()
    limited = replace(MANAGER, grants=frozenset({RoleGrant(role=Role.SURVEY_MANAGER, unit_code="mti")}))
    for actor in (STRANGER, limited):
        for ask in (
            desk.surveys.import_questionnaire(actor, library_body()),
            desk.surveys.begin(actor, 1),
            desk.surveys.change(actor, survey_id, None, CONFIDENTIAL),
            desk.surveys.drop(actor, survey_id),
            desk.surveys.list_surveys(actor),
            desk.surveys.list_strata(actor, survey_id),
            desk.surveys.get(actor, survey_id),
            desk.surveys.find_draft(actor, "climate-students"),
            desk.opening.foresee(actor, survey_id),
            desk.opening.open(actor, survey_id),
        ):
            with pytest.raises(NotAllowed):
                await ask
    assert (await desk.surveys.get(OPERATOR, survey_id)).id == survey_id


async def test_every_shipped_questionnaire_becomes_a_draft(desk: Desk) -> None:
    for code in list_shipped():
        done = await desk.surveys.import_questionnaire(OPERATOR, shipped_source(code))
        assert done.fits_chat, code
        begun = await desk.surveys.begin(OPERATOR, done.survey.questionnaire_id)
        assert begun.id == done.survey.id
    assert len(await desk.surveys.list_surveys(OPERATOR)) == len(list_shipped())


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ("all", ["linked", "unlinked"]),
        ("role:student lang:ky", ["linked"]),
        ("role:student -lang:ky", ["unlinked"]),
        ("role:student,guest", ["linked", "unlinked"]),
        ("role:guest", []),
        ("role:editor", []),
        ("account:7301", ["linked"]),
        ("unit:mti course:2", ["unlinked"]),
    ],
)
async def test_roster_is_asked_whoever_is_linked(
    connection: AsyncConnection, unit_of_work: UnitOfWorkFactory, expression: str, meant: list[str]
) -> None:
    linked, unlinked = [*await settle(connection, "mti", 1, course=1), *await settle(connection, "mti", 1, course=2)]
    await link(connection, 7301, linked)
    names = {linked: "linked", unlinked: "unlinked"}
    async with unit_of_work() as uow:
        members = await uow.audiences.list_members(read_audience(expression), TODAY)
    assert [names[member.person_id] for member in members] == meant
    assert {member.unit_code for member in members} <= {"mti"}
