"""Bringing the schema up to date, once, however many start at the same time."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.db.engine import create_engine, parse_database_url
from services.db.locks import AdvisoryLock
from services.db.models import Base

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).parents[2] / "migrations"
_NO_SUCH_TABLE = "42P01"
#: What belongs to the account that migrates; others' tables in the schema are none of our business.
_OWN = "relnamespace = current_schema()::regnamespace and pg_has_role(relowner, 'usage')"
_LACKING = """
    select exists (
        select from pg_class
        where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and relname = any(:tables)
          and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
                   and (has_table_privilege(oid, 'update') or relname = any(:written_once))
                   and (has_table_privilege(oid, 'delete') or relname = any(:kept))
                   and (has_table_privilege(oid, 'truncate') or relname <> all(:emptied)))
    )
"""
#: What another account than the owner may do, where it is not everything.
_RIGHTS = {
    "alembic_version": "select",
    "register_entries": "select, insert",
    "certificates": "select, insert, update",
    "register_heads": "select, insert, update",
    "sealed_replies": "select, insert, update, delete, truncate",
    "survey_marks": "select, insert, update, delete, truncate",
}
_WRITTEN_ONCE = [table for table, rights in _RIGHTS.items() if "update" not in rights]
_KEPT = [table for table, rights in _RIGHTS.items() if "delete" not in rights]
_EMPTIED = [table for table, rights in _RIGHTS.items() if "truncate" in rights]


class OtherDatabaseError(RuntimeError):
    """What the owner's account migrated is not what the program's account sees."""


def newest_revision() -> str:
    """Return the revision that this version of the program needs.

    A migration's file begins with its revision, which is the time it was made (a test holds this against Alembic, which
    takes too long to load just to look).
    """
    return max("_".join(file.stem.split("_")[:2]) for file in (_SCRIPTS / "versions").glob("2*.py"))


async def current_revision(engine: AsyncEngine) -> str | None:
    """Return the revision of the database; None for an empty one."""
    async with engine.connect() as connection:
        try:
            return (await connection.execute(text("select version_num from alembic_version"))).scalar_one_or_none()
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", None) != _NO_SUCH_TABLE:
                raise
            return None


async def migrate(engine: AsyncEngine, revision: str = "head", *, user: str | None = None) -> None:
    """Bring the schema to a revision; several callers at once wait for the first.

    `user`: another account, which is to work with the tables; its rights come with the tables or not at all.
    """
    async with engine.connect() as connection:
        await connection.execute(text("select pg_advisory_lock(:key)"), {"key": AdvisoryLock.MIGRATION})
        await connection.commit()
        try:
            await connection.run_sync(_run, revision)
            if user is not None:
                await _grant(connection, user)
            await connection.commit()
        finally:
            await connection.rollback()
            await connection.execute(text("select pg_advisory_unlock(:key)"), {"key": AdvisoryLock.MIGRATION})
            await connection.commit()


async def bring_up_to_date(engine: AsyncEngine, owner_url: str = "") -> None:
    """Migrate if the database is older than the program; `owner_url`: the account that may change the schema."""
    if await is_up_to_date(engine, owner_url):
        return
    if not owner_url:
        await migrate(engine)
        return
    owner = create_engine(parse_database_url(owner_url, setting="MIGRATION_DATABASE_URL"), pool_size=1)
    try:
        await migrate(owner, user=await _user_of(engine))
    finally:
        await owner.dispose()
    if await current_revision(engine) != newest_revision():
        raise OtherDatabaseError(
            "the account of DATABASE_URL does not see the tables that the account of MIGRATION_DATABASE_URL made: both "
            "must lead to the same database, and the latter must own the schema or the former have usage on it"
        )


async def is_up_to_date(engine: AsyncEngine, owner_url: str = "") -> bool:
    """Whether nothing is to be done; where an owner can help, the account's rights belong to that."""
    try:
        if await current_revision(engine) != newest_revision():
            return False
        if not owner_url:
            return True
        async with engine.connect() as connection:
            tables = {"tables": list(Base.metadata.tables), "written_once": _WRITTEN_ONCE, "kept": _KEPT}
            tables |= {"emptied": _EMPTIED}
            lacking = await connection.execute(text(_LACKING), tables)
            return not lacking.scalar_one()
    except ProgrammingError:  # the account may not read the table
        if not owner_url:
            raise
        return False


async def check_against_models(engine: AsyncEngine) -> None:
    """Raise if the migrated schema is not that of the models (for tests)."""
    async with engine.connect() as connection:
        await connection.run_sync(_check)


async def _user_of(engine: AsyncEngine) -> str:
    async with engine.connect() as connection:
        return str((await connection.execute(text("select current_user"))).scalar_one())


async def _grant(connection: AsyncConnection, user: str) -> None:
    """Let another account work with what the migrations made, but not change it."""
    quoted = text("select quote_ident(:user), quote_ident(current_schema()), current_user = :user")
    name, schema, is_owner = (await connection.execute(quoted, {"user": user})).one()
    if is_owner:
        return
    grants = [f"grant usage on schema {schema} to {name}"]
    own = await connection.execute(
        text(f"select oid::regclass::text, relname, relkind::text from pg_class where {_OWN}")  # noqa: S608 -- our own
    )
    for thing, bare, kind in own:
        if kind == "S":
            grants.append(f"grant usage, select, update on sequence {thing} to {name}")
        elif kind in {"r", "p"}:
            if bare in _RIGHTS:
                grants.append(f"revoke all on table {thing} from {name}")
            grants.append(f"grant {_RIGHTS.get(bare, 'select, insert, update, delete')} on table {thing} to {name}")
    for grant in grants:
        await connection.exec_driver_sql(grant)


def _run(connection: Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 -- takes 0.3 s; only who migrates waits for it

    config = _config(connection)
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _check(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 -- as above

    command.check(_config(connection))


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 -- as above

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
