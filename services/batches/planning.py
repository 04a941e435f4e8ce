"""From a wish to a plan: who would get a certificate, and who would not and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from services.batches.dto import BatchPlan, BatchWish, PlannedRow, TypedRow
from services.batches.errors import (
    BatchTooLong,
    FactNotTyped,
    ListedTwice,
    NobodyInBatch,
    PersonNotInRoster,
    ValuesMissing,
)
from services.batches.ports import BatchesUnitOfWork
from services.batches.rules import MOST_ROWS, mark_of, typed_facts
from services.certificates.drafting import Drafting
from services.certificates.dto import CertificateKind
from services.certificates.errors import LanguageNotOffered
from services.certificates.fields import FieldReader
from services.certificates.rules import Profile, facts_of, is_wanted, missing_facts
from services.errors import Refusal
from services.languages import Language
from services.people.rules import full_name, number_key

#: Makes the reader of a kind's facts, with the university's words for its choices, for today.
Readers = Callable[[CertificateKind], FieldReader]


@dataclass(frozen=True, slots=True)
class _Planned:
    """What is planned, and whom it has met."""

    kind: CertificateKind
    wish: BatchWish
    people: Mapping[str, int]
    first_rows: dict[int, int] = field(default_factory=dict)


class BatchPlanner:
    """Looks at everybody in turn and reads what was typed for them."""

    def __init__(self, drafting: Drafting, readers: Readers) -> None:
        self._drafting = drafting
        self._readers = readers

    async def plan(self, uow: BatchesUnitOfWork, wish: BatchWish) -> BatchPlan:
        """Return what would be issued; refuse what concerns everybody."""
        kind = self.require_offered(wish.kind, wish.language)
        for name in wish.typed:
            self.require_typed(kind, name)
        typed = await self._rows(uow, wish)
        if not typed:
            raise NobodyInBatch
        if len(typed) > MOST_ROWS:
            raise BatchTooLong(MOST_ROWS)
        people = await uow.batches.find_people([person_no for person_no, _own in typed])
        planned = _Planned(kind, wish, people)
        rows = [await self._row(uow, planned, number, one) for number, one in enumerate(typed, start=1)]
        return BatchPlan(
            kind=kind,
            language=wish.language,
            title=wish.title or wish.group,
            rows=tuple(rows),
            mark=mark_of(kind.id, wish.language, rows),
        )

    def require_offered(self, kind_id: str, language: Language) -> CertificateKind:
        """Return a kind that exists in a language."""
        kind = self._drafting.get_kind(kind_id)
        if language not in kind.languages:
            raise LanguageNotOffered
        return kind

    def require_typed(self, kind: CertificateKind, name: str) -> None:
        """Refuse a fact that nobody is asked for."""
        names = [rule.name for rule in typed_facts(kind)]
        if name not in names:
            raise FactNotTyped(name, names)

    def read(self, kind: CertificateKind, name: str, text: str, typed: Mapping[str, str]) -> str:
        """Return a value that is the same for all as it is kept, or refuse it. `typed`: what was typed before."""
        self.require_typed(kind, name)
        reader, given = self._readers(kind), self.read_all(kind, typed)
        rule = next(rule for rule in kind.facts if rule.name == name)
        return reader.read(rule, text, given)

    def read_all(
        self, kind: CertificateKind, typed: Mapping[str, str], known: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """Read typed facts in the order of the kind; those without a place on the paper are left out."""
        reader, given, known = self._readers(kind), dict[str, str](), known or {}
        for rule in typed_facts(kind):
            text = typed.get(rule.name, "").strip()
            if text and is_wanted(rule, {**known, **given}):
                given[rule.name] = reader.read(rule, text, {**known, **given})
        return given

    async def _rows(self, uow: BatchesUnitOfWork, wish: BatchWish) -> Sequence[TypedRow]:
        if not wish.group:
            return wish.rows
        return [(person_no, {}) for person_no in await uow.batches.list_group(wish.group)]

    async def _row(self, uow: BatchesUnitOfWork, planned: _Planned, number: int, typed: TypedRow) -> PlannedRow:
        person_no, own = typed
        person_id = planned.people.get(number_key(person_no))
        profile = None if person_id is None else await uow.certificates.find_profile(person_id)
        if profile is None:
            return _refused(number, person_no, PersonNotInRoster(person_no))
        first = planned.first_rows.setdefault(profile.person_id, number)
        if first != number:
            return _refused(number, person_no, ListedTwice(first), profile)
        try:
            facts = self._examine(planned, profile, own)
        except Refusal as refusal:
            return _refused(number, person_no, refusal, profile)
        return PlannedRow(
            row=number,
            person_no=profile.entry.person_no,
            person_name=_name(profile),
            person_id=profile.person_id,
            facts=facts,
        )

    def _examine(self, planned: _Planned, profile: Profile, own: Mapping[str, str]) -> dict[str, str]:
        """Return what was typed for a person, as it is kept; refuse whoever cannot have the certificate."""
        kind, language = planned.kind, planned.wish.language
        self._drafting.require_offered(profile, kind.id, language)
        known = facts_of(profile, kind, language, {})
        given = self.read_all(kind, {**planned.wish.typed, **own}, known)
        names = {rule.name for rule in typed_facts(kind)}
        missing = missing_facts(profile, kind, facts_of(profile, kind, language, given))
        if untyped := [name for name in missing if name in names]:
            raise ValuesMissing(kind, untyped)
        self._drafting.draft(profile, kind.id, language, given)
        return given


def _refused(number: int, person_no: str, refusal: Refusal, profile: Profile | None = None) -> PlannedRow:
    return PlannedRow(
        row=number,
        person_no=person_no,
        person_name=_name(profile) if profile else "",
        person_id=profile.person_id if profile else None,
        facts={},
        refusal=refusal,
    )


def _name(profile: Profile) -> str:
    entry = profile.entry
    return full_name(entry.last_name, entry.first_name, entry.patronymic)
