"""The register of certificates, the keys that signed them, and files."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class File(Base):
    """Bytes, stored once; joined only to download."""

    __tablename__ = "files"
    id: Mapped[RowId]
    sha256: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    size: Mapped[int]
    mime: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[Moment]


class TelegramFile(Base):
    """Telegram's own copy of a file, valid for one bot only; null while `worker` brings the file there."""

    __tablename__ = "telegram_files"
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True)
    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    telegram_file_id: Mapped[str | None]
    worker: Mapped[int | None] = mapped_column(Integer)
    leased_until: Mapped[datetime | None]


class CertificateSeries(Base):
    """The last number given in a year; its row is the lock that keeps the series gapless."""

    __tablename__ = "certificate_series"
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last_serial: Mapped[int]


class SigningKey(Base):
    """A key that signs or has signed: its certificate and the authorities above it, to check its papers for ever.

    A key stands here from the moment it may sign; `first_used_at` is null until it has.
    `invalid_since`: from this moment on somebody else may have it; what it signed later proves nothing.
    """

    __tablename__ = "signing_keys"
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    certificate_pem: Mapped[str]
    authority_pems: Mapped[list[str]]
    first_used_at: Mapped[datetime | None]
    invalid_since: Mapped[datetime | None]


class Certificate(Base):
    """An issued certificate: the frozen facts and the frozen paper; later the first signed bytes, for ever.

    `reprints` counts how often it was given to the printers anew after they had failed.
    `revoked_by`, `revocation_reason`: which official said that it is no longer true, and why (for the student only).
    `salt` keeps the register's hashes of the facts from being guessed; whoever is erased loses it and the facts.
    `replaces_id`: the certificate in whose place this one stands. `confirmed`: what the holder was told last of whether
    the university still confirms it.
    """

    __tablename__ = "certificates"
    id: Mapped[RowId]
    year: Mapped[int] = mapped_column(SmallInteger)
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    language: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    issued_on: Mapped[date]
    issued_at: Mapped[Moment]
    valid_until: Mapped[date | None]
    facts: Mapped[dict[str, Any]]
    facts_digest: Mapped[bytes] = mapped_column(LargeBinary)
    paper: Mapped[dict[str, Any]]
    status: Mapped[str]
    status_at: Mapped[Moment]
    revoked_by: Mapped[int | None] = mapped_column(BigInteger)
    revocation_reason: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    signed_at: Mapped[datetime | None]
    key_fingerprint: Mapped[str | None] = mapped_column(ForeignKey("signing_keys.fingerprint"))
    worker: Mapped[int | None] = mapped_column(Integer)
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    reprints: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    failed_at: Mapped[datetime | None]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"), unique=True)
    confirmed: Mapped[bool] = mapped_column(server_default=text("true"))
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        CheckConstraint("status in ('issued', 'revoked', 'superseded')", name="status"),
        CheckConstraint("language in ('ky', 'ru', 'en')", name="language"),
        CheckConstraint("(file_id is null) = (signed_at is null)", name="file_with_time"),
        Index(
            "uq_certificates_same_day",
            "person_id",
            "kind",
            "language",
            "issued_on",
            "facts_digest",
            unique=True,
            postgresql_where=text("status = 'issued'"),
        ),
        Index("ix_certificates_unprinted", "id", postgresql_where=text("file_id is null and failed_at is null")),
        Index("ix_certificates_file_id", "file_id"),
        Index("ix_certificates_in_force", "valid_until", postgresql_where=text("status = 'issued'")),
    )
