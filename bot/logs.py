"""Logs: text for people, JSON for machines; ids, never personal data or secrets."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_context: ContextVar[dict[str, object]] = ContextVar("log_context", default={})  # noqa: B039 -- never changed in place


@contextmanager
def log_context(**fields: object) -> Iterator[None]:
    """Add fields to every log line inside."""
    token = _context.set({**_context.get(), **{name: value for name, value in fields.items() if value is not None}})
    try:
        yield
    finally:
        _context.reset(token)


class TextFormatter(logging.Formatter):
    """One readable line; a trace below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Put the record into a line."""
        fields = "".join(f" {name}={value}" for name, value in _context.get().items())
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = f"{moment} {record.levelname} {record.name}:{fields} {record.getMessage()}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Put the record into a line."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_context.get(),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def set_up_logging(*, form: str, level: str) -> None:
    """Send all logs to standard error."""
    output = logging.StreamHandler()
    output.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    logging.basicConfig(level=level, handlers=[output], force=True)
    # Of statements and rows nothing is ever logged: each of some stands for one answer to a survey.
    for chatty in ("aiogram.event", "apscheduler", "aiohttp.access", "pyhanko", "alembic", "sqlalchemy"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    # A tick that finds the one before still at work is left out: that is meant so, and no news.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
