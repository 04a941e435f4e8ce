"""`kabarchy roster import` of 20,000 people: seconds, and the most memory that the command took."""

import csv
import io
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import URL

from bot.demonstration.names import invent_name
from bot.documents.sheets import write_xlsx
from services.people.roster_file import COLUMNS
from services.tables.dto import SheetText

_PEOPLE = 20_000
_CHANGED = 500
_BIRTHDAYS = date(2004, 1, 1)
_GROUPS = 500
_LOOK_EVERY = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFigures:
    """One import: what it was, its seconds, and the peak of its memory in MB."""

    what: str
    seconds: float
    megabytes: float


def measure(database: URL, data_dir: Path) -> list[ImportFigures]:
    """Import everybody from CSV into an empty roster, then a few hundred changes from XLSX, and those back from CSV."""
    rows = _rows()
    changed = [{**row, "phone": f"+99677{row['phone'][6:]}"} if n < _CHANGED else row for n, row in enumerate(rows)]
    return [
        _import(database, data_dir / "first.csv", _csv(rows), "20,000 people from CSV, all new"),
        _import(database, data_dir / "changed.xlsx", _xlsx(changed), "20,000 people from XLSX, 500 changed"),
        _import(database, data_dir / "back.csv", _csv(rows), "20,000 people from CSV, 500 changed"),
    ]


def measure_first_xlsx(database: URL, data_dir: Path) -> ImportFigures:
    """Import everybody from XLSX into an empty roster."""
    return _import(database, data_dir / "first.xlsx", _xlsx(_rows()), "20,000 people from XLSX, all new")


def _import(database: URL, file: Path, content: bytes, what: str) -> ImportFigures:
    file.write_bytes(content)
    address = database.render_as_string(hide_password=False)
    environment = {**os.environ, "DATABASE_URL": address, "DATA_DIR": str(file.parent)}
    command = [sys.executable, "-m", "bot", "roster", "import", str(file), "--json"]
    begun, most = time.perf_counter(), 0.0
    process = subprocess.Popen(  # noqa: S603 -- our own program
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None:
        most = max(most, _peak(process.pid))
        time.sleep(_LOOK_EVERY)
    if process.returncode:
        raise RuntimeError(f"importing {what} failed")
    return ImportFigures(what=f"`roster import`: {what}", seconds=time.perf_counter() - begun, megabytes=most)


def _peak(process_id: int) -> float:
    """Return the most memory that a process has taken so far, in MB; 0 once it has ended."""
    try:
        status = Path(f"/proc/{process_id}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def _csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[dict[str, str]]) -> bytes:
    cells = tuple(tuple(row[column] for column in COLUMNS) for row in rows)
    return write_xlsx([SheetText(title="Roster", heading=COLUMNS, rows=cells)])


def _rows() -> list[dict[str, str]]:
    dice = random.Random(20_000)  # noqa: S311 -- the same people every time
    return [_row(dice, number) for number in range(_PEOPLE)]


def _row(dice: random.Random, number: int) -> dict[str, str]:
    name = invent_name(dice)
    course = dice.randint(1, 5)
    return dict.fromkeys(COLUMNS, "") | {
        "person_no": f"S-{number:05}",
        "kind": "student",
        "last_name": name.last,
        "first_name": name.first,
        "patronymic": name.patronymic,
        "name_latin": name.latin,
        "birth_date": (_BIRTHDAYS + timedelta(days=dice.randint(0, 1_500))).isoformat(),
        "phone": f"+99670{number:07}",
        "email": f"s{number}@university.example",
        "unit": "mti",
        "programme_ky": "Программалык инженерия",
        "programme_ru": "Программная инженерия",
        "programme_en": "Software Engineering",
        "course": str(course),
        "group": f"ПИ-{number % _GROUPS}-25",
        "study_form": "full_time",
        "funding": dice.choice(("budget", "contract")),
        "degree": "bachelor",
        "admission_date": f"{2026 - course}-08-25",
        "expected_graduation": f"{2030 - course}-06-30",
        "admission_order": f"№ {dice.randint(40, 60)}, 20.08.{2026 - course}",
        "citizenship": name.citizenship,
    }
