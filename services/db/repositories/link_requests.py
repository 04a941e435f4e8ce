"""Requests to be recognised, and the people who may be meant."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import Account, Delivery, LinkRequest, Notice, Person, Unit
from services.db.repositories.person_rows import LINKED, STANDING, joined_person, person_standing
from services.db.searching import is_found_by, whole
from services.delivery.dto import NoticeKind
from services.languages import Language, Trilingual
from services.link_requests.dto import Candidate, RequestState, TypedFacts
from services.link_requests.dto import LinkRequest as LinkRequestDto
from services.people.dto import PersonKind

_MOST = 20  # of one way of searching
_COLUMNS = (
    LinkRequest.id, LinkRequest.account_id, LinkRequest.name, LinkRequest.group_name, LinkRequest.person_no,
    LinkRequest.asked_at, LinkRequest.state, LinkRequest.reason,
)  # fmt: skip
_REQUESTS = (
    select(*_COLUMNS, *LINKED)
    .outerjoin(Account, and_(Account.telegram_id == LinkRequest.account_id, Account.frozen_at.is_(None)))
    .outerjoin(Person, and_(Person.id == LinkRequest.person_id, Person.id == Account.person_id))
)
_PLACE = (
    Person.post_ky, Person.post_ru, Person.post_en,
    func.coalesce(Unit.name_ky, Person.unit), func.coalesce(Unit.name_ru, Person.unit),
    func.coalesce(Unit.name_en, Person.unit),
)  # fmt: skip
_CANDIDATES = (
    select(Account.telegram_id, Person.kind, Person.group_name, *_PLACE, *STANDING)
    .select_from(Person)
    .outerjoin(Account, Account.person_id == Person.id)
    .outerjoin(Unit, Unit.id == Person.unit_id)
)


class SqlLinkRequestRepository:
    """Requests by account and in the order of asking."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, account_id: int, facts: TypedFacts, now: datetime) -> int:
        """Write a request that waits; return its id."""
        written = await self._connection.execute(
            insert(LinkRequest)
            .values(
                account_id=account_id,
                name=facts.name,
                group_name=facts.group_name,
                person_no=facts.person_no,
                asked_at=now,
            )
            .returning(LinkRequest.id)
        )
        return written.scalar_one()

    async def find_waiting(self, account_id: int) -> LinkRequestDto | None:
        """Return the account's request that waits."""
        return await self._one(_REQUESTS.where(LinkRequest.account_id == account_id, LinkRequest.state == "waiting"))

    async def count_refused(self, account_id: int) -> int:
        """Return how many requests of the account were refused."""
        return await self._count(LinkRequest.account_id == account_id, LinkRequest.state == RequestState.REFUSED.value)

    async def has_asked_since(self, account_id: int, since: datetime) -> bool:
        """Tell whether the account asked after this moment, and nobody answered that it was refused or linked."""
        open_ = LinkRequest.state.in_((RequestState.WAITING.value, RequestState.WITHDRAWN.value))
        return await self._count(LinkRequest.account_id == account_id, LinkRequest.asked_at > since, open_) > 0

    async def list_told_since(self, since: datetime) -> frozenset[int]:
        """Return the officials who were told of a request after this moment."""
        told = (
            select(Delivery.account_id)
            .join(Notice, Notice.id == Delivery.notice_id)
            .join(LinkRequest, Notice.subject == func.concat("link-request:", LinkRequest.id))
            .where(LinkRequest.asked_at > since, Notice.kind == NoticeKind.LINK_REQUEST_WAITING.value)
        )
        return frozenset(await self._connection.scalars(told))

    async def find(self, request_id: int) -> LinkRequestDto | None:
        """Return a request."""
        return await self._one(_REQUESTS.where(LinkRequest.id == request_id))

    async def lock(self, request_id: int) -> LinkRequestDto | None:
        """Return a request and keep it locked until the end of the transaction; after its account."""
        return await self._one(_REQUESTS.where(LinkRequest.id == request_id).with_for_update(of=LinkRequest))

    async def find_next(self, after: int) -> LinkRequestDto | None:
        """Return the oldest waiting request behind this one (0: of all)."""
        place = select(LinkRequest.asked_at, LinkRequest.id).where(LinkRequest.id == after).subquery()
        behind = or_(
            ~select(place.c.id).exists(),
            LinkRequest.asked_at > select(place.c.asked_at).scalar_subquery(),
            and_(LinkRequest.asked_at == select(place.c.asked_at).scalar_subquery(), LinkRequest.id > after),
        )
        return await self._one(
            _REQUESTS.where(LinkRequest.state == "waiting", behind)
            .order_by(LinkRequest.asked_at, LinkRequest.id)
            .limit(1)
        )

    async def count_waiting(self) -> int:
        """Return how many requests wait."""
        return await self._count(LinkRequest.state == "waiting")

    async def decide(
        self,
        request_id: int,
        state: RequestState,
        now: datetime,
        *,
        by: int | None = None,
        person_id: int | None = None,
        reason: str | None = None,
    ) -> None:
        """Write what became of a request."""
        await self._connection.execute(
            update(LinkRequest)
            .where(LinkRequest.id == request_id)
            .values(state=state.value, decided_at=now, decided_by=by, person_id=person_id, reason=reason)
        )

    async def forget_decided(self, before: datetime) -> int:
        """Delete requests that were decided or withdrawn before this; return how many."""
        gone = delete(LinkRequest).where(LinkRequest.decided_at < before)
        return (await self._connection.execute(gone)).rowcount

    async def list_candidates(
        self, number_key: str, group_key: str, words: Sequence[str], today: date
    ) -> list[Candidate]:
        """Return people with this number, with all or the first two words, or of this group with one of them."""
        present = _CANDIDATES.where(Person.absent_since.is_(None))
        found = await self._candidates(present.where(Person.number_key == number_key), today)
        for some in dict.fromkeys((tuple(words), tuple(words[:2]))):
            if len(some) > 1:
                named = present.where(_named(" & ", some)).order_by(Person.sort_key)
                found += await self._candidates(named.limit(_MOST), today)
        if group_key and words:
            group = present.where(Person.group_key == group_key, Person.group_key != "", _named(" | ", words))
            found += await self._candidates(group.order_by(Person.sort_key).limit(_MOST), today)
        return found

    async def find_candidate(self, person_id: int, today: date) -> Candidate | None:
        """Return one person of the roster, also one who has left it."""
        return next(iter(await self._candidates(_CANDIDATES.where(Person.id == person_id), today)), None)

    async def _candidates(self, statement: Executable, today: date) -> list[Candidate]:
        return [_candidate(tuple(row)) for row in await self._connection.execute(statement, {"today": today})]

    async def _one(self, statement: Executable) -> LinkRequestDto | None:
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else _request(tuple(row))

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        return (await self._connection.execute(select(func.count(LinkRequest.id)).where(*conditions))).scalar_one()


def _named(sign: str, words: Sequence[str]) -> ColumnElement[bool]:
    """Tell whether a person has these words."""
    return is_found_by(sign.join(map(whole, words)))


def _request(row: Sequence[Any]) -> LinkRequestDto:
    request_id, account_id, name, group_name, typed_no, asked_at, state, reason, *person = row
    return LinkRequestDto(
        id=request_id,
        account_id=account_id,
        facts=TypedFacts(name=name, group_name=group_name, person_no=typed_no),
        asked_at=asked_at,
        state=RequestState(state),
        reason=reason or "",
        person=joined_person(person),
    )


def _candidate(row: Sequence[Any]) -> Candidate:
    account_id, kind, group_name, *rest = row
    posts, units = rest[:3], rest[3:6]
    places = (", ".join(filter(None, pair)) for pair in zip(posts, units, strict=True))
    return Candidate(
        standing=person_standing(rest[6:]),
        kind=PersonKind(kind),
        group_name=group_name,
        place=Trilingual(**dict(zip(Language, places, strict=True))),
        linked=account_id is not None,
    )
