"""What the forms of this feature hold while somebody fills them in."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import Document, PhotoSize

from services.duties.dto import DutyCard, DutyKey, NewReport, Outcome
from services.duties.evidence_dto import EvidenceKind, KnownEvidence, SentEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which duty a form is about, and what was shown of it; `day`, `words`: what was given so far."""

    instance_id: int
    unit_id: int
    stamp: int
    day: str = ""
    words: str = ""

    @property
    def key(self) -> DutyKey:
        """Which duty it is."""
        return DutyKey(instance_id=self.instance_id, unit_id=self.unit_id)

    @property
    def wanted(self) -> date | None:
        """The day that is wished for; None in a form without one."""
        return date.fromisoformat(self.day) if self.day else None


@dataclass(slots=True, kw_only=True)
class Draft:
    """A report that is being written. `pieces`: evidence, as Telegram or a browser finds it; nothing of it is kept yet.

    `counts`, `attended`: whether the item asks for these numbers. `document`: what the plan wants to see.
    """

    instance_id: int
    unit_id: int
    stamp: int
    outcome: str
    title: str
    document: str
    counts: bool
    attended: bool
    words: str = ""
    held_on: str = ""
    count: int | None = None
    attendance: int | None = None
    pieces: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> DutyKey:
        """Which duty it is about."""
        return DutyKey(instance_id=self.instance_id, unit_id=self.unit_id)

    @property
    def sizes(self) -> list[int]:
        """The bytes of each file."""
        return [int(piece["size"]) for piece in self.pieces]

    def report(self, evidence: list[SentEvidence], *, bare: bool) -> NewReport:
        """Return the report as it is given."""
        return NewReport(
            outcome=Outcome(self.outcome),
            words=self.words,
            held_on=date.fromisoformat(self.held_on) if self.held_on else None,
            count=self.count,
            attendance=self.attendance,
            evidence=evidence,
            bare=bare,
        )


def asked_about(card: DutyCard) -> Asked:
    """Return what a form holds of a duty that it is about to ask about."""
    return Asked(instance_id=card.instance.id, unit_id=card.unit.id, stamp=card.stamp)


async def ask(state: FSMContext, step: State, asked: Asked) -> None:
    """Begin or go on with a form about a duty."""
    await state.set_state(step)
    await state.set_data(asdict(asked))


async def read_asked(state: FSMContext) -> Asked:
    """Return what the form holds."""
    return Asked(**await state.get_data())


def draft_of(card: DutyCard, outcome: Outcome, title: str) -> Draft:
    """Return an empty report on a duty."""
    counts = card.item.count_target is not None
    return Draft(
        instance_id=card.instance.id,
        unit_id=card.unit.id,
        stamp=card.stamp,
        outcome=outcome.value,
        title=title,
        document=card.item.document,
        counts=counts,
        attended=counts or card.item.state_language,
    )


async def keep(state: FSMContext, step: State, draft: Draft) -> None:
    """Write a report into the form's data."""
    await state.set_state(step)
    await state.set_data(asdict(draft))


async def read_draft(state: FSMContext) -> Draft:
    """Return the report that the form holds."""
    return Draft(**await state.get_data())


def piece_of(file: Document | PhotoSize, known: KnownEvidence, size: int) -> dict[str, Any]:
    """Return a file as the form holds it."""
    kept = file.model_dump(mode="json", exclude_none=True, exclude={"thumbnail"})
    return {"kind": known.kind.value, "name": known.name, "size": size, "file": kept}


def link_of(url: str) -> dict[str, Any]:
    """Return an address as the form holds it."""
    return {"kind": EvidenceKind.LINK.value, "name": url, "size": 0}


def file_of(piece: dict[str, Any]) -> Document | PhotoSize:
    """Return a file as Telegram finds it again."""
    is_photo = piece["kind"] == EvidenceKind.PHOTO.value
    return PhotoSize.model_validate(piece["file"]) if is_photo else Document.model_validate(piece["file"])
