"""Telegram accounts, and how they belong to people."""

from datetime import datetime, time

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class Account(Base):
    """A Telegram account that has written to the bot; linked to at most one person, and a person to one account.

    `language` is the person's choice; until there is one, messages are in `guessed_language`, that of the screens.
    `frozen_at`: somebody said that this link is not theirs; it opens nothing until the Study Office has looked at it.
    `quiet_from`, `quiet_until`: the person's own quiet hours, local time; null for the university's, equal for none.
    `silent`: ordinary messages come without a sound.
    `gathered`: they come together in the evening's digest.
    `shown_commands`: the command menu of their own that Telegram shows them; null for the ordinary one.
    """

    __tablename__ = "accounts"
    telegram_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), unique=True)
    language: Mapped[str | None]
    guessed_language: Mapped[str | None]
    first_seen_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    linked_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    silent: Mapped[bool] = mapped_column(server_default=text("false"))
    gathered: Mapped[bool] = mapped_column(server_default=text("false"))
    shown_commands: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("language in ('ky', 'ru', 'en')", name="language"),
        CheckConstraint("guessed_language in ('ky', 'ru', 'en')", name="guessed_language"),
        CheckConstraint("(quiet_from is null) = (quiet_until is null)", name="quiet_hours"),
    )


class LinkCode(Base):
    """A one-time code that links an account to a person; only digests are kept."""

    __tablename__ = "link_codes"
    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    payload_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    typed_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.telegram_id"))


class LinkAttempts(Base):
    """Tries of an account in vain, each way of linking by itself, to lock it for a while."""

    __tablename__ = "link_attempts"
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    way: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("way in ('code', 'contact')", name="way"),)


class Link(Base):
    """How an account and a person were joined and parted; `accounts.person_id` says who is linked now.

    `linked_by`: the official who did it, null for the person's own act. `former_account_id`: whose place it took.
    """

    __tablename__ = "links"
    id: Mapped[RowId]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.telegram_id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    way: Mapped[str]
    linked_at: Mapped[Moment]
    linked_by: Mapped[int | None] = mapped_column(BigInteger)
    former_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.telegram_id"))
    disowned_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_how: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("way in ('code', 'contact', 'request')", name="way"),
        CheckConstraint("ended_how in ('moved', 'unlinked', 'taken_away')", name="ended_how"),
        CheckConstraint("(ended_at is null) = (ended_how is null)", name="ended_with_reason"),
        Index("uq_links_account", "account_id", unique=True, postgresql_where=text("ended_at is null")),
        Index("uq_links_person", "person_id", unique=True, postgresql_where=text("ended_at is null")),
    )


class Consent(Base):
    """That somebody agreed to a version of the text about personal data, in the language they read it in."""

    __tablename__ = "consents"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.telegram_id"), primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    given_at: Mapped[Moment]


class LinkRequest(Base):
    """Somebody without a code asks the Study Office to recognise them by what stands on their card."""

    __tablename__ = "link_requests"
    id: Mapped[RowId]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.telegram_id"), index=True)
    name: Mapped[str]
    group_name: Mapped[str]
    person_no: Mapped[str]
    asked_at: Mapped[Moment]
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'linked', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'linked') = (person_id is not null)", name="linked_to_somebody"),
        CheckConstraint("(state = 'waiting') = (decided_at is null)", name="decided"),
        Index("uq_link_requests_waiting", "account_id", unique=True, postgresql_where=text("state = 'waiting'")),
        Index("ix_link_requests_queue", "asked_at", "id", postgresql_where=text("state = 'waiting'")),
    )


class BotIdentity(Base):
    """The bot as Telegram knows it, so that links can be printed without asking."""

    __tablename__ = "bot_identities"
    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    username: Mapped[str]
    seen_at: Mapped[Moment]
