"""The acts that are noted."""

from enum import StrEnum


class Act(StrEnum):
    """What somebody did that others may ask about later."""

    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    ROSTER_IMPORTED = "roster_imported"
    ROSTER_UNDONE = "roster_undone"
    PERSON_LOOKED_AT = "person_looked_at"
    FACT_CORRECTED = "fact_corrected"
    CORRECTION_WITHDRAWN = "correction_withdrawn"
    CODE_ISSUED = "code_issued"
    GROUP_CODES_ISSUED = "group_codes_issued"
    LINKED = "linked"
    UNLINKED = "unlinked"
    LINK_DISOWNED = "link_disowned"
    LINK_RELEASED = "link_released"
    REQUEST_REFUSED = "request_refused"
    CODES_GUESSED = "codes_guessed"
    CERTIFICATE_REVOKED = "certificate_revoked"
    DATA_TAKEN = "data_taken"
    DATABASE_RESTORED = "database_restored"
    SENDING_RESUMED = "sending_resumed"
    LIST_BROUGHT = "list_brought"
    LIST_DROPPED = "list_dropped"
    ANNOUNCED = "announced"
    ANNOUNCEMENT_PAUSED = "announcement_paused"
    ANNOUNCEMENT_RESUMED = "announcement_resumed"
    ANNOUNCEMENT_CANCELLED = "announcement_cancelled"
    ANNOUNCEMENT_SENT_AGAIN = "announcement_sent_again"
