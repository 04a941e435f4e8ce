"""Spreadsheets of queues: what goes out, what a filled one would do, and doing it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

from services.access import Actor, NotAllowed
from services.audit.dto import Act
from services.certificates.desks import may_sit, require_any_desk, require_desk
from services.certificates.rules import Profile
from services.desk_sheets.dto import (
    FilledRow,
    KeptSheet,
    RowAct,
    RowMistake,
    SheetDifference,
    SheetEntry,
    SheetPreview,
    SheetReport,
    TakenQueue,
    Verb,
)
from services.desk_sheets.errors import RowDiffers, RowRepeated, RowUnknown, SheetGone
from services.desk_sheets.ports import DeskSheetsUnitOfWork, Progress
from services.desk_sheets.reading import MOST_ROWS, SheetReader
from services.desk_sheets.rules import CellRefused, RowDone, RowPlanner, digest_of, is_empty, mistake, require_number
from services.errors import Refusal
from services.ports import Bell, Factory
from services.requests.deciding import Deciding
from services.requests.paperwork import Paperwork

#: How long a spreadsheet waits for its confirmation.
KEPT_PERIOD = timedelta(days=1)


class DeskSheetService:
    """The work of a desk in a spreadsheet. Nothing is written before it is confirmed."""

    def __init__(
        self,
        unit_of_work: Factory[DeskSheetsUnitOfWork],
        paperwork: Paperwork,
        deciding: Deciding,
        reader: SheetReader,
        print_bell: Bell,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._paperwork = paperwork
        self._deciding = deciding
        self._reader = reader
        self._planner = RowPlanner(paperwork, reader)
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell

    async def take_along(self, actor: Actor, desk: str) -> TakenQueue:
        """Return what the desk can work on; that these people were looked at is noted."""
        require_desk(actor, desk)
        now = self._paperwork.now()
        async with self._unit_of_work() as uow:
            entries, total = await uow.desk_sheets.list_workable(desk, actor.account_id, MOST_ROWS)
            for entry in entries:
                subject = f"person:{entry.request.person_id}"
                await uow.audit.add(actor, Act.PERSON_LOOKED_AT, subject, now, request=entry.request.id)
            kept = await uow.desk_sheets.find(_account(actor), now - KEPT_PERIOD)
            await uow.commit()
        kinds = self._paperwork.drafting.kinds.values()
        parts = [(kind, tuple(one for one in entries if one.request.kind == kind.id)) for kind in kinds]
        return TakenQueue(
            desk=desk,
            today=self._paperwork.today(),
            kinds=tuple(part for part in parts if part[1]),
            total=total,
            kept=kept,
        )

    def is_queue(self, content: bytes) -> bool:
        """Tell whether a file is a queue that went out. Takes a while for large files."""
        return self._reader.is_queue(content)

    async def preview(self, actor: Actor, file_name: str, content: bytes) -> SheetPreview:
        """Say what a filled spreadsheet would do, and keep it where it can be confirmed, in place of an earlier one."""
        account_id = _account(actor)
        require_any_desk(actor)
        rows = await asyncio.to_thread(self._reader.read, content)
        async with self._unit_of_work() as uow:
            difference = await self._compare(uow, actor, rows)
            await uow.desk_sheets.clear(account_id)
            sheet_id = None
            if difference.acts:
                digest = b"".join(map(digest_of, difference.acts))
                now = self._paperwork.now()
                desk = difference.desk
                sheet_id = await uow.desk_sheets.put(account_id, desk, file_name, content, digest, now)
            await uow.commit()
        return SheetPreview(sheet_id=sheet_id, file_name=file_name, difference=difference)

    async def review(self, actor: Actor, sheet_id: int) -> SheetPreview:
        """Say anew what a kept spreadsheet would do now: it may have been confirmed in part."""
        kept = await self._get(actor, sheet_id)
        return await self.preview(actor, kept.file_name, kept.content)

    async def confirm(self, actor: Actor, sheet_id: int, tell: Progress) -> SheetReport:
        """Do what was shown, row by row, each in a transaction of its own; then forget the spreadsheet.

        What was decided or changed meanwhile is left as it is. Whoever is interrupted can confirm the rest: the
        spreadsheet is kept until the end.
        """
        kept = await self._get(actor, sheet_id)
        rows = await asyncio.to_thread(self._reader.read, kept.content)
        async with self._unit_of_work() as uow:
            difference = await self._compare(uow, actor, rows)
        left, counts = list(difference.mistakes), dict.fromkeys(Verb, 0)
        for number, act in enumerate(difference.acts):
            await tell(number, len(difference.acts))
            refusal = await self._do(actor, act) if digest_of(act) in kept.digests else RowDiffers()
            counts[act.verb] += refusal is None
            if refusal is not None:
                left.append(_left(act, refusal))
        await self._drop(actor)
        return SheetReport(
            desk=kept.desk,
            approved=counts[Verb.APPROVE],
            refused=counts[Verb.REFUSE],
            filled=counts[Verb.FILL],
            done=difference.done,
            left=tuple(left),
        )

    async def cancel(self, actor: Actor, sheet_id: int) -> KeptSheet:
        """Forget a kept spreadsheet; what was done of it stays."""
        kept = await self._get(actor, sheet_id)
        await self._drop(actor)
        return kept

    async def forget(self) -> int:
        """Forget everybody's spreadsheets that cannot be confirmed any more; return how many."""
        async with self._unit_of_work() as uow:
            forgotten = await uow.desk_sheets.forget(self._paperwork.now() - KEPT_PERIOD)
            await uow.commit()
        return forgotten

    async def _compare(self, uow: DeskSheetsUnitOfWork, actor: Actor, rows: Sequence[FilledRow]) -> SheetDifference:
        """Hold the rows against the requests as they are now."""
        comparison = _Comparison(actor, self._planner)
        for row in rows:
            comparison.number(row)
        entries = await uow.desk_sheets.find_entries(comparison.numbers)
        people = {entry.request.person_id for entry in entries.values()}
        profiles = {person_id: await uow.certificates.find_profile(person_id) for person_id in sorted(people)}
        for number, row in comparison.numbered:
            comparison.take(row, entries.get(number), profiles)
        return comparison.difference()

    async def _do(self, actor: Actor, act: RowAct) -> Refusal | None:
        """Do what a row says; return why it was not done."""
        try:
            async with self._unit_of_work() as uow:
                request = await self._deciding.lock_to_decide(uow, actor, act.request_id, act.version)
                if act.typed and act.verb is not Verb.REFUSE:
                    request = await self._deciding.enter(uow, request, _in_order(act))
                if act.verb is Verb.APPROVE:
                    await self._deciding.approve(uow, actor, request)
                elif act.verb is Verb.REFUSE:
                    await self._deciding.refuse(uow, actor, request, act.reason)
                await uow.commit()
        except Refusal as refusal:
            return refusal
        self._print_bell.ring()
        self._outbox_bell.ring()
        return None

    async def _get(self, actor: Actor, sheet_id: int) -> KeptSheet:
        require_any_desk(actor)
        async with self._unit_of_work() as uow:
            kept = await uow.desk_sheets.find(_account(actor), self._paperwork.now() - KEPT_PERIOD)
        if kept is None or kept.id != sheet_id:
            raise SheetGone
        return kept

    async def _drop(self, actor: Actor) -> None:
        async with self._unit_of_work() as uow:
            await uow.desk_sheets.clear(_account(actor))
            await uow.commit()


class _Comparison:
    """Rows held against their requests, one after the other."""

    def __init__(self, actor: Actor, planner: RowPlanner) -> None:
        self._actor = actor
        self._planner = planner
        self._acts: list[RowAct] = []
        self._mistakes: list[RowMistake] = []
        self._untouched = self._done = 0
        self._desk = ""
        self.numbered: list[tuple[int, FilledRow]] = []

    @property
    def numbers(self) -> set[int]:
        """The requests that the rows name."""
        return {number for number, _row in self.numbered}

    def number(self, row: FilledRow) -> None:
        """Find out which request a row means."""
        try:
            number = require_number(row)
        except RowUnknown as refusal:
            if not is_empty(row):
                self._mistakes.append(mistake(row, refusal))
            return
        if number in self.numbers and not is_empty(row):
            self._mistakes.append(mistake(row, RowRepeated()))
        elif number not in self.numbers:
            self.numbered.append((number, row))

    def take(self, row: FilledRow, entry: SheetEntry | None, profiles: Mapping[int, Profile | None]) -> None:
        """Find out what a row does."""
        if entry is None:
            if is_empty(row):
                self._untouched += 1
            else:
                self._mistakes.append(mistake(row, RowUnknown()))
            return
        if may_sit(self._actor, entry.request.desk):
            self._desk = self._desk or entry.request.desk
        try:
            act = self._planner.plan(self._actor, row, entry, profiles.get(entry.request.person_id))
        except RowDone:
            self._done += 1
        except CellRefused as error:
            self._mistakes.append(mistake(row, error.reason, entry, error.column))
        except Refusal as refusal:
            self._mistakes.append(mistake(row, refusal, entry))
        else:
            if act is None:
                self._untouched += 1
            else:
                self._acts.append(act)

    def difference(self) -> SheetDifference:
        """Return what all rows do; mistakes in the order of the file."""
        return SheetDifference(
            desk=self._desk,
            acts=tuple(self._acts),
            mistakes=tuple(sorted(self._mistakes, key=lambda one: (one.place.sheet, one.place.row))),
            untouched=self._untouched,
            done=self._done,
        )


def _in_order(act: RowAct) -> dict[str, str]:
    """Return the facts that change, those first that are taken away: the others are held against what is left."""
    return dict(sorted(act.typed.items(), key=lambda fact: bool(fact[1])))


def _left(act: RowAct, refusal: Refusal) -> RowMistake:
    return RowMistake(place=act.place, reason=refusal, request_id=act.request_id, person_name=act.person_name)


def _account(actor: Actor) -> int:
    """Return the official's account; the operator at the command line has none."""
    if actor.account_id is None:
        raise NotAllowed
    return actor.account_id
