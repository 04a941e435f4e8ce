"""What a form for a certificate holds so far, as it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.common.forms import mark_of
from services.certificates.dto import FactRule
from services.languages import Language
from services.requests.dto import RequestPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOrder:
    """A kind and a language, what was answered, and what was left without an answer.

    `asking`: the fact that is asked for now, empty at the last look. `path`: those that were asked before it, in their
    order, answered or left; the last one is the step back.
    """

    kind: str
    language: Language
    given: Mapping[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    asking: str = ""

    @property
    def stored(self) -> dict[str, Any]:
        """The form as JSON can hold it."""
        return {
            "kind": self.kind,
            "language": self.language.value,
            "given": dict(self.given),
            "path": list(self.path),
            "asking": self.asking,
        }

    @property
    def mark(self) -> int:
        """By what a button knows that its screen showed this question, or these answers; 0 if nothing was asked."""
        if not self.path and not self.asking:
            return 0
        return mark_of(self.kind, self.language, self.asking, *sorted(self.given.items()))

    def asked(self, plan: RequestPlan) -> tuple["CertificateOrder", FactRule | None]:
        """Return the form at its next question, and that; None if everything is answered or left."""
        rule = next((rule for rule in plan.questions if rule.name not in self.path), None)
        return replace(self, given=plan.given, asking=rule.name if rule else ""), rule

    def passed(self) -> "CertificateOrder":
        """Return the form behind the question that it asks."""
        return replace(self, path=(*self.path, self.asking), asking="")

    def stepped_back(self) -> "CertificateOrder":
        """Return the form as it was before the last question."""
        *path, last = self.path
        given = {name: value for name, value in self.given.items() if name != last}
        return replace(self, given=given, path=tuple(path), asking="")


def order_of(data: Mapping[str, Any]) -> CertificateOrder | None:
    """Return the form that is stored, if there is one."""
    if "asking" not in data:
        return None
    return CertificateOrder(
        kind=data["kind"],
        language=Language(data["language"]),
        given=data["given"],
        path=tuple(data["path"]),
        asking=data["asking"],
    )


async def answers_of(state: FSMContext, kind: str, language: Language, mark: int) -> Mapping[str, str] | None:
    """Return the answers that a button with this mark confirms; None if the form does not hold them any more."""
    if mark == 0:
        return {}
    order = order_of(await state.get_data())
    held = order is not None and (order.kind, order.language, order.mark) == (kind, language, mark)
    return order.given if order is not None and held else None
