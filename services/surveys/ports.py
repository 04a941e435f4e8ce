"""What surveys need from outside: storage that all their features share, and the keys beside the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from services.audience.ports import AudienceOffers, AudienceRepository
from services.audit.ports import AuditLog
from services.delivery.ports import Broadcasts
from services.ports import Transaction
from services.questionnaires.dto import KnownQuestionnaire, SurveyMode
from services.surveys.dto import PlainReply, PlainText, SendingKind, ShuffledTable, Stratum, Survey, SurveyState


class SurveyKeys(Protocol):
    """Private keys of open surveys: files, never in the database or in a backup."""

    @property
    def folder(self) -> Path:
        """Return where they lie."""
        ...

    def path_of(self, survey_id: int, public_key: bytes) -> Path:
        """Return the file of a survey's key, whether it is there or not."""
        ...

    def create(self, survey_id: int) -> bytes:
        """Make a survey's key and return its public half; SurveyKeyUnusable if it cannot be kept."""
        ...

    def find(self, survey_id: int, public_key: bytes) -> bytes | None:
        """Return the private key; None if it is not on this machine."""
        ...

    def delete(self, survey_id: int, public_key: bytes) -> bool:
        """Delete the key for good; False if it is not on this machine."""
        ...


class SurveyRepository(Protocol):
    """Questionnaires and surveys."""

    async def list_questionnaires(self) -> list[KnownQuestionnaire]:
        """Return all editions: by code, the newest revision first."""
        ...

    async def find_questionnaire(self, questionnaire_id: int) -> KnownQuestionnaire | None:
        """Return an edition."""
        ...

    async def add_questionnaire(
        self, body: Mapping[str, Any], code: str, revision: int, *, draft: bool, now: datetime, by: int | None
    ) -> int:
        """Write an edition that was read without fault; return its id."""
        ...

    async def add_survey(
        self, questionnaire_id: int, mode: SurveyMode, now: datetime, values: Mapping[str, Any]
    ) -> int:
        """Write a draft; return its id."""
        ...

    async def find_survey(self, survey_id: int) -> Survey | None:
        """Return a survey."""
        ...

    async def list_surveys(self, states: Collection[SurveyState] = ()) -> list[Survey]:
        """Return surveys in one of the states, or all: the newest first."""
        ...

    async def list_open_to(self, person_id: int) -> list[Survey]:
        """Return the open surveys whose frozen audience has the person, finished ones included: the oldest first."""
        ...

    async def lock_survey(self, survey_id: int) -> None:
        """Let others who change the survey wait until the end of the transaction."""
        ...

    async def change_survey(self, survey_id: int, values: Mapping[str, Any]) -> None:
        """Write columns of a survey; its version grows."""
        ...

    async def list_strata(self, survey_id: int) -> list[Stratum]:
        """Return the groups of a survey: the whole first, then by parent and code."""
        ...

    async def put_strata(self, survey_id: int, strata: Sequence[Stratum]) -> None:
        """Write the groups of a survey in place of those it had."""
        ...

    async def put_people(self, survey_id: int, strata: Mapping[int, str]) -> None:
        """Freeze who is asked: the group by person's id."""
        ...

    async def list_due(self, today: date) -> list[int]:
        """Return the ids of open surveys whose last day is over, and of those whose closing was begun."""
        ...


class SurveyRoundRepository(Protocol):
    """What is written to the people of open surveys, and how many are through; nobody is ever named."""

    async def lock_drafts(self) -> None:
        """Let others who bring questionnaires or change drafts wait until the end of the transaction."""
        ...

    async def drop_draft(self, survey_id: int) -> bool:
        """Delete a survey that was never opened; False if it is none."""
        ...

    async def is_halted(self) -> bool:
        """Tell whether nothing goes out since a restore."""
        ...

    async def begin_sending(self, survey_id: int, kind: SendingKind, day: date) -> bool:
        """Note that something goes out on a day; False if it did already."""
        ...

    async def was_sent(self, survey_id: int, kind: SendingKind) -> bool:
        """Tell whether something went out on any day."""
        ...

    async def freeze_asked(self, survey_id: int, notice_id: int) -> int:
        """Write a delivery for everybody who is asked, linked and not through, nor wants quiet; returns how many."""
        ...

    async def list_linked(self, person_ids: Collection[int]) -> set[int]:
        """Return those of these people whom the bot can write to."""
        ...

    async def asks_any(self, survey_id: int, person_ids: Collection[int]) -> bool:
        """Tell whether a survey asks one of these people."""
        ...

    async def count_marks(self, survey_id: int) -> dict[str, int]:
        """Count by leaf for how many people the survey is finished."""
        ...

    async def count_tickets_left(self, survey_id: int) -> dict[str, int]:
        """Count by leaf the tickets that were not used."""
        ...

    async def put_finished(self, survey_id: int, finished: Mapping[str, int], day: date) -> None:
        """Write by group for how many it is over, in tens, unless that was written for the day already."""
        ...

    async def forget_sendings(self, before: datetime) -> int:
        """Delete whom invitations and reminders went to that were sent before a moment; returns how many."""
        ...


class SurveysUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that surveys use from their draft to their last day."""

    @property
    def surveys(self) -> SurveyRepository:
        """Questionnaires and surveys."""
        ...

    @property
    def survey_rounds(self) -> SurveyRoundRepository:
        """Invitations, reminders, counts."""
        ...

    @property
    def audiences(self) -> AudienceRepository:
        """Who is meant."""
        ...

    @property
    def audience_offers(self) -> AudienceOffers:
        """What units are called."""
        ...

    @property
    def broadcasts(self) -> Broadcasts:
        """Notices for many."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What was done."""
        ...


class ClosingRepository(Protocol):
    """What only a closing does: from sealed rows to readable ones."""

    async def take_turn(self) -> bool:
        """Be the one that closes until the end of the transaction; False if another one is at it."""
        ...

    async def list_sealed(self, survey_id: int, after: UUID | None, limit: int) -> list[tuple[UUID, bytes]]:
        """Return sealed replies by their random key, behind one of them."""
        ...

    async def find_begun(self, survey_id: int) -> datetime | None:
        """Return when somebody began to close a survey; None if it closed by itself."""
        ...

    async def count_sealed(self, survey_id: int) -> int:
        """Return how many sealed replies there are."""
        ...

    async def add_replies(self, survey_id: int, replies: Sequence[PlainReply]) -> None:
        """Write readable replies in this order."""
        ...

    async def add_texts(self, survey_id: int, texts: Sequence[PlainText]) -> None:
        """Write free answers in this order."""
        ...

    async def lock_sealed(self) -> bool:
        """Keep everybody off the sealed replies of all surveys; False if that is not to be had soon.

        Then nothing more can be done in this transaction.
        """
        ...

    async def empty_sealed(self, survey_id: int) -> None:
        """Leave no trace of a survey's sealed replies; those of others come back in random order."""
        ...

    async def shuffle(self, table: ShuffledTable) -> bool:
        """Write a table anew in an order without a meaning; False if it is not to be had soon.

        Then nothing more can be done in this transaction.
        """
        ...

    async def forget_traces(self, survey_id: int) -> None:
        """Delete unused tickets, who was through, who wanted no more reminders, and whom was written to."""
        ...

    async def merge_strata(self, survey_id: int, strata: Sequence[Stratum], leaves: Mapping[str, str]) -> None:
        """Write the groups of a survey in place of those it had; people follow from leaf to leaf."""
        ...

    async def list_closed_keys(self) -> list[tuple[int, bytes]]:
        """Return the ids and public keys of closed surveys."""
        ...

    async def forget_asked(self, before: date) -> int:
        """Delete whom surveys asked that were closed before a day, unless answers are kept with names."""
        ...


class ClosingAlarm(Protocol):
    """Tells the operators what only they can settle."""

    async def survey_key_is_missing(self, survey_id: int, *, is_open: bool) -> None:
        """Say that nobody has the key of a survey, which is open or cannot be closed."""
        ...

    async def survey_is_damaged(self, survey_id: int, broken: int) -> None:
        """Say that a survey cannot be closed because so many of its replies cannot be read."""
        ...


class NoAlarm:
    """An alarm for where whoever asked is told anyway."""

    async def survey_key_is_missing(self, survey_id: int, *, is_open: bool) -> None:
        """Tell nobody else."""

    async def survey_is_damaged(self, survey_id: int, broken: int) -> None:
        """Tell nobody else."""


class ClosingUnitOfWork(Transaction, Protocol):
    """What a closing works with."""

    @property
    def surveys(self) -> SurveyRepository:
        """Surveys."""
        ...

    @property
    def survey_rounds(self) -> SurveyRoundRepository:
        """Whether everything is halted."""
        ...

    @property
    def closing(self) -> ClosingRepository:
        """What only a closing does."""
        ...

    @property
    def audit(self) -> AuditLog:
        """Where deeds are noted."""
        ...
