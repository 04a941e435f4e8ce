"""Surveys written straight into the tables, for tests of what is made of them."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.survey_keys import SurveyKeyFiles
from services.db.repositories.surveys import SqlSurveyRepository
from services.languages import Trilingual
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import WHOLE, Stratum, Survey
from services.surveys.sealing import open_sealed

OPENED = datetime(2026, 11, 23, 3, tzinfo=UTC)
CLOSES = date(2026, 12, 6)
PERIOD = Trilingual(ky="2026-жылдын күзү", ru="осень 2026 года", en="autumn 2026")

_PEOPLE = text("""
    insert into people (person_no, number_key, kind, last_name, first_name, patronymic, name_latin, phone, email, unit,
                        programme_ky, programme_ru, programme_en, course, group_name, study_form, funding, degree,
                        admission_order, status, citizenship, post_ky, post_ru, post_en, sort_key, group_key,
                        phone_keys, search)
    select :prefix || n, :prefix || n, :kind, 'Сынакова', 'Адам ' || n, '', '', '', '', :unit, '', '', '', :course, '',
           '', '', '', '', 'active', '', '', '', '', 'сынакова ' || n, '', '{}', '{}'
    from generate_series(1, :count) n returning id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """A survey that was written, and the ids of whom it asks by group."""

    survey: Survey
    people: Mapping[str, list[int]]


def library_body(code: str = "climate-students") -> dict[str, Any]:
    """Return a shipped questionnaire as its file has it."""
    return tomllib.loads(files("services.questionnaires").joinpath(f"library/{code}.toml").read_text())


async def put_people(
    connection: AsyncConnection, prefix: str, count: int, *, unit: str = "", course: int | None = None,
    kind: str = "student",
) -> list[int]:  # fmt: skip
    """Write people whose numbers begin with a prefix; return their ids."""
    given = {"prefix": prefix, "count": count, "unit": unit, "course": course, "kind": kind}
    return list(await connection.scalars(_PEOPLE, given))


async def put_survey(
    connection: AsyncConnection,
    keys: SurveyKeyFiles,
    groups: Mapping[str, int] | None = None,
    *,
    mode: SurveyMode = SurveyMode.CONFIDENTIAL,
    body: Mapping[str, Any] | None = None,
    closes_on: date = CLOSES,
) -> Surveyed:
    """Write an open survey of new people: so many in each group (by code), all below the whole university."""
    groups = groups or {"mti": 40, "iit": 35}
    repository, body = SqlSurveyRepository(connection), dict(body or library_body())
    body["revision"] = await _next_revision(repository, body["id"])
    edition = await repository.add_questionnaire(body, body["id"], body["revision"], draft=False, now=OPENED, by=None)
    period = {"period_ky": PERIOD.ky, "period_ru": PERIOD.ru, "period_en": PERIOD.en}
    survey_id = await repository.add_survey(
        edition, mode, OPENED, {"audience": "all", "closes_on": closes_on, **period}
    )
    await repository.put_strata(survey_id, _strata(groups))
    people = {code: await put_people(connection, f"{survey_id}-{code}-", n) for code, n in groups.items()}
    await repository.put_people(survey_id, {person: code for code, ids in people.items() for person in ids})
    opened = {
        "state": "open",
        "opened_on": OPENED.date(),
        "public_key": keys.create(survey_id),
        "tap_key": hashlib.sha256(f"taps of {survey_id}".encode()).digest(),
        "link_token": f"open-link-{survey_id}" if mode is SurveyMode.OPEN else None,
    }
    await repository.change_survey(survey_id, opened)
    survey = await repository.find_survey(survey_id)
    assert survey is not None
    return Surveyed(survey=survey, people=people)


async def read_sealed(connection: AsyncConnection, keys: SurveyKeyFiles, survey: Survey) -> list[Any]:
    """Open what is sealed for a survey, as only its closing does."""
    assert survey.public_key is not None
    private = keys.find(survey.id, survey.public_key)
    assert private is not None
    statement = text("select body from sealed_replies where survey_id = :survey")
    return [open_sealed(body, private) for body in await connection.scalars(statement, {"survey": survey.id})]


async def _next_revision(repository: SqlSurveyRepository, code: str) -> int:
    known = [one.questionnaire.revision for one in await repository.list_questionnaires()
             if one.questionnaire.code == code]  # fmt: skip
    return max(known, default=0) + 1


def _strata(groups: Mapping[str, int]) -> list[Stratum]:
    whole = Stratum(
        code=WHOLE,
        parent=None,
        name=Trilingual(ky="Университет", ru="Университет", en="University"),
        people=sum(groups.values()),
        leaf=False,
    )
    return [whole, *(
        Stratum(code=code, parent=WHOLE, name=Trilingual(ky=code, ru=code, en=code), people=people, leaf=True)
        for code, people in groups.items()
    )]  # fmt: skip
