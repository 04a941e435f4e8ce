"""What around the bot would keep of who answers a survey, or of the keys: notes, for it may be wanted otherwise."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli.checks.finding import Finding, note
from bot.settings import Settings
from services.db.uow import reading_factory
from services.surveys.dto import SurveyState

_CONCERNED: Final = (SurveyState.DRAFT, SurveyState.OPEN, SurveyState.CLOSING)
_OFF: Final = {
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_parameter_max_length_on_error": ("0",),
    "track_commit_timestamp": ("off",),
}
_WITH_VALUES: Final = "log_parameter_max_length"
#: Those that write statements into the server's log, with their values unless these are cut off.
_LOGGING: Final = (
    "log_statement",
    "log_min_duration_statement",
    "log_min_duration_sample",
    "log_transaction_sample_rate",
)


async def check_survey_traces(engine: AsyncEngine, settings: Settings) -> list[Finding]:
    """Does the server note when somebody answered, as far as it may be asked; do keys lie where backups take them?"""
    async with reading_factory(engine)() as uow:
        if not await uow.surveys.list_surveys(_CONCERNED):
            return []
    return [*await _check_server(engine), *_check_folder(settings)]


async def _check_server(engine: AsyncEngine) -> list[Finding]:
    statement = text("select name, setting from pg_settings where name = any(:names)")
    async with engine.connect() as connection:
        rows = await connection.execute(statement, {"names": [*_OFF, _WITH_VALUES]})
        told = telling({row.name: row.setting for row in rows})
    if not told:
        return []
    reason = f"{', '.join(told)}: the database server notes who is through with a survey, and when"
    return [note("surveys", reason, "switch this off on the server, at least while surveys are open")]


def telling(found: Mapping[str, str]) -> list[str]:
    """Return the settings that tell too much; one that may not be asked is passed over."""
    told = [f"{name} = {found[name]}" for name, quiet in _OFF.items() if found.get(name, quiet[0]) not in quiet]
    logs = any(one.partition(" ")[0] in _LOGGING for one in told)
    if logs and found.get(_WITH_VALUES, "0") != "0":
        told.append(f"{_WITH_VALUES} = {found[_WITH_VALUES]}")
    return told


def _check_folder(settings: Settings) -> list[Finding]:
    keys, data = settings.survey_keys.resolve(), settings.data_dir.resolve()
    if not keys.is_relative_to(data):
        return []
    reason = f"keys lie in {keys}, under DATA_DIR: whoever has a copy of it and of the database can read all answers"
    return [note("surveys", reason, "set SURVEY_KEY_DIR to a folder that no backup or snapshot of the machine takes")]
