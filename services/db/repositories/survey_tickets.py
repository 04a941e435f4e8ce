"""Tickets of anonymous surveys, and replies that come over the page. No statement here writes a time."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, LargeBinary, bindparam, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import SealedReply, Survey, SurveyTicket
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import SurveyState

_ADD = text("""
    insert into survey_tickets (hash, survey_id, stratum)
    select given.hash, :survey, :stratum from unnest(:hashes) as given (hash) order by given.hash
""").bindparams(bindparam("hashes", type_=ARRAY(LargeBinary)))

_COUNT = text("""
    update survey_strata set tickets = tickets + :count where survey_id = :survey and code = :stratum
    returning tickets
""")

# The survey's row is locked as a reply's foreign key locks it, before the ticket goes: whoever closes the survey takes
# the row for update, waits for the replies that are on their way, and later ones find it closed.
_USE = text("""
    with entered as (
        select ticket.hash from survey_tickets ticket join surveys survey on survey.id = ticket.survey_id
        where ticket.hash = :hash and survey.state = 'open' and survey.mode = 'anonymous' for key share of survey
    )
    delete from survey_tickets where hash = (select hash from entered) returning stratum
""").bindparams(bindparam("hash", type_=LargeBinary))


class SqlSurveyTicketRepository:
    """Tickets by hash; sealed replies are only added here."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_tickets(self, survey_id: int, stratum: str, hashes: Collection[bytes]) -> int:
        """Keep tickets of a group in the order of their hashes; return how many were printed for it by now."""
        given = {"survey": survey_id, "stratum": stratum}
        await self._connection.execute(_ADD, {**given, "hashes": list(hashes)})
        return int((await self._connection.execute(_COUNT, {**given, "count": len(hashes)})).scalar_one())

    async def find_ticket(self, key: bytes) -> int | None:
        """Return the id of the open survey that a ticket is for; None for a used, an unknown and a late one."""
        statement = (
            select(Survey.id)
            .join(SurveyTicket, SurveyTicket.survey_id == Survey.id)
            .where(SurveyTicket.hash == key, *_answerable(SurveyMode.ANONYMOUS))
        )
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def find_link(self, token: str) -> int | None:
        """Return the id of the open survey that an open link is for."""
        statement = select(Survey.id).where(Survey.link_token == token, *_answerable(SurveyMode.OPEN))
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def use_ticket(self, key: bytes) -> str | None:
        """Delete a ticket of a survey that is open, and stays so until the commit; return its group."""
        return (await self._connection.execute(_USE, {"hash": key})).scalar_one_or_none()

    async def hold_open(self, survey_id: int) -> bool:
        """Tell whether a survey is open, and keep it so until the commit."""
        statement = select(Survey.id).where(Survey.id == survey_id, Survey.state == SurveyState.OPEN.value)
        locked = await self._connection.execute(statement.with_for_update(read=True, key_share=True))
        return locked.first() is not None

    async def add_sealed(self, survey_id: int, reply_id: UUID, body: bytes) -> None:
        """Keep a sealed reply."""
        await self._connection.execute(insert(SealedReply).values(id=reply_id, survey_id=survey_id, body=body))


def _answerable(mode: SurveyMode) -> tuple[ColumnElement[bool], ...]:
    return (Survey.state == SurveyState.OPEN.value, Survey.mode == mode.value)
