"""All tables."""

from services.db.models.base import Base
from services.db.models.certificates import Certificate, CertificateSeries, File, SigningKey, TelegramFile
from services.db.models.conversation import (
    WORKER_NUMBERS,
    ConversationState,
    Delivery,
    InboxUpdate,
    Message,
    Notice,
)
from services.db.models.roster import Account, BotIdentity, LinkAttempts, LinkCode, Person, RoleGrant, Unit

__all__ = [
    "WORKER_NUMBERS",
    "Account",
    "Base",
    "BotIdentity",
    "Certificate",
    "CertificateSeries",
    "ConversationState",
    "Delivery",
    "File",
    "InboxUpdate",
    "LinkAttempts",
    "LinkCode",
    "Message",
    "Notice",
    "Person",
    "RoleGrant",
    "SigningKey",
    "TelegramFile",
    "Unit",
]
