"""Requests and desks for tests of the services: two desks, a kind that is approved, one that costs something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.access import OPERATOR, Actor, Role
from services.certificates.drafting import Drafting
from services.certificates.dto import CertificateKind, Paper
from services.certificates.issuing import Issuer
from services.languages import Language, Trilingual
from services.people.dto import RosterEntry
from services.requests.counter import CounterService
from services.requests.deciding import Deciding
from services.requests.desk import DeskService
from services.requests.dto import MyRequest
from services.requests.news import RequestNews
from services.requests.papers import PapersService
from services.requests.paperwork import Paperwork
from services.requests.rounds import DeskRounds
from services.requests.service import RequestService
from services.units.dto import UnitEntry, UnitKind
from tests.support.office import BAKYTS_PHONE, GULNARAS_PHONE, INSTITUTE, NURLANS_PHONE, Office
from tests.support.papers import GRANT, STUDY, TRANSCRIPT, BishkekCalendar, PlainStationery
from tests.support.people import AIZADA

CASHIERS_PHONE = NURLANS_PHONE  # a registrar of the accounting
OTHER_CASHIERS_PHONE = BAKYTS_PHONE
OFFICIALS_PHONE = GULNARAS_PHONE  # a registrar of the whole university
KINDS = {kind.id: kind for kind in (STUDY, GRANT, TRANSCRIPT)}
ANSWERS = {"purpose": "bank", "recipient": "Бакай Банк"}
ACCOUNTING = UnitEntry(
    code="accounting",
    name=Trilingual(ky="Бухгалтерия", ru="Бухгалтерия", en="Accounting"),
    abbreviation="",
    kind=UnitKind.UNIT,
    parent_code="",
    aliases=(),
)
_WORDS = {"bank": ("банкка", "в банк"), "yes": ("алат",), "no": ("албайт",)}

_SATURDAY = 6


class PlainWorkdays:
    """The working days of a university that knows no holidays."""

    async def add(self, day: date, days: int) -> date:
        """Return the last of so many working days after a day."""
        while days:
            day += timedelta(days=1)
            days -= day.isoweekday() < _SATURDAY
        return day


class NotedPreview:
    """Notes the papers that would be drawn."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []

    async def preview(self, paper: Paper) -> Sequence[bytes]:
        """Return a picture of one page."""
        self.papers.append(paper)
        return [b"\x89PNG\r\n\x1a\n"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """The services of requests over the database of an office."""

    office: Office
    requests: RequestService
    papers: PapersService
    desk: DeskService
    counter: CounterService
    rounds: DeskRounds
    news: RequestNews
    preview: NotedPreview

    async def cashier(self, phone: int = CASHIERS_PHONE) -> Actor:
        """Make an account a registrar of the accounting."""
        await self.office.roles.grant(OPERATOR, str(phone), Role.REGISTRAR, ACCOUNTING.code)
        return await self.office.recognise(phone)

    async def official(self, phone: int = OFFICIALS_PHONE) -> Actor:
        """Make an account a registrar of the whole university."""
        await self.office.roles.grant(OPERATOR, str(phone), Role.REGISTRAR)
        return await self.office.recognise(phone)

    async def aizada(self, *others: RosterEntry) -> Actor:
        """Put Айзада, the others and the units into the database, link her phone and return her."""
        await self.office.units.import_units(OPERATOR, [INSTITUTE, ACCOUNTING])
        await self.office.enrol(AIZADA, *others)
        return await self.office.connect(7001, AIZADA)

    async def ask(
        self, actor: Actor, kind: CertificateKind = GRANT, *, screen: str = "one", language: Language = Language.KY
    ) -> MyRequest:
        """Ask for a certificate."""
        given = ANSWERS if kind is GRANT else {}
        return await self.requests.submit(actor, kind.id, language, given=given, screen=screen)


def desks_on(office: Office) -> Desks:
    """Return the services of requests as the container joins them."""
    stationery, workdays, calendar = PlainStationery(), PlainWorkdays(), BishkekCalendar()
    paperwork = Paperwork(
        office.clock,
        calendar,
        Drafting(office.clock, calendar, stationery, KINDS),
        stationery,
        workdays,
        lambda _kind, _fact, key: _WORDS.get(key, ()),
    )
    preview, base = NotedPreview(), (office.unit_of_work, paperwork)
    deciding = Deciding(paperwork, Issuer(stationery))
    return Desks(
        office=office,
        requests=RequestService(*base, office.outbox_bell),
        papers=PapersService(*base, office.print_bell, office.outbox_bell),
        desk=DeskService(*base, deciding, preview, office.print_bell, office.outbox_bell),
        counter=CounterService(*base, deciding, office.outbox_bell),
        rounds=DeskRounds(*base, calendar, workdays, office.outbox_bell),
        news=RequestNews(office.reading, office.clock, calendar, KINDS),
        preview=preview,
    )
