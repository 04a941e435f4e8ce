"""What goes wrong behind a page: told in the reader's language, logged without what the reader asked for."""

import logging
import secrets
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.web.pages import Pages
from bot.web.texts import apology_text, failure_text, incident_text

logger = logging.getLogger(__name__)

#: The database cannot be asked now; it may be in a moment.
STORAGE_AWAY = (DBAPIError, PoolTimeoutError, OSError, TimeoutError)

#: Routes of which nothing is logged that has to do with one request.
_SILENT = "survey."

_SHOWN_HEADERS = ("Allow", "Retry-After")
_RETRY_SECONDS = "30"


def name_of(error: BaseException) -> str:
    """Return what an error is called; its text may hold what somebody typed and is never logged."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return type(cause.__cause__ or cause).__name__


def create_failure_pages(pages: Pages) -> Middleware:
    """Return the middleware that turns every failure into a page without a trace."""
    said: set[str] = set()

    @web.middleware
    async def failure_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < HTTPStatus.BAD_REQUEST:
                raise
            headers = {name: error.headers[name] for name in _SHOWN_HEADERS if name in error.headers}
            return _failure(pages, request, error.status, headers)
        except STORAGE_AWAY as error:
            if request.transport is None:  # the client has left; nobody reads the answer
                raise web.HTTPBadRequest from error
            logger.error("%s: the register cannot be reached: %s", _route(request), name_of(error))  # noqa: TRY400 -- the trace may hold parameters
            return _failure(pages, request, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": _RETRY_SECONDS})
        except Exception as error:  # the one edge of the pages
            if _route(request).startswith(_SILENT):
                _say_once(said, error)
                with pages.reader(request) as reader:
                    return pages.page(reader, "failure.html", status=500, text=apology_text())
            incident = secrets.token_hex(4).upper()
            logger.exception("incident %s at %s", incident, _route(request))
            with pages.reader(request) as reader:
                text = incident_text(incident)
                return pages.page(reader, "failure.html", status=HTTPStatus.INTERNAL_SERVER_ERROR, text=text)

    return failure_pages


class IdsOnly(logging.Filter):
    """Keeps of the HTTP server's own log lines the kind of error: a malformed request would be quoted otherwise."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the record's text."""
        error = record.exc_info[1] if record.exc_info else None
        record.msg, record.args = "a request could not be served: %s", (type(error).__name__ if error else "unknown",)
        record.exc_info = record.exc_text = None
        return True


def protocol_logger() -> logging.Logger:
    """Return the logger that the HTTP server writes to."""
    quiet = logging.getLogger("bot.web.protocol")
    if not any(isinstance(known, IdsOnly) for known in quiet.filters):
        quiet.addFilter(IdsOnly())
    return quiet


def _say_once(said: set[str], error: Exception) -> None:
    """Log where in the code a page of surveys fails: once, so that no line stands for somebody who was answering."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{name_of(error)} at {', '.join(f'{Path(frame.filename).name}:{frame.lineno}' for frame in frames[-3:])}"
    if place not in said:
        said.add(place)
        logger.error("a page of surveys fails (said once): %s", place)


def _failure(pages: Pages, request: web.Request, status: int, headers: Mapping[str, str]) -> web.Response:
    with pages.reader(request) as reader:
        response = pages.page(reader, "failure.html", status=status, text=failure_text(status))
    response.headers.update(headers)
    return response


def _route(request: web.Request) -> str:
    """Return the route's name; never the path, which holds codes."""
    return request.match_info.route.name or "no route"
