"""What a form for a certificate holds so far, as it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.common.forms import mark_of
from services.certificates.dto import FactRule, Requirement
from services.languages import Language
from services.requests.dto import RequestPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOrder:
    """A kind and a language, and what was answered.

    What a paper needs is asked one by one; what may be left out is asked only if somebody wants to add it. `asking`:
    the fact that is asked for now, empty at the last look; `extra`: it may be left out. `path`: those that were
    answered, in their order; the last one is the step back.
    """

    kind: str
    language: Language
    given: Mapping[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    asking: str = ""
    extra: bool = False

    @property
    def stored(self) -> dict[str, Any]:
        """The form as JSON can hold it."""
        return {
            "kind": self.kind,
            "language": self.language.value,
            "given": dict(self.given),
            "path": list(self.path),
            "asking": self.asking,
            "extra": self.extra,
        }

    @property
    def mark(self) -> int:
        """By what a button knows that its screen showed this question, or these answers; 0 if nothing was answered."""
        if not self.given and not self.asking:
            return 0
        return mark_of(self.kind, self.language, self.asking, *sorted(self.given.items()))

    def asked(self, plan: RequestPlan) -> tuple["CertificateOrder", FactRule | None]:
        """Return the form at its next question, and that; None if all that the paper needs is answered."""
        needed = (rule for rule in plan.questions if rule.requirement is Requirement.REQUIRED)
        rule = next((rule for rule in needed if rule.name not in plan.given), None)
        path = tuple(name for name in self.path if name in plan.given)
        asking = rule.name if rule else ""
        return replace(self, given=plan.given, path=path, asking=asking, extra=False), rule

    def adding(self, fact: str) -> "CertificateOrder":
        """Return the form at a question that may be left out."""
        return replace(self, asking=fact, extra=True)

    def passed(self) -> "CertificateOrder":
        """Return the form behind the question that it asks."""
        path = (*(name for name in self.path if name != self.asking), self.asking)
        return replace(self, path=path, asking="", extra=False)

    def dropped(self) -> "CertificateOrder":
        """Return the form without an answer to the question that it asks."""
        return replace(self, given=_without(self.given, self.asking), asking="", extra=False)

    def stepped_back(self) -> "CertificateOrder":
        """Return the form as it was before the last question; one that may be left out is only closed."""
        if self.extra or not self.path:
            return replace(self, asking="", extra=False)
        *path, last = self.path
        return replace(self, given=_without(self.given, last), path=tuple(path), asking="")


def order_of(data: Mapping[str, Any]) -> CertificateOrder | None:
    """Return the form that is stored, if there is one."""
    if "extra" not in data:
        return None
    return CertificateOrder(
        kind=data["kind"],
        language=Language(data["language"]),
        given=data["given"],
        path=tuple(data["path"]),
        asking=data["asking"],
        extra=data["extra"],
    )


async def answers_of(state: FSMContext, kind: str, language: Language, mark: int) -> Mapping[str, str] | None:
    """Return the answers that a button with this mark confirms; None if the form does not hold them any more."""
    if mark == 0:
        return {}
    order = order_of(await state.get_data())
    held = order is not None and (order.kind, order.language, order.mark) == (kind, language, mark)
    return order.given if order is not None and held else None


def _without(given: Mapping[str, str], fact: str) -> dict[str, str]:
    return {name: value for name, value in given.items() if name != fact}
