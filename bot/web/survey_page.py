"""`/s/<ticket>`: a survey as a plain form. Of who answers nothing is counted, logged or kept: no address, no time.

A page runs no scripts and brings along all that it needs. What was typed is not lost to a failure of ours.
"""

import hashlib
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext
from aiohttp import web

from bot.web.failures import STORAGE_AWAY
from bot.web.help_view import help_of
from bot.web.limits import TokenBuckets
from bot.web.once import Once
from bot.web.pages import Pages, Reader
from bot.web.survey_form import Fields, Filled, FormUnreadable, mark_of, new_mark, read_fields, read_form
from bot.web.survey_view import questions
from services.questionnaires.dto import SurveyMode
from services.survey_tickets.dto import Submission
from services.survey_tickets.page import SurveyPageService
from services.survey_tickets.rules import read_ticket
from services.surveys.dto import Survey
from services.trust.dto import Hotlines

_STYLE: Final = (Path(__file__).parent / "static" / "survey.css").read_text()
_FORM: Final = "application/x-www-form-urlencoded"
_LARGEST_FORM: Final = 256 * 1024
_LONGEST_CODE: Final = 60
_MOST_BLANK: Final = 30  # forms in memory: of a survey in a language
_MARK_PLACE: Final = "%mark-of-the-form%"
_ALL: Final = "all"
_RETRY_SECONDS: Final = "20"
_ELSEWHERE: Final = frozenset({"cross-site", "same-site"})

_Handler = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class SurveyLimits:
    """What all visitors together may do; nobody is told from anybody else.

    `replies`: over one open link; `daily`: the same, some two thousand a day.
    """

    pages: TokenBuckets = field(default_factory=lambda: TokenBuckets(burst=3_000, seconds=0.001))
    replies: TokenBuckets = field(default_factory=lambda: TokenBuckets(burst=300, seconds=0.2))
    daily: TokenBuckets = field(default_factory=lambda: TokenBuckets(burst=2_000, seconds=43.2))

    def is_busy(self, survey_id: int) -> bool:
        """Count a reply over an open link, unless there are too many."""
        return self.replies.take(str(survey_id)) > 0 or self.daily.take(str(survey_id)) > 0


class SurveyPages:
    """Where a code is typed, the promise, the form, the last page."""

    def __init__(self, pages: Pages, service: SurveyPageService, hotlines: Hotlines, limits: SurveyLimits) -> None:
        self._pages = pages
        self._service = service
        self._hotlines = hotlines
        self._limits = limits
        self._once = Once()
        self._blank: dict[tuple[int, int, str], str] = {}

    def add_routes(self, app: web.Application) -> None:
        """Add the pages. Their names begin with `survey.`: so `bot.web.failures` logs nothing of them."""
        for name, path, handler in (
            ("survey.bare", "/s", self._ask_code),
            ("survey.code", "/s/", self._ask_code),
            ("survey.thanks", "/s/thanks", self._thank),
            ("survey.thanks_for_link", "/s/thanks/link", self._thank),
            ("survey.promise", "/s/{ticket}", self._promise),
            ("survey.form", "/s/{ticket}/questions", self._show_form),
        ):
            app.router.add_get(path, self._guarded(handler), name=name)
        app.router.add_post("/s/", self._guarded(self._send_on), name="survey.typed")
        app.router.add_post("/s/{ticket}/questions", self._take, name="survey.take")

    async def _ask_code(self, request: web.Request) -> web.Response:
        with self._pages.reader(request) as reader:
            return self._page(reader, "survey_code.html", refused=False)

    async def _send_on(self, request: web.Request) -> web.Response:
        typed = (await _fields(request)).get("code", [""])[0]
        code = read_ticket(typed[:_LONGEST_CODE])
        with self._pages.reader(request) as reader:
            if code is None:
                return self._refuse(reader)
            raise web.HTTPSeeOther(f"/s/{code}?lang={reader.language.value}")

    async def _promise(self, request: web.Request) -> web.Response:
        entry = await self._service.find(request.match_info["ticket"])
        with self._pages.reader(request) as reader:
            if entry is None:
                return self._refuse(reader)
            minutes = entry.survey.questionnaire.minutes
            takes = ngettext("It takes about {minutes} minute.", "It takes about {minutes} minutes.", minutes)
            return self._page(
                reader,
                "survey_promise.html",
                heading=_heading(entry.survey, reader),
                by_ticket=entry.by_ticket,
                takes=takes.format(minutes=minutes),
                place=_place(request),
            )

    async def _show_form(self, request: web.Request) -> web.Response:
        entry = await self._service.find(request.match_info["ticket"])
        with self._pages.reader(request) as reader:
            if entry is None:
                return self._refuse(reader)
            return self._answer(reader, self._blank_form(entry.survey, reader).replace(_MARK_PLACE, new_mark()))

    async def _thank(self, request: web.Request) -> web.Response:
        """Show the last page: everybody gets the telephone numbers, so nothing tells whose words were of distress."""
        with self._pages.reader(request) as reader:
            open_link = request.match_info.route.name == "survey.thanks_for_link"
            help_ = help_of(self._hotlines, reader.language)
            return self._page(reader, "survey_thanks.html", open_link=open_link, help=help_)

    async def _take(self, request: web.Request) -> web.Response:
        """Take a reply, once however often it comes; give back what cannot be taken now, with all that was typed."""
        if request.headers.get("Sec-Fetch-Site") in _ELSEWHERE:  # a stranger's page uses this visitor's browser
            raise web.HTTPForbidden
        fields = await _fields(request)
        if self._limits.pages.take(_ALL):
            return self._later(request, HTTPStatus.TOO_MANY_REQUESTS, fields)
        try:
            key = hashlib.sha256(f"{request.match_info['ticket']} {mark_of(fields) or new_mark()}".encode()).digest()
            async with self._once.turn(key) as done:
                return await self._taken(request, fields, key, done=done)
        except STORAGE_AWAY:
            return self._later(request, HTTPStatus.SERVICE_UNAVAILABLE, fields)

    async def _taken(self, request: web.Request, fields: Fields, key: bytes, *, done: bool) -> web.Response:
        ticket, reading = request.match_info["ticket"], _Reading(fields, self._limits)
        if not done and not await self._service.submit(ticket, reading.read):
            if reading.busy:
                return self._later(request, HTTPStatus.TOO_MANY_REQUESTS, fields)
            if reading.survey is not None and reading.filled.faulty:
                return self._complain(request, reading.survey, reading.filled)
            with self._pages.reader(request) as reader:
                return self._refuse(reader)
        self._once.note(key)
        with self._pages.reader(request) as reader:
            raise web.HTTPSeeOther(_last_page(ticket, reader))

    def _guarded(self, handler: _Handler) -> _Handler:
        """Keep all visitors together within bounds, and say in place of a failure that one may try again."""

        async def guarded(request: web.Request) -> web.Response:
            if self._limits.pages.take(_ALL):
                return self._later(request, HTTPStatus.TOO_MANY_REQUESTS)
            try:
                return await handler(request)
            except STORAGE_AWAY:
                return self._later(request, HTTPStatus.SERVICE_UNAVAILABLE)

        return guarded

    def _blank_form(self, survey: Survey, reader: Reader) -> str:
        """Return the form with nothing filled in; it is the same for all but for its mark."""
        known = (survey.id, survey.version, reader.language.value)
        if known not in self._blank:
            if len(self._blank) >= _MOST_BLANK:
                self._blank.clear()
            self._blank[known] = self._form(survey, reader, Filled(), _MARK_PLACE)
        return self._blank[known]

    def _form(self, survey: Survey, reader: Reader, filled: Filled, mark: str) -> str:
        asked = questions(survey.questionnaire, reader.language, filled)
        faults = [question for question in asked if question.complaint]
        help_ = help_of(self._hotlines, reader.language)
        return self._pages.text(
            reader, "survey_form.html", heading=_heading(survey, reader), questions=asked, faults=faults, mark=mark,
            survey_style=_STYLE, open_link=survey.mode is SurveyMode.OPEN, help=help_,
        )  # fmt: skip

    def _complain(self, request: web.Request, survey: Survey, filled: Filled) -> web.Response:
        """Give a form back; the telephone numbers stand beside any complaint, whatever was written."""
        with self._pages.reader(request) as reader:
            text = self._form(survey, reader, filled, new_mark())
            return self._answer(reader, text, HTTPStatus.UNPROCESSABLE_ENTITY)

    def _refuse(self, reader: Reader) -> web.Response:
        """Refuse a ticket; a used one, an unknown one and a mistyped one are not told apart."""
        return self._page(reader, "survey_code.html", status=404, refused=True)

    def _later(self, request: web.Request, status: HTTPStatus, fields: Fields | None = None) -> web.Response:
        """Ask to try again in a moment; `fields`: what was sent, which the page then holds."""
        with self._pages.reader(request) as reader:
            text = _("The page cannot be served at the moment. Please try again in a minute.")
            held = (
                [(name, value) for name, values in fields.items() for value in values] if fields is not None else None
            )
            response = self._page(reader, "survey_later.html", status=status, text=text, fields=held)
        response.headers["Retry-After"] = _RETRY_SECONDS
        return response

    def _page(self, reader: Reader, template: str, *, status: int = 200, **values: Any) -> web.Response:  # noqa: ANN401 -- whatever the template shows
        return self._answer(reader, self._pages.text(reader, template, survey_style=_STYLE, **values), status)

    def _answer(self, reader: Reader, text: str, status: int = 200) -> web.Response:
        headers = {"Content-Language": reader.language.value, "Content-Security-Policy": _POLICY}
        return web.Response(status=status, text=text, content_type="text/html", headers=headers)


class _Reading:
    """What was posted, read as the survey asks for it; keeps why it could not be taken."""

    def __init__(self, fields: Fields, limits: SurveyLimits) -> None:
        self.survey: Survey | None = None
        self.filled = Filled()
        self.busy = False
        self._fields = fields
        self._limits = limits

    def read(self, survey: Survey) -> Submission | None:
        """Return what is to be kept; None if it has to be looked at once more, or an open link is too busy."""
        self.survey, self.filled = survey, read_form(survey.questionnaire, self._fields)
        if self.filled.faulty:
            return None
        self.busy = survey.mode is SurveyMode.OPEN and self._limits.is_busy(survey.id)
        return None if self.busy else Submission(answers=self.filled.answers, texts=self.filled.texts)


def _policy() -> str:
    """Return what a browser may load: nothing but the style in the page, also where it knows no hashes."""
    style = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline' 'sha256-{style}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


_POLICY: Final = _policy()


async def _fields(request: web.Request) -> Fields:
    """Return what was posted; another type of form could bring files, which would be written to the disk."""
    if request.content_type != _FORM:
        raise web.HTTPUnsupportedMediaType
    if (request.content_length or 0) > _LARGEST_FORM:
        raise web.HTTPBadRequest
    try:
        return read_fields(await request.read())
    except FormUnreadable as error:
        raise web.HTTPBadRequest from error


def _heading(survey: Survey, reader: Reader) -> dict[str, str]:
    asked, value = survey.questionnaire, survey.period.get(reader.language)
    period = asked.period.get(reader.language) if asked.period is not None and value else ""
    return {"title": asked.title.get(reader.language), "period": period.replace("{period}", value)}


def _place(request: web.Request) -> str:
    return f"/s/{quote(request.match_info['ticket'], safe='')}"


def _last_page(ticket: str, reader: Reader) -> str:
    """Return the address of the last page, the same for whatever was answered: it stays in the browser's history."""
    path = "/s/thanks" if read_ticket(ticket) else "/s/thanks/link"
    return f"{path}?lang={reader.language.value}"
