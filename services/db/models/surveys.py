"""Surveys: what is asked and of whom, who is through, and replies that nothing ties to a person.

No table of replies, sealed or plain, has a time, a number that grows, or a column of a person's.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from services.db.models.base import Base, Moment, RowId


class QuestionnaireRow(Base):
    """A questionnaire of the library. `body`: its file as a table of tables; `draft`: still being written in chat."""

    __tablename__ = "questionnaires"
    id: Mapped[RowId]
    code: Mapped[str]
    revision: Mapped[int] = mapped_column(SmallInteger)
    body: Mapped[dict[str, Any]]
    draft: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[Moment]
    created_by: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        CheckConstraint("revision > 0", name="revision"),
        Index("uq_questionnaires_code_revision", "code", "revision", unique=True, postgresql_where=text("not draft")),
    )


class Survey(Base):
    """One round of asking. `audience`: the expression that was frozen into `survey_people` at opening.

    `period_*`: what "the last semester" means this time. `split`: how far the report tells groups apart.
    `public_key`: replies are sealed to it; its private half is a file beside the database until closing.
    `tap_key`: buttons in the chat are signed with it; `link_token`: the address of an open link. Both go at closing.
    `reader_unit`: who reads named answers. `outcome_*`: what changed because of the answers.
    """

    __tablename__ = "surveys"
    id: Mapped[RowId]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"), index=True)
    mode: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'draft'"))
    audience: Mapped[str] = mapped_column(server_default=text("''"))
    split: Mapped[str] = mapped_column(server_default=text("'unit'"))
    period_ky: Mapped[str] = mapped_column(server_default=text("''"))
    period_ru: Mapped[str] = mapped_column(server_default=text("''"))
    period_en: Mapped[str] = mapped_column(server_default=text("''"))
    closes_on: Mapped[date | None] = mapped_column(Date)
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    tap_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    link_token: Mapped[str | None] = mapped_column(unique=True)
    reader_unit: Mapped[str] = mapped_column(server_default=text("''"))
    outcome_ky: Mapped[str] = mapped_column(server_default=text("''"))
    outcome_ru: Mapped[str] = mapped_column(server_default=text("''"))
    outcome_en: Mapped[str] = mapped_column(server_default=text("''"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Moment]
    created_by: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        CheckConstraint("mode in ('anonymous', 'confidential', 'named', 'open')", name="mode"),
        CheckConstraint("state in ('draft', 'open', 'closing', 'closed')", name="state"),
        CheckConstraint("split in ('university', 'unit', 'unit_course')", name="split"),
        CheckConstraint("(state = 'draft') = (opened_on is null)", name="opened"),
        CheckConstraint("(state = 'closed') = (closed_on is not null)", name="closed"),
    )


class SurveyStratum(Base):
    """A group that the report tells apart. `people`: of the frozen audience; `tickets`: printed for it.

    `covers`: codes of the smaller groups that were merged into it. Leaves are what replies and tickets name.
    `finished`: for so many the survey is over as of the morning of `counted_on`, in tens (see `taking_part`).
    """

    __tablename__ = "survey_strata"
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    parent: Mapped[str | None]
    name_ky: Mapped[str]
    name_ru: Mapped[str]
    name_en: Mapped[str]
    people: Mapped[int]
    leaf: Mapped[bool]
    tickets: Mapped[int] = mapped_column(server_default=text("0"))
    covers: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    finished: Mapped[int] = mapped_column(server_default=text("0"))
    counted_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (CheckConstraint("people >= 0 and tickets >= 0 and finished >= 0", name="counts"),)


class SurveyPerson(Base):
    """Who is asked, frozen at opening."""

    __tablename__ = "survey_people"
    survey_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    stratum: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "stratum"], ["survey_strata.survey_id", "survey_strata.code"]),
        Index("ix_survey_people_person", "person_id"),
    )


class SurveyMark(Base):
    """A survey is finished for a person: whether by an answer or by declining, the row is the same. No time."""

    __tablename__ = "survey_marks"
    survey_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "person_id"], ["survey_people.survey_id", "survey_people.person_id"], ondelete="CASCADE"
        ),
    )


class SurveyQuiet(Base):
    """Who wants no more reminders of an anonymous survey: answered or not, nobody knows. Emptied at closing."""

    __tablename__ = "survey_quiet"
    survey_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "person_id"], ["survey_people.survey_id", "survey_people.person_id"], ondelete="CASCADE"
        ),
    )


class SurveyTicket(Base):
    """A ticket that can still be used; the row of a used one is deleted."""

    __tablename__ = "survey_tickets"
    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    survey_id: Mapped[int] = mapped_column(BigInteger)
    stratum: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "stratum"], ["survey_strata.survey_id", "survey_strata.code"], ondelete="CASCADE"
        ),
        Index("ix_survey_tickets_survey", "survey_id"),
    )


class SealedReply(Base):
    """A reply of an open survey, encrypted to its key; group and free text are inside, the size is always the same."""

    __tablename__ = "sealed_replies"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class SurveyReply(Base):
    """A reply of a closed survey: what was tapped, by code of item. Written for all at once, in random order."""

    __tablename__ = "survey_replies"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(BigInteger)
    stratum: Mapped[str]
    answers: Mapped[dict[str, Any]]
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "stratum"], ["survey_strata.survey_id", "survey_strata.code"]),
        Index("ix_survey_replies_survey", "survey_id"),
    )


class SurveyText(Base):
    """What somebody wrote in their own words, apart from what they tapped. `stratum`: one level up.

    `words`: as written, empty once a person has looked at it; `shown`: what readers may see then; `state`: that
    person's decision.
    """

    __tablename__ = "survey_texts"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(BigInteger)
    item: Mapped[str]
    stratum: Mapped[str]
    words: Mapped[str]
    shown: Mapped[str] = mapped_column(server_default=text("''"))
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "stratum"], ["survey_strata.survey_id", "survey_strata.code"]),
        CheckConstraint("state in ('waiting', 'confirmed', 'withheld')", name="state"),
        Index("ix_survey_texts_survey", "survey_id", "item"),
    )


class NamedReply(Base):
    """An answer that is kept with the name of who gave it, free text included; until closing it can be changed."""

    __tablename__ = "named_replies"
    survey_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    answers: Mapped[dict[str, Any]]
    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "person_id"], ["survey_people.survey_id", "survey_people.person_id"], ondelete="CASCADE"
        ),
    )


class SurveySending(Base):
    """An invitation, a reminder or word of what changed that went out; once a survey, kind and day."""

    __tablename__ = "survey_sendings"
    id: Mapped[RowId]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    kind: Mapped[str]
    day: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("survey_id", "kind", "day"),
        CheckConstraint("kind in ('invitation', 'reminder', 'outcome')", name="kind"),
    )
