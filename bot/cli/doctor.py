"""`kabarchy doctor`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, working

if TYPE_CHECKING:
    from bot.cli.checks.finding import Finding
    from bot.settings import Settings

_MARKS = {"good": "[green]✓[/green]", "bad": "[red]✗[/red]", "note": "–"}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(as_json: AsJson = False) -> None:
    """Check settings, database, token, keys, catalogues and university file; exit code 1 if something would fail."""
    with working("Looking …"):
        findings = _examine()
    failed = [finding for finding in findings if finding.state == "bad"]
    if as_json:
        print_json({"ok": not failed, "checks": [asdict(finding) for finding in findings]})
    else:
        _show(findings)
    if failed:
        raise CommandFailed(f"{len(failed)} thing(s) would not work: {', '.join(item.subject for item in failed)}")


def _examine() -> "list[Finding]":
    from bot.cli.checks.finding import bad, good
    from bot.cli.checks.machine import check_addresses, check_data_dir
    from bot.cli.settings import command_settings
    from bot.settings import SettingsError

    try:
        settings = command_settings()
    except SettingsError as error:
        return [bad("settings", str(error), "see .env.example")]
    findings = [good("settings", "can be read"), check_data_dir(settings), *check_addresses(settings)]
    with ExitStack() as stack:
        address = _open_database(settings, stack, findings)
        findings += asyncio.run(_ask_around(settings, address))
    return findings


def _open_database(settings: "Settings", stack: ExitStack, findings: "list[Finding]") -> str | None:
    from bot.cli.checks.finding import bad
    from bot.cli.database import database_address
    from services.db.embedded import EmbeddedPostgresError

    try:
        return stack.enter_context(database_address(settings))
    except (CommandFailed, EmbeddedPostgresError) as error:
        findings.append(bad("database", str(error), "set DATABASE_URL or DATA_DIR"))
        return None


async def _ask_around(settings: "Settings", address: str | None) -> "list[Finding]":
    from bot.lazy_models import import_aiogram

    import_aiogram()
    from bot.cli.checks.catalogues import check_catalogues
    from bot.cli.checks.database import check_database
    from bot.cli.checks.hotlines import check_hotlines
    from bot.cli.checks.papers import check_papers
    from bot.cli.checks.telegram import check_telegram

    database = await check_database(settings, address) if address is not None else []
    texts = [*check_catalogues(), *check_hotlines(settings)]
    return [*database, *await check_telegram(settings), *texts, *await check_papers(settings, address)]


def _show(findings: "Sequence[Finding]") -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    for finding in findings:
        advice = f" → {finding.advice}" if finding.advice else ""
        line = escape(f"{finding.subject}: {finding.reason}{advice}")
        console.print(f"{_MARKS[finding.state]} {line}", soft_wrap=True)
