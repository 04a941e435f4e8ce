"""What `kabarchy certificate batch` works with: the services, and a worker and a printer of its own."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.cli.failures import CommandFailed, explain
from services.access import OPERATOR
from services.languages import Language

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.documents.university_model import University
    from bot.settings import Settings
    from services.batches.dto import Batch, BatchPlan, BatchWish, PlannedRow, TypedRow
    from services.batches.service import BatchService
    from services.batches.work import BatchWorker
    from services.certificates.printing import PrintingService

_PAUSE = 0.05  # seconds, while another process has the rest in its hands
_PRINTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Somebody who has no certificate, and why."""

    row: int
    person_no: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOffice:
    """Batches in the hand of the operator."""

    batches: "BatchService"
    worker: "BatchWorker"
    printing: "PrintingService | None"
    labels: Callable[[str, str], tuple[str, ...]]
    reason: Callable[[str, "PlannedRow"], str]

    def wish(
        self, kind: str, language: Language, group: str, people: Path | None, typed: Mapping[str, str], *, send: bool
    ) -> "BatchWish":
        """Return what the options say."""
        from bot.cli.files import read_table_file
        from services.batches.dto import BatchWish

        rows: tuple[TypedRow, ...] = ()
        if people is not None:
            content = read_table_file(people)
            rows = self.batches.read_list(OPERATOR, kind, content, lambda fact: self.labels(kind, fact))
        title = people.name if people is not None else group
        return BatchWish(kind=kind, language=language, typed=typed, group=group, rows=rows, title=title, send=send)

    async def plan(self, wish: "BatchWish") -> "tuple[BatchPlan, tuple[Refused, ...]]":
        """Return what would be issued, and who cannot have one and why."""
        plan = await self.batches.plan(OPERATOR, wish)
        refused = tuple(
            Refused(row=one.row, person_no=one.person_no, name=one.person_name, reason=self.reason(wish.kind, one))
            for one in plan.rows
            if one.refusal is not None
        )
        return plan, refused

    async def begin(self, wish: "BatchWish", mark: int) -> "Batch":
        """Begin what was planned."""
        return await self.batches.begin(OPERATOR, wish, mark)

    async def get(self, batch_id: int) -> "Batch":
        """Return how far it is."""
        return await self.batches.get(OPERATOR, batch_id)

    async def work_through(self, batch_id: int) -> None:
        """Issue and print until nothing of the batch is left; a running bot may do a part of it."""
        done = asyncio.Event()

        async def keep(step: Callable[[], Awaitable[bool]]) -> None:
            try:
                while not done.is_set():
                    if not await step():
                        await asyncio.sleep(_PAUSE)
            finally:  # whichever ends, or fails, ends the others
                done.set()

        async def watch() -> bool:
            if self.worker.halted is not None:
                raise CommandFailed(f"nothing is issued now: {explain(self.worker.halted)}; batch {batch_id} waits")
            if (await self.get(batch_id)).is_complete:
                done.set()
            return False

        printers = [self.printing.print_next] * _PRINTERS if self.printing else []
        steps = (watch, self.worker.work_next, *printers)
        for ended in await asyncio.gather(*map(keep, steps), return_exceptions=True):
            if isinstance(ended, BaseException):
                raise ended

    async def write_archives(self, batch_id: int, out: Path) -> list[Path]:
        """Write the ZIP files, each whole or not at all; the second part is called FILE-2.zip."""
        from bot.cli.english import in_english

        written: list[Path] = []
        with in_english():
            from handlers.batches.texts import list_words

            parts = 1
            while len(written) < parts:
                archive = await self.batches.read_archive(OPERATOR, batch_id, len(written) + 1, list_words())
                parts = archive.parts
                file = out if archive.part == 1 else out.with_stem(f"{out.stem}-{archive.part}")
                _write(file, archive.content)
                written.append(file)
        return written


@asynccontextmanager
async def batch_office(engine: "AsyncEngine", settings: "Settings", *, prints: bool) -> AsyncIterator[BatchOffice]:
    """Join the services while the block lasts; `prints`: with a printer of its own."""
    from bot.cli.telegram import bot_id_of
    from bot.documents import university as university_file
    from bot.documents.links import PublicLinks
    from bot.lazy_models import import_aiogram
    from services.db.presence import WorkerPresence
    from services.db.uow import unit_of_work_factory

    import_aiogram()
    university, unit_of_work = university_file.load(settings.university_file), unit_of_work_factory(engine)
    async with unit_of_work() as uow:
        username = await uow.bots.find_username(bot_id_of(settings))
    links = PublicLinks(public_url=settings.public_url, bot_username=username or "")
    async with AsyncExitStack() as stack:
        printing = None
        if prints:
            presence = await stack.enter_async_context(WorkerPresence(engine))
            printing = _printing(engine, settings, university, presence.number, stack)
        yield _office(engine, settings, university, links, printing)


def _office(
    engine: "AsyncEngine",
    settings: "Settings",
    university: "University",
    links: object,
    printing: "PrintingService | None",
) -> BatchOffice:
    from bot.localtime import LocalTime
    from bot.stationery import UniversityStationery, UniversityWords, fact_reader, kinds_of
    from services.batches.planning import BatchPlanner
    from services.batches.service import BatchService
    from services.batches.work import BatchWorker
    from services.certificates.drafting import Drafting
    from services.certificates.issuing import Issuer
    from services.db.uow import unit_of_work_factory
    from services.ports import NoBell, SystemClock

    clock, calendar, unit_of_work = SystemClock(), LocalTime(ZoneInfo(settings.timezone)), unit_of_work_factory(engine)
    stationery = UniversityStationery(university, links)  # type: ignore[arg-type]  # loaded by the caller
    drafting = Drafting(clock, calendar, stationery, kinds_of(university))
    planner = BatchPlanner(
        drafting, lambda kind: fact_reader(university, stationery, kind, calendar.today(clock.now()))
    )
    words = UniversityWords(university)
    return BatchOffice(
        batches=BatchService(unit_of_work, clock, drafting, planner, NoBell()),
        worker=BatchWorker(unit_of_work, clock, drafting, Issuer(stationery), NoBell(), NoBell()),
        printing=printing,
        labels=lambda kind, fact: tuple(words.label(kind, fact, language) for language in Language),
        reason=lambda kind, row: _reason(university, calendar, kind, row),
    )


def _printing(
    engine: "AsyncEngine", settings: "Settings", university: "University", worker: int, stack: AsyncExitStack
) -> "PrintingService":
    from bot.keys import open_signing_key
    from bot.press import Press
    from services.certificates.printing import PrintingService
    from services.db.uow import unit_of_work_factory
    from services.ports import NoBell, SystemClock

    clock = SystemClock()
    press = Press(open_signing_key(settings, university, clock.now()))
    stack.callback(press.close)
    return PrintingService(unit_of_work_factory(engine), clock, press, NoBell(), worker=worker)


def _reason(university: "University", calendar: object, kind: str, row: "PlannedRow") -> str:
    from bot.cli.english import in_english

    with in_english():
        from bot.refusals import RefusalSentences
        from bot.refusals.words import Words
        from bot.stationery import UniversityWords, card_of
        from handlers.batches.reasons import Reasons
        from handlers.common.reader import Reader

        words = UniversityWords(university)
        reader = Reader(language=Language.EN, words=words, dates=calendar)  # type: ignore[arg-type]  # as above
        sentences = RefusalSentences(Words(university=card_of(university), labels=words, dates=reader.dates))
        return Reasons(kind, reader, sentences).reason(row.refusal) if row.refusal else ""


def _write(file: Path, content: bytes) -> None:
    unfinished = file.with_name(f".{file.name}.part")
    try:
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CommandFailed(f"{file} cannot be written: {error.strerror}") from error
