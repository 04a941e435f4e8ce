"""Units, people, accounts and how they belong together."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class Unit(Base):
    """A unit or a post of the university."""

    __tablename__ = "units"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    name_ky: Mapped[str]
    name_ru: Mapped[str]
    name_en: Mapped[str]
    abbreviation: Mapped[str]
    kind: Mapped[str]
    parent_code: Mapped[str]
    aliases: Mapped[list[str]]
    sort_key: Mapped[str]
    __table_args__ = (CheckConstraint("kind in ('unit', 'role')", name="kind"),)


class Person(Base):
    """A student or an employee as the roster has them; `absent_since` marks who is no longer in it."""

    __tablename__ = "people"
    id: Mapped[RowId]
    person_no: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    last_name: Mapped[str]
    first_name: Mapped[str]
    patronymic: Mapped[str]
    name_latin: Mapped[str]
    birth_date: Mapped[date | None]
    phone: Mapped[str]
    email: Mapped[str]
    unit: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    programme_ky: Mapped[str]
    programme_ru: Mapped[str]
    programme_en: Mapped[str]
    course: Mapped[int | None] = mapped_column(SmallInteger)
    group_name: Mapped[str]
    study_form: Mapped[str]
    funding: Mapped[str]
    degree: Mapped[str]
    admission_date: Mapped[date | None]
    expected_graduation: Mapped[date | None]
    admission_order: Mapped[str]
    status: Mapped[str]
    citizenship: Mapped[str]
    visa_expires: Mapped[date | None]
    registration_expires: Mapped[date | None]
    post_ky: Mapped[str]
    post_ru: Mapped[str]
    post_en: Mapped[str]
    sort_key: Mapped[str]
    absent_since: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("kind in ('student', 'staff')", name="kind"),
        CheckConstraint("status in ('active', 'leave', 'expelled', 'graduated')", name="status"),
        CheckConstraint("study_form in ('', 'full_time', 'part_time')", name="study_form"),
        CheckConstraint("funding in ('', 'budget', 'contract')", name="funding"),
        CheckConstraint("course between 1 and 7", name="course"),
        Index(None, "unit_id"),
    )


class Account(Base):
    """A Telegram account that has written to the bot; linked to at most one person, and a person to one account.

    `language` is the person's choice; until there is one, messages are in `guessed_language`, that of the screens.
    """

    __tablename__ = "accounts"
    telegram_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), unique=True)
    language: Mapped[str | None]
    guessed_language: Mapped[str | None]
    first_seen_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    linked_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("language in ('ky', 'ru', 'en')", name="language"),
        CheckConstraint("guessed_language in ('ky', 'ru', 'en')", name="guessed_language"),
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
    """Wrong codes of an account, to lock it for a while."""

    __tablename__ = "link_attempts"
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]


class RoleGrant(Base):
    """A role of an account, or of a person and thus of whichever account is linked to them."""

    __tablename__ = "role_grants"
    id: Mapped[RowId]
    telegram_id: Mapped[int | None] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    granted_at: Mapped[Moment]
    granted_by: Mapped[str]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("(telegram_id is null) <> (person_id is null)", name="one_holder"),
        Index(
            "uq_role_grants_in_force",
            "telegram_id",
            "person_id",
            "role",
            "unit_id",
            unique=True,
            postgresql_where=text("revoked_at is null"),
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_role_grants_person_id", "person_id", postgresql_where=text("revoked_at is null")),
    )


class BotIdentity(Base):
    """The bot as Telegram knows it, so that links can be printed without asking."""

    __tablename__ = "bot_identities"
    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    username: Mapped[str]
    seen_at: Mapped[Moment]
