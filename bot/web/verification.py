"""`/verify`: anybody checks a certificate, by its code or by its file."""

import logging
from dataclasses import dataclass
from math import ceil
from urllib.parse import quote

from aiohttp import web

from bot.settings import Settings
from bot.web.addresses import Client, client_of
from bot.web.limits import Busy, TokenBuckets, UploadDesk
from bot.web.pages import Pages, Reader
from bot.web.texts import no_file_text
from bot.web.uploads import LIMIT_MEGABYTES, NoFile, read_upload
from bot.web.verdict_view import VerdictPainter
from services.certificates.dto import Verdict, VerdictKind
from services.certificates.rules import CODE_LENGTH, read_code
from services.certificates.verification import VerificationService
from services.codes import printed_code
from services.ports import Clock

logger = logging.getLogger(__name__)

_LONGEST_ECHO = 60  # of what somebody typed
_BUSY_SECONDS = "10"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may do, and all together."""

    codes: TokenBuckets
    files: TokenBuckets
    desk: UploadDesk


def usual_limits() -> Limits:
    """Return the limits of the real page."""
    return Limits(
        codes=TokenBuckets(burst=30, seconds=1),
        files=TokenBuckets(burst=8, seconds=5),
        desk=UploadDesk(most_bytes=64 * 1024 * 1024, most_per_client=2, inspected_at_once=2),
    )


class VerificationPages:
    """The form, the verdict on a code and the verdict on a file."""

    def __init__(
        self,
        settings: Settings,
        service: VerificationService,
        pages: Pages,
        painter: VerdictPainter,
        clock: Clock,
        limits: Limits,
    ) -> None:
        self._proxies = settings.trusted_proxies
        self._service = service
        self._pages = pages
        self._painter = painter
        self._clock = clock
        self._limits = limits

    def add_routes(self, app: web.Application) -> None:
        """Add the pages."""
        app.router.add_get("/verify", self._show_form, name="verify.form")
        app.router.add_get("/verify/", self._show_form, name="verify.slash")
        app.router.add_get("/verify/{code}", self._check_code, name="verify.code")
        app.router.add_post("/verify", self._check_file, name="verify.file")

    async def _show_form(self, request: web.Request) -> web.Response:
        typed = request.query.get("code", "").strip()
        with self._pages.reader(request) as reader:
            if not typed:
                return self._form(reader)
            code = read_code(typed)
            if code is None:
                return self._not_a_code(reader, typed)
            raise web.HTTPSeeOther(f"/verify/{quote(code)}{reader.query}")

    async def _check_code(self, request: web.Request) -> web.Response:
        self._take(self._limits.codes, self._client(request))
        typed = request.match_info["code"]
        code = read_code(typed)
        if code is None:
            with self._pages.reader(request) as reader:
                return self._not_a_code(reader, typed)
        verdict = await self._service.verify_code(code)
        with self._pages.reader(request) as reader:
            status = 404 if verdict.kind is VerdictKind.UNKNOWN else 200
            return self._verdict(reader, verdict, typed=printed_code(code), status=status)

    async def _check_file(self, request: web.Request) -> web.Response:
        client = self._client(request)
        self._take(self._limits.files, client)
        try:
            with self._limits.desk.hand_in(client.key) as count:
                content = await read_upload(request, count)
                async with self._limits.desk.inspecting():
                    verdict = await self._service.verify_file(content)
        except NoFile:
            with self._pages.reader(request) as reader:
                return self._form(reader, complaint=no_file_text(), status=400)
        except Busy as error:
            raise web.HTTPTooManyRequests(headers={"Retry-After": _BUSY_SECONDS}) from error
        with self._pages.reader(request) as reader:
            return self._verdict(reader, verdict, typed="", status=200, of_file=verdict.picture is None)

    def _client(self, request: web.Request) -> Client:
        return client_of(request, self._proxies)

    def _take(self, buckets: TokenBuckets, client: Client) -> None:
        if wait := buckets.take(client.key):
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(ceil(wait))})

    def _form(self, reader: Reader, *, complaint: str = "", status: int = 200) -> web.Response:
        return self._pages.page(
            reader, "form.html", status=status, complaint=complaint, limit=LIMIT_MEGABYTES, typed=""
        )

    def _not_a_code(self, reader: Reader, typed: str) -> web.Response:
        return self._pages.page(
            reader,
            "not_a_code.html",
            status=404,
            typed=typed[:_LONGEST_ECHO],
            length=CODE_LENGTH,
            limit=LIMIT_MEGABYTES,
        )

    def _verdict(
        self, reader: Reader, verdict: Verdict, *, typed: str, status: int, of_file: bool = False
    ) -> web.Response:
        view = self._painter.view(verdict, reader.language, self._clock.now(), of_file=of_file)
        return self._pages.page(reader, "verdict.html", status=status, view=view, typed=typed, limit=LIMIT_MEGABYTES)
