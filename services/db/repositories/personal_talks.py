"""What personal talks hold about one person."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import Person, TrustSlot, TrustTalk
from services.mydata.talk_dto import TalkData, TalksData
from services.people.rules import full_name
from services.trust.dto import TalkState, Topic


class PersonalTalks:
    """The part of `SqlPersonalDataRepository` that is about talks."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get_talks(self, person_id: int) -> TalksData:
        """Return the talks that the person booked, and the times that they offer; never who booked those."""
        booked = await self._connection.execute(
            select(TrustSlot.starts_at, TrustSlot.place, TrustTalk.topic, TrustTalk.state)
            .add_columns(Person.last_name, Person.first_name, Person.patronymic)
            .join(TrustTalk, TrustTalk.slot_id == TrustSlot.id)
            .join(Person, Person.id == TrustTalk.officer_id)
            .where(TrustTalk.person_id == person_id)
            .order_by(TrustSlot.starts_at, TrustTalk.id)
        )
        offered = await self._connection.scalars(
            select(TrustSlot.starts_at).where(TrustSlot.officer_id == person_id).order_by(TrustSlot.starts_at)
        )
        return TalksData(
            booked=tuple(
                TalkData(
                    starts_at=starts_at,
                    place=place,
                    officer=full_name(*name),
                    topic=Topic(topic),
                    state=TalkState(state),
                )
                for starts_at, place, topic, state, *name in booked
            ),
            offered=tuple(offered),
        )
