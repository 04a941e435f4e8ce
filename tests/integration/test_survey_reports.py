"""Results of closed surveys, and who may see how much of them."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, LinkedPerson, LinkFrozen, NotAllowed, Role, RoleGrant
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.questionnaires.shipped import load_shipped
from services.survey_reports.dto import State
from services.survey_reports.errors import SurveyNotClosed
from services.survey_reports.readers import Scope, SurveyReader
from services.survey_reports.scoring import Change
from services.survey_reports.service import SurveyReportService, look
from services.survey_reports.text_dto import TextState
from services.surveys.dto import Survey
from services.surveys.errors import SurveyMissing
from tests.support.closed_surveys import grown, put_closed, put_texts, replies_to
from tests.support.planned import put_units
from tests.support.surveyed import library_body, put_people

READERS = (
    SurveyReader(unit="sr-quality", scope=Scope.TEXTS),
    SurveyReader(unit="sr-rectorate", scope=Scope.TABLES),
    SurveyReader(unit="sr-council", scope=Scope.CHARTS),
)
UNITS = grown({"sr-mti": {"1": 60, "2": 50}, "sr-iit": 90, "sr-eco": 45, "sr-small": 30})
STUDENTS = load_shipped("climate-students")


def holder(role: Role, unit: str | None = None, *, frozen: bool = False) -> Actor:
    """Somebody with one role."""
    return Actor(
        account_id=7001, language=Language.KY, frozen=frozen, grants=frozenset({RoleGrant(role=role, unit_code=unit)})
    )


MANAGER = holder(Role.SURVEY_MANAGER)
QUALITY = holder(Role.UNIT_STAFF, "sr-quality")


@pytest.fixture
def reports(reading: UnitOfWorkFactory) -> SurveyReportService:
    return SurveyReportService(reading, READERS)


@pytest.fixture
async def survey(connection: AsyncConnection) -> Survey:
    """A survey of three institutes, one of which has few answers."""
    await put_units(
        connection,
        {code: code for code in ("sr-quality", "sr-rectorate", "sr-council", "sr-vr", "sr-mti", "sr-iit", "sr-chair")},
        posts=["sr-vr"],
        parents={"sr-vr": "sr-rectorate", "sr-chair": "sr-mti"},
    )
    replies = [
        *replies_to(STUDENTS, UNITS[:-1]),
        *replies_to(STUDENTS, UNITS[-1:], 0.2),
    ]
    return await put_closed(connection, UNITS, replies)


async def test_nothing_of_a_survey_is_shown_before_it_is_closed(
    connection: AsyncConnection, reports: SurveyReportService
) -> None:
    replies = replies_to(STUDENTS, UNITS)
    for state in ("open", "closing"):
        running = await put_closed(connection, UNITS, replies, state=state)
        for actor in (MANAGER, OPERATOR):
            with pytest.raises(SurveyNotClosed):
                await reports.get_report(actor, running.id)
            assert await reports.list_closed(actor) == []
            assert not await reports.has_results(actor)
    with pytest.raises(SurveyMissing):
        await reports.get_report(MANAGER, 999_999)


@pytest.mark.parametrize(
    ("actor", "scope"),
    [
        (MANAGER, Scope.TABLES),
        (holder(Role.ADMIN), Scope.TABLES),
        (QUALITY, Scope.TEXTS),
        (holder(Role.UNIT_HEAD, "sr-rectorate"), Scope.TABLES),
        (holder(Role.UNIT_HEAD, "sr-vr"), Scope.TABLES),
        (holder(Role.UNIT_STAFF, "sr-council"), Scope.CHARTS),
    ],
)
async def test_readers_see_every_group_as_far_as_the_university_lets_them(
    survey: Survey, reports: SurveyReportService, actor: Actor, scope: Scope
) -> None:
    report = await reports.get_report(actor, survey.id)
    assert report.scope is scope
    assert [stratum.code for stratum in report.strata] == list(report.results.strata)
    assert set(report.results.strata) == {"all", "sr-mti", "sr-mti/1", "sr-mti/2", "sr-iit", "sr-eco", "sr-small"}
    assert [one.id for one in await reports.list_closed(actor)] == [survey.id]
    assert await reports.has_results(actor)
    if scope is Scope.CHARTS:
        with pytest.raises(NotAllowed):
            await reports.get_tables(actor, survey.id)
    else:
        assert await reports.get_tables(actor, survey.id) == report


async def test_head_of_a_group_sees_pictures_of_it_and_of_the_whole_and_nothing_else(
    survey: Survey, reports: SurveyReportService
) -> None:
    head = holder(Role.UNIT_HEAD, "sr-mti")
    report = await reports.get_report(head, survey.id)
    assert report.scope is Scope.CHARTS
    assert report.results.strata == ("all", "sr-mti")
    shown = [item.cells for item in report.results.items.values()]
    shown += [index.cells for index in report.results.indices.values()]
    assert {code for cells in shown for code in cells} == {"all", "sr-mti"}
    assert report.results.responses.keys() == {"all", "sr-mti"}
    with pytest.raises(NotAllowed):
        await reports.get_tables(head, survey.id)


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        (Actor(account_id=7001, language=Language.RU), NotAllowed),
        (holder(Role.REGISTRAR), NotAllowed),
        (holder(Role.ADMIN, "sr-mti"), NotAllowed),
        (holder(Role.UNIT_STAFF, "sr-mti"), NotAllowed),
        (holder(Role.UNIT_HEAD, "sr-chair"), NotAllowed),
        (holder(Role.SURVEY_MANAGER, frozen=True), LinkFrozen),
        (holder(Role.UNIT_STAFF, "sr-quality", frozen=True), LinkFrozen),
    ],
)
async def test_whoever_is_no_reader_sees_nothing(
    survey: Survey, reports: SurveyReportService, actor: Actor, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await reports.get_report(actor, survey.id)
    assert not await reports.has_results(actor)
    with suppress(NotAllowed, LinkFrozen):
        assert await reports.list_closed(actor) == []


async def test_unit_that_reads_the_named_answers_of_a_survey_has_its_tables_and_no_other(
    connection: AsyncConnection, survey: Survey, reports: SurveyReportService
) -> None:
    alumni = holder(Role.UNIT_STAFF, "sr-alumni")
    own = await put_closed(connection, grown({}), [], mode=SurveyMode.NAMED, reader_unit="sr-alumni")
    assert (await reports.get_tables(alumni, own.id)).scope is Scope.TABLES
    assert [one.id for one in await reports.list_closed(alumni)] == [own.id]
    with pytest.raises(NotAllowed):
        await reports.get_report(alumni, survey.id)


async def test_small_groups_are_hidden_and_response_is_told(survey: Survey, reports: SurveyReportService) -> None:
    results = (await reports.get_report(MANAGER, survey.id)).results
    assert results.items["teach1"].cells["sr-small"].state is State.TOO_FEW
    assert results.items["teach1"].cells["sr-eco"].state is State.MASKED, "else the small one could be computed"
    assert results.items["teach1"].cells["sr-iit"].state is State.SHOWN
    assert results.items["dorm1"].cells.keys() == {"all"}
    assert results.responses["sr-iit"].percent == 80
    assert results.base == 200, "rounded down to tens"


async def test_earlier_surveys_of_the_same_questionnaire_stand_beside(
    connection: AsyncConnection, reports: SurveyReportService
) -> None:
    strata = grown({"sr-mti": 400, "sr-iit": 400})
    earlier = await put_closed(connection, strata, replies_to(STUDENTS, strata, mood=0.35), closed_on=date(2026, 5, 20))
    other = await put_closed(connection, strata, [], body=library_body("climate-staff"))
    later = await put_closed(connection, strata, replies_to(STUDENTS, strata, mood=0.6, seed=8))
    report = await reports.get_report(MANAGER, later.id)
    assert [wave.round.id for wave in report.earlier] == [earlier.id], f"{other.id} asks other things"
    assert report.earlier[0].indices == {spec.code for spec in STUDENTS.indices}
    alone = await reports.get_report(MANAGER, earlier.id)
    assert alone.earlier == ()


async def test_what_became_of_an_index_is_told_with_an_interval(
    connection: AsyncConnection, reports: SurveyReportService
) -> None:
    strata = grown({"sr-mti": 400, "sr-iit": 400})
    await put_closed(connection, strata, replies_to(STUDENTS, strata, mood=0.35), closed_on=date(2026, 5, 20))
    later = await put_closed(connection, strata, replies_to(STUDENTS, strata, mood=0.6, seed=8))
    report = await reports.get_report(MANAGER, later.id)
    (change,) = {one.change for one in report.differences["SAFE"].values()}
    whole = report.differences["SAFE"]["all"]
    assert change is Change.BETTER
    assert 0 < whole.low < whole.points < whole.high
    unchanged = report.differences.get("dorm1", {})
    assert unchanged.keys() <= {"all"}


async def test_a_group_that_was_put_together_of_other_units_does_not_compare(
    connection: AsyncConnection, reports: SurveyReportService
) -> None:
    strata = grown({"sr-mti": 400, "other": 400})

    async def put(mood: float, *covers: str) -> Survey:
        known = [replace(one, covers=covers) if one.code == "other" else one for one in strata]
        return await put_closed(connection, known, replies_to(STUDENTS, strata, mood=mood))

    await put(0.35, "bb", "cc")
    same = await reports.get_report(MANAGER, (await put(0.6, "cc", "bb")).id)
    assert (same.unlike, set(same.differences["SAFE"])) == (False, {"all", "sr-mti", "other"})
    changed = await reports.get_report(MANAGER, (await put(0.35, "cc", "dd")).id)
    assert (changed.unlike, set(changed.differences["SAFE"])) == (True, {"all", "sr-mti"})
    assert "other" not in changed.earlier[0].results.strata


@pytest.mark.parametrize(("mode", "audience"), [(SurveyMode.CONFIDENTIAL, "role:student"), (SurveyMode.NAMED, "all")])
async def test_what_other_people_said_or_in_another_way_does_not_compare(
    connection: AsyncConnection, reports: SurveyReportService, mode: SurveyMode, audience: str
) -> None:
    strata = grown({"sr-mti": 400})
    replies = replies_to(STUDENTS, strata)
    earlier = await put_closed(connection, strata, replies, mode=mode)
    changed = text("update surveys set audience = :audience where id = :id")
    await connection.execute(changed, {"audience": audience, "id": earlier.id})
    later = await put_closed(connection, strata, replies)
    report = await reports.get_report(MANAGER, later.id)
    assert (report.earlier, report.differences, report.unlike) == ((), {}, True)


async def test_surveys_come_in_the_order_in_which_they_were_open(
    connection: AsyncConnection, reports: SurveyReportService
) -> None:
    strata = grown({"sr-mti": 400})
    replies = replies_to(STUDENTS, strata)
    years = (2027, 2025, 2026)  # a draft may wait longer than a later one
    last, first, middle = [await put_closed(connection, strata, replies, closed_on=date(year, 5, 20)) for year in years]
    report = await reports.get_report(MANAGER, last.id)
    assert [wave.round.id for wave in report.earlier] == [middle.id, first.id]
    assert (await reports.get_report(MANAGER, first.id)).earlier == ()


async def test_answers_to_an_open_link_compare_with_nothing_and_have_no_response(
    connection: AsyncConnection, reports: SurveyReportService
) -> None:
    strata = [replace(*grown({}), people=60)]
    replies = replies_to(STUDENTS, strata)
    await put_closed(connection, strata, replies, mode=SurveyMode.OPEN)
    later = await put_closed(connection, strata, replies, mode=SurveyMode.OPEN)
    report = await reports.get_report(MANAGER, later.id)
    assert report.is_open_link
    assert not report.earlier
    assert not report.results.responses


async def test_tickets_that_were_printed_are_who_was_asked(
    connection: AsyncConnection, reports: SurveyReportService
) -> None:
    strata = grown({"sr-mti": {"1": 60, "2": 40}, "sr-iit": 100}, tickets=True)
    survey = await put_closed(connection, strata, replies_to(STUDENTS, strata, 0.6), mode=SurveyMode.ANONYMOUS)
    responses = (await reports.get_report(MANAGER, survey.id)).results.responses
    assert responses["all"].percent == 60
    assert responses["sr-mti"].percent == 60


async def test_a_decision_about_a_free_answer_forgets_how_it_was_written(
    connection: AsyncConnection, survey: Survey, unit_of_work: UnitOfWorkFactory
) -> None:
    shown, withheld = await put_texts(connection, survey.id, "ft_keep", "sr-mti", ["Сынакова жакшы", "Сынакова жаман"])
    async with unit_of_work() as uow:
        assert await uow.survey_reports.decide(shown, TextState.CONFIRMED.value, "⟦name⟧ жакшы")
        assert await uow.survey_reports.decide(withheld, TextState.WITHHELD.value, "")
        assert not await uow.survey_reports.decide(shown, TextState.CONFIRMED.value, "once more")
        await uow.commit()
    kept = await connection.execute(
        text("select words, shown from survey_texts where survey_id = :id"), {"id": survey.id}
    )
    assert sorted(map(tuple, kept)) == [("", ""), ("", "⟦name⟧ жакшы")]


async def test_where_the_roster_has_a_reader_is_known(
    connection: AsyncConnection, survey: Survey, reading: UnitOfWorkFactory
) -> None:
    assert survey.id
    somebody, nobody = await put_people(connection, "sr-", 2)
    await connection.execute(
        text("update people set unit_id = (select id from units where code = 'sr-mti') where id = :id"),
        {"id": somebody},
    )
    async with reading() as uow:
        for person, unit in ((somebody, "sr-mti"), (nobody, "")):
            linked = LinkedPerson(id=person, person_no="1", full_name="x")
            assert (await look(uow, replace(QUALITY, person=linked), READERS)).home == unit
