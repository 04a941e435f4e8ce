"""Rules of announcements, without I/O."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from services.access import Actor, LinkFrozen, NotAllowed, Role
from services.announcements.dto import (
    Announcement,
    AnnouncementStage,
    AnnouncementState,
    ChosenText,
    SendingOptions,
    Voice,
)
from services.announcements.errors import (
    AudienceFixed,
    DueInPast,
    NotCurator,
    OwnAnnouncement,
)
from services.announcements.sending_dto import ApprovalReason, Option
from services.audience.dto import Audience, Term, TermKey
from services.audience.rules import read_audience, sayable
from services.delivery.dto import BroadcastState, Tally
from services.languages import Language
from services.people.rules import group_key

#: Who may announce to the whole university.
ANNOUNCERS = (Role.ADMIN, Role.EDITOR)
LANGUAGES = tuple(Language)
#: What is kept free above a text that stands in for another: the line that says in which language it is.
FALLBACK_LINE: Final = 96
#: In which it can still be changed: nobody has got it.
CHANGEABLE = frozenset(
    {
        AnnouncementStage.DRAFT,
        AnnouncementStage.AWAITING_APPROVAL,
        AnnouncementStage.SCHEDULED,
        AnnouncementStage.PAUSED,
    }
)
#: States from which nothing leads on.
ENDED = frozenset({AnnouncementState.DONE, AnnouncementState.CANCELLED})
#: States in which nobody has let it go out yet.
UNSUBMITTED = frozenset({AnnouncementState.DRAFT, AnnouncementState.AWAITING_APPROVAL})

_SHOWN = {
    BroadcastState.OPEN: AnnouncementState.SENDING,
    BroadcastState.PAUSED: AnnouncementState.PAUSED,
    BroadcastState.STOPPED: AnnouncementState.STOPPED,
    BroadcastState.CANCELLED: AnnouncementState.CANCELLED,
    BroadcastState.DONE: AnnouncementState.DONE,
}


def may_write(actor: Actor, voice: Voice) -> bool:
    """Tell whether somebody may write in a name."""
    return actor.has(Role.ADMIN) or actor.has(Role.EDITOR, voice.unit_code) or curates(actor, voice.group_name)


def require_voice(actor: Actor, voice: Voice) -> None:
    """Refuse whoever may not write in a name."""
    if not may_write(actor, voice):
        actor.require(Role.EDITOR, voice.unit_code)


def require_writer(actor: Actor, announcement: Announcement | None) -> None:
    """Refuse whoever may not write in an announcement.

    Raises:
        NotCurator: they were the curator of its group when they wrote it.
    """
    if announcement is None:
        require_voice(actor, Voice())
        return
    try:
        require_voice(actor, announcement.voice)
    except NotAllowed:
        if announcement.group_name is not None and actor.account_id in announcement.writers:
            raise NotCurator(announcement.group_name) from None
        raise


def voices_of(actor: Actor) -> tuple[Voice, ...]:
    """Return in whose names somebody may write; the university's holds those of all units; none for most."""
    if actor.frozen:
        return ()
    groups = tuple(Voice(group_name=name) for name in actor.curated)
    if actor.has(Role.ADMIN) or actor.has(Role.EDITOR):
        return (Voice(), *groups)
    codes = (grant.unit_code for grant in actor.grants if grant.role is Role.EDITOR)
    return (*(Voice(unit_code=code) for code in sorted(code for code in codes if code is not None)), *groups)


def curates(actor: Actor, group_name: str | None) -> bool:
    """Tell whether somebody is the curator of a group."""
    if group_name is None or actor.frozen or actor.person is None:
        return False
    return group_key(group_name) in map(group_key, actor.curated)


def audience_of(announcement: Announcement) -> Audience:
    """Return who is meant: of what a unit or a curator announces, only its own people.

    Raises:
        AudienceUnreadable: there is no audience yet, or an earlier version knew a term that this one does not.
    """
    return confined(read_audience(announcement.audience), announcement.voice)


def people_of(announcement: Announcement) -> Audience | None:
    """Return who is meant as of `audience_of`; None where it goes to channels only."""
    return None if announcement.channels and not announcement.audience else audience_of(announcement)


def muted_as(announcement: Announcement) -> str | None:
    """Return the category that its readers may have switched off; None where that does not matter: it is urgent."""
    return None if announcement.options.urgent else announcement.content.category.value


def confined(audience: Audience, voice: Voice) -> Audience:
    """Return an audience without whoever is not of the unit or of the group; the university's stays as it is."""
    names = {TermKey.UNIT: voice.unit_code, TermKey.GROUP: voice.group_name}
    own = (Term(key=key, values=(name,)) for key, name in names.items() if name is not None)
    return replace(audience, included=(*audience.included, *own))


def own_audience(voice: Voice) -> str:
    """Return whom a new draft means: a curator's the whole group, any other nobody yet."""
    if voice.group_name is None:
        return ""
    return str(Audience(included=(Term(key=TermKey.GROUP, values=(sayable(voice.group_name),)),)))


def require_choosable(announcement: Announcement) -> None:
    """Refuse to choose who gets what a curator writes."""
    if announcement.group_name is not None:
        raise AudienceFixed(announcement.group_name)


def check_due(due_at: datetime | None, now: datetime) -> datetime:
    """Return when it is due; refuse a time that is past."""
    if due_at is None:
        return now
    if due_at < now:
        raise DueInPast(due_at)
    return due_at


def check_sending(actor: Actor, announcement: Announcement | None) -> None:
    """Refuse whoever may not let it go out: writers of its unit may, whoever was its author."""
    require_writer(actor, announcement)


def check_stopping(actor: Actor, announcement: Announcement | None) -> None:
    """Refuse whoever may not see it and stop it: writers of its unit may, and its author."""
    if not _is_author(actor, announcement):
        require_writer(actor, announcement)


def check_approver(actor: Actor, announcement: Announcement) -> None:
    """Refuse whoever may not approve it: only approvers may, and nobody what they have a hand in."""
    actor.require(Role.APPROVER, announcement.unit_code)
    if actor.account_id in writers_of(announcement):
        raise OwnAnnouncement(announcement.id)


def writers_of(announcement: Announcement) -> frozenset[int]:
    """Return who began it, wrote in it or submitted it: they do not approve it."""
    known = (announcement.announced_by, announcement.changed_by)
    return announcement.writers | frozenset(by for by in known if by is not None)


def offered_options(voice: Voice) -> tuple[Option, ...]:
    """Return what can be switched of how it goes out.

    What a unit or a curator announces is for its own people, so not for everybody to see; nobody approves what a
    curator writes, so it is not urgent.
    """
    barred = set() if voice.is_university else {Option.PUBLIC}
    if voice.group_name is not None:
        barred.add(Option.URGENT)
    return tuple(option for option in Option if option not in barred)


def options_of(options: SendingOptions, voice: Voice) -> SendingOptions:
    """Return how it may go out (see `offered_options`), whatever was asked."""
    offered = offered_options(voice)
    return replace(
        options,
        urgent=options.urgent and Option.URGENT in offered,
        is_public=options.is_public and Option.PUBLIC in offered,
    )


def approval_reasons(
    actor: Actor, announcement: Announcement, recipients: int, above: int
) -> tuple[ApprovalReason, ...]:
    """Return why somebody else must approve; neither the operator's own act nor a curator's needs anybody."""
    if actor.account_id is None or announcement.group_name is not None:
        return ()
    found = {
        ApprovalReason.MANY: recipients > above,
        ApprovalReason.CHANNELS: bool(announcement.channels),  # nobody knows how many read there
        ApprovalReason.URGENT: announcement.options.urgent,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def may_outgrow(announcement: Announcement) -> bool:
    """Tell whether it must not go to too many: nobody approved it, and not only the operator has a hand in it.

    What a curator writes never goes to more than the group.
    """
    return announcement.approved_by is None and announcement.group_name is None and bool(writers_of(announcement))


def asked_about(announcement: Announcement) -> int | None:
    """Return who is asked what is to become of it: its author, else who changed it last; None for the operator."""
    return announcement.announced_by if announcement.announced_by is not None else announcement.changed_by


def is_late(announcement: Announcement, now: datetime) -> bool:
    """Tell whether an outage made it later than it may be."""
    return announcement.late_after is not None and now - announcement.due_at > announcement.late_after


def state_before(announcement: Announcement) -> AnnouncementState:
    """Return the state of one that has not begun."""
    return AnnouncementState(announcement.stage.value)


def state_since(broadcast: BroadcastState) -> AnnouncementState:
    """Return the state of one that has begun."""
    return _SHOWN[broadcast]


def tally_before(announcement: Announcement) -> Tally:
    """Return how the recipients of one stand that has not begun."""
    if announcement.stage is AnnouncementStage.CANCELLED:
        return Tally(cancelled=announcement.recipients)
    return Tally(pending=announcement.recipients)


def text_for(announcement: Announcement, reader: Language) -> ChosenText:
    """Return the text that a reader gets."""
    language = reader if reader in announcement.texts else announcement.fallback
    if language is None:
        raise ValueError(f"announcement {announcement.id} has no text in {reader} and none instead")
    about = announcement.content.about.get(reader, "") if language is not reader else ""
    return ChosenText(html=announcement.texts[language], language=language, about=about)


def _is_author(actor: Actor, announcement: Announcement | None) -> bool:
    if actor.frozen:
        raise LinkFrozen
    if announcement is None:
        return False
    return actor.account_id is not None and announcement.announced_by == actor.account_id
