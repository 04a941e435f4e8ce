"""The register that cannot be quietly rewritten: a chain of entries, the days' heads, and whether numbers are given."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment


class RegisterEntry(Base):
    """What happened to a certificate, chained: `hash` covers this entry and `previous`, the hash of the one before.

    `content` is a hash over the facts and the salt of the certificate: whoever erases both takes the person out of the
    register, and the chain still holds. A trigger refuses every change.
    """

    __tablename__ = "register_entries"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[Moment]
    event: Mapped[str]
    number: Mapped[str] = mapped_column(index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    previous: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    __table_args__ = (
        CheckConstraint(
            "event in ('issued', 'signed', 'revoked', 'superseded', 'entered_again', 'erased')", name="event"
        ),
    )


class RegisterHead(Base):
    """How far the register was at the end of a day; posted where everybody can keep it.

    `posted_at`: when it was posted, or passed over after a restore.
    """

    __tablename__ = "register_heads"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    posted_at: Mapped[datetime | None]


class Issuing(Base):
    """The one row that says whether numbers are given: `halted_at`, a restored database waits for a word."""

    __tablename__ = "issuing"
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, server_default=text("1"))
    halted_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class CertificateTimestamp(Base):
    """A time-stamp authority's word for when the bytes of a certificate existed; null while it is tried for."""

    __tablename__ = "certificate_timestamps"
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), primary_key=True)
    token: Mapped[bytes | None] = mapped_column(LargeBinary)
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    next_at: Mapped[datetime | None]
    obtained_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "ix_certificate_timestamps_wanted",
            "next_at",
            postgresql_where=text("token is null and next_at is not null"),
        ),
    )
