"""The whole database into a file and back, as operators do it."""

import stat
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, text

from services.db.engine import create_engine
from services.db.presence import WorkerPresence
from services.db.schema import migrate, newest_revision
from tests.cli.console import Console

UNITS = "code\nmti\n"


async def ask(url: URL, statement: str) -> list[tuple[object, ...]]:
    """Ask a database, and leave it."""
    engine = create_engine(url, pool_size=1)
    try:
        async with engine.begin() as connection:
            result = await connection.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        await engine.dispose()


async def neighbours(url: URL) -> list[tuple[object, ...]]:
    """The databases that were made beside this one."""
    return await ask(url, f"select datname from pg_database where starts_with(datname, '{url.database}_')")  # noqa: S608


async def test_backup_of_an_older_schema_comes_back_up_to_date_and_silent(console: Console, database_url: URL) -> None:
    console.run("units", "import", console.write("units.csv", UNITS))
    engine = create_engine(database_url, pool_size=2)
    await migrate(engine, "-1")
    await engine.dispose()
    before = await ask(database_url, "select version_num, (select count(*) from units) from alembic_version")
    taken = await console.run_beside("backup", "whole.backup", "--verify")
    assert (taken.code, taken.err) == (0, "")
    assert taken.out.startswith("Backed up to whole.backup: 0.")
    assert "It was restored and compared: " in taken.out
    assert stat.S_IMODE((console.folder / "whole.backup").stat().st_mode) == 0o600
    assert await ask(database_url, "select version_num, (select count(*) from units) from alembic_version") == before

    console.run("units", "import", console.write("units.csv", UNITS + "later\n"))
    restored = await console.run_beside("restore", "whole.backup", "--replace")
    assert (restored.code, restored.err) == (0, "")
    assert "Nothing is sent unasked until `kabarchy resume-sending`." in restored.out
    assert await ask(database_url, "select code from units") == [("mti",)]
    assert await ask(database_url, "select version_num from alembic_version") == [(newest_revision(),)]
    assert await ask(database_url, "select halted_at is not null from send_pace") == [(True,)]
    assert await ask(database_url, "select halted_at is not null from issuing") == [(True,)]
    assert "No certificate is issued or printed until `kabarchy resume-issuing --from NUMBER`." in restored.out
    assert await neighbours(database_url) == []
    assert {path.name for path in console.folder.iterdir()} == {"units.csv", "whole.backup"}


async def test_restore_is_refused_and_changes_nothing(console: Console, database_url: URL) -> None:
    empty = database_url.set(database="postgres").render_as_string(hide_password=False)
    assert "there is nothing to back up" in console.run("backup", "whole.backup", DATABASE_URL=empty).line
    console.run("backup", "whole.backup")
    again = console.run("backup", "whole.backup")
    assert (again.code, again.line) == (
        1, "kabarchy: whole.backup is there already; name another file, or say --overwrite",
    )  # fmt: skip
    full = console.run("restore", "whole.backup")
    assert "is not empty; with --replace the backup takes its place" in full.line
    content = (console.folder / "whole.backup").read_bytes()
    console.write("text", "no backup\n")
    console.write("damaged", content[:-200] + bytes(200))
    for name, said in (("text", "is not a whole backup"), ("damaged", ""), ("nowhere", "is not a file")):
        refused = console.run("restore", name, "--replace")
        assert refused.code == 1, name
        assert said in refused.line
    engine = create_engine(database_url, pool_size=2)
    async with WorkerPresence(engine) as presence:
        running = await console.run_beside("restore", "whole.backup", "--replace")
        assert f"the bot is running on this database (workers {presence.number}); stop it first" in running.line
    async with engine.connect():
        beside = await console.run_beside("restore", "whole.backup", "--replace")
    assert "other programs are connected to this database (kabarchy); end them first" in beside.line
    await engine.dispose()
    assert await ask(database_url, "select halted_at from send_pace") == [(None,)]
    assert await neighbours(database_url) == []


async def test_sending_goes_on_when_the_operator_says_so(console: Console, database_url: URL) -> None:
    halt = "update send_pace set halted_at = '2026-11-22T04:00Z'"
    await ask(database_url, halt)
    await ask(
        database_url,
        "with a as (insert into accounts (telegram_id, first_seen_at, last_seen_at) values (7001, now(), now())"
        " returning telegram_id), n as (insert into notices (kind, payload, created_at)"
        " values ('link_moved', '{}', '2026-11-01') returning id), m as (insert into messages"
        " (chat_id, urgency, state, created_at) values (7001, 'urgent', 'pending', '2026-11-01') returning id)"
        " insert into deliveries (notice_id, account_id, message_id) select n.id, telegram_id, m.id from a, n, m",
    )
    await ask(
        database_url,
        "insert into announcements (state, texts, audience, urgency, due_at, recipients, announced_at) "
        "values ('scheduled', '{}', 'all', 'normal', '2026-11-20', 1, '2026-11-01')",
    )
    decide = "it is paused: `kabarchy announcement show 1`, then resume or cancel."
    assert console.run("resume-sending").out.splitlines() == [
        "Sending goes on.",
        "Messages that waited when the backup was made, and are not sent again (state unknown): 1.",
        f"Announcement 1 has become due since the backup was made; {decide}",
    ]
    refused = console.run("resume-sending", "--json")
    assert (refused.code, refused.out, refused.line) == (1, "", "kabarchy: Sending is not halted")
    await ask(database_url, halt)
    assert console.run("resume-sending", "--json").json == {"unknown": 0, "paused": []}


async def test_issuing_goes_on_when_the_operator_says_with_which_number(console: Console, database_url: URL) -> None:
    year = datetime.now(UTC).year
    await ask(database_url, "update issuing set halted_at = '2026-11-22T04:00Z'")
    await ask(database_url, f"insert into certificate_series values ({year}, 7)")  # noqa: S608 -- a number
    doctor = console.run("doctor", "--json").json["checks"]
    (fence,) = [item for item in doctor if item["subject"] == "issuing"]
    assert (fence["state"], "2026-11-22 04:00 UTC" in fence["reason"]) == ("note", True)
    taken, unread, other = console.run_all(
        ("resume-issuing", "--from", f"{year}-00007"),
        ("resume-issuing", "--from", "7"),
        ("resume-issuing", "--from", "1999-00009"),
    )
    assert taken.line == (
        f"kabarchy: the register knows the number {year}-00007; name a greater one, behind every number that was given"
    )
    assert unread.line == "kabarchy: 7 is no number of a certificate, like 2026-00124"
    assert other.line == "kabarchy: no numbers of 1999 are given now; name the next one of this year"
    resumed = console.run("resume-issuing", "--from", f"{year}-00124")
    first, second = resumed.out.splitlines()
    assert first == f"Issuing goes on with {year}-00124."
    assert second.startswith(f"Not in this register: {year}-00008 to {year}-00123. Who has one of these papers")
    again = console.run("resume-issuing", "--from", f"{year}-00124", "--json")
    assert (again.code, again.out, again.line) == (1, "", "kabarchy: Issuing is not halted")
    assert await ask(database_url, "select last_serial from certificate_series") == [(123,)]


def test_embedded_database_moves_to_another_folder(fresh: Console) -> None:
    fresh.run("units", "import", fresh.write("units.csv", UNITS))
    assert fresh.run("backup", "whole.backup").code == 0
    elsewhere = {"DATA_DIR": str(fresh.folder / "elsewhere")}
    restored = fresh.run("restore", "whole.backup", **elsewhere)
    assert (restored.code, restored.err) == (0, "")
    assert fresh.run("resume-sending", "--json", **elsewhere).json == {"unknown": 0, "paused": []}


def test_folder_that_cannot_be_written_ends_in_one_line(nowhere: Console) -> None:
    assert "cannot be written" in nowhere.run("backup", Path("no", "such", "whole.backup")).line
    assert "cannot be reached" in nowhere.run("backup", "whole.backup").line
    assert list(nowhere.folder.iterdir()) == []
