"""The database."""

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli.checks.desks import check_desks
from bot.cli.checks.finding import Finding, State, bad, good, note
from bot.cli.checks.plans import check_plans
from bot.cli.checks.survey_traces import check_survey_traces
from bot.cli.checks.surveys import check_surveys
from bot.cli.database import require_reachable
from bot.cli.failures import CommandFailed
from bot.settings import Settings
from services.db.engine import create_engine
from services.db.schema import current_revision, newest_revision
from services.db.uow import reading_factory

_OLDEST = 15
_WHERE = "check DATABASE_URL, the server and its network"


async def check_database(settings: Settings, address: str) -> list[Finding]:
    """Can it be reached, is it new enough, is it migrated; has everybody who is needed, and every key, a place?"""
    engine = create_engine(address, pool_size=1)
    try:
        await require_reachable(engine)
        schema = await _check_schema(engine, settings)
        told = [await _check_version(engine), schema]
        if schema.state is State.GOOD:
            told += [*await _check_roster(engine), *await _check_issuing(engine)]
            told += [*await check_desks(engine, settings), *await check_plans(engine, settings)]
            told += [*await check_surveys(engine, settings), *await check_survey_traces(engine, settings)]
    except CommandFailed as error:
        return [bad("database", str(error), _WHERE)]
    except (OSError, SQLAlchemyError, asyncpg.PostgresError) as error:
        return [bad("database", f"{type(error).__name__} while it was asked", _WHERE)]
    else:
        return told
    finally:
        await engine.dispose()


async def _check_version(engine: AsyncEngine) -> Finding:
    async with engine.connect() as connection:
        number = int((await connection.execute(text("show server_version_num"))).scalar_one())
    version = number // 10_000
    if version < _OLDEST:
        return bad("database", f"PostgreSQL {version} is too old", f"use PostgreSQL {_OLDEST} or newer")
    return good("database", f"PostgreSQL {version} at {engine.url.render_as_string(hide_password=True)}")


async def _check_schema(engine: AsyncEngine, settings: Settings) -> Finding:
    found, needed = await current_revision(engine), newest_revision()
    if found == needed:
        return good("schema", f"up to date ({needed})")
    state = f"is at {found}" if found else "is empty"
    async with engine.connect() as connection:
        may = (
            await connection.execute(text("select has_schema_privilege(current_schema(), 'create')"))
        ).scalar_one_or_none()
    if may or settings.migration_database_url:
        return note("schema", f"{state}; `kabarchy run` or `kabarchy migrate` brings it to {needed}")
    return bad("schema", f"{state}, and this account may not change it", "set MIGRATION_DATABASE_URL and run migrate")


async def _check_roster(engine: AsyncEngine) -> list[Finding]:
    async with reading_factory(engine)() as uow:
        count = await uow.people.count_with_unknown_unit()
    if not count:
        return []
    advice = "add the unit, or its other name in the column `aliases`, and run `kabarchy units import`"
    return [note("roster", f"{count} people have a unit that no unit answers to", advice)]


async def _check_issuing(engine: AsyncEngine) -> list[Finding]:
    async with reading_factory(engine)() as uow:
        halted_at = await uow.fence.find_halted()
    if halted_at is None:
        return [good("issuing", "numbers are given")]
    since = f"halted since the restore of {halted_at:%Y-%m-%d %H:%M} UTC: no certificate is issued or printed"
    return [note("issuing", since, "find the last number that was given, then `kabarchy resume-issuing --from NUMBER`")]
