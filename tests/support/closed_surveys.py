"""Closed surveys written straight into the tables, for tests of what they show."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.repositories.surveys import SqlSurveyRepository
from services.languages import Trilingual
from services.questionnaires.answers import to_json
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answers, ItemType, Questionnaire, SurveyMode
from services.questionnaires.routes import stored
from services.surveys.dto import WHOLE, Stratum, Survey
from tests.support.surveyed import PERIOD, library_body

_REPLIES = text("""
    insert into survey_replies (id, survey_id, stratum, answers)
    select gen_random_uuid(), :survey, given.stratum, given.answers::jsonb
    from unnest(cast(:strata as text[]), cast(:answers as text[])) as given (stratum, answers)
""")
_TEXT = text("""
    insert into survey_texts (id, survey_id, item, stratum, words)
    values (gen_random_uuid(), :survey, :item, :stratum, :words) returning id
""")


def named(word: str) -> Trilingual:
    """The same in three languages."""
    return Trilingual(ky=word, ru=word, en=word)


def grown(units: Mapping[str, int | Mapping[str, int]], *, tickets: bool = False) -> list[Stratum]:
    """The university, its units with so many people, and those of their courses where they are given (`mti/1`)."""
    sums = {code: people if isinstance(people, int) else sum(people.values()) for code, people in units.items()}
    whole = Stratum(code=WHOLE, parent=None, name=named("University"), people=sum(sums.values()), leaf=not units)
    strata = [whole]
    for code, people in units.items():
        courses = {} if isinstance(people, int) else people
        strata.append(_stratum(code, WHOLE, sums[code], leaf=not courses, tickets=tickets))
        strata += [_stratum(f"{code}/{course}", code, number, leaf=True, tickets=tickets)
                   for course, number in courses.items()]  # fmt: skip
    return strata


def _stratum(code: str, parent: str, people: int, *, leaf: bool, tickets: bool) -> Stratum:
    return Stratum(
        code=code, parent=parent, name=named(code.upper()), people=people, leaf=leaf,
        tickets=people if tickets and leaf else 0,
    )  # fmt: skip


def replies_to(
    questionnaire: Questionnaire, strata: Iterable[Stratum], share: float = 0.8, *, seed: int = 7, mood: float = 0.5
) -> list[tuple[str, Answers]]:
    """So large a share of every leaf answers at random, the better the mood (0 to 1) the more to the right."""
    draw = random.Random(seed)  # noqa: S311 -- the same replies again and again
    return [
        (stratum.code, _answers(questionnaire, draw, mood))
        for stratum in strata
        if stratum.leaf
        for _person in range(round(stratum.people * share))
    ]


def _answers(questionnaire: Questionnaire, draw: random.Random, mood: float) -> Answers:
    answers: dict[str, Any] = {}
    leaning = draw.gauss(mood, 0.25)
    for item in questionnaire.closed_items:
        for key in item.keys:
            chance = draw.random()
            if chance < 0.04:
                answers[key] = NOT_SAID
            elif chance < 0.09 and item.dont_know:
                answers[key] = DONT_KNOW
            elif item.type is ItemType.MULTI:
                answers[key] = tuple(choice.code for choice in item.choices[:2])
            elif item.scale is None:
                answers[key] = draw.choice(item.choices).code
            else:
                good = min(max(draw.gauss(leaning, 0.2), 0), 0.999)
                place = good if item.good is None or item.good.value == "high" else 0.999 - good
                answers[key] = item.scale.points[int(place * len(item.scale.points))]
    return stored(questionnaire, answers)


async def put_closed(
    connection: AsyncConnection,
    strata: Sequence[Stratum],
    replies: Sequence[tuple[str, Answers]],
    *,
    mode: SurveyMode = SurveyMode.CONFIDENTIAL,
    body: Mapping[str, Any] | None = None,
    closed_on: date = date(2026, 11, 20),
    period: Trilingual = PERIOD,
    reader_unit: str = "",
    state: str = "closed",
) -> Survey:
    """Write a survey that is closed, with its groups and replies."""
    repository, body = SqlSurveyRepository(connection), dict(body or library_body())
    opened = datetime(closed_on.year, 1, 15, tzinfo=UTC)
    known = await repository.list_questionnaires()
    edition = next((one.id for one in known if one.questionnaire.code == body["id"]), None)
    if edition is None:
        edition = await repository.add_questionnaire(body, body["id"], 1, draft=False, now=opened, by=None)
    survey_id = await repository.add_survey(
        edition, mode, opened, {"audience": "all", "period_ky": period.ky, "period_ru": period.ru,
                                "period_en": period.en, "reader_unit": reader_unit},
    )  # fmt: skip
    await repository.put_strata(survey_id, strata)
    ended = {"closed_on": closed_on} if state == "closed" else {}
    await repository.change_survey(survey_id, {"state": state, "opened_on": opened.date(), **ended})
    columns = {
        "strata": [stratum for stratum, _answers in replies],
        "answers": [json.dumps(to_json(answers)) for _stratum, answers in replies],
    }
    await connection.execute(_REPLIES, {"survey": survey_id, **columns})
    survey = await repository.find_survey(survey_id)
    assert survey is not None
    return survey


async def put_texts(
    connection: AsyncConnection, survey_id: int, item: str, stratum: str, words: Iterable[str]
) -> list[UUID]:
    """Write free answers that nobody has looked at."""
    return [
        (
            await connection.execute(_TEXT, {"survey": survey_id, "item": item, "stratum": stratum, "words": one})
        ).scalar_one()
        for one in words
    ]
