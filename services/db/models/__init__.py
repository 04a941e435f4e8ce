"""All tables."""

from services.db.models.accounts import Account, BotIdentity, Consent, Link, LinkAttempts, LinkCode, LinkRequest
from services.db.models.announcements import (
    Announcement,
    AnnouncementProgress,
    AnnouncementReading,
    AnnouncementRevision,
    AudienceList,
    AudienceListPerson,
    Channel,
    MutedCategory,
)
from services.db.models.base import Base
from services.db.models.certificates import Certificate, CertificateSeries, File, SigningKey, TelegramFile
from services.db.models.conversation import WORKER_NUMBERS, ConversationState, InboxUpdate
from services.db.models.days import ExpiryAnswer, ExpiryMark, ExpirySweep, WorkdayChange
from services.db.models.delivery import Broadcast, ChatPace, Delivery, Message, Notice, SendPace
from services.db.models.duties import (
    PlanDuty,
    PlanEvidence,
    PlanExtension,
    PlanHistory,
    PlanReport,
    PlanStep,
    PlanSweep,
)
from services.db.models.plans import (
    Plan,
    PlanAlias,
    PlanCalendar,
    PlanDraft,
    PlanInstance,
    PlanItem,
    PlanParty,
    PlanSitting,
)
from services.db.models.register import CertificateTimestamp, Issuing, RegisterEntry, RegisterHead
from services.db.models.requests import (
    CertificateBatch,
    CertificateBatchRow,
    CertificateRequest,
    DeskSheet,
    FactReport,
)
from services.db.models.rights import AuditEntry, RoleGrant
from services.db.models.roster import Person, PersonCorrection, RosterDraft, RosterImport, RosterImportChange, Unit
from services.db.models.trust import TrustSlot, TrustTalk

__all__ = [
    "WORKER_NUMBERS",
    "Account",
    "Announcement",
    "AnnouncementProgress",
    "AnnouncementReading",
    "AnnouncementRevision",
    "AudienceList",
    "AudienceListPerson",
    "AuditEntry",
    "Base",
    "BotIdentity",
    "Broadcast",
    "Certificate",
    "CertificateBatch",
    "CertificateBatchRow",
    "CertificateRequest",
    "CertificateSeries",
    "CertificateTimestamp",
    "Channel",
    "ChatPace",
    "Consent",
    "ConversationState",
    "Delivery",
    "DeskSheet",
    "ExpiryAnswer",
    "ExpiryMark",
    "ExpirySweep",
    "FactReport",
    "File",
    "InboxUpdate",
    "Issuing",
    "Link",
    "LinkAttempts",
    "LinkCode",
    "LinkRequest",
    "Message",
    "MutedCategory",
    "Notice",
    "Person",
    "PersonCorrection",
    "Plan",
    "PlanAlias",
    "PlanCalendar",
    "PlanDraft",
    "PlanDuty",
    "PlanEvidence",
    "PlanExtension",
    "PlanHistory",
    "PlanInstance",
    "PlanItem",
    "PlanParty",
    "PlanReport",
    "PlanSitting",
    "PlanStep",
    "PlanSweep",
    "RegisterEntry",
    "RegisterHead",
    "RoleGrant",
    "RosterDraft",
    "RosterImport",
    "RosterImportChange",
    "SendPace",
    "SigningKey",
    "TelegramFile",
    "TrustSlot",
    "TrustTalk",
    "Unit",
    "WorkdayChange",
]
