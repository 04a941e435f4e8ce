"""The services of requests for certificates and of the desks that answer them, made once."""

from dataclasses import dataclass

from bot.papers import PaperServices
from bot.stationery import UniversityWords
from bot.tools import Ground
from services.desk_sheets.reading import SheetReader
from services.desk_sheets.service import DeskSheetService
from services.languages import Language
from services.requests.counter import CounterService
from services.requests.deciding import Deciding
from services.requests.desk import DeskService
from services.requests.papers import PapersService
from services.requests.paperwork import Paperwork
from services.requests.rounds import DeskRounds
from services.requests.service import RequestService
from services.workdays.service import WorkdayService


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskServices:
    """Both sides of a request, and the clock's part in it."""

    requests: RequestService
    papers: PapersService
    desk: DeskService
    counter: CounterService
    rounds: DeskRounds
    sheets: DeskSheetService


def create_desks(ground: Ground, made: PaperServices, workdays: WorkdayService) -> DeskServices:
    """Join the services."""
    calendar, bells = ground.calendar, ground.bells
    words = UniversityWords(ground.tools.university)
    paperwork = Paperwork(
        ground.clock,
        calendar,
        made.drafting,
        made.stationery,
        workdays,
        lambda kind, fact, key: [words.choice(kind, fact, key, language) for language in Language],
    )
    deciding = Deciding(paperwork, made.issuer)
    reader = SheetReader(made.kinds, lambda kind, fact: [words.label(kind, fact, language) for language in Language])
    base, administrators = (ground.unit_of_work, paperwork), ground.settings.admin_ids
    return DeskServices(
        requests=RequestService(*base, bells.outbox, administrators),
        papers=PapersService(*base, bells.printing, bells.outbox),
        desk=DeskService(*base, deciding, ground.tools.press, bells.printing, bells.outbox),
        counter=CounterService(*base, deciding, bells.outbox),
        rounds=DeskRounds(*base, calendar, workdays, bells.outbox, administrators=administrators),
        sheets=DeskSheetService(*base, deciding, reader, bells.printing, bells.outbox),
    )
