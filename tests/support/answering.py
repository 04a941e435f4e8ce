"""People who answer a survey, written as the promise of `services.surveys.closing` asks it of every writer."""

from collections.abc import Iterable, Mapping
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.questionnaires.dto import Answers
from services.surveys.dto import Reply, Survey
from services.surveys.sealing import room_for, seal

#: One statement: the survey's row with its state first, then the mark, then the reply under the same transaction.
_FINISH = text("""
    with open as (select id from surveys where id = :survey and state = 'open' for key share),
    mark as (
        insert into survey_marks (survey_id, person_id) select id, :person from open
        on conflict do nothing returning survey_id
    )
    insert into sealed_replies (id, survey_id, body) select :id, survey_id, :body from mark
""")


async def finish(
    connection: AsyncConnection,
    survey: Survey,
    person: int,
    answers: Answers,
    *,
    stratum: str = "mti",
    texts: Mapping[str, str] | None = None,
    declined: bool = False,
) -> bool:
    """Seal a reply and write it with the mark; False if the survey takes nothing or the person is through."""
    assert survey.public_key is not None
    reply = Reply(stratum=stratum, answers=answers, texts=texts or {}, declined=declined)
    body = seal(reply, survey.public_key, room_for(survey.questionnaire))
    given = {"survey": survey.id, "person": person, "id": uuid4(), "body": body}
    return (await connection.execute(_FINISH, given)).rowcount == 1


async def finish_all(
    connection: AsyncConnection, survey: Survey, people: Iterable[int], answers: Answers, *, stratum: str = "mti"
) -> None:
    """Let several people of a group answer alike."""
    for person in people:
        assert await finish(connection, survey, person, answers, stratum=stratum)
