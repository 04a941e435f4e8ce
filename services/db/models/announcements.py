"""What the university announces, and to whom."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class Announcement(Base):
    """Words for an audience. `texts` are HTML by language; `audience` is the expression as it was written.

    `channels`: the ids of the channels and groups where it goes, too; where there are some, `audience` may be empty.
    `fallback`: whose text the readers get in whose own language there is none; null where nothing is missing.
    `about`: for those readers a line in their language that says what it is about.
    `file_id`: a photo or a document that the text is the caption of. `links`: buttons with addresses.
    `unit_code`: the unit that it speaks for, and to whose people it is confined; null for the university.
    `group_name`, `group_key`: the study group to which its curator writes (as `people.group_key`); null for any other.
    `version` grows with every change of content or audience, and a change takes back an approval.
    `wanted_at`: when its author wants it to go out; null for at once. `due_at`: the same, once it is ready.
    `notice_id`: what was made of it when it began to go out; from then on its broadcast says how far it is.
    `recipients`: as counted when it was announced, then as frozen when it began to go out.
    `late_after`, `if_late`: see `Notice`; they count from `due_at`. `announced_by`: null for the operator.
    `writers`: the accounts of all who wrote in it or submitted it, none of whom approves it.
    `submitted_by`: who let it go last; null for the operator.
    `returned`: why an approver sent it back, until it is submitted again.
    """

    __tablename__ = "announcements"
    id: Mapped[RowId]
    state: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    texts: Mapped[dict[str, Any]]
    about: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    fallback: Mapped[str | None]
    media: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    file_name: Mapped[str] = mapped_column(server_default=text("''"))
    links: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    category: Mapped[str] = mapped_column(server_default=text("'general'"))
    audience: Mapped[str]
    channels: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    unit_code: Mapped[str | None]
    group_name: Mapped[str | None]
    group_key: Mapped[str | None]
    urgency: Mapped[str]
    asks_reading: Mapped[bool] = mapped_column(server_default=text("false"))
    is_public: Mapped[bool] = mapped_column(server_default=text("false"))
    wanted_at: Mapped[datetime | None]
    due_at: Mapped[Moment]
    late_after: Mapped[timedelta | None]
    if_late: Mapped[str] = mapped_column(server_default=text("'ask'"))
    recipients: Mapped[int]
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), unique=True)
    announced_at: Mapped[Moment]
    announced_by: Mapped[int | None] = mapped_column(BigInteger)
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[int | None] = mapped_column(BigInteger)
    writers: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    submitted_by: Mapped[int | None] = mapped_column(BigInteger)
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(BigInteger)
    returned: Mapped[str] = mapped_column(server_default=text("''"))
    corrected_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "state in ('draft', 'awaiting_approval', 'scheduled', 'paused', 'begun', 'cancelled')", name="state"
        ),
        CheckConstraint("(state = 'begun') = (notice_id is not null)", name="begun"),
        CheckConstraint("fallback in ('ky', 'ru', 'en')", name="fallback"),
        CheckConstraint("urgency in ('urgent', 'normal')", name="urgency"),
        CheckConstraint("if_late in ('ask', 'drop')", name="if_late"),
        CheckConstraint("media in ('photo', 'document')", name="media"),
        CheckConstraint("(media is null) = (file_id is null)", name="file"),
        Index("ix_announcements_scheduled", "due_at", postgresql_where=text("state = 'scheduled'")),
        Index("ix_announcements_begun", "due_at", postgresql_where=text("state = 'begun'")),
        Index("ix_announcements_unsent", "id", postgresql_where=text("state in ('draft', 'awaiting_approval')")),
    )


class AnnouncementRevision(Base):
    """What was done to one that is out: other texts for all, or taken back. It goes the way of a broadcast.

    `base`: the version of the announcement that it was made of. `version` grows with every change of the texts, which
    takes back an approval; once it has begun, `texts` are all of the announcement's. `writers`: the accounts of all who
    wrote in it or submitted it, none of whom approves it. `seen_by`: the accounts of the approvers to whom this version
    was shown. `swept_at`: since when nobody can have been missed any more who was just being told while it began.
    """

    __tablename__ = "announcement_revisions"
    id: Mapped[RowId]
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), index=True)
    kind: Mapped[str]
    state: Mapped[str]
    base: Mapped[int]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    texts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    writers: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    seen_by: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), unique=True)
    made_at: Mapped[Moment]
    made_by: Mapped[int | None] = mapped_column(BigInteger)
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(BigInteger)
    begun_at: Mapped[datetime | None]
    swept_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("kind in ('correction', 'recall')", name="kind"),
        CheckConstraint("state in ('draft', 'awaiting_approval', 'begun', 'dropped')", name="state"),
        CheckConstraint("(state = 'begun') = (notice_id is not null)", name="begun"),
        Index(
            "ix_announcement_revisions_unswept",
            "begun_at",
            postgresql_where=text("state = 'begun' and swept_at is null"),
        ),
        Index(
            "uq_announcement_revisions_open",
            "announcement_id",
            unique=True,
            postgresql_where=text("state in ('draft', 'awaiting_approval')"),
        ),
    )


class AnnouncementReading(Base):
    """Somebody pressed that they have read and understood."""

    __tablename__ = "announcement_readings"
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.telegram_id"), primary_key=True, index=True)
    read_at: Mapped[Moment]


class AnnouncementProgress(Base):
    """The message in which somebody watches how an announcement goes out.

    `shown`: what stands in it, so that it is edited only when something changed; `ended`: the result was shown.
    """

    __tablename__ = "announcement_progress"
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger)
    shown: Mapped[str] = mapped_column(server_default=text("''"))
    shown_at: Mapped[Moment]
    ended: Mapped[bool] = mapped_column(server_default=text("false"))
    __table_args__ = (Index("ix_announcement_progress_open", "shown_at", postgresql_where=text("not ended")),)


class MutedCategory(Base):
    """Ordinary announcements of this category are not sent to this account."""

    __tablename__ = "muted_categories"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.telegram_id"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)


class Channel(Base):
    """A channel or a group in Telegram in which the bot may write, or might: it was made a member there.

    Announcements go to those that an administrator registered (`state`). `chat_id`: Telegram's number, below zero, so
    that it is never that of a person. `language`: whose text goes there; null for all of them in one message.
    `unit_code`: the unit whose editors may choose it, too. `lost_at`: since when the bot may not write there;
    `told_at`: when the administrators were told so.
    """

    __tablename__ = "channels"
    id: Mapped[RowId]
    chat_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    username: Mapped[str | None]
    language: Mapped[str | None]
    unit_code: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default=text("'offered'"))
    seen_at: Mapped[Moment]
    registered_at: Mapped[datetime | None]
    registered_by: Mapped[int | None] = mapped_column(BigInteger)
    lost_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("chat_id < 0", name="chat_id"),
        CheckConstraint("kind in ('channel', 'group')", name="kind"),
        CheckConstraint("language in ('ky', 'ru', 'en')", name="language"),
        CheckConstraint("state in ('offered', 'registered')", name="state"),
        CheckConstraint("(state = 'registered') = (registered_at is not null)", name="registered"),
    )


class AudienceList(Base):
    """A list of people somebody brought, to be named in an audience."""

    __tablename__ = "audience_lists"
    id: Mapped[RowId]
    name: Mapped[str] = mapped_column(unique=True)
    brought_at: Mapped[Moment]
    brought_by: Mapped[int | None] = mapped_column(BigInteger)


class AudienceListPerson(Base):
    """Somebody on a list."""

    __tablename__ = "audience_list_people"
    list_id: Mapped[int] = mapped_column(ForeignKey("audience_lists.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
