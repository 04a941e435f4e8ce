"""What is kept about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.access import Role
from services.announcements.dto import Category
from services.certificates.register import RegisterStatus
from services.delivery.quiet_hours import QuietHours
from services.languages import Language, Trilingual
from services.linking.dto import LinkEnd, LinkWay
from services.mydata.plan_dto import PlansData
from services.mydata.talk_dto import TalksData
from services.people.dto import RosterEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountData:
    """The Telegram account; `language` is None until one was chosen, `quiet_hours` None for the university's.

    `gathered`: ordinary messages come together in the evening; `muted`: categories that were switched off.
    """

    telegram_id: int
    language: Language | None
    guessed_language: Language | None
    quiet_hours: QuietHours | None
    silent: bool
    gathered: bool
    muted: tuple[Category, ...]
    first_seen_at: datetime
    last_seen_at: datetime
    linked_at: datetime | None
    frozen_at: datetime | None
    blocked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentData:
    """That the account agreed to a version of the text about personal data."""

    version: str
    language: Language
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionData:
    """A fact that an official corrected; `ended_at` is None while the correction is in force."""

    fact: str
    roster_value: str
    value: str
    corrected_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedData:
    """That the person said they have applied for a new paper; `fact` is the roster's name of its last day."""

    fact: str
    expires_on: date
    applied_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterData:
    """The person in the roster. `replaced_at`: imports of which the facts before are kept for a while.

    `applied`: papers that end for which the person said that they have applied for new ones.
    """

    entry: RosterEntry
    unit: Trilingual | None
    first_linked_at: datetime | None
    corrections: tuple[CorrectionData, ...]
    replaced_at: tuple[datetime, ...]
    applied: tuple[AppliedData, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkData:
    """A link, past or present, of this account or of this person; of the other side nothing is said."""

    way: LinkWay
    of_this_account: bool
    to_this_person: bool
    linked_at: datetime
    ended_at: datetime | None
    ended_how: LinkEnd | None
    disowned_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCodeData:
    """A one-time code that was given to the person; the code itself is not kept."""

    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRequestData:
    """What the account wrote to the Study Office to be recognised; `state` is the request's."""

    name: str
    group_name: str
    person_no: str
    asked_at: datetime
    state: str
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleData:
    """A role of the account or the person; days are inclusive and in the university's zone."""

    role: Role
    unit: Trilingual | None
    valid_from: date | None
    valid_to: date | None
    granted_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListData:
    """A list, brought by an official to write to those on it, on which the person stands."""

    name: str
    brought_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateData:
    """A certificate issued to the person."""

    kind: str
    language: Language
    number: str
    code: str
    issued_on: date
    valid_until: date | None
    status: RegisterStatus
    revocation_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFactData:
    """A fact on a certificate (its number) that the person said is wrong; `state` is the report's."""

    number: str
    fact: str
    value: str
    reported_at: datetime
    state: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRequestData:
    """A request for a certificate: what the person gave, what the desk entered, what both said, the receipt sent."""

    kind: str
    language: Language
    state: str
    created_at: datetime
    decided_at: datetime | None
    given: Mapping[str, str]
    entered: Mapping[str, str]
    question: str
    answer: str
    refusal: str
    receipt_kept: bool = False
    receipt_refusal: str = ""
    paid_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageData:
    """A message of the bot: the notice's kind, when it was written, and what became of it (the message's state)."""

    kind: str
    created_at: datetime
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesData:
    """What the bot sent unasked in the last year: the newest, and how many there were in all; and its late answers."""

    newest: tuple[MessageData, ...]
    unasked: int
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingData:
    """That the account confirmed to have read an announcement; `texts`: HTML by language."""

    texts: Mapping[Language, str]
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActData:
    """An entry of the audit: about the person or the account (`about_me`), or done by the account (`by_me`)."""

    act: str
    at: datetime
    by_me: bool
    about_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsData:
    """The newest entries of the audit, and how many there are in all."""

    newest: tuple[ActData, ...]
    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TriesData:
    """Tries of the account in vain, in a row: wrong one-time codes and numbers that were not recognised."""

    failures: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftData:
    """A roster file that the account sent and did not confirm."""

    file_name: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyData:
    """A survey that was addressed to the person, without its title. `named`: it asks by name.

    `finished`: nothing more of it comes; whether that was by an answer, a refusal or a wish for quiet is not told.
    `answer_kept`: with the name; only where it asks by name.
    """

    opened_on: date
    closes_on: date | None
    named: bool
    finished: bool
    answer_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """Everything that is kept about who asks. `unserved`: how many of their messages could not be answered."""

    taken_at: datetime
    account: AccountData
    consents: tuple[ConsentData, ...]
    roster: RosterData | None
    links: tuple[LinkData, ...]
    codes: tuple[LinkCodeData, ...]
    requests: tuple[LinkRequestData, ...]
    roles: tuple[RoleData, ...]
    lists: tuple[ListData, ...]
    certificates: tuple[CertificateData, ...]
    reports: tuple[WrongFactData, ...]
    paper_requests: tuple[PaperRequestData, ...]
    messages: MessagesData
    readings: tuple[ReadingData, ...]
    acts: ActsData
    tries: TriesData
    drafts: tuple[DraftData, ...]
    plans: PlansData
    surveys: tuple[SurveyData, ...]
    talks: TalksData
    unserved: int
    kind_names: Mapping[str, Trilingual]
