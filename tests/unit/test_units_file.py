"""Files of units and posts."""

import pytest

from services.languages import Trilingual
from services.tables.dto import FaultKind
from services.units.dto import UnitEntry, UnitKind
from services.units.errors import UnitsUnreadable
from services.units.units_file import read_units

HEADING = "code,name_ky,name_ru,name_en,abbreviation,role_or_unit,parent_unit,aliases"


def read(*lines: str, encoding: str = "utf-8") -> list[UnitEntry]:
    return read_units("\n".join(lines).encode(encoding))


def test_row_becomes_a_unit() -> None:
    (entry,) = read(HEADING, 'mti,МТ институту,Институт ИТ,Institute of IT,МТИ,unit,,"ИТ институту| МТИ дирекциясы |"')
    assert entry == UnitEntry(
        code="mti",
        name=Trilingual(ky="МТ институту", ru="Институт ИТ", en="Institute of IT"),
        abbreviation="МТИ",
        kind=UnitKind.UNIT,
        parent_code="",
        aliases=("ИТ институту", "МТИ дирекциясы"),
    )


def test_code_alone_is_enough() -> None:
    (entry,) = read("code", "mti")
    assert (entry.kind, entry.name, entry.aliases) == (UnitKind.UNIT, Trilingual(), ())
    assert entry.members is None


def test_group_has_the_members_that_its_row_names_each_once() -> None:
    group, empty, _, _ = read(
        "code,role_or_unit,members", "directors,role,mti-head|pi-head | mti-head|", "nobody,role,", "mti-head,role,",
        "pi-head,role,",
    )  # fmt: skip
    assert (group.members, empty.members) == (("mti-head", "pi-head"), ())


def test_members_that_the_file_does_not_have_are_refused_by_name() -> None:
    with pytest.raises(UnitsUnreadable, match="members of groups are not in the file: deans, tri-head"):
        read("code,members", "directors,mti-head|tri-head|deans", "mti-head,")


def test_post_may_stand_above_its_unit_in_the_file() -> None:
    rector, rectorate = read(HEADING, "rector,Ректор,,,,Role,rectorate,", "rectorate,Ректорат,,,,unit,,")
    assert (rector.kind, rector.parent_code, rectorate.code) == (UnitKind.ROLE, "rectorate", "rectorate")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_any_usual_encoding_and_delimiter_is_read(encoding: str, delimiter: str) -> None:
    (entry,) = read(*(line.replace(",", delimiter) for line in ("code,name_ru", "mti,Институт")), encoding=encoding)
    assert entry.name.ru == "Институт"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["code,name_ky", "a,А", "b,Б", "a,В", "b,Г"], "these codes stand twice: a, b"),
        (["code,parent_unit", "a,nowhere"], "these parent units are not in the file: nowhere"),
        (["code,name_ky", "a,А", ",Б"], "row 3 has no code"),
        (["code,role_or_unit", "a,person"], "row 2: role_or_unit must be unit or role, not person"),
        (["code,name_ky", "a,Б, В"], "row 2 has more cells than the heading"),
    ],
)
def test_file_that_is_no_table_of_units_is_refused_with_the_reason(lines: list[str], reason: str) -> None:
    with pytest.raises(UnitsUnreadable) as refused:
        read(*lines)
    assert refused.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("name_ky\nРекторат".encode(), FaultKind.MISSING_COLUMNS),
        (b"code,code\na,b", FaultKind.REPEATED_COLUMNS),
        (b"", FaultKind.EMPTY),
        (b"code\na\0", FaultKind.NOT_A_TABLE),
    ],
)
def test_file_that_is_no_table_is_refused(content: bytes, fault: FaultKind) -> None:
    with pytest.raises(UnitsUnreadable) as refused:
        read_units(content)
    assert refused.value.fault is not None
    assert refused.value.fault.kind is fault
