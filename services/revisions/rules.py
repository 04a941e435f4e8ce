"""Rules of corrections and recalls, without I/O."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from services.access import Actor, Role
from services.announcements.dto import Announcement, AnnouncementStage
from services.announcements.errors import NoSuchAnnouncement, TextUnusable
from services.announcements.rules import FALLBACK_LINE, check_sending
from services.html import LONGEST_CAPTION, LONGEST_MESSAGE, find_fault, utf16_length
from services.languages import Language
from services.revisions.dto import Revision, RevisionKind, RevisionStage, ShownCorrection
from services.revisions.errors import AlreadyWithdrawn, CorrectionChanged, NotOutYet, OwnCorrection

#: What is kept free below a corrected text: the line that says when it was corrected.
CORRECTION_LINE: Final = 72
#: For how long Telegram lets a bot delete its own message: 48 hours, less what may lie between look and request.
DELETABLE_FOR: Final = timedelta(hours=48) - timedelta(minutes=5)
#: For how long after a revision began something may be made into a message with the former words: these are kept for
#: some seconds (`services.announcements.news.KEPT_FOR`), and clocks of replicas differ a little.
FORMER_WORDS: Final = timedelta(seconds=15)
#: After that no message with the former words waits in anybody's hand (`services.delivery.sending.LEASE` and some).
SWEPT_AFTER: Final = timedelta(seconds=80)
OPEN_STAGES: Final = frozenset({RevisionStage.DRAFT, RevisionStage.AWAITING_APPROVAL})


def require_changer(actor: Actor, announcement: Announcement | None) -> Announcement:
    """Return it; refuse whoever may not let it go out.

    Raises:
        NoSuchAnnouncement: there is none.
    """
    check_sending(actor, announcement)
    if announcement is None:
        raise NoSuchAnnouncement(0)
    return announcement


def require_approver(actor: Actor, announcement: Announcement | None) -> Announcement:
    """Return it; refuse whoever does not approve for the university or for its unit."""
    actor.require(Role.APPROVER, announcement.unit_code if announcement else None)
    if announcement is None:
        raise NoSuchAnnouncement(0)
    return announcement


def require_out(announcement: Announcement) -> int:
    """Return its notice; refuse one that nobody got, and one that was taken back."""
    if announcement.stage is not AnnouncementStage.BEGUN or announcement.notice_id is None:
        raise NotOutYet(announcement.id)
    if announcement.withdrawn_at is not None:
        raise AlreadyWithdrawn(announcement.id)
    return announcement.notice_id


def require_as_shown(revision: Revision | None, version: int) -> Revision:
    """Return an open correction; refuse where it is not the one that was shown."""
    if revision is None or revision.stage not in OPEN_STAGES or revision.version != version:
        raise CorrectionChanged
    return revision


def require_unchanged(revision: Revision | None, shown: ShownCorrection) -> None:
    """Refuse to write where the open correction is not the one that was shown."""
    known = (revision.id, revision.version) if revision is not None else (0, 0)
    if known != (shown.revision_id, shown.version):
        raise CorrectionChanged


def require_second_person(actor: Actor, revision: Revision) -> None:
    """Refuse whoever wrote in it."""
    if revision.kind is RevisionKind.CORRECTION and actor.account_id in revision.writers:
        raise OwnCorrection


def needs_approval(actor: Actor, announcement: Announcement, approval_above: int) -> bool:
    """Tell whether somebody else must approve a correction; not what the operator or a curator does."""
    if actor.account_id is None or announcement.group_name is not None:
        return False
    weighty = announcement.approved_by is not None or announcement.options.urgent
    return weighty or announcement.recipients > approval_above


def check_text(announcement: Announcement, language: Language, html: str) -> str:
    """Return the text, tidied; refuse what Telegram would not show as it is meant, marked as corrected.

    Raises:
        TextUnusable: it is empty, too long, or its formatting is broken.
    """
    text = html.strip()
    fault = find_fault(text, longest(announcement, language))
    if fault is not None:
        raise TextUnusable(language, fault)
    return text


def longest(announcement: Announcement, language: Language) -> int:
    """Return how long a corrected text may be, in UTF-16 units."""
    content = announcement.content
    most = (LONGEST_MESSAGE if content.file is None else LONGEST_CAPTION) - CORRECTION_LINE
    others = [reader for reader in Language if reader not in content.texts and reader is not language]
    if language is content.fallback and others:
        most -= FALLBACK_LINE + max(utf16_length(content.about.get(reader, "")) for reader in others)
    return most


def merged(announcement: Announcement, texts: Mapping[Language, str], corrected_at: datetime) -> Announcement:
    """Return an announcement with these texts instead of its own, as readers see it afterwards."""
    content = replace(announcement.content, texts={**announcement.content.texts, **texts})
    return replace(announcement, content=content, corrected_at=corrected_at)


def differing(announcement: Announcement, texts: Mapping[Language, str]) -> dict[Language, str]:
    """Return those texts that are not out as they are."""
    return {language: html for language, html in texts.items() if announcement.texts.get(language) != html}
