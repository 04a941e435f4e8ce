"""Free answers of closed surveys: who may look at them, and what of them is shown."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, LinkedPerson, NotAllowed, Role, RoleGrant
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.survey_reports.errors import SurveyNotClosed, TextDecided, TextsOfOneUnit, TextsWithheld, TooFewTexts
from services.survey_reports.readers import Scope, SurveyReader
from services.survey_reports.redaction import Kind, Span
from services.survey_reports.text_dto import Hidden
from services.survey_reports.texts import FreeTextService
from services.surveys.dto import Survey
from tests.support.clock import StandingClock
from tests.support.closed_surveys import grown, put_closed, put_texts
from tests.support.planned import put_units
from tests.support.surveyed import put_people

READERS = (SurveyReader(unit="st-quality", scope=Scope.TEXTS), SurveyReader(unit="st-council", scope=Scope.CHARTS))
UNITS = grown({"st-mti": {"1": 60, "2": 50}, "st-iit": {"1": 40, "2": 40}})


def speaker(*units: str) -> Actor:
    """Somebody who speaks for some units."""
    grants = frozenset(RoleGrant(role=Role.UNIT_STAFF, unit_code=unit) for unit in units)
    return Actor(account_id=7001, language=Language.KY, grants=grants)


QUALITY = speaker("st-quality")


@pytest.fixture
def texts(unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock) -> FreeTextService:
    return FreeTextService(unit_of_work, reading, clock, READERS)


@pytest.fixture
async def survey(connection: AsyncConnection) -> Survey:
    """A survey with twelve answers about one institute, nine about another and ten to another question."""
    codes = ("st-quality", "st-council", "st-mti", "st-iit", "st-chair", "st-vr")
    await put_units(
        connection, {code: code for code in codes}, posts=["st-vr"], parents={"st-chair": "st-mti", "st-mti": "st-vr"}
    )
    await put_people(connection, "st-", 1)
    survey = await put_closed(connection, UNITS, [])
    await put_texts(connection, survey.id, "ft_keep", "st-mti", ["Сынакова жакшы окутат"] * 12)
    await put_texts(connection, survey.id, "ft_keep", "st-iit", ["Китепкана"] * 9)
    await put_texts(connection, survey.id, "ft_change", "st-iit", [f"0555 12 34 5{number}" for number in range(10)])
    return survey


async def test_free_answers_are_shown_from_ten_on_and_only_once_a_person_has_looked(
    survey: Survey, texts: FreeTextService
) -> None:
    _round, (few, many, phones) = await texts.list_groups(QUALITY, survey.id)
    assert (few.stratum.code, few.hidden, few.count) == ("st-iit", Hidden.TOO_FEW, None)
    with pytest.raises(TooFewTexts):
        await texts.find_waiting(QUALITY, survey.id, few.place)
    assert many.count is not None
    assert (many.count.waiting, many.count.confirmed) == (12, 0)
    assert (await texts.list_page(QUALITY, survey.id, many.place, 0)).texts == ()
    _group, first = await texts.find_waiting(QUALITY, survey.id, many.place)
    assert first is not None
    assert first.left == 12
    assert first.spans == (Span(start=0, end=8, kind=Kind.NAME),), "a name of the roster"
    assert await texts.decide(QUALITY, first.text.id, first.spans) == (survey.id, many.place)
    assert (await texts.list_page(QUALITY, survey.id, many.place, 5)).texts == ("⟦name⟧ жакшы окутат",)
    _group, second = await texts.find_waiting(QUALITY, survey.id, many.place)
    assert second is not None
    assert second.text.id != first.text.id
    await texts.decide(QUALITY, second.text.id, None)
    for decided in (first, second):
        with pytest.raises(TextDecided):
            await texts.decide(QUALITY, decided.text.id, ())
    _round, shown = await texts.list_all(QUALITY, survey.id)
    assert [(group.place, list(words)) for group, words in shown] == [
        (many.place, ["⟦name⟧ жакшы окутат"]),
        (phones.place, []),
    ]


async def test_a_person_decides_what_is_removed_and_what_lies_outside_is_passed_over(
    survey: Survey, texts: FreeTextService
) -> None:
    _round, groups = await texts.list_groups(QUALITY, survey.id)
    _group, found = await texts.find_waiting(QUALITY, survey.id, groups[-1].place)
    assert found is not None
    assert [span.kind for span in found.spans] == [Kind.PHONE]
    spans = [Span(start=0, end=4, kind=Kind.NUMBER), Span(start=2, end=6, kind=Kind.NAME),
             Span(start=5, end=900, kind=Kind.NAME)]  # fmt: skip
    await texts.decide(QUALITY, found.text.id, spans)
    page = await texts.list_page(QUALITY, survey.id, groups[-1].place, 0)
    assert page.texts == (f"⟦number⟧{found.text.words[4:]}",)


@pytest.mark.parametrize(
    ("units", "withheld"),
    [
        (("st-quality",), set()),
        (("st-quality", "st-mti"), {"st-mti"}),
        (("st-quality", "st-chair"), {"st-mti"}),
        (("st-quality", "st-vr"), {"st-mti"}),
    ],
)
async def test_what_was_written_about_the_reader_s_own_unit_is_withheld(
    survey: Survey, texts: FreeTextService, units: tuple[str, ...], withheld: set[str]
) -> None:
    reader = speaker(*units)
    _round, groups = await texts.list_groups(reader, survey.id)
    own = [group for group in groups if group.hidden is Hidden.OWN_UNIT]
    assert {group.stratum.code for group in own} == withheld
    for group in own:
        for asked in (texts.find_waiting(reader, survey.id, group.place),
                      texts.list_page(reader, survey.id, group.place, 0)):  # fmt: skip
            with pytest.raises(TextsWithheld):
                await asked
        _group, waiting = await texts.find_waiting(QUALITY, survey.id, group.place)
        assert waiting is not None
        with pytest.raises(TextsWithheld):
            await texts.decide(reader, waiting.text.id, ())


async def test_what_was_written_about_the_whole_university_is_nobody_s_own(
    connection: AsyncConnection, survey: Survey, texts: FreeTextService
) -> None:
    assert survey.id
    other = await put_closed(connection, grown({"st-mti": 60, "st-iit": 40}), [])
    await put_texts(connection, other.id, "ft_keep", "all", ["Жакшы"] * 10)
    _round, (group,) = await texts.list_groups(speaker("st-quality", "st-mti"), other.id)
    assert group.hidden is None


async def test_what_was_written_in_a_survey_of_one_unit_is_shown_to_nobody(
    connection: AsyncConnection, survey: Survey, texts: FreeTextService
) -> None:
    assert survey.id
    alone = [replace(grown({})[0], people=60, covers=("st-mti",))]
    for strata in (grown({"st-mti": 60}), alone):
        other = await put_closed(connection, strata, [])
        await put_texts(connection, other.id, "ft_keep", "all", ["Жакшы"] * 10)
        for reader, hidden in ((QUALITY, Hidden.ONE_UNIT), (speaker("st-quality", "st-chair"), Hidden.OWN_UNIT)):
            _round, (group,) = await texts.list_groups(reader, other.id)
            assert group.hidden is hidden
            with pytest.raises(TextsOfOneUnit if hidden is Hidden.ONE_UNIT else TextsWithheld):
                await texts.list_page(reader, other.id, group.place, 0)


async def test_what_was_written_about_the_unit_where_a_reader_works_is_withheld(
    connection: AsyncConnection, survey: Survey, texts: FreeTextService
) -> None:
    (person,) = await put_people(connection, "st-works-", 1)
    await connection.execute(
        text("update people set unit_id = (select id from units where code = 'st-chair') where id = :id"),
        {"id": person},
    )
    works = replace(QUALITY, person=LinkedPerson(id=person, person_no="st-works-1", full_name="x"))
    _round, groups = await texts.list_groups(works, survey.id)
    assert {group.stratum.code for group in groups if group.hidden is Hidden.OWN_UNIT} == {"st-mti"}


@pytest.mark.parametrize(
    "actor",
    [
        OPERATOR,
        Actor(account_id=1, language=Language.KY, grants=frozenset({RoleGrant(role=Role.SURVEY_MANAGER)})),
        Actor(account_id=1, language=Language.KY, grants=frozenset({RoleGrant(role=Role.ADMIN)})),
        speaker("st-council"),
        speaker("st-mti"),
        Actor(account_id=1, language=Language.KY),
    ],
)
async def test_a_right_over_surveys_alone_gives_no_free_answers(
    connection: AsyncConnection, survey: Survey, texts: FreeTextService, actor: Actor
) -> None:
    waiting = (
        await connection.execute(text("select id from survey_texts where state = 'waiting' limit 1"))
    ).scalar_one()
    for asked in (
        texts.list_groups(actor, survey.id),
        texts.find_waiting(actor, survey.id, 1),
        texts.list_page(actor, survey.id, 1, 0),
        texts.list_all(actor, survey.id),
        texts.decide(actor, waiting, ()),
    ):
        with pytest.raises(NotAllowed):
            await asked
    assert not await connection.scalar(text("select count(*) from survey_texts where state <> 'waiting'"))


async def test_nothing_is_read_of_a_survey_that_is_not_closed(
    connection: AsyncConnection, survey: Survey, texts: FreeTextService
) -> None:
    assert survey.id
    running = await put_closed(connection, UNITS, [], state="closing")
    with pytest.raises(SurveyNotClosed):
        await texts.list_groups(QUALITY, running.id)
