"""What a filled row does with its request; no I/O."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from services.access import Actor
from services.certificates.desks import may_sit
from services.certificates.dto import CertificateKind, FactRule, FactType, Source
from services.certificates.fields import FieldRefused
from services.certificates.rules import Profile
from services.desk_sheets.dto import FilledRow, RowAct, RowMistake, SheetEntry, Verb
from services.desk_sheets.errors import (
    ApprovalUnclear,
    BothDecided,
    CellUnusable,
    FactHasNoPlace,
    RowUnknown,
)
from services.desk_sheets.headings import SheetColumn, read_approval
from services.desk_sheets.reading import SheetReader
from services.errors import Refusal
from services.requests.dto import CertificateRequest, RequestState
from services.requests.errors import (
    AnotherDesk,
    HeldByAnother,
    NotAtThisStage,
    NotForPerson,
    RequestChanged,
    RequestClosed,
    WordsUnreadable,
)
from services.requests.paperwork import Paperwork
from services.requests.rules import LONGEST_WORDS, OPEN_STATES, WORKABLE_STATES, readable, tidied
from services.tables.cells import clean
from services.tables.dto import CellFlaw

_DIGEST = 16  # bytes of each act
_LONGEST_NUMBER = 18  # digits: it is asked for in the database
_DECIDED = {RequestState.APPROVED: Verb.APPROVE, RequestState.REFUSED: Verb.REFUSE}


class RowDone(Exception):  # noqa: N818 -- no accident: the row asks for what the same official did before
    """Nothing is left to be done."""


@dataclass(slots=True)
class CellRefused(Exception):  # noqa: N818 -- carries a refusal to the cell it belongs to
    """A cell of the row cannot be taken."""

    column: str
    reason: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a row asks for. `cells`: the facts that differ from what is entered, as they were typed."""

    approve: bool
    refusal: str
    cells: Mapping[str, str]

    @property
    def verb(self) -> Verb | None:
        """What is asked for; None if nothing is."""
        if self.approve:
            return Verb.APPROVE
        if self.refusal:
            return Verb.REFUSE
        return Verb.FILL if self.cells else None


def number_of(row: FilledRow, column: SheetColumn) -> int | None:
    """Return a number of a row; None where it is none."""
    text = row.cells.get(column, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def digest_of(act: RowAct) -> bytes:
    """Return what stands for an act as it was shown."""
    shown = (act.request_id, act.version, act.verb.value, sorted(act.values.items()), act.reason)
    return hashlib.sha256(repr(shown).encode()).digest()[:_DIGEST]


def split_digests(digest: bytes) -> frozenset[bytes]:
    """Return what stands for each act, out of what is kept."""
    return frozenset(digest[start : start + _DIGEST] for start in range(0, len(digest), _DIGEST))


def is_empty(row: FilledRow) -> bool:
    """Tell whether nothing is filled in but what names the request."""
    filled = {column for column, text in row.cells.items() if text} | set(row.flaws)
    return filled <= {SheetColumn.REQUEST, SheetColumn.VERSION}


class RowPlanner:
    """Finds out what rows ask for, and whether they may."""

    def __init__(self, paperwork: Paperwork, reader: SheetReader) -> None:
        self._paperwork = paperwork
        self._reader = reader

    def plan(self, actor: Actor, row: FilledRow, entry: SheetEntry, profile: Profile | None) -> RowAct | None:
        """Return what a row does; None if it leaves its request as it is.

        Raises:
            RowDone: the same official decided so before.
            CellRefused: a cell cannot be taken.
            Refusal: the row cannot be.
        """
        request, kind = entry.request, self._paperwork.find_kind(entry.request.kind)
        if not may_sit(actor, request.desk):
            if is_empty(row):
                return None
            raise AnotherDesk
        wish = self._wish(row, kind, request)
        if wish.verb is None:
            return None
        if _DECIDED.get(request.state) is wish.verb and entry.decided_by == actor.account_id:
            raise RowDone
        self._refuse_stale(actor, row, request)
        if wish.refusal:
            return _act(row, entry, Verb.REFUSE, reason=wish.refusal)
        if kind is None or profile is None:
            raise NotForPerson(kind)
        values = self._values(row, kind, profile, request, wish)
        if wish.approve:
            self._try(row, kind, profile, replace(request, entered=values))
        return _act(row, entry, wish.verb, typed=wish.cells, values=values)

    def _wish(self, row: FilledRow, kind: CertificateKind | None, request: CertificateRequest) -> Wish:
        approval = row.cells.get(SheetColumn.APPROVAL, "")
        approve = read_approval(approval)
        if approve is None:
            raise CellRefused(row.headings[SheetColumn.APPROVAL], ApprovalUnclear())
        reason = _text(row, SheetColumn.REFUSAL)
        if approve and reason:
            raise BothDecided
        if reason and readable(reason) is None:
            raise CellRefused(row.headings[SheetColumn.REFUSAL], WordsUnreadable(LONGEST_WORDS))
        cells = {} if kind is None else dict(self._changed(row, kind, request))
        return Wish(approve=approve, refusal=readable(reason) or "", cells=cells)

    def _changed(self, row: FilledRow, kind: CertificateKind, request: CertificateRequest) -> Iterator[tuple[str, str]]:
        """Yield the facts that the row would change, as they were typed; what cannot be read counts as a change."""
        for rule in kind.facts_from(Source.DESK):
            column = self._reader.column_of_fact(kind.id, rule, row)
            if column is None:
                continue
            text = _text(row, column, rule)
            entered = request.entered.get(rule.name, "")
            if self._stored(kind, rule, text) != (entered if clean(entered) else ""):
                yield rule.name, text

    def _stored(self, kind: CertificateKind, rule: FactRule, text: str) -> str | None:
        """Return a typed fact as it is kept, beside nothing else; None if it cannot be read."""
        try:
            return self._paperwork.read(kind, rule.name, text, {}) if text else ""
        except Refusal:
            return None

    def _refuse_stale(self, actor: Actor, row: FilledRow, request: CertificateRequest) -> None:
        if request.state not in OPEN_STATES:
            raise RequestClosed(request.state)
        if request.taken_by not in {None, actor.account_id}:
            raise HeldByAnother(request.holder)
        if request.version != number_of(row, SheetColumn.VERSION):
            raise RequestChanged
        if request.state not in WORKABLE_STATES:
            raise NotAtThisStage(request.state)

    def _values(
        self, row: FilledRow, kind: CertificateKind, profile: Profile, request: CertificateRequest, wish: Wish
    ) -> dict[str, str]:
        """Return all that would be entered; refuse what cannot be read, and what the paper would not say."""
        known, entered = self._paperwork.known(profile, kind, request.language), dict(request.entered)
        for name in wish.cells:
            entered.pop(name, None)  # a date is held against the new one before it, not against the old one
        for name, text in wish.cells.items():
            if text:
                facts = {**known, **request.asked, **entered}
                try:
                    entered[name] = self._paperwork.read(kind, name, text, facts)
                except Refusal as refusal:
                    raise CellRefused(self._heading(row, kind, name), refusal) from refusal
        placed = tidied(kind, {**request.asked, **entered}, known)
        for name in wish.cells:
            rule = kind.fact(name)
            if name in entered and name not in placed and rule is not None:
                raise CellRefused(self._heading(row, kind, name), FactHasNoPlace(rule))
        return {name: value for name, value in entered.items() if name in placed}

    def _try(self, row: FilledRow, kind: CertificateKind, profile: Profile, request: CertificateRequest) -> None:
        """Refuse what could not be issued now."""
        try:
            self._paperwork.draft(profile, request)
        except FieldRefused as refusal:
            raise CellRefused(self._heading(row, kind, refusal.rule.name), refusal) from refusal

    def _heading(self, row: FilledRow, kind: CertificateKind, name: str) -> str:
        rule = kind.fact(name)
        column = self._reader.column_of_fact(kind.id, rule, row) if rule else None
        return row.headings.get(column or "", name)


def mistake(row: FilledRow, reason: Refusal, entry: SheetEntry | None = None, column: str = "") -> RowMistake:
    """Return why a row does nothing; a request of another desk is not told by name."""
    return RowMistake(
        place=row.place,
        reason=reason,
        request_id=number_of(row, SheetColumn.REQUEST) or 0,
        person_name="" if entry is None or isinstance(reason, AnotherDesk) else entry.person_name,
        column=column,
    )


def require_number(row: FilledRow) -> int:
    """Return the number of the request of a row."""
    number = number_of(row, SheetColumn.REQUEST)
    if number is None or number_of(row, SheetColumn.VERSION) is None:
        raise RowUnknown
    return number


def _text(row: FilledRow, column: str, rule: FactRule | None = None) -> str:
    """Return what stands in a cell; refuse one that does not say what its text says."""
    text, flaw = row.cells.get(column, ""), row.flaws.get(column)
    match flaw:
        case None | CellFlaw.FORMULA:  # a text that only looks like a formula; a real one comes with its value
            return text
        case CellFlaw.DATE if rule is not None and rule.type is FactType.DATE:
            return text
        case CellFlaw.MERGED if not text:
            return text
    raise CellRefused(row.headings[column], CellUnusable(flaw))


def _act(
    row: FilledRow,
    entry: SheetEntry,
    verb: Verb,
    *,
    typed: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    reason: str = "",
) -> RowAct:
    return RowAct(
        place=row.place,
        request_id=entry.request.id,
        version=entry.request.version,
        person_name=entry.person_name,
        verb=verb,
        typed=typed or {},
        values=values or {},
        reason=reason,
    )
