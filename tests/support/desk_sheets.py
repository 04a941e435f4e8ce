"""Queues in spreadsheets, for tests of the services: a kind with every type of fact, and workbooks that people fill."""

import io
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from openpyxl import load_workbook

from bot.documents.forms import write_form
from bot.i18n import Catalogues
from handlers.common.reader import Reader
from handlers.desk_sheets.workbook import queue_sheets
from services.access import Actor
from services.certificates.drafting import Drafting
from services.certificates.dto import CertificateKind, Column, FactRule, FactType, Requirement
from services.certificates.issuing import Issuer
from services.desk_sheets.dto import SheetPreview, SheetReport, TakenQueue
from services.desk_sheets.headings import HEADINGS
from services.desk_sheets.reading import SheetReader
from services.desk_sheets.service import DeskSheetService
from services.languages import Language
from services.requests.deciding import Deciding
from services.requests.desk import DeskService
from services.requests.dto import CertificateRequest
from services.requests.paperwork import Paperwork
from services.requests.service import RequestService
from tests.support.desks import Desks, PlainWorkdays
from tests.support.papers import GRANT, BishkekCalendar, PlainStationery, entered, fact

I18N = Catalogues()
ROWS = (
    Column(name="subject", type=FactType.TEXT),
    Column(name="credits", type=FactType.NUMBER),
    Column(name="mark", type=FactType.CHOICE, choices=("good", "bad")),
)
#: A kind of the accounting with a fact of every type that a desk types.
EVERYTHING = replace(
    GRANT,
    id="everything",
    name=replace(GRANT.name, ky="Баары", ru="Всё", en="Everything"),
    facts=(
        fact("name"),
        entered("marks", FactType.TABLE, columns=ROWS),
        entered("share", FactType.NUMBER, decimals=2, least=Decimal(0), most=Decimal(100)),
        entered("first", FactType.DATE, past=True),
        entered("last", FactType.DATE, not_before="first"),
        entered("year", FactType.ACADEMIC_YEAR, requirement=Requirement.OPTIONAL),
        entered("note", requirement=Requirement.OPTIONAL),
    ),
)
KINDS = {kind.id: kind for kind in (GRANT, EVERYTHING)}
_CHOICES = {
    "bank": ("банкка", "в банк", "to a bank"),
    "yes": ("алат", "получает, да", "is paid, yes"),
    "no": ("албайт", "не получает", "is not paid"),
    "good": ("жакшы", "хорошо", "good"),
    "bad": ("начар", "плохо", "bad"),
}
_LABELS = {"result": ("Жыйынтык", "Результат (итог)", "Result"), "amount": ("Сумма", "Размер", "Amount")}


class PlainWords:
    """The words of the papers: some facts have labels, the others their names."""

    def label(self, _kind: str, fact_name: str, language: Language) -> str:
        """Return what a fact is called."""
        return _LABELS.get(fact_name, (fact_name,) * 3)[list(Language).index(language)]

    def hint(self, _kind: str, fact_name: str, _language: Language) -> str:
        """Return what to write."""
        return "мисалы: 12" if fact_name == "note" else ""

    def head(self, _kind: str, _table: str, column: str, _language: Language) -> str:
        """Return what stands above a column."""
        return column

    def choice(self, _kind: str, _fact: str, key: str, language: Language) -> str:
        """Return the word for a choice."""
        return _CHOICES.get(key, (key,) * 3)[list(Language).index(language)]

    def value(self, _kind: str, _rule: FactRule, stored: str, _language: Language) -> str:
        """Return a value as it is kept."""
        return stored


WORDS = PlainWords()
READER = SheetReader(KINDS, lambda kind, name: [WORDS.label(kind, name, language) for language in Language])


class Workbook:
    """A workbook as it came out of the chat; cells are found by the beginning of their heading."""

    def __init__(self, queue: TakenQueue, language: Language = Language.RU) -> None:
        reader = Reader(language=language, words=WORDS, dates=SimpleNamespace())  # type: ignore[arg-type]  # few words are asked
        with I18N.context(), I18N.use_locale(language.value):
            self.raw = write_form(queue_sheets(queue, reader))
        self.language = language
        self.book = load_workbook(io.BytesIO(self.raw))

    def column(self, page: Any, heading: str) -> int:  # noqa: ANN401 -- the library has no types
        """Return the place of a column."""
        return next(int(cell.column) for cell in page[1] if str(cell.value).startswith(heading))

    def cell(self, heading: str, row: int = 2, sheet: int = 0) -> Any:  # noqa: ANN401 -- as above
        """Return a cell."""
        page = self.book.worksheets[sheet]
        return page.cell(row=row, column=self.column(page, heading))

    def fill(self, row: int = 2, sheet: int = 0, **values: Any) -> "Workbook":  # noqa: ANN401 -- whatever a cell takes
        """Write into cells: facts by name, `approve` and `refuse`."""
        for name, value in values.items():
            self.cell(self.heading(name), row, sheet).value = value
        return self

    def heading(self, name: str) -> str:
        """Return how the heading of a column begins."""
        own = {"approve": "approval", "refuse": "refusal", "request": "request", "version": "version"}
        if name in own:
            return HEADINGS[own[name]].get(self.language)  # type: ignore[index]  # the keys are texts
        return WORDS.label("", name, self.language)

    def bytes(self) -> bytes:
        """Return the file as a spreadsheet saves it."""
        content = io.BytesIO()
        self.book.save(content)
        return content.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDesk:
    """The services around a desk that works in spreadsheets."""

    desks: Desks
    requests: RequestService
    desk: DeskService
    sheets: DeskSheetService
    told: list[tuple[int, int]] = field(default_factory=list)

    async def ask(self, actor: Actor, kind: CertificateKind = GRANT, screen: str = "one") -> CertificateRequest:
        """Ask for a certificate."""
        given = {"purpose": "bank", "recipient": f"Банк {screen}"} if kind is GRANT else {}
        mine = await self.requests.submit(actor, kind.id, Language.KY, given=given, screen=screen)
        return mine.request

    async def take(self, actor: Actor, language: Language = Language.RU) -> Workbook:
        """Take the queue of the accounting along."""
        return Workbook(await self.sheets.take_along(actor, "accounting"), language)

    async def preview(self, actor: Actor, book: Workbook | bytes) -> SheetPreview:
        """Send a workbook back."""
        content = book if isinstance(book, bytes) else book.bytes()
        return await self.sheets.preview(actor, "queue.xlsx", content)

    async def confirm(self, actor: Actor, preview: SheetPreview) -> SheetReport:
        """Confirm what was shown."""
        assert preview.sheet_id is not None
        return await self.sheets.confirm(actor, preview.sheet_id, self._tell)

    async def _tell(self, done: int, total: int) -> None:
        self.told.append((done, total))


def sheet_desk_on(desks: Desks) -> SheetDesk:
    """Return the services as the container joins them, with kinds of their own."""
    office, stationery, calendar = desks.office, PlainStationery(), BishkekCalendar()
    paperwork = Paperwork(
        office.clock,
        calendar,
        Drafting(office.clock, calendar, stationery, KINDS),
        stationery,
        PlainWorkdays(),
        lambda _kind, _fact, key: _CHOICES.get(key, ()),
    )
    deciding, base = Deciding(paperwork, Issuer(stationery)), (office.unit_of_work, paperwork)
    return SheetDesk(
        desks=desks,
        requests=RequestService(*base, office.outbox_bell),
        desk=DeskService(*base, deciding, desks.preview, office.print_bell, office.outbox_bell),
        sheets=DeskSheetService(*base, deciding, READER, office.print_bell, office.outbox_bell),
    )
