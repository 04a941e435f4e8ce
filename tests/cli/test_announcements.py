"""Announcing at the command line; in this process, for the way from a terminal to here is shown by other commands."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from bot.cli.app import create_app
from bot.cli.failures import explain
from services.announcements.errors import TextUnusable
from services.html import find_fault
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.database import rolled_back
from tests.support.office import AIZADAS_PHONE, NURLANS_PHONE, office_on, rows
from tests.support.people import AIZADA, NURLAN

TEXTS = ("--ky", "<b>Жарыя</b>", "--ru", "Объявление", "--en", "Announcement")
NOBODY = dict.fromkeys(("pending", "sent", "failed", "blocked", "unknown", "cancelled", "skipped"), 0)


class Terminal:
    """Runs commands with the settings of a test."""

    async def says(self, *arguments: str) -> str:
        """Return what a command prints on stdout."""
        result = await asyncio.to_thread(CliRunner().invoke, create_app(), arguments)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0
        return result.stdout

    async def tells(self, *arguments: str) -> Any:  # noqa: ANN401 -- whatever the document is
        """Return the document that a command prints."""
        return json.loads(await self.says(*arguments, "--json"))

    async def refuses(self, *arguments: str) -> str | None:
        """Return the line with which a command refuses."""
        with pytest.raises(Exception) as refused:  # noqa: PT011 -- whatever it is, the line says it
            await self.says(*arguments)
        assert isinstance(refused.value, Exception)
        return explain(refused.value)

    async def misuse(self, *arguments: str) -> int:
        """Return the exit code of a command that is used wrongly."""
        result = await asyncio.to_thread(CliRunner().invoke, create_app(), arguments)
        return result.exit_code


@pytest.fixture
async def terminal(database_url: URL, engine: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal on a migrated database with Айзада, who can be reached, and Нурлан, who stopped the bot."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    office = office_on(engine, StandingClock())
    await office.enrol(AIZADA, NURLAN)
    await office.connect(AIZADAS_PHONE, AIZADA)
    await office.connect(NURLANS_PHONE, NURLAN)
    await office.accounts.note_blocked(NURLANS_PHONE, blocked=True)
    return Terminal()


async def test_announcement_is_made_watched_paused_resumed_and_cancelled(terminal: Terminal) -> None:
    announced = await terminal.tells("announce", *TEXTS, "--urgent")
    number = str(announced["id"])
    assert announced == {"id": int(number), "recipients": 2, "unreachable": 1}
    shown = {"id": int(number), "state": "sending", "recipients": 2, **NOBODY, "pending": 1, "blocked": 1}
    assert await terminal.tells("announcement", "show", number) == shown
    assert list(shown) == list(await terminal.tells("announcement", "show", number))

    assert await terminal.says("announcement", "pause", number) == f"Announcement {number} is paused now.\n"
    assert await terminal.says("announcement", "pause", number) == f"Announcement {number} is paused already.\n"
    assert (await terminal.tells("announcement", "show", number))["state"] == "paused"
    resumed = {"id": int(number), "state": "sending", "changed": True}
    assert await terminal.tells("announcement", "resume", number) == resumed
    assert await terminal.tells("announcement", "resume", number) == resumed | {"changed": False}
    assert await terminal.says("announcement", "cancel", number) == f"Announcement {number} is cancelled now.\n"
    assert await terminal.tells("announcement", "show", number) == {
        **shown, "state": "cancelled", "pending": 0, "cancelled": 1,
    }  # fmt: skip
    assert await terminal.refuses("announcement", "resume", number) == (
        f"announcement {number} is cancelled; nothing was changed"
    )


async def test_scheduled_announcement_is_shown_as_a_card(terminal: Terminal) -> None:
    said = await terminal.says(
        "announce", "--ky", "<b>Жарыя</b> &amp; дагы", "--fallback", "ky", "--audience", "role:student -course:1",
        "--at", "2099-12-01 10:00", "--if-late", "drop", "--late-after", "2",
    )  # fmt: skip
    assert said.startswith("Announcement 1 goes out on 2099-12-01 10:00. Recipients: 2, of whom stopped the bot: 1.\n")
    card = await terminal.says("announcement", "show", "1")
    for line in (
        "Announcement 1 is scheduled.",
        "Due: 2099-12-01 10:00 (Asia/Bishkek)",
        "Audience: role:student -course:1",
        "ky: Жарыя & дагы",
        "In other languages: the text in ky",
    ):
        assert line in card.splitlines()
    assert await terminal.tells("announcement", "show", "1") == {
        "id": 1, "state": "scheduled", "recipients": 2, **NOBODY, "pending": 2,
    }  # fmt: skip
    assert await terminal.refuses("announcement", "send-again", "1", "--failed") == (
        "announcement 1 has not gone out to anybody yet"
    )
    await terminal.says("announcement", "pause", "1")
    assert "To go on: kabarchy announcement resume 1" in await terminal.says("announcement", "show", "1")
    assert await terminal.says("announcement", "resume", "1") == "Announcement 1 is scheduled now.\n"


async def test_card_says_what_to_do_about_the_unknown_and_they_are_sent_it_again(
    terminal: Terminal, engine: AsyncEngine
) -> None:
    await terminal.says("announce", *TEXTS)
    async with engine.begin() as connection:
        await rows(
            connection,
            "with m as (insert into messages (chat_id, urgency, state, created_at)"
            " values (:chat, 'normal', 'unknown', :now) returning id)"
            " update deliveries set message_id = (select id from m) where account_id = :chat and ended is null"
            " and message_id is null returning 1",
            chat=AIZADAS_PHONE, now=StandingClock().now(),
        )  # fmt: skip
    card = await terminal.says("announcement", "show", "1")
    assert "kabarchy announcement send-again 1 --unknown" in card
    assert await terminal.refuses("announcement", "send-again", "1", "--failed") == (
        "announcement 1 ended so with nobody; nothing was changed"
    )
    assert await terminal.misuse("announcement", "send-again", "1") == 2
    assert await terminal.tells("announcement", "send-again", "1", "--unknown", "--failed") == {"id": 1, "again": 1}


async def test_refusals_end_in_one_line_for_the_operator_and_leave_nothing(
    terminal: Terminal, engine: AsyncEngine
) -> None:
    for arguments, line in (
        (("--ky", "Жарыя"), (
            "there is no text in Russian or English; give it with --ru --en, or name with --fallback the language "
            "whose text is to be sent instead"
        )),
        (("--ky", "Жарыя", "--fallback", "en"), (
            "--fallback names English, in which there is no text; give it with --en"
        )),
        ((*TEXTS, "--ru", "<b>Объявление"), "the text in Russian: in line 1 stands <b>, which is never closed"),
        ((*TEXTS, "--en", "1\n<p>2</p>"), "the text in English: in line 2 stands <p>, which Telegram does not know"),
        ((*TEXTS, "--en", "x" * 4_097), (
            "the text in English: it has 4097 signs as Telegram counts them; the limit is 4096"
        )),
        ((*TEXTS, "--at", "2020-01-01 10:00"), "--at 2020-01-01 10:00 is past already"),
        ((*TEXTS, "--audience", "role:staff"), "the audience is nobody, so nothing was announced"),
    ):  # fmt: skip
        assert await terminal.refuses("announce", *arguments) == line
    for arguments in (("--audience", "group:ЖОК-9"), ("--audience", "everybody")):
        assert await terminal.refuses("announce", *TEXTS, *arguments)
    for command in ("show", "pause", "resume", "cancel"):
        assert await terminal.refuses("announcement", command, "17") == "there is no announcement 17"
    assert await terminal.misuse("announce", *TEXTS, "--at", "tomorrow") == 2
    assert await terminal.misuse("announcement", "show", "0") == 2
    async with rolled_back(engine) as connection:
        counted = "select (select count(*) from announcements), (select count(*) from broadcasts)"
        assert await rows(connection, counted) == [(0, 0)]


@pytest.mark.parametrize("fault", [
    ("a < b", 'in line 1 "<" begins no tag: < b; for the sign itself write &lt;'),
    ("1&nbsp;2", "in line 1 stands &nbsp;, which Telegram does not know; it knows &lt; &gt; &amp; &quot; and numbers"),
    ('<a href="x">1</a>', 'in line 1 stands <a href="x">, which leads nowhere; a link is <a href="https://...">'),
    ("1</b>", "in line 1 stands </b>, which is not what is open there"),
    ('<b id="1">1</b>', 'in line 1 stands <b id="1">, with what Telegram does not know in such a tag'),
    ("<code><b>1</b></code>", "in line 1 stands <b> inside of a tag that cannot hold it"),
    ("<b>1</b>" * 101, "it has more than 100 tags (line 1): Telegram would not show the rest"),
    ("<b> </b>", "nothing of it can be seen"),
    ("1\x00", "line 1 holds a sign that is no text: U+0000"),
])  # fmt: skip
def test_every_fault_of_a_text_is_told(fault: tuple[str, str]) -> None:
    html, line = fault
    found = find_fault(html)
    assert found is not None
    assert explain(TextUnusable(Language.KY, found)) == f"the text in Kyrgyz: {line}"
