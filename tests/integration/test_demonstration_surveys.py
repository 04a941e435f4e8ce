"""The surveys of the demonstration, as their people find them."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.demonstration.climate import list_strata, past_rounds
from bot.demonstration.roster import write_roster
from bot.demonstration.survey_work import SurveyWork
from bot.demonstration.university import list_units
from bot.localtime import LocalTime
from bot.settings import Settings, load_settings
from services.access import OPERATOR
from services.db.uow import UnitOfWorkFactory
from services.people.roster_file import read_roster
from services.people.service import RosterService
from services.questionnaires.answers import from_json
from services.questionnaires.dto import SurveyMode
from services.questionnaires.routes import stored
from services.questionnaires.shipped import load_shipped
from services.survey_reports.dto import State
from services.survey_reports.redaction import Kind, Redactor
from services.survey_reports.service import SurveyReportService
from services.surveys.dto import FEWEST, LEAST_STRATUM, WHOLE, SurveyState
from services.surveys.service import SurveyService
from services.units.service import UnitService
from services.units.units_file import read_units
from tests.support.clock import StandingClock

CALENDAR = LocalTime(ZoneInfo("Asia/Bishkek"))
NAMES = {unit.code: unit.name for unit in read_units(list_units())}
STUDENTS = load_shipped("climate-students")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(bot_token="42:demonstration", data_dir=tmp_path, public_url="http://127.0.0.1:8081")


async def test_one_survey_is_open_in_the_chat_one_on_paper_and_two_are_over(
    unit_of_work: UnitOfWorkFactory,
    reading: UnitOfWorkFactory,
    connection: AsyncConnection,
    clock: StandingClock,
    settings: Settings,
) -> None:
    today = CALENDAR.today(clock.now())
    await UnitService(unit_of_work).import_units(OPERATOR, read_units(list_units()))
    await RosterService(unit_of_work, clock).import_roster(OPERATOR, read_roster(write_roster(today)))
    work = SurveyWork(unit_of_work, clock, CALENDAR, settings)
    await work.prepare(NAMES, today)
    surveys = SurveyService(unit_of_work, clock, CALENDAR)
    listed = await surveys.list_surveys(OPERATOR)
    assert [(one.questionnaire.code, one.mode, one.state) for one in listed] == [
        ("climate-staff", SurveyMode.ANONYMOUS, SurveyState.OPEN),
        ("climate-students", SurveyMode.CONFIDENTIAL, SurveyState.OPEN),
        ("climate-students", SurveyMode.CONFIDENTIAL, SurveyState.CLOSED),
        ("climate-students", SurveyMode.CONFIDENTIAL, SurveyState.CLOSED),
    ]
    first, second = await work.print_tickets(), await work.print_tickets()
    assert len({*first, *second}) == 6
    assert all(address.startswith("http://127.0.0.1:8081/s/") for address in first)
    await work.prepare(NAMES, today)
    assert await surveys.list_surveys(OPERATOR) == listed, "a start that was cut short leaves what is there"
    report = await SurveyReportService(reading, ()).get_report(OPERATOR, listed[2].id)
    assert len(report.earlier) == 1
    assert all(item.cells[WHOLE].state is State.SHOWN for item in report.results.items.values())
    assert all(index.coherent for index in report.results.indices.values())
    assert {"mti", "tri", "ei"} <= set(report.results.strata)
    given = await connection.execute(text("select item, stratum, count(*) as n from survey_texts group by 1, 2"))
    shown = {(row.item, row.stratum) for row in given if row.n >= FEWEST}
    assert shown == {("ft_keep", WHOLE), ("ft_change", WHOLE), ("ft_change", "mti")}, "of others there are too few"


@pytest.mark.parametrize(
    ("today", "opened"),
    [
        (date(2026, 9, 1), [date(2025, 12, 7), date(2026, 5, 11)]),
        (date(2027, 1, 31), [date(2025, 12, 7), date(2026, 5, 11)]),
        (date(2028, 2, 29), [date(2027, 5, 11), date(2027, 12, 7)]),
        (date(2030, 8, 31), [date(2029, 5, 11), date(2029, 12, 7)]),
    ],
)
def test_the_last_two_semesters_were_asked_on_any_day(today: date, opened: list[date]) -> None:
    rounds = past_rounds(STUDENTS, today)
    assert [one.opened_on for one in rounds] == opened


def test_every_invented_reply_could_have_been_given() -> None:
    strata = list_strata(NAMES)
    leaves = {one.code: one.people for one in strata if one.leaf}
    assert sum(leaves.values()) == strata[0].people
    assert min(one.people for one in strata) >= LEAST_STRATUM
    for past in past_rounds(STUDENTS, date(2026, 11, 22)):
        counts = Counter(reply.stratum for reply in past.replies)
        assert all(10 <= counts[code] < people for code, people in leaves.items())
        for reply in past.replies:
            answers = from_json(json.loads(reply.answers))
            lives = {"dorm0": 1} if "dorm1" in answers else {}
            assert stored(STUDENTS, answers | lives) == answers


def test_some_invented_words_name_people_and_numbers() -> None:
    _, last = past_rounds(STUDENTS, date(2026, 11, 22))
    redactor = Redactor(["Осмонова Гүлнара"])
    kinds = {span.kind for words in last.texts for span in redactor.suggest(words.words)}
    assert {Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.ROOM} <= kinds
    assert sum(bool(redactor.suggest(words.words)) for words in last.texts) < len(last.texts) / 2
