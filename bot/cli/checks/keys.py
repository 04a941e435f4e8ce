"""What the register says of the key that signs, and whether the time-stamp authority answers."""

import hashlib
from urllib.parse import urlsplit

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.checks.finding import Finding, bad, good
from bot.documents.signing import SigningKey
from bot.keys import invalid_text
from bot.settings import Settings
from bot.time_stamps import HttpTimeStamper
from services.db.engine import create_engine
from services.db.schema import current_revision, newest_revision
from services.db.uow import reading_factory
from services.timestamps.ports import NotStamped

_SECONDS = 10.0


async def check_register_of_keys(address: str, key: SigningKey) -> list[Finding]:
    """Was the key declared invalid? Says nothing where the database cannot be asked: that is said already."""
    engine = create_engine(address, pool_size=1)
    try:
        if await current_revision(engine) != newest_revision():
            return []
        async with reading_factory(engine)() as uow:
            since = await uow.signing_keys.find_invalid_since(key.fingerprint)
    except (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return []
    finally:
        await engine.dispose()
    if since is None:
        return []
    reason, advice = invalid_text(key.fingerprint, since).split("; ", 1)
    return [bad("signing key", reason, advice)]


async def check_time_stamps(settings: Settings) -> list[Finding]:
    """Does the time-stamp authority answer?"""
    if not settings.tsa_url:
        return []
    server = urlsplit(settings.tsa_url).hostname  # the whole address may hold a password
    async with HttpTimeStamper(settings.tsa_url, seconds=_SECONDS) as stamper:
        try:
            await stamper.stamp(hashlib.sha256(b"kabarchy doctor").digest())
        except NotStamped as error:
            advice = "check TSA_URL and the network; certificates are issued all the same, without time stamps"
            return [bad("time stamps", f"{server}: {error}", advice)]
    return [good("time stamps", f"{server} answers")]
