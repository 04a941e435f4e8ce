"""Announcements between their rows and their DTOs."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from services.announcements.dto import Announcement as AnnouncementDto
from services.announcements.dto import (
    AnnouncementStage,
    Category,
    Content,
    LinkButton,
    Media,
    MediaFile,
    SendingOptions,
    Voice,
)
from services.announcements.rules import own_audience
from services.db.models import Announcement
from services.delivery.dto import IfLate, Urgency
from services.languages import Language
from services.people.rules import group_key

#: All that is read of an announcement.
ANNOUNCEMENTS = select(
    Announcement.id, Announcement.state, Announcement.version, Announcement.texts, Announcement.about,
    Announcement.fallback, Announcement.media, Announcement.file_id, Announcement.file_name, Announcement.links,
    Announcement.category, Announcement.audience, Announcement.channels, Announcement.unit_code, Announcement.wanted_at,
    Announcement.asks_reading, Announcement.is_public, Announcement.urgency, Announcement.due_at,
    Announcement.late_after, Announcement.if_late, Announcement.recipients, Announcement.notice_id,
    Announcement.announced_at, Announcement.announced_by, Announcement.changed_by, Announcement.changed_at,
    Announcement.writers, Announcement.approved_by, Announcement.returned, Announcement.corrected_at,
    Announcement.withdrawn_at, Announcement.group_name, Announcement.submitted_by,
)  # fmt: skip


def announcement_of(row: Row[*tuple[Any, ...]]) -> AnnouncementDto:
    """Return the announcement of a row of all columns."""
    return AnnouncementDto(
        id=row.id,
        stage=AnnouncementStage(row.state),
        version=row.version,
        content=_content_of(row),
        audience=row.audience,
        channels=tuple(row.channels),
        unit_code=row.unit_code,
        options=SendingOptions(
            wanted_at=row.wanted_at,
            urgent=row.urgency == Urgency.URGENT.value,
            asks_reading=row.asks_reading,
            is_public=row.is_public,
        ),
        urgency=Urgency(row.urgency),
        due_at=row.due_at,
        late_after=row.late_after,
        if_late=IfLate(row.if_late),
        recipients=row.recipients,
        notice_id=row.notice_id,
        announced_at=row.announced_at,
        announced_by=row.announced_by,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        writers=frozenset(row.writers),
        approved_by=row.approved_by,
        returned=row.returned,
        corrected_at=row.corrected_at,
        withdrawn_at=row.withdrawn_at,
        group_name=row.group_name,
        submitted_by=row.submitted_by,
    )


def _content_of(row: Row[*tuple[Any, ...]]) -> Content:
    file = MediaFile(media=Media(row.media), file_id=row.file_id, file_name=row.file_name) if row.media else None
    return Content(
        texts=_by_language(row.texts),
        about=_by_language(row.about),
        fallback=Language(row.fallback) if row.fallback else None,
        file=file,
        links=tuple(LinkButton(labels=_by_language(link["labels"]), address=link["address"]) for link in row.links),
        category=Category(row.category),
    )


def spoken_in(voices: Collection[Voice]) -> ColumnElement[bool]:
    """Return the condition that it speaks in one of these names; the university's holds those of all units."""
    groups = [group_key(voice.group_name) for voice in voices if voice.group_name is not None]
    to_groups = Announcement.group_key.in_(groups)
    if any(voice.is_university for voice in voices):
        return or_(Announcement.group_key.is_(None), to_groups)
    units = [voice.unit_code for voice in voices if voice.unit_code is not None]
    return or_(Announcement.unit_code.in_(units), to_groups)


def voice_columns(voice: Voice) -> dict[str, Any]:
    """Return the columns that hold in whose name it speaks, and so whom it means at first."""
    name = voice.group_name
    return {
        "unit_code": voice.unit_code,
        "group_name": name,
        "group_key": group_key(name) if name is not None else None,
        "audience": own_audience(voice),
    }


def option_columns(options: SendingOptions) -> dict[str, Any]:
    """Return the columns that hold how it goes out."""
    return {
        "wanted_at": options.wanted_at,
        "urgency": (Urgency.URGENT if options.urgent else Urgency.NORMAL).value,
        "asks_reading": options.asks_reading,
        "is_public": options.is_public,
    }


def content_columns(content: Content) -> dict[str, Any]:
    """Return the columns that hold what readers see."""
    return {
        "texts": words_by_code(content.texts),
        "about": words_by_code(content.about),
        "fallback": content.fallback.value if content.fallback else None,
        "media": content.file.media.value if content.file else None,
        "file_id": content.file.file_id if content.file else None,
        "file_name": content.file.file_name if content.file else "",
        "links": [{"labels": words_by_code(link.labels), "address": link.address} for link in content.links],
        "category": content.category.value,
    }


def words_by_code(words: Mapping[Language, str]) -> dict[str, str]:
    """Return words as they are kept."""
    return {language.value: text for language, text in words.items()}


def _by_language(kept: Mapping[str, str]) -> dict[Language, str]:
    return {Language(language): text for language, text in kept.items()}
