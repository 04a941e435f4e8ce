"""Units, people, and how the roster of people came to be what it is."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId, SearchWords


class Unit(Base):
    """A unit or a post of the university. `members`: codes of those in a group."""

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
    members: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    sort_key: Mapped[str]
    __table_args__ = (CheckConstraint("kind in ('unit', 'role')", name="kind"),)


class Person(Base):
    """A student or an employee as the roster and the officials' corrections have them.

    `absent_since` marks who is no longer in the roster.
    `number_key`, `phone_keys` and `search` are what the person is found by (see `services.people.rules`).
    `first_linked_at`: when an account was linked to the person for the first time.
    """

    __tablename__ = "people"
    id: Mapped[RowId]
    person_no: Mapped[str] = mapped_column(unique=True)
    number_key: Mapped[str] = mapped_column(unique=True)
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
    work_permit_expires: Mapped[date | None]
    post_ky: Mapped[str]
    post_ru: Mapped[str]
    post_en: Mapped[str]
    curator_of: Mapped[str] = mapped_column(server_default=text("''"))
    sort_key: Mapped[str]
    group_key: Mapped[str]
    phone_keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
    search: Mapped[list[str]] = mapped_column(SearchWords)
    absent_since: Mapped[datetime | None]
    first_linked_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("kind in ('student', 'staff')", name="kind"),
        CheckConstraint("status in ('active', 'leave', 'expelled', 'graduated')", name="status"),
        CheckConstraint("study_form in ('', 'full_time', 'part_time')", name="study_form"),
        CheckConstraint("funding in ('', 'budget', 'contract')", name="funding"),
        CheckConstraint("course between 1 and 7", name="course"),
        Index(None, "unit_id"),
        Index(None, "group_key", "sort_key", postgresql_where=text("group_key <> ''")),
        Index(None, "phone_keys", postgresql_using="gin"),
        Index(None, "search", postgresql_using="gin"),
        *(
            Index(
                f"ix_people_{paper}_expires", f"{paper}_expires", postgresql_where=text(f"{paper}_expires is not null")
            )
            for paper in ("visa", "registration", "work_permit")
        ),
        Index("ix_people_listing", text("(absent_since is not null)"), "sort_key", "id"),
    )


class PersonCorrection(Base):
    """A fact that the university's officials know better than the source of the roster.

    The person's row holds `value`; `roster_value` is what the source said last. Both are texts, days as YYYY-MM-DD.
    It ends when it is taken back (`withdrawn`) or when the source says the same (`adopted`).
    """

    __tablename__ = "person_corrections"
    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    fact: Mapped[str]
    roster_value: Mapped[str]
    value: Mapped[str]
    corrected_at: Mapped[Moment]
    corrected_by: Mapped[int | None] = mapped_column(BigInteger)
    ended_at: Mapped[datetime | None]
    ended_how: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("ended_how in ('withdrawn', 'adopted')", name="ended_how"),
        CheckConstraint("(ended_at is null) = (ended_how is null)", name="ended_with_reason"),
        Index(
            "uq_person_corrections_in_force",
            "person_id",
            "fact",
            unique=True,
            postgresql_where=text("ended_at is null"),
        ),
    )


class RosterImport(Base):
    """An import that changed the roster; it can be undone while its changes are kept."""

    __tablename__ = "roster_imports"
    id: Mapped[RowId]
    imported_at: Mapped[Moment] = mapped_column(index=True)
    imported_by: Mapped[int | None] = mapped_column(BigInteger)
    added: Mapped[int]
    changed: Mapped[int]
    removed: Mapped[int]
    unchanged: Mapped[int]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(BigInteger)


class RosterImportChange(Base):
    """One person as the roster had them before an import, facts as texts; `before` is null for who was not there."""

    __tablename__ = "roster_import_changes"
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_imports.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    absent_since: Mapped[datetime | None]


class RosterDraft(Base):
    """A roster file that an administrator sent and has not confirmed yet; at most one an account.

    `digest` stands for the difference that was shown.
    """

    __tablename__ = "roster_drafts"
    id: Mapped[RowId]
    account_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    file_name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[Moment]
