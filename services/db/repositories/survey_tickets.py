"""Tickets of anonymous surveys, and replies that come over the page. No statement here writes a time."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ARRAY, LargeBinary, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

# Sorting waits for all of both, so the old rows are gone before the first new one comes.
_ADD = text("""
    with gone as (delete from survey_tickets where survey_id = :survey returning hash, stratum)
    insert into survey_tickets (hash, survey_id, stratum)
    select one.hash, :survey, one.stratum from (
        select hash, stratum from gone union all select given.hash, :stratum from unnest(:hashes) as given (hash)
    ) one order by one.hash
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
    delete from survey_tickets where hash = (select hash from entered) returning survey_id, stratum
""").bindparams(bindparam("hash", type_=LargeBinary))

_FIND = text("""
    select survey.id from survey_tickets ticket join surveys survey on survey.id = ticket.survey_id
    where ticket.hash = :hash and survey.state = 'open' and survey.mode = 'anonymous'
""").bindparams(bindparam("hash", type_=LargeBinary))

_BY_LINK = "select id from surveys where link_token = :token and state = 'open' and mode = 'open'"
_LINKED, _HOLD_LINKED = text(_BY_LINK), text(f"{_BY_LINK} for key share")
_HOLD = text("select id from surveys where id = :survey and state = 'open' for no key update")

_SEAL = text("insert into sealed_replies (id, survey_id, body) values (:id, :survey, :body)").bindparams(
    bindparam("id", type_=Uuid), bindparam("body", type_=LargeBinary)
)


class SqlSurveyTicketRepository:
    """Tickets by hash; sealed replies are only added here."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_tickets(self, survey_id: int, stratum: str, hashes: Collection[bytes]) -> int:
        """Keep tickets of a group, and return how many were printed for it by now.

        All unused tickets of the survey are written anew in the order of their hashes: how they lie tells no sheet.
        The survey is held (`hold_open`), so that nobody else does so at the same time.
        """
        given = {"survey": survey_id, "stratum": stratum}
        await self._connection.execute(_ADD, {**given, "hashes": list(hashes)})
        return int((await self._connection.execute(_COUNT, {**given, "count": len(hashes)})).scalar_one())

    async def find_ticket(self, key: bytes) -> int | None:
        """Return the id of the open survey that a ticket is for; None for a used, an unknown and a late one."""
        return (await self._connection.execute(_FIND, {"hash": key})).scalar_one_or_none()

    async def find_link(self, token: str) -> int | None:
        """Return the id of the open survey that an open link is for."""
        return (await self._connection.execute(_LINKED, {"token": token})).scalar_one_or_none()

    async def use_ticket(self, key: bytes) -> tuple[int, str] | None:
        """Delete a ticket of a survey that is open, and stays so until the commit; return the survey and the group."""
        row = (await self._connection.execute(_USE, {"hash": key})).one_or_none()
        return (row.survey_id, row.stratum) if row is not None else None

    async def hold_link(self, token: str) -> int | None:
        """Return the id of the open survey that an open link is for, and keep it open until the commit."""
        return (await self._connection.execute(_HOLD_LINKED, {"token": token})).scalar_one_or_none()

    async def hold_open(self, survey_id: int) -> bool:
        """Tell whether a survey is open; until the commit it stays so, and nobody else makes tickets for it."""
        return (await self._connection.execute(_HOLD, {"survey": survey_id})).first() is not None

    async def add_sealed(self, survey_id: int, reply_id: UUID, body: bytes) -> None:
        """Keep a sealed reply."""
        await self._connection.execute(_SEAL, {"id": reply_id, "survey": survey_id, "body": body})
