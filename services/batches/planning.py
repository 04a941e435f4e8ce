"""From a wish to a plan: who would get a certificate, and who would not and why."""

from collections.abc import Callable, Mapping, Sequence

from services.batches.dto import BatchPlan, BatchWish, PlannedRow, TypedRow
from services.batches.errors import BatchTooLong, NobodyInBatch, PersonNotInRoster
from services.batches.ports import BatchesUnitOfWork
from services.batches.rules import MOST_ROWS, mark_of
from services.certificates.drafting import Drafting
from services.certificates.dto import CertificateKind, Source
from services.certificates.fields import FieldReader
from services.certificates.rules import Profile, facts_of, is_wanted
from services.errors import Refusal
from services.languages import Language
from services.people.rules import full_name

#: Makes the reader of a kind's facts, with the university's words for its choices, for today.
Readers = Callable[[CertificateKind], FieldReader]


class BatchPlanner:
    """Looks at everybody in turn and reads what was typed for them."""

    def __init__(self, drafting: Drafting, readers: Readers) -> None:
        self._drafting = drafting
        self._readers = readers

    async def plan(self, uow: BatchesUnitOfWork, wish: BatchWish) -> BatchPlan:
        """Return what would be issued; refuse what concerns everybody."""
        kind = self._drafting.get_kind(wish.kind)
        typed = await self._rows(uow, wish)
        if not typed:
            raise NobodyInBatch
        if len(typed) > MOST_ROWS:
            raise BatchTooLong(MOST_ROWS)
        rows = [await self._row(uow, kind, wish, number, one) for number, one in enumerate(typed, start=1)]
        return BatchPlan(
            kind=kind,
            language=wish.language,
            title=wish.title or wish.group,
            rows=tuple(rows),
            mark=mark_of(kind.id, wish.language, rows),
        )

    async def _rows(self, uow: BatchesUnitOfWork, wish: BatchWish) -> Sequence[TypedRow]:
        if not wish.group:
            return wish.rows
        return [(person_no, {}) for person_no in await uow.batches.list_group(wish.group)]

    async def _row(
        self, uow: BatchesUnitOfWork, kind: CertificateKind, wish: BatchWish, number: int, typed: TypedRow
    ) -> PlannedRow:
        person_no, own = typed
        person_id = await uow.batches.find_person_id(person_no)
        profile = None if person_id is None else await uow.certificates.find_profile(person_id)
        if profile is None:
            return _refused(number, person_no, PersonNotInRoster(person_no))
        try:
            facts = self._given(kind, profile, wish.language, {**wish.typed, **own})
            self._drafting.draft(profile, kind.id, wish.language, facts)
        except Refusal as refusal:
            return _refused(number, person_no, refusal, profile)
        return PlannedRow(
            row=number,
            person_no=profile.entry.person_no,
            person_name=_name(profile),
            person_id=profile.person_id,
            facts=facts,
        )

    def _given(
        self, kind: CertificateKind, profile: Profile, language: Language, typed: Mapping[str, str]
    ) -> dict[str, str]:
        """Read the typed facts in the order of the kind; those without a place on the paper are left out."""
        reader, given = self._readers(kind), dict[str, str]()
        known = facts_of(profile, kind, language, {})
        for rule in kind.facts:
            text = typed.get(rule.name, "").strip()
            if rule.source in {Source.ASKED, Source.DESK} and text and is_wanted(rule, {**known, **given}):
                given[rule.name] = reader.read(rule, text, {**known, **given})
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
