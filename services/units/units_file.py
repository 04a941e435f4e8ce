"""A file of units put into entries."""

from services.languages import Trilingual
from services.tables.dto import Columns, TableRow, TableUnreadable
from services.tables.reading import read_table
from services.units.dto import UnitEntry, UnitKind
from services.units.errors import UnitsUnreadable

_COLUMNS = (
    "code",
    "name_ky",
    "name_ru",
    "name_en",
    "abbreviation",
    "role_or_unit",
    "parent_unit",
    "aliases",
    "members",
)


def read_units(content: bytes) -> list[UnitEntry]:
    """Read a table of units (only `code` must be there; aliases and members are separated by `|`)."""
    try:
        table = read_table(content, Columns(meaning=_column_of, required=("code",)))
        rows = list(table.rows)
    except TableUnreadable as error:
        raise UnitsUnreadable(fault=error.fault) from error
    entries = [_entry(row, says_members="members" in table.headings) for row in rows]
    codes = [entry.code for entry in entries]
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated:
        raise UnitsUnreadable(f"these codes stand twice: {', '.join(repeated)}")
    unknown = sorted({entry.parent_code for entry in entries if entry.parent_code} - set(codes))
    if unknown:
        raise UnitsUnreadable(f"these parent units are not in the file: {', '.join(unknown)}")
    strangers = sorted({member for entry in entries for member in entry.members or ()} - set(codes))
    if strangers:
        raise UnitsUnreadable(f"these members of groups are not in the file: {', '.join(strangers)}")
    return entries


def _column_of(heading: str) -> str | None:
    name = heading.strip().lower()
    return name if name in _COLUMNS else None


def _entry(row: TableRow, *, says_members: bool) -> UnitEntry:
    if row.overflows:
        raise UnitsUnreadable(f"row {row.number} has more cells than the heading; is a comma inside a cell not quoted?")
    if not row["code"]:
        raise UnitsUnreadable(f"row {row.number} has no code")
    kind = row["role_or_unit"].lower() or UnitKind.UNIT.value
    if kind not in set(UnitKind):
        raise UnitsUnreadable(f"row {row.number}: role_or_unit must be unit or role, not {row['role_or_unit']}")
    return UnitEntry(
        code=row["code"],
        name=Trilingual(ky=row["name_ky"], ru=row["name_ru"], en=row["name_en"]),
        abbreviation=row["abbreviation"],
        kind=UnitKind(kind),
        parent_code=row["parent_unit"],
        aliases=_listed(row["aliases"]),
        members=_listed(row["members"]) if says_members else None,
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in cell.split("|") if text.strip()))
