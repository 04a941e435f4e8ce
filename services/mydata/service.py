"""Handing people what is kept about them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.access import Actor, NotLinked
from services.audit.dto import Act
from services.certificates.dto import CertificateKind
from services.languages import Trilingual
from services.mydata.dto import PersonalData
from services.mydata.errors import DataTakenTooOften
from services.mydata.ports import MyDataUnitOfWork, PersonalDataRepository
from services.mydata.talk_dto import TalksData
from services.ports import Clock, Factory

#: How often an account may take its data.
TIMES = 3
WITHIN = timedelta(hours=1)
#: The past of which messages are told one by one, and how many at most.
MEMORY = timedelta(days=365)
MOST_LISTED = 100


class MyDataService:
    """Everything about who asks, and nothing about anybody else."""

    def __init__(
        self, unit_of_work: Factory[MyDataUnitOfWork], clock: Clock, kinds: Mapping[str, CertificateKind]
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._kind_names: Mapping[str, Trilingual] = {kind.id: kind.name for kind in kinds.values()}

    async def take(self, actor: Actor) -> PersonalData:
        """Return all that is kept about the account and the person behind it; that it was taken is noted.

        Raises:
            DataTakenTooOften: three times within an hour are enough.
            NotLinked: the operator at the command line has no account.
        """
        if actor.account_id is None:
            raise NotLinked
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            taken = await uow.personal_data.list_taken(actor.account_id, now - WITHIN)
            if len(taken) >= TIMES:
                raise DataTakenTooOften(taken[-TIMES] + WITHIN)
            await uow.audit.add(actor, Act.DATA_TAKEN, f"account:{actor.account_id}", now)
            data = await self._collect(uow.personal_data, actor, actor.account_id, now)
            await uow.commit()
        return data

    async def _collect(
        self, stored: PersonalDataRepository, actor: Actor, account_id: int, now: datetime
    ) -> PersonalData:
        person_id = actor.person.id if actor.person else None
        return PersonalData(
            taken_at=now,
            account=await stored.get_account(account_id),
            consents=await stored.list_consents(account_id),
            roster=None if person_id is None else await stored.find_roster(person_id),
            links=await stored.list_links(account_id, person_id),
            codes=() if person_id is None else await stored.list_codes(person_id),
            requests=await stored.list_requests(account_id),
            roles=await stored.list_roles(account_id, person_id),
            lists=() if person_id is None else await stored.list_lists(person_id),
            certificates=() if person_id is None else await stored.list_certificates(person_id),
            paper_requests=() if person_id is None else await stored.list_paper_requests(person_id),
            messages=await stored.get_messages(account_id, now - MEMORY, MOST_LISTED),
            readings=await stored.list_readings(account_id),
            acts=await stored.get_acts(account_id, person_id, MOST_LISTED),
            tries=await stored.get_tries(account_id),
            reports=() if person_id is None else await stored.list_reports(person_id),
            drafts=await stored.list_drafts(account_id),
            plans=await stored.get_plans(account_id, person_id, MOST_LISTED),
            surveys=() if person_id is None else await stored.list_surveys(person_id),
            talks=TalksData() if person_id is None else await stored.get_talks(person_id),
            unserved=await stored.count_unserved(account_id),
            kind_names=self._kind_names,
        )
