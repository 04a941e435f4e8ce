"""`kabarchy key`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.failures import CommandFailed
from bot.cli.output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path

    from bot.documents.signing import SigningKey
    from bot.settings import Settings
    from services.keys.dto import InvalidatedKey, RegisteredKey
    from services.keys.service import KeyService

T = TypeVar("T")

_AT = "%Y-%m-%d %H:%M"
_SHORT = 16  # digits of a fingerprint, enough to tell keys apart
_P12_INSTEAD = (
    "the key comes from SIGNING_P12: put the new PKCS#12 file beside the old one, name it in SIGNING_P12 (its password "
    "in SIGNING_PASSWORD) and restart the replicas one after the other; papers of both keys are accepted all the time. "
    "Keep the old file"
)


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="The keys that sign certificates.", no_args_is_help=True)
    group.command("list")(list_keys)
    group.command("rotate")(rotate)
    group.command("invalidate")(invalidate)
    app.add_typer(group, name="key")


def list_keys(as_json: AsJson = False) -> None:
    """List the keys that sign or have signed, the newest first."""
    from bot.cli.settings import command_settings

    settings = command_settings()
    present = _present(settings)
    keys = _with_keys(settings, lambda register: register.list_keys())
    if present is not None and present.fingerprint not in {key.fingerprint for key in keys}:
        keys = [_not_entered(present), *keys]
    now = present.fingerprint if present else ""
    if as_json:
        print_json({"keys": [_document(key, signs_now=key.fingerprint == now) for key in keys]})
    elif keys:
        heading = ("Fingerprint", "Whose", "Valid", "First used", "Papers", "State")
        print_table(heading, [_row(key, settings, signs_now=key.fingerprint == now) for key in keys])
    else:
        typer.echo("There is no key yet; the first `kabarchy run` makes one, or set SIGNING_P12.")


def rotate(as_json: AsJson = False) -> None:
    """Let a new generated key follow the present one; papers of both are accepted from now on, for ever."""
    from bot.cli.settings import command_settings
    from bot.documents import authority
    from bot.documents.signing import GENERATED

    settings = command_settings()
    if settings.signing_p12 is not None:
        raise CommandFailed(_P12_INSTEAD)
    folder = settings.data_dir / GENERATED
    if not folder.exists():
        raise CommandFailed(f"there is no key in {folder} yet; the first `kabarchy run` makes one")
    try:
        with authority.exclusively(folder):
            former, following, kept = _rotate(settings, folder)
    except BlockingIOError as error:
        raise CommandFailed("another `kabarchy key rotate` is at work") from error
    except OSError as error:
        raise CommandFailed(f"{folder} cannot be written: {error.strerror}; the former key is in its place") from error
    if as_json:
        print_json({"fingerprint": following, "former": former, "kept_in": str(kept)})
        return
    typer.echo(f"New signing key {following[:_SHORT]}; the former one, {former[:_SHORT]}, is kept in {kept}.")
    typer.echo(
        "Restart the replicas one after the other: each signs with the new key from then on; meanwhile, and for ever, "
        "papers of both keys are accepted."
    )


def invalidate(
    fingerprint: Annotated[str, typer.Argument(help="The key's fingerprint, or its beginning: `kabarchy key list`.")],
    since: Annotated[
        datetime,
        typer.Option(
            "--since", metavar='"YYYY-MM-DD HH:MM"', formats=[_AT], help="Since when somebody else may have had it."
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Declare that a leaked key proves nothing from a moment on (in TIMEZONE), and list what it has signed since."""
    from zoneinfo import ZoneInfo

    from bot.cli.settings import command_settings
    from services.access import OPERATOR

    settings = command_settings()
    moment = since.replace(tzinfo=ZoneInfo(settings.timezone))
    present = _present(settings)
    done = _with_keys(settings, lambda register: register.invalidate(OPERATOR, fingerprint, moment))
    signs_now = present is not None and present.fingerprint == done.fingerprint
    if as_json:
        print_json(_document_of(done, signs_now=signs_now))
        return
    for line in _in_words(done, f"{since:{_AT}} {settings.timezone}", signs_now=signs_now):
        typer.echo(line)


def _rotate(settings: "Settings", folder: "Path") -> "tuple[str, str, Path]":
    from datetime import UTC

    from bot.documents import authority
    from bot.documents import university as university_file
    from bot.documents.signing import generated_key, open_generated
    from bot.press import info_of
    from services.access import OPERATOR

    present = open_generated(settings.data_dir)
    if present is None:
        raise CommandFailed(f"there is no key in {folder} yet; the first `kabarchy run` makes one")
    made = authority.generate(university_file.load(settings.university_file), datetime.now(UTC))
    following = generated_key(made)
    # The register first: every replica knows the new key before anybody can sign with it.
    _with_keys(settings, lambda register: register.rotate(OPERATOR, info_of(present), info_of(following)))
    return present.fingerprint, following.fingerprint, authority.replace(folder, made, former=present.fingerprint)


def _with_keys(settings: "Settings", work: "Callable[[KeyService], Awaitable[T]]") -> T:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.cli.database import with_database
    from services.db.uow import unit_of_work_factory
    from services.keys.service import KeyService
    from services.ports import SystemClock

    async def run(engine: AsyncEngine) -> T:
        return await work(KeyService(unit_of_work_factory(engine), SystemClock()))

    return with_database(settings, run)


def _present(settings: "Settings") -> "SigningKey | None":
    """Return the key that the settings name, None if there is none that could be opened."""
    from bot.documents.signing import SigningKeyError, load_p12, open_generated

    try:
        if settings.signing_p12 is None:
            return open_generated(settings.data_dir)
        return load_p12(settings.signing_p12.read_bytes(), settings.signing_password.get_secret_value())
    except (OSError, SigningKeyError) as error:
        typer.echo(f"kabarchy: the present signing key is left aside: {error}", err=True)
        return None


def _not_entered(key: "SigningKey") -> "RegisteredKey":
    from bot.press import info_of
    from services.keys.dto import RegisteredKey

    info = info_of(key)
    return RegisteredKey(
        fingerprint=info.fingerprint,
        certificate_pem=info.certificate_pem,
        authority_pems=info.authority_pems,
        first_used_at=None,
        invalid_since=None,
        papers=0,
    )


def _document(key: "RegisteredKey", *, signs_now: bool) -> dict[str, Any]:
    from bot.documents.public_certificates import read_certificate

    card = read_certificate(key.certificate_pem)
    authorities = [read_certificate(pem) for pem in key.authority_pems]
    return {
        "fingerprint": key.fingerprint,
        "subject": card.name if card else None,
        "valid_from": card.valid_from.isoformat() if card else None,
        "valid_until": card.valid_until.isoformat() if card else None,
        "authorities": [one.fingerprint for one in authorities if one],
        "first_used": _iso(key.first_used_at),
        "papers": key.papers,
        "invalid_since": _iso(key.invalid_since),
        "signs_now": signs_now,
    }


def _row(key: "RegisteredKey", settings: "Settings", *, signs_now: bool) -> tuple[str, ...]:
    from zoneinfo import ZoneInfo

    from bot.documents.public_certificates import read_certificate

    zone, card = ZoneInfo(settings.timezone), read_certificate(key.certificate_pem)
    used = f"{key.first_used_at.astimezone(zone):{_AT}}" if key.first_used_at else "never"
    state = f"invalid since {key.invalid_since.astimezone(zone):{_AT}}" if key.invalid_since else ""
    if signs_now:
        state = f"{state}, and named by the settings" if state else "signs now"
    days = f"{card.valid_from:%Y-%m-%d} – {card.valid_until:%Y-%m-%d}" if card else ""
    return (key.fingerprint[:_SHORT], card.name if card else "", days, used, str(key.papers), state)


def _document_of(done: "InvalidatedKey", *, signs_now: bool) -> dict[str, Any]:
    return {
        "fingerprint": done.fingerprint,
        "invalid_since": done.since.isoformat(),
        "former": _iso(done.former),
        "signs_now": signs_now,
        "certificates": [
            {"number": one.number, "signed_at": one.signed_at.isoformat(), "status": one.status}
            for one in done.certificates
        ],
    }


def _in_words(done: "InvalidatedKey", since: str, *, signs_now: bool) -> Sequence[str]:
    lines = [f"The key {done.fingerprint[:_SHORT]} is invalid since {since}; what was registered before stays valid."]
    issued = [one.number for one in done.certificates if one.status == "issued"]
    if issued:
        lines.append(f"Signed with it since then, to be revoked and issued anew ({len(issued)}): {', '.join(issued)}")
    if signs_now:
        lines.append(
            "It is the key that signs now: nothing more is printed with it. Run `kabarchy key rotate` (or change "
            "SIGNING_P12) and restart; what waits is printed then."
        )
    return lines


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
