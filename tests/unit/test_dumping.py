"""Which of PostgreSQL's programs are used, and how they find the database."""

from pathlib import Path

import pytest

from services.db.databases import beside
from services.db.dumping import DumpError, Program, choose, programs_for
from services.db.engine import libpq_environment, parse_database_url


@pytest.mark.parametrize(
    ("majors", "server", "chosen"),
    [
        ((18, 15), 15, 15),
        ((18, 16), 15, 16),
        ((18,), 17, 18),
        ((18,), 16, None),  # its pg_restore sets what PostgreSQL 16 does not know
        ((15,), 18, None),
        ((), 18, None),
    ],
)
def test_program_nearest_to_the_server_is_chosen(majors: tuple[int, ...], server: int, chosen: int | None) -> None:
    program = choose([Program(path=Path("pg_dump"), major=major) for major in majors], server)
    assert (program and program.major) == chosen


async def test_missing_program_is_named_with_the_version() -> None:
    with pytest.raises(DumpError, match="pg_dump of PostgreSQL 99, the server's version, is needed, and there is that"):
        await programs_for(99)


def test_programs_are_led_by_their_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSERVICE", "another")
    monkeypatch.setenv("PGSSLROOTCERT", "/etc/root.crt")
    address = "postgresql://u:p%40ss@h:5433/d?sslmode=verify-full&application_name=copy&connect_timeout=3"
    place = libpq_environment(parse_database_url(address))
    assert {name: value for name, value in place.items() if name.startswith("PG")} == {
        "PGHOST": "h", "PGPORT": "5433", "PGUSER": "u", "PGPASSWORD": "p@ss", "PGDATABASE": "d", "PGAPPNAME": "copy",
        "PGSSLMODE": "verify-full", "PGCONNECT_TIMEOUT": "3", "PGSSLROOTCERT": "/etc/root.crt",
    }  # fmt: skip
    several = libpq_environment(parse_database_url("postgresql://u@/d?host=a:1&host=b:2"))
    assert (several["PGHOST"], several["PGPORT"]) == ("a,b", "1,2")


def test_long_name_leaves_room_for_what_a_database_is_for() -> None:
    assert beside("kabarchy", "being_restored") == "kabarchy_being_restored"
    assert beside("б" * 31, "being_restored") != beside("б" * 30 + "в", "being_restored")
    assert len(beside("б" * 31, "being_restored").encode()) <= 63
