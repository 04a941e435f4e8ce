"""What this feature needs from storage."""

from datetime import datetime
from typing import Protocol

from services.audit.ports import AuditLog
from services.mydata.dto import (
    AccountData,
    ActsData,
    CertificateData,
    ConsentData,
    DraftData,
    LinkCodeData,
    LinkData,
    LinkRequestData,
    ListData,
    MessagesData,
    PaperRequestData,
    ReadingData,
    RoleData,
    RosterData,
    SurveyData,
    TriesData,
    WrongFactData,
)
from services.mydata.plan_dto import PlansData
from services.mydata.talk_dto import TalksData
from services.ports import Transaction


class PersonalDataRepository(Protocol):
    """What the tables hold about one account and one person; `person_id` is None for who is linked to nobody."""

    async def list_taken(self, telegram_id: int, since: datetime) -> list[datetime]:
        """Return when the account took its data, the oldest first; nobody else's request of theirs runs meanwhile."""
        ...

    async def get_account(self, telegram_id: int) -> AccountData:
        """Return the account."""
        ...

    async def list_consents(self, telegram_id: int) -> tuple[ConsentData, ...]:
        """Return to what the account agreed."""
        ...

    async def find_roster(self, person_id: int) -> RosterData | None:
        """Return the person as the roster and the officials have them."""
        ...

    async def list_links(self, telegram_id: int, person_id: int | None) -> tuple[LinkData, ...]:
        """Return the links of both, past and present."""
        ...

    async def list_codes(self, person_id: int) -> tuple[LinkCodeData, ...]:
        """Return the one-time codes that were given to the person."""
        ...

    async def list_requests(self, telegram_id: int) -> tuple[LinkRequestData, ...]:
        """Return what the account asked of the Study Office."""
        ...

    async def list_roles(self, telegram_id: int, person_id: int | None) -> tuple[RoleData, ...]:
        """Return the roles of both, past and present."""
        ...

    async def list_lists(self, person_id: int) -> tuple[ListData, ...]:
        """Return the lists on which the person stands."""
        ...

    async def list_certificates(self, person_id: int) -> tuple[CertificateData, ...]:
        """Return the person's certificates."""
        ...

    async def list_paper_requests(self, person_id: int) -> tuple[PaperRequestData, ...]:
        """Return what certificates the person asked for."""
        ...

    async def get_messages(self, telegram_id: int, since: datetime, limit: int) -> MessagesData:
        """Return what the bot wrote to the account."""
        ...

    async def list_readings(self, telegram_id: int) -> tuple[ReadingData, ...]:
        """Return which announcements the account confirmed to have read."""
        ...

    async def get_acts(self, telegram_id: int, person_id: int | None, limit: int) -> ActsData:
        """Return what the audit has about both, and what the account did."""
        ...

    async def get_tries(self, telegram_id: int) -> TriesData:
        """Return the account's wrong codes."""
        ...

    async def list_reports(self, person_id: int) -> tuple[WrongFactData, ...]:
        """Return what the person said is wrong on certificates."""
        ...

    async def list_drafts(self, telegram_id: int) -> tuple[DraftData, ...]:
        """Return roster files that wait for the account's confirmation."""
        ...

    async def get_plans(self, telegram_id: int, person_id: int | None, limit: int) -> PlansData:
        """Return what the account said for units in plans, and what was handed on to the person."""
        ...

    async def list_surveys(self, person_id: int) -> tuple[SurveyData, ...]:
        """Return which surveys were addressed to the person."""
        ...

    async def get_talks(self, person_id: int) -> TalksData:
        """Return the talks that the person booked, and the times that they offer."""
        ...

    async def count_unserved(self, telegram_id: int) -> int:
        """Return how many messages of the account could not be answered and are kept."""
        ...


class MyDataUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def personal_data(self) -> PersonalDataRepository:
        """What is kept about people."""
        ...

    @property
    def audit(self) -> AuditLog:
        """Acts."""
        ...
