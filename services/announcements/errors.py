"""What announcing refuses."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from services.announcements.dto import AnnouncementState
from services.errors import Refusal
from services.html import HtmlFault
from services.languages import Language


class TextMissing(Refusal):
    """There is no text in these languages, and no other was named instead."""

    def __init__(self, languages: Sequence[Language]) -> None:
        super().__init__()
        self.languages = tuple(languages)


class FallbackMissing(Refusal):
    """The text that was named instead of others is missing itself."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language


class AboutMissing(Refusal):
    """In these languages neither a text nor a line stands that says what it is about."""

    def __init__(self, languages: Sequence[Language]) -> None:
        super().__init__()
        self.languages = tuple(languages)


class AboutUnusable(Refusal):
    """The line that says what it is about is empty, or longer than `limit` UTF-16 units."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class CaptionsTooLong(Refusal):
    """With a photo or a document these texts would be too long (in UTF-16 units) to stand below it."""

    def __init__(self, lengths: Mapping[Language, int], limit: int) -> None:
        super().__init__()
        self.lengths = dict(lengths)
        self.limit = limit


class LinkUnreadable(Refusal):
    """A line is no link button; `limit`: what a label may have, in UTF-16 units."""

    def __init__(self, line: str, limit: int) -> None:
        super().__init__()
        self.line = line
        self.limit = limit


class TooManyLinks(Refusal):
    """More buttons than a message should have."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class TextUnusable(Refusal):
    """Telegram would refuse a text, or not show it as it is meant."""

    def __init__(self, language: Language, fault: HtmlFault) -> None:
        super().__init__()
        self.language = language
        self.fault = fault


class DueInPast(Refusal):
    """The time is past already."""

    def __init__(self, due_at: datetime) -> None:
        super().__init__()
        self.due_at = due_at


class NobodyMeant(Refusal):
    """The audience is nobody."""


class NoSuchAnnouncement(Refusal):
    """There is no such announcement."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__()
        self.announcement_id = announcement_id


class AnnouncementEnded(Refusal):
    """The announcement is done or cancelled: nothing can be changed any more."""

    def __init__(self, announcement_id: int, state: AnnouncementState) -> None:
        super().__init__()
        self.announcement_id = announcement_id
        self.state = state


class NotBegun(Refusal):
    """The announcement has not been sent to anybody, so there is nothing to send again."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__()
        self.announcement_id = announcement_id


class NobodyLeftOut(Refusal):
    """With nobody did it end so."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__()
        self.announcement_id = announcement_id


class DraftChanged(Refusal):
    """Somebody else has changed it since it was shown."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__()
        self.announcement_id = announcement_id


class AlreadyOut(Refusal):
    """It has begun to go out, or was cancelled: it is no draft any more."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__()
        self.announcement_id = announcement_id


class _OfAnnouncement(Refusal):
    """Something about one announcement."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__()
        self.announcement_id = announcement_id


class ApprovalNeeded(_OfAnnouncement):
    """By now it goes to so many that somebody else must approve it first."""


class SubmittedAlready(_OfAnnouncement):
    """It waits for an approval or for its time: somebody has submitted it."""


class NobodyApproves(_OfAnnouncement):
    """It needs an approval, and there is no approver besides those who wrote it."""


class OwnAnnouncement(_OfAnnouncement):
    """Whoever wrote in it, or submitted it, does not approve it."""


class ApprovalStale(_OfAnnouncement):
    """It does not wait for an approval any more, or was changed since it was shown."""


class PreviewNotSeen(_OfAnnouncement):
    """Nobody approves what they have not got as its readers will."""


class ReasonUnusable(Refusal):
    """The reason is empty or too long."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class MomentUnreadable(Refusal):
    """What was typed is no day and time."""


class NotCurator(Refusal):
    """Whoever wrote it is the curator of the group no more."""

    def __init__(self, group_name: str) -> None:
        super().__init__()
        self.group_name = group_name


class AudienceFixed(Refusal):
    """What a curator writes goes to the whole group, and to nobody else."""

    def __init__(self, group_name: str) -> None:
        super().__init__()
        self.group_name = group_name


class NobodyElse(Refusal):
    """There is nobody in the test group."""
