"""Times that trust officers offer, and talks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, exists, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date, DateTime

from services.access import Role
from services.db.models import Account, Delivery, Message, Notice, Person, TrustSlot, TrustTalk
from services.db.repositories.person_rows import linked_columns, linked_person
from services.db.rights import holds
from services.languages import Trilingual
from services.people.rules import full_name
from services.trust.dto import DeskSlot, Officer, Slot, SlotState, Talk, TalkState, Topic
from services.trust.notices import KINDS, subject_of

_TODAY = bindparam("today", type_=Date)
_BOOKED = TrustTalk.state == TalkState.BOOKED.value

_HOLD = f"""
    from role_grants g
    join accounts a on a.telegram_id = g.telegram_id
    join people p on p.id = a.person_id and p.absent_since is null
    where g.role = '{Role.TRUST_OFFICER.value}' and g.unit_id is null and {holds(":today")}
"""

_OFFICERS = text(f"""
    select distinct p.id, p.last_name, p.first_name, p.patronymic, p.post_ky, p.post_ru, p.post_en, p.sort_key,
           (select count(*) from trust_slots s
            where s.officer_id = p.id and s.state = 'open' and s.starts_at > :now
              and not exists (select from trust_talks t where t.slot_id = s.id and t.state = 'booked')) as free
    {_HOLD} and a.blocked_at is null
    order by p.sort_key, p.id
""").bindparams(_TODAY, bindparam("now", type_=DateTime(timezone=True)))  # noqa: S608 -- constants of ours

_OFFICERS_ACCOUNT = text(f"select min(a.telegram_id) {_HOLD} and p.id = :officer").bindparams(_TODAY)
_OFFICERS_NOW = text(f"select distinct p.id {_HOLD}").bindparams(_TODAY)

_SLOT = (
    TrustSlot.id, TrustSlot.officer_id, TrustSlot.starts_at, TrustSlot.ends_at, TrustSlot.place, TrustSlot.state,
)  # fmt: skip
_officer = aliased(Person, name="officer")
_TALKS: Select[Any] = (
    select(TrustTalk.id, TrustTalk.topic, TrustTalk.state, *_SLOT, *linked_columns(Person), *linked_columns(_officer))
    .join(TrustSlot, TrustSlot.id == TrustTalk.slot_id)
    .join(Person, Person.id == TrustTalk.person_id)
    .join(_officer, _officer.id == TrustTalk.officer_id)
)
_FREE = (
    select(*_SLOT)
    .where(
        TrustSlot.state == SlotState.OPEN.value,
        ~exists(select(TrustTalk.id).where(TrustTalk.slot_id == TrustSlot.id, _BOOKED)),
    )
    .order_by(TrustSlot.starts_at)
)
_IN_HAND = ("claimed", "sending")


class SqlTrustRepository:
    """Times and talks."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_officers(self, now: datetime, today: date) -> list[Officer]:
        """Return who holds the role today and has free times, by name."""
        rows = await self._connection.execute(_OFFICERS, {"now": now, "today": today})
        return [
            Officer(id=person, name=full_name(*name), post=Trilingual(ky=ky, ru=ru, en=en), free=free)
            for person, *name, ky, ru, en, _order, free in rows
            if free
        ]

    async def list_free(self, officer_id: int, now: datetime) -> list[Slot]:
        """Return an officer's times ahead that nobody has booked, the first one first."""
        rows = await self._connection.execute(
            _FREE.where(TrustSlot.officer_id == officer_id, TrustSlot.starts_at > now)
        )
        return [_slot(row) for row in rows]

    async def find_free(self, slot_id: int, now: datetime) -> Slot | None:
        """Return a time ahead, if nobody has booked it."""
        row = (await self._connection.execute(_FREE.where(TrustSlot.id == slot_id, TrustSlot.starts_at > now))).first()
        return None if row is None else _slot(row)

    async def lock_slot(self, slot_id: int) -> Slot | None:
        """Return a time; others who want it wait until the end of the transaction."""
        row = (await self._connection.execute(select(*_SLOT).where(TrustSlot.id == slot_id).with_for_update())).first()
        return None if row is None else _slot(row)

    async def find_open(self, person_id: int, officer_id: int) -> Talk | None:
        """Return the talk that a person has booked with an officer."""
        return await self._find(and_(TrustTalk.person_id == person_id, TrustTalk.officer_id == officer_id, _BOOKED))

    async def book(self, slot: Slot, person_id: int, topic: Topic) -> int | None:
        """Write a talk; None if the time or the officer is booked already."""
        written = await self._connection.execute(
            upsert(TrustTalk)
            .values(slot_id=slot.id, officer_id=slot.officer_id, person_id=person_id, topic=topic.value)
            .on_conflict_do_nothing()
            .returning(TrustTalk.id)
        )
        return written.scalar_one_or_none()

    async def find_talk(self, talk_id: int) -> Talk | None:
        """Return a talk."""
        return await self._find(TrustTalk.id == talk_id)

    async def lock_talk(self, talk_id: int) -> Talk | None:
        """Return a talk; others who change it wait until the end of the transaction."""
        await self._connection.execute(select(TrustTalk.id).where(TrustTalk.id == talk_id).with_for_update())
        return await self.find_talk(talk_id)

    async def list_talks(self, person_id: int, now: datetime) -> list[Talk]:
        """Return the talks that a person has booked and that have not ended."""
        rows = await self._connection.execute(
            _TALKS.where(TrustTalk.person_id == person_id, _BOOKED, TrustSlot.ends_at > now).order_by(
                TrustSlot.starts_at
            )
        )
        return [_talk(row) for row in rows]

    async def list_deserted(self, now: datetime, today: date) -> list[Talk]:
        """Return the talks ahead whose officer does not hold the role any more; others who ask pass over them."""
        if not await self._connection.scalar(select(exists(_TALKS.where(_BOOKED, TrustSlot.starts_at > now)))):
            return []
        officers = list(await self._connection.scalars(_OFFICERS_NOW, {"today": today}))
        rows = await self._connection.execute(
            _TALKS.where(_BOOKED, TrustSlot.starts_at > now, TrustTalk.officer_id.not_in(officers))
            .order_by(TrustTalk.id)
            .with_for_update(of=TrustTalk, skip_locked=True)
        )
        return [_talk(row) for row in rows]

    async def end(self, talk_id: int, state: TalkState, now: datetime) -> None:
        """Note that a talk is cancelled."""
        await self._connection.execute(
            update(TrustTalk).where(TrustTalk.id == talk_id).values(state=state.value, ended_at=now)
        )

    async def find_account(self, person_id: int) -> int | None:
        """Return the account that a person can be told by."""
        account: int | None = await self._connection.scalar(
            select(Account.telegram_id).where(Account.person_id == person_id, Account.frozen_at.is_(None))
        )
        return account

    async def find_officers_account(self, officer_id: int, today: date) -> int | None:
        """Return the account of an officer who holds the role today."""
        account: int | None = await self._connection.scalar(_OFFICERS_ACCOUNT, {"officer": officer_id, "today": today})
        return account

    async def lock_officer(self, officer_id: int) -> None:
        """Let others who change the times of an officer wait until the end of the transaction."""
        await self._connection.execute(select(Person.id).where(Person.id == officer_id).with_for_update(key_share=True))

    async def list_slots(self, officer_id: int, since: datetime) -> list[DeskSlot]:
        """Return an officer's times that end after a moment, with whoever has booked them."""
        offered = and_(TrustSlot.officer_id == officer_id, TrustSlot.ends_at > since)
        talks = [_talk(row) for row in await self._connection.execute(_TALKS.where(offered, _BOOKED))]
        slots = await self._connection.execute(
            select(*_SLOT).where(offered, TrustSlot.state != SlotState.WITHDRAWN.value).order_by(TrustSlot.starts_at)
        )
        booked = {talk.slot.id: talk for talk in talks}
        return [DeskSlot(slot=_slot(row), talk=booked.get(row.id)) for row in slots]

    async def find_last_place(self, officer_id: int) -> str:
        """Return where the officer's newest times are; empty if there are none."""
        place: str | None = await self._connection.scalar(
            select(TrustSlot.place).where(TrustSlot.officer_id == officer_id).order_by(TrustSlot.id.desc()).limit(1)
        )
        return place or ""

    async def add_slots(self, officer_id: int, times: Sequence[tuple[datetime, datetime]], place: str) -> None:
        """Write times."""
        values = [
            {"officer_id": officer_id, "starts_at": one, "ends_at": other, "place": place} for one, other in times
        ]
        await self._connection.execute(insert(TrustSlot).values(values))

    async def set_state(self, slot_id: int, state: SlotState) -> None:
        """Say whether a time can be booked."""
        await self._connection.execute(update(TrustSlot).where(TrustSlot.id == slot_id).values(state=state.value))

    async def forget(self, since: datetime, cancelled_before: datetime) -> int:
        """Forget times that began before a moment, their talks, those cancelled before the other one, what was told.

        What a sender has in its hand at this moment is left to the next time.
        """
        over = select(TrustTalk.id).join(TrustSlot, TrustSlot.id == TrustTalk.slot_id)
        talks = list(
            await self._connection.scalars(
                over.where(or_(TrustSlot.starts_at < since, TrustTalk.ended_at < cancelled_before)).order_by(
                    TrustTalk.id
                )
            )
        )
        forgotten = 0
        if talks:
            told = await self._forget_notices([subject_of(talk_id) for talk_id in talks])
            gone = [talk_id for talk_id in talks if subject_of(talk_id) not in told]
            forgotten = (await self._connection.execute(delete(TrustTalk).where(TrustTalk.id.in_(gone)))).rowcount
        await self._connection.execute(
            delete(TrustSlot).where(
                TrustSlot.starts_at < since, ~exists(select(TrustTalk.id).where(TrustTalk.slot_id == TrustSlot.id))
            )
        )
        return forgotten

    async def _forget_notices(self, subjects: Sequence[str]) -> set[str | None]:
        """Forget what was told of talks; return the subjects of which something is in a sender's hand."""
        about = (Notice.subject.in_(subjects), Notice.kind.in_([kind.value for kind in KINDS]))
        notices = select(Notice.id).where(*about).scalar_subquery()
        in_hand = select(Message.id).where(Message.id == Delivery.message_id, Message.state.in_(_IN_HAND))
        carried = await self._connection.scalars(
            delete(Delivery).where(Delivery.notice_id.in_(notices), ~exists(in_hand)).returning(Delivery.message_id)
        )
        messages = [message for message in carried if message is not None]
        others = select(Delivery.id).where(Delivery.message_id == Message.id)  # a digest carries more than this
        await self._connection.execute(delete(Message).where(Message.id.in_(messages), ~exists(others)))
        left = select(Delivery.id).where(Delivery.notice_id == Notice.id)
        await self._connection.execute(delete(Notice).where(*about, ~exists(left)))
        return set(await self._connection.scalars(select(Notice.subject).where(*about)))

    async def _find(self, condition: ColumnElement[bool]) -> Talk | None:
        row = (await self._connection.execute(_TALKS.where(condition))).first()
        return None if row is None else _talk(row)


def _slot(columns: Sequence[Any]) -> Slot:
    slot_id, officer_id, starts_at, ends_at, place, state = columns
    return Slot(
        id=slot_id,
        officer_id=officer_id,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        state=SlotState(state),
    )


def _talk(columns: Sequence[Any]) -> Talk:
    talk_id, topic, state, *rest = columns
    slot, person, officer = rest[:6], rest[6:11], rest[11:]
    return Talk(
        id=talk_id,
        slot=_slot(slot),
        topic=Topic(topic),
        state=TalkState(state),
        person=linked_person(person),
        officer=linked_person(officer),
    )
