"""Requests for certificates, what is told to be wrong on one, and whole groups."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId

_OPEN = "state in ('unpaid', 'waiting', 'taken', 'asked')"


class CertificateRequest(Base):
    """A wish for a certificate that a desk decides about.

    `asked` are the facts that its person gave, `entered` those of the desk: texts by name, as papers keep them.
    `promised_on`: the working day by whose end the desk answers; the clock began at `queued_at` and runs through a
    hand-over. `version` grows with every change, so that a screen knows whether it still shows what is.
    `occasion`: the screen that asked; it asks for the very same only once.
    """

    __tablename__ = "certificate_requests"
    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    account_id: Mapped[int] = mapped_column(BigInteger, index=True)
    kind: Mapped[str]
    language: Mapped[str]
    desk: Mapped[str]
    state: Mapped[str]
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    occasion: Mapped[str] = mapped_column(unique=True)
    asked: Mapped[dict[str, Any]]
    entered: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    question: Mapped[str | None]
    answer: Mapped[str | None]
    refusal: Mapped[str | None]
    receipt_file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"), index=True)
    receipt_refusal: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    paid_by: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[Moment]
    queued_at: Mapped[datetime | None]
    promised_on: Mapped[date | None]
    warned_on: Mapped[date | None]
    taken_by: Mapped[int | None] = mapped_column(BigInteger)
    taken_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"))
    paper_copy: Mapped[str] = mapped_column(server_default=text("'none'"))
    paper_copy_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "state in ('unpaid', 'waiting', 'taken', 'asked', 'approved', 'refused', 'withdrawn')", name="state"
        ),
        CheckConstraint("language in ('ky', 'ru', 'en')", name="language"),
        CheckConstraint("paper_copy in ('none', 'wanted', 'ready', 'given')", name="paper_copy"),
        CheckConstraint("(state = 'taken') <= (taken_by is not null)", name="taken_by_somebody"),
        CheckConstraint("(state = 'approved') = (certificate_id is not null)", name="approved_with_certificate"),
        CheckConstraint("(state = 'refused') = (refusal is not null)", name="refused_with_reason"),
        Index("ix_certificate_requests_queue", "desk", "queued_at", "id", postgresql_where=text(_OPEN)),
        Index("ix_certificate_requests_promised", "promised_on", postgresql_where=text(_OPEN)),
        Index(
            "ix_certificate_requests_copies", "desk", "id", postgresql_where=text("paper_copy in ('wanted', 'ready')")
        ),
        Index(None, "person_id", "id"),
        Index(None, "certificate_id", unique=True),
    )


class DeskSheet(Base):
    """A queue that an official filled in a spreadsheet, sent back and has not confirmed yet; at most one an account.

    `digest` stands for the difference that was shown.
    """

    __tablename__ = "desk_sheets"
    id: Mapped[RowId]
    account_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    desk: Mapped[str]
    file_name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[Moment]


class FactReport(Base):
    """A fact on a certificate that its holder says is wrong; the desk accepts `value`, or `decided_value`, or refuses.

    An accepted one leads to `new_certificate_id`, which replaces the other.
    """

    __tablename__ = "fact_reports"
    id: Mapped[RowId]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    account_id: Mapped[int] = mapped_column(BigInteger, index=True)
    desk: Mapped[str]
    fact: Mapped[str]
    value: Mapped[str]
    state: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    decided_value: Mapped[str | None]
    refusal: Mapped[str | None]
    created_at: Mapped[Moment]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    new_certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"))
    __table_args__ = (
        CheckConstraint("state in ('open', 'document_wanted', 'accepted', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'refused') = (refusal is not null)", name="refused_with_reason"),
        Index(
            "uq_fact_reports_open",
            "certificate_id",
            "fact",
            unique=True,
            postgresql_where=text("state in ('open', 'document_wanted')"),
        ),
        Index("ix_fact_reports_queue", "desk", "id", postgresql_where=text("state in ('open', 'document_wanted')")),
    )


class CertificateBatch(Base):
    """A whole group, or a list, for whom one kind is issued; worked through a few rows at a time, by whoever lives.

    `send`: each certificate is left for its person in the chat as well.
    """

    __tablename__ = "certificate_batches"
    id: Mapped[RowId]
    kind: Mapped[str]
    language: Mapped[str]
    desk: Mapped[str]
    title: Mapped[str]
    send: Mapped[bool] = mapped_column(server_default=text("false"))
    state: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    created_at: Mapped[Moment]
    finished_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("language in ('ky', 'ru', 'en')", name="language"),
        CheckConstraint("state in ('open', 'done', 'cancelled')", name="state"),
        Index("ix_certificate_batches_open", "id", postgresql_where=text("state = 'open'")),
        Index(None, "desk", "id"),
    )


class CertificateBatchRow(Base):
    """One person of a batch: the certificate that was issued, or why none was (the name of the refusal)."""

    __tablename__ = "certificate_batch_rows"
    batch_id: Mapped[int] = mapped_column(ForeignKey("certificate_batches.id", ondelete="CASCADE"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"))
    refusal: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("certificate_id is null or refusal is null", name="one_end"),
        Index(None, "person_id"),
        Index(None, "certificate_id"),
        Index(
            "ix_certificate_batch_rows_left",
            "batch_id",
            "row",
            postgresql_where=text("certificate_id is null and refusal is null"),
        ),
    )
