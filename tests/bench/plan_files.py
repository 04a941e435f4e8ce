"""A plan of 5,000 rows taken over: from Word and from Excel, all new and a second time."""

from dataclasses import dataclass
from time import monotonic

from sqlalchemy import URL

from services.access import OPERATOR
from services.db.engine import create_engine
from services.db.uow import unit_of_work_factory
from services.plan_import.service import PlanFile, PlanImportService
from services.ports import SystemClock
from services.units.dto import UnitEntry
from services.units.service import UnitService
from services.units.units_file import read_units
from tests.support.papers import BishkekCalendar
from tests.support.plans import KSTU, YEAR, WordTable, excel, kstu, word

ROWS = 5_000
_HEAD = ("№", "Иш-чара", "Аткаруу мөөнөтү", "Жооптуулар", "Документ")
_FILES = ("council.docx", "strategy.docx", "state-language.docx")


@dataclass(frozen=True, slots=True)
class Taken:
    """How long each import took, in seconds."""

    seconds: dict[str, float]


async def measure(database: URL) -> Taken:
    """Take over the university's own items again and again under numbers of their own."""
    engine = create_engine(database, pool_size=2)
    unit_of_work = unit_of_work_factory(engine)
    await UnitService(unit_of_work).import_units(OPERATOR, _units())
    imports = PlanImportService(unit_of_work, SystemClock(), BishkekCalendar())
    seconds = {}
    for name, content in (("XLSX", excel(("План", _rows(), ()))), ("Word", word(WordTable(_rows())))):
        file = PlanFile(content=content, file_name=f"{name}.plan", year=YEAR, name=name)
        for what in ("all new", "a second time"):
            begun = monotonic()
            await imports.import_file(OPERATOR, file)
            seconds[f"{name}, {what}"] = monotonic() - begun
    await engine.dispose()
    return Taken(seconds)


def _units() -> list[UnitEntry]:
    return read_units((KSTU / "units.csv").read_bytes())


def _rows() -> list[tuple[str, ...]]:
    printed = [row for name in _FILES for row in kstu(name).rows]
    items = (printed[number % len(printed)] for number in range(ROWS))
    return [
        _HEAD,
        *(
            (str(number), f"{row.title} {number}", row.deadline or row.period, row.responsible, row.document)
            for number, row in enumerate(items, 1)
        ),
    ]
