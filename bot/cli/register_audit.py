"""`kabarchy certificate audit`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, working

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.settings import Settings
    from services.register.dto import AuditReport, Fault, RegisterEntry


def audit(
    head: Annotated[
        str, typer.Option("--head", metavar="HASH", help="A head as it was published: is it in the chain?")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Check the register's chain, the certificates, their files and the published heads; exit code 1 at any fault."""
    from bot.cli.settings import command_settings

    with working("Reading the register …"):
        report, entry = _audit(command_settings(), head)
    if as_json:
        print_json(_document(report, head, entry))
    else:
        _show(report, head, entry)
    if report.fault_count:
        raise CommandFailed(f"the register does not hold: {report.fault_count} fault(s)")
    if head and entry is None:
        raise CommandFailed("the head is not in the chain: entries that were published are gone or were changed")


def _audit(settings: "Settings", head: str) -> "tuple[AuditReport, RegisterEntry | None]":
    from bot.cli.database import with_database
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.ports import SystemClock
    from services.register.service import RegisterService

    async def work(engine: "AsyncEngine") -> "tuple[AuditReport, RegisterEntry | None]":
        one_moment = engine.execution_options(isolation_level="REPEATABLE READ")  # the bot goes on writing meanwhile
        service = RegisterService(unit_of_work_factory(one_moment), SystemClock())
        entry = await service.find_head(OPERATOR, head) if head else None
        return await service.audit(OPERATOR), entry

    return with_database(settings, work)


def _show(report: "AuditReport", head: str, entry: "RegisterEntry | None") -> None:
    tail = report.tail
    counts = f"{report.entries} entries, {report.certificates} certificates, {report.heads} heads of days"
    if not report.fault_count:
        typer.echo(f"The register holds: {counts}; its head is {tail.hash.hex()}.")
    for fault in report.faults:
        typer.echo(_sentence(fault))
    if (left := report.fault_count - len(report.faults)) > 0:
        typer.echo(f"… and {left} more.")
    if entry is not None:
        typer.echo(f"The head {head} is entry {entry.seq}, in the chain since {entry.at:%Y-%m-%d %H:%M:%S} UTC.")


def _sentence(fault: "Fault") -> str:
    from services.register.dto import FaultKind

    words = {
        FaultKind.GAP: "entries before it are missing, or it stands in the wrong place",
        FaultKind.BROKEN: "it does not follow from the entry before it",
        FaultKind.HASH: "it was changed: its hash is another",
        FaultKind.NO_CERTIFICATE: "the certificate that it is about does not exist",
        FaultKind.CONTENT: "the certificate does not say any more what it said then",
        FaultKind.FILE: "the stored file is not the one that was signed",
        FaultKind.NO_ENTRY: "its entries are not what its way into the register and to its file would have left",
        FaultKind.STATUS: "its status is not what its last entry says",
        FaultKind.ERASURE: "its facts or its salt are gone without an entry, or are there in spite of one",
        FaultKind.HEAD: "the head of that day is not what the chain says there",
    }
    where = [
        f"entry {fault.seq}" if fault.seq is not None else "",
        f"certificate {fault.number}" if fault.number else "",
        f"day {fault.day.isoformat()}" if fault.day else "",
    ]
    return f"{', '.join(filter(None, where))}: {words[fault.kind]}"


def _document(report: "AuditReport", head: str, entry: "RegisterEntry | None") -> dict[str, object]:
    document: dict[str, object] = {
        "ok": not report.fault_count and (entry is not None or not head),
        "entries": report.entries,
        "certificates": report.certificates,
        "heads": report.heads,
        "head": {"seq": report.tail.seq, "hash": report.tail.hash.hex()},
        "fault_count": report.fault_count,
        "faults": [
            {
                "fault": fault.kind.value,
                "seq": fault.seq,
                "number": fault.number,
                "day": fault.day.isoformat() if fault.day else None,
            }
            for fault in report.faults
        ],
    }
    if head:
        found = None if entry is None else {"seq": entry.seq, "since": entry.at.isoformat()}
        document["asked_head"] = {"hash": head, "found": found}
    return document
