"""What the form holds until the last tap."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.batches.dto import BatchWish, TypedRow
from services.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchData:
    """The wish as far as it is known. `left`: questions that were left empty; `question`: the one that stands open."""

    kind: str
    language: Language
    group: str = ""
    rows: tuple[TypedRow, ...] = ()
    title: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    question: str = ""
    send: bool = False

    @property
    def wish(self) -> BatchWish:
        """The wish as the service takes it."""
        return BatchWish(
            kind=self.kind,
            language=self.language,
            typed=self.typed,
            group=self.group,
            rows=self.rows,
            title=self.title,
            send=self.send,
        )

    def answered(self, text: str) -> "BatchData":
        """Return the form with the open question answered; with nothing, left empty."""
        if not text:
            return replace(self, left=(*self.left, self.question), question="")
        return replace(self, typed={**self.typed, self.question: text}, question="")

    def stored(self) -> dict[str, Any]:
        """Return what the form keeps."""
        return {
            "kind": self.kind, "language": self.language.value, "group": self.group, "title": self.title,
            "rows": [[number, dict(own)] for number, own in self.rows], "typed": dict(self.typed),
            "left": list(self.left), "question": self.question, "send": self.send,
        }  # fmt: skip


def data_of(stored: Mapping[str, Any]) -> BatchData | None:
    """Return what a form holds; None where it is another feature's, or none."""
    if "kind" not in stored or "rows" not in stored:
        return None
    return BatchData(
        kind=stored["kind"],
        language=Language(stored["language"]),
        group=stored["group"],
        rows=tuple((number, own) for number, own in stored["rows"]),
        title=stored["title"],
        typed=stored["typed"],
        left=tuple(stored["left"]),
        question=stored["question"],
        send=stored["send"],
    )
