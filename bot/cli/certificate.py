"""`kabarchy certificate`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.batch import batch
from bot.cli.entering import register
from bot.cli.erasing import erase
from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json
from bot.cli.register_audit import audit

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.documents.university_model import University
    from bot.settings import Settings
    from services.certificates.dto import Verdict


_SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".webp")


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Certificates.", no_args_is_help=True)
    group.command("verify")(verify)
    group.command("timestamp")(timestamp)
    group.command("audit")(audit)
    group.command("register")(register)
    group.command("batch")(batch)
    group.command("erase")(erase)
    app.add_typer(group, name="certificate")


def verify(
    paper: Annotated[
        str,
        typer.Argument(
            metavar="FILE.pdf|PICTURE|CODE",
            help="A certificate's file, a picture of its QR code (JPEG, PNG, WebP), or its code.",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Check a certificate; exit code 0 only if it is valid."""
    from bot.cli.settings import command_settings
    from bot.cli.verdict import show_verdict, verdict_document
    from bot.documents import university as university_file

    settings = command_settings()
    content = _content(paper)
    university = university_file.load(settings.university_file)
    verdict = _verdict(settings, university, paper if content is None else content)
    if as_json:
        print_json(verdict_document(verdict))
    else:
        show_verdict(verdict, university)
    if verdict.kind != "valid":
        raise CommandFailed(f"the certificate is not valid: {verdict.kind.value}")


def timestamp(
    code: Annotated[str, typer.Argument(help="A certificate's code.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.tsr", help="Where the time stamp is written.")],
) -> None:
    """Write the time stamp of a certificate: `openssl ts -verify -data FILE.pdf -in FILE.tsr -CAfile ROOT.pem`."""
    from bot.cli.database import with_database
    from bot.cli.files import write_file
    from bot.cli.settings import command_settings
    from bot.documents.timestamps import as_response
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.timestamps.service import TimestampService

    async def work(engine: "AsyncEngine") -> bytes:
        return await TimestampService(unit_of_work_factory(engine)).get_token(OPERATOR, code)

    write_file(out, as_response(with_database(command_settings(), work)))
    typer.echo(f"Time stamp written: {out}")


def _content(paper: str) -> bytes | None:
    """Return the bytes of a file that was named, None for a code."""
    from bot.cli.files import read_file
    from bot.documents.inspection import DEFAULT_LIMIT

    if not paper.lower().endswith(_SUFFIXES) and not Path(paper).is_file():
        return None
    return read_file(Path(paper), limit=DEFAULT_LIMIT)


def _verdict(settings: "Settings", university: "University", paper: str | bytes) -> "Verdict":
    from zoneinfo import ZoneInfo

    from bot.cli.database import with_database
    from bot.cli.telegram import bot_id_of
    from bot.documents.certificates import FileInspector
    from bot.documents.qr_reading import QrReader
    from bot.localtime import LocalTime
    from bot.stationery import kinds_of
    from services.certificates.addresses import OwnAddresses
    from services.certificates.verification import VerificationService
    from services.db.uow import unit_of_work_factory
    from services.ports import SystemClock

    clock = SystemClock()
    inspector, reader = FileInspector(workers=1), QrReader()

    async def work(engine: "AsyncEngine") -> "Verdict":
        unit_of_work = unit_of_work_factory(engine)
        async with unit_of_work() as uow:
            username = await uow.bots.find_username(bot_id_of(settings))
        service = VerificationService(
            unit_of_work,
            clock,
            LocalTime(ZoneInfo(settings.timezone)),
            kinds_of(university),
            inspector,
            reader=reader,
            own=OwnAddresses(public_url=settings.public_url, bot_username=username or ""),
            authorities=present_authorities(settings, university, clock.now()),
        )
        return await (service.verify_code(paper) if isinstance(paper, str) else service.verify_file(paper))

    try:
        return with_database(settings, work)
    finally:
        inspector.close()
        reader.close()


def present_authorities(settings: "Settings", university: "University", now: "datetime") -> Sequence[bytes]:
    """Return the authorities of the key that signs now; a check neither makes a key nor fails for want of one."""
    from bot.documents.signing import GENERATED, SigningKeyError, open_key

    if settings.signing_p12 is None and not (settings.data_dir / GENERATED).exists():
        return ()
    try:
        password = settings.signing_password.get_secret_value()
        return open_key(settings.signing_p12, password, settings.data_dir, university, now=now).authority_pems
    except SigningKeyError as error:
        typer.echo(f"kabarchy: the present signing key is left aside: {error}", err=True)
        return ()
