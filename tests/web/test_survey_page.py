"""The page of an anonymous survey: one ticket, one reply, and nothing else that is kept."""

import asyncio
import logging
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import ClientResponse
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.press import Press
from bot.web.limits import TokenBuckets
from bot.web.survey_page import SurveyLimits
from services.codes import printed_code
from services.languages import Language
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, SurveyMode
from services.questionnaires.shipped import list_shipped, shipped_source
from services.surveys.dto import WHOLE
from tests.support.clock import StandingClock
from tests.support.ticketed import GROUP, Ticketed, every_item, open_ticketed
from tests.support.website import Website, website

LARGEST = 40 * 1024
UNKNOWN = "7K3QX9MVP2RTABCD"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
REFUSED = "This ticket cannot be used: it has been used already or was typed wrongly."
_MARK = re.compile(r'name="~form" value="([^"]+)"')


@pytest.fixture(scope="module")
async def ticketed(site: Website, tmp_path_factory: pytest.TempPathFactory) -> Ticketed:
    """The shipped questionnaire of students, with tickets."""
    return await open_ticketed(site.engine, tmp_path_factory.mktemp("keys"), tickets=60)


@pytest.fixture(scope="module")
async def everything(site: Website, tmp_path_factory: pytest.TempPathFactory) -> Ticketed:
    """A questionnaire with an item of each type."""
    return await open_ticketed(site.engine, tmp_path_factory.mktemp("keys"), tickets=40, body=every_item())


@pytest.fixture(scope="module")
def codes(ticketed: Ticketed) -> list[str]:
    """Tickets, each used up by one test."""
    return list(ticketed.codes)


@pytest.fixture(scope="module")
def other_codes(everything: Ticketed) -> list[str]:
    """Tickets of the survey with an item of each type."""
    return list(everything.codes)


async def send(site: Website, place: str, fields: object, *, mark: str = "") -> ClientResponse:
    """Post a form as the page does."""
    pairs = list(fields.items()) if isinstance(fields, dict) else fields
    body = urlencode([("~form", mark), *pairs])  # type: ignore[misc]
    return await site.post(f"/s/{place}/questions?lang=en", body, headers=FORM, follow=False)


async def mark_of(site: Website, place: str) -> str:
    """Return the mark of a form that is given out."""
    found = _MARK.search(await (await site.get(f"/s/{place}/questions")).text())
    assert found
    return found[1]


async def test_first_comes_the_promise_in_the_readers_language(site: Website, codes: list[str]) -> None:
    expected = {
        "ky": ("Бул — анонимдүү сурамжылоо.", "«Акыркы семестр»: 2026-жылдын күзү", "Баштоо"),
        "ru": ("Это анонимный опрос.", "«Последний семестр»: осень 2026 года", "Начать"),
        "en": ("This survey is anonymous.", '"The last semester": autumn 2026', "Begin"),
    }
    for language, sentences in expected.items():
        answer = await site.get(f"/s/{codes[0]}", headers={"Accept-Language": f"{language};q=0.9, fr"})
        page = unescape(await answer.text())
        assert (answer.status, answer.headers["Content-Language"]) == (200, language)
        assert all(sentence in page for sentence in sentences), language
        assert f'href="/s/{codes[0]}/questions?lang={language}"' in page
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("code", list_shipped())
async def test_every_form_is_small_and_has_no_scripts(site: Website, tmp_path: Path, code: str) -> None:
    shown = await open_ticketed(site.engine, tmp_path, tickets=1, body=shipped_source(code))
    for language in Language:
        for path in (f"/s/{shown.codes[0]}", f"/s/{shown.codes[0]}/questions"):
            answer = await site.get(f"{path}?lang={language}")
            page = await answer.text()
            assert answer.status == 200
            assert len(await answer.read()) < LARGEST, (language, path)
            assert not re.search(r"<script|javascript:|\son\w+=|<img|@import|url\(", page)
            assert re.findall(r'(?:src|href)="(?!/s/|\?|#|data:,)', page) == []
        for item in shown.survey.questionnaire.items:
            assert item.text.get(language) in unescape(page)
        assert page.count(f'value="{NOT_SAID}"') == sum(len(i.keys) for i in shown.survey.questionnaire.closed_items)
        assert " checked" not in page


async def test_a_reply_is_sealed_with_its_group_and_the_ticket_is_gone(
    site: Website, everything: Ticketed, other_codes: list[str]
) -> None:
    code, before = other_codes.pop(), await everything.left()
    answer = await send(site, printed_code(code, 4).lower(), [
        ("teach1", DONT_KNOW), ("lives", "1"), ("room1", "0"), ("study", "evening"), ("lacks", "light"),
        ("lacks", "books"), ("parts.rows_a", "3"), ("parts.rows_b", NOT_SAID), ("good", " Жакшы <b>\r\nабдан\x00 "),
        ("unheard", "of"),
    ])  # fmt: skip
    assert (answer.status, answer.headers["Location"]) == (303, "/s/thanks?lang=en")
    (reply,) = [one for one in await everything.replies() if one.answers.get("study") == "evening"]
    assert reply.stratum == GROUP
    assert reply.answers == {
        "teach1": DONT_KNOW, "room1": 0, "study": "evening", "lacks": ("books", "light"), "parts.rows_a": 3,
        "parts.rows_b": NOT_SAID,
    }  # fmt: skip
    assert reply.texts == {"good": "Жакшы <b>\nабдан"}
    assert await everything.left() == before - 1


async def test_what_was_not_to_be_asked_and_what_cannot_be_is_dropped(
    site: Website, ticketed: Ticketed, codes: list[str]
) -> None:
    before = [dict(reply.answers) for reply in await ticketed.replies()]
    answer = await send(site, codes.pop(), {"dorm0": "0", "dorm1": "5", "rec1": "11", "teach1": "²", "load1": "0"})
    assert answer.status == 303
    after = [dict(reply.answers) for reply in await ticketed.replies()]
    assert (len(after), after.count({"load1": 0})) == (len(before) + 1, before.count({"load1": 0}) + 1)


async def test_nothing_needs_to_be_answered(site: Website, ticketed: Ticketed, codes: list[str]) -> None:
    before = len(await ticketed.replies())
    assert (await send(site, codes.pop(), {})).status == 303
    assert len(await ticketed.replies()) == before + 1


async def test_a_ticket_works_once_and_used_unknown_and_mistyped_ones_look_alike(
    site: Website, ticketed: Ticketed, codes: list[str]
) -> None:
    used = codes.pop()
    await send(site, used, {"rec1": "9"})
    before = len(await ticketed.replies())
    pages = set()
    for ticket in (used, UNKNOWN, "no-ticket", "a" * 300, "%00", "%D1%8F", printed_code(used, 4)):
        answers = [await site.get(f"/s/{ticket}?lang=en"), await site.get(f"/s/{ticket}/questions?lang=en"),
                   await send(site, ticket, {"rec1": "1"})]  # fmt: skip
        assert [answer.status for answer in answers] == [404, 404, 404], ticket
        pages |= {await answer.text() for answer in answers}
    typed = [await site.post("/s/?lang=en", urlencode({"code": code}), headers=FORM) for code in ("no", used, UNKNOWN)]
    pages |= {await answer.text() for answer in typed}
    assert [answer.status for answer in typed] == [404, 404, 404]
    (page,) = pages
    assert REFUSED in page
    assert len(await ticketed.replies()) == before


async def test_a_form_that_comes_twice_is_taken_once_and_both_are_thanked(
    site: Website, ticketed: Ticketed, codes: list[str]
) -> None:
    code, before = codes.pop(), len(await ticketed.replies())
    mark = await mark_of(site, code)
    answers = await asyncio.gather(*(send(site, code, {"rec1": "5"}, mark=mark) for _ in range(3)))
    answers.append(await send(site, code, {"rec1": "5"}, mark=mark))
    assert [answer.status for answer in answers] == [303] * 4
    assert len(await ticketed.replies()) == before + 1
    for mark_of_another in ("", await mark_of(site, codes[0])):
        assert (await send(site, code, {"rec1": "5"}, mark=mark_of_another)).status == 404


async def test_the_code_can_be_typed_and_leads_to_the_page(site: Website, codes: list[str]) -> None:
    for path in ("/s", "/s/"):
        page = await (await site.get(f"{path}?lang=ru")).text()
        assert 'name="code"' in page
    typed = printed_code(codes[0], 4).lower().replace("-", " - ").replace("0", "o")
    answer = await site.post("/s/?lang=ru", urlencode({"code": typed}), headers=FORM, follow=False)
    assert (answer.status, answer.headers["Location"]) == (303, f"/s/{codes[0]}?lang=ru")


async def test_a_long_text_is_given_back_with_everything_that_was_filled_in(
    site: Website, everything: Ticketed, other_codes: list[str]
) -> None:
    code, before = other_codes.pop(), await everything.left()
    words = 'long "words" & <b>more</b>'
    answer = await send(site, code, [("teach1", "4"), ("bad", words), ("lacks", "none"), ("lacks", "books")])
    page = await answer.text()
    assert answer.status == 422
    assert f"The text is long: {len(words)} characters. Please shorten it to 20." in page
    assert "Choose alone, without others: «none in English»" in page
    assert f">\n{words}</textarea>" in unescape(page)
    assert "<b>more" not in page
    assert re.findall(r'name="(\w+)" value="(\w+)" checked', page) == [
        ("teach1", "4"), ("lacks", "books"), ("lacks", "none"),
    ]  # fmt: skip
    assert "please do not stay alone with it." in page, "whatever was written"
    assert 'href="tel:112"' in page
    assert await everything.left() == before
    assert "stay alone" not in await (await site.get(f"/s/{code}/questions?lang=en")).text()
    assert (await send(site, code, [("teach1", "4"), ("lacks", "none")])).status == 303


async def test_a_question_that_may_be_skipped_says_when(site: Website, other_codes: list[str]) -> None:
    page = unescape(await (await site.get(f"/s/{other_codes[0]}/questions?lang=en")).text())
    assert "Answer only if your answer to question 2 is: «en 1»" in page


async def test_a_survey_that_has_closed_takes_nothing(site: Website, tmp_path: Path) -> None:
    closing = await open_ticketed(site.engine, tmp_path, tickets=1)
    (code,) = closing.codes
    assert (await site.get(f"/s/{code}")).status == 200
    await closing.change(state="closing")
    assert (await site.get(f"/s/{code}")).status == 404
    assert (await send(site, code, {"rec1": "1"})).status == 404
    assert await closing.replies() == []


async def test_the_last_page_is_one_for_all(site: Website) -> None:
    expected = {"ky": "Рахмат! Эми бул баракты жапсаңыз болот.", "ru": "Спасибо! Теперь страницу можно закрыть.",
                "en": "Thank you! You may close this page now."}  # fmt: skip
    for language, sentence in expected.items():
        assert sentence in await (await site.get(f"/s/thanks?lang={language}")).text()


async def test_words_of_distress_and_all_others_lead_to_one_page_with_telephone_numbers(
    site: Website, ticketed: Ticketed, codes: list[str]
) -> None:
    text_item = ticketed.survey.questionnaire.texts[0].code
    answers = [await send(site, codes.pop(), {text_item: words}) for words in ("I want to kill myself", "Баары жакшы")]
    assert [answer.headers["Location"] for answer in answers] == ["/s/thanks?lang=en"] * 2
    assert await answers[0].read() == await answers[1].read()
    page = unescape(await (await site.get("/s/thanks?lang=en")).text())
    assert "please do not stay alone with it." in page
    assert 'You can call now: <a class="tel" href="tel:103">103</a>, <a class="tel" href="tel:112">112</a>, ' in page
    assert 'Trust phone: <a class="tel" href="tel:+996312000007">+996 312 00 00 07</a>. Hours: Monday to Friday' in page


async def test_an_open_link_takes_replies_of_whoever_has_it(site: Website, tmp_path: Path) -> None:
    linked = await open_ticketed(site.engine, tmp_path, mode=SurveyMode.OPEN, body=shipped_source("employers"))
    token = linked.survey.link_token or ""
    promise = await (await site.get(f"/s/{token}?lang=en")).text()
    assert "Anyone who has this link can answer." in promise
    assert "nonym" not in promise + await (await site.get(f"/s/{token}/questions?lang=en")).text()
    mark = await mark_of(site, token)
    answers = [await send(site, token, {}, mark=one) for one in (mark, mark, "", "")]
    assert {answer.headers["Location"] for answer in answers} == {"/s/thanks/link?lang=en"}
    assert [reply.stratum for reply in await linked.replies()] == [WHOLE] * 3, "a form that comes twice counts once"
    thanks = await (await site.get("/s/thanks/link?lang=en")).text()
    assert "improve our programmes" in thanks
    assert ("You can call now" in thanks, "Trust phone" in thanks) == (True, False)
    await linked.change(state="closing")
    assert (await send(site, token, {})).status == 404


@pytest.mark.parametrize(
    ("origin", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 422), ("none", 422)]
)
async def test_another_site_cannot_answer_in_a_visitors_browser(
    site: Website, other_codes: list[str], origin: str, status: int
) -> None:
    headers = {**FORM, "Sec-Fetch-Site": origin}
    body = urlencode({"bad": "a text that is far too long"})
    assert (await site.post(f"/s/{other_codes[0]}/questions", body, headers=headers)).status == status


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"a=1", "multipart/form-data; boundary=b", 415),
        (b"{}", "application/json", 415),
        (b"&".join(b"a%d=1" % n for n in range(2_000)), FORM["Content-Type"], 400),
        (b"a=" + b"x" * 300_000, FORM["Content-Type"], 400),
    ],
)
async def test_what_is_no_form_of_ours_is_refused(
    site: Website, codes: list[str], body: bytes, content_type: str, status: int
) -> None:
    answer = await site.post(f"/s/{codes[0]}/questions", body, headers={"Content-Type": content_type})
    assert answer.status == status


async def test_a_failure_of_ours_loses_nothing_that_was_typed(
    site: Website, codes: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_given: object) -> None:
        raise ConnectionRefusedError

    code = codes.pop()
    caplog.set_level(logging.DEBUG)
    with monkeypatch.context() as patch:
        patch.setattr(site.container.survey_pages, "submit", fail)
        answer = await send(site, code, [("rec1", "9"), ("good1", 'kept "words"')])
        page = unescape(await answer.text())
    assert (answer.status, answer.headers["Retry-After"]) == (503, "20")
    assert '<input type="hidden" name="rec1" value="9">' in page
    assert 'value="kept "words"">' in page
    assert not [record for record in caplog.records if not record.name.startswith(("sqlalchemy", "asyncio"))]
    assert (await send(site, code, {"rec1": "9"})).status == 303


async def test_all_visitors_together_are_limited_and_nobody_alone(
    engine: AsyncEngine, clock: StandingClock, press: Press, tmp_path: Path
) -> None:
    few = SurveyLimits(pages=TokenBuckets(5, 3600), replies=TokenBuckets(3, 3600), daily=TokenBuckets(1, 3600))
    linked = await open_ticketed(engine, tmp_path, mode=SurveyMode.OPEN)
    token = linked.survey.link_token or ""
    async with website(engine, clock, press, survey_limits=few) as limited:
        assert [(await limited.get(f"/s/{token}")).status for _ in range(2)] == [200, 200]
        assert [(await send(limited, token, {"rec1": "3"})).status for _ in range(2)] == [303, 429]
        assert [(await limited.get(f"/s/{token}")).status for _ in range(2)] == [200, 429]
        held = await send(limited, token, {"rec1": "3"})
        assert (held.status, 'name="rec1" value="3"' in await held.text()) == (429, True)
    assert len(await linked.replies()) == 1


async def test_the_unexpected_is_logged_once_without_anything_of_who_asked(
    site: Website, codes: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(typed: str) -> None:
        raise KeyError(typed)

    monkeypatch.setattr(site.container.survey_pages, "find", fail)
    for _ in range(3):
        answer = await site.get(f"/s/{codes[0]}?lang=en")
        assert answer.status == 500
        assert "Something went wrong. Please try again later." in await answer.text()
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "KeyError at" in record.getMessage()
    assert codes[0] not in caplog.text
    assert record.exc_info is None


async def test_neither_ticket_nor_answer_nor_visit_is_found_anywhere(
    site: Website, ticketed: Ticketed, codes: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code, canary, agent, address = codes.pop(), "Канарейка-canary-words", "Canary-Browser/9", "203.0.113.77"
    headers = {**FORM, "User-Agent": agent, "X-Forwarded-For": address}
    for path in (f"/s/{code}", f"/s/{code}/questions", "/s/", "/s/thanks"):
        await site.get(path, headers=headers)
    text_item = ticketed.survey.questionnaire.texts[0].code
    body = urlencode({text_item: canary, "rec1": "9"})
    for _ in range(2):
        await site.post(f"/s/{code}/questions", body, headers=headers)
    host, port = site.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET /s/{code}\x01 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    await reader.read(100)
    writer.close()
    assert canary in [reply.texts.get(text_item) for reply in await ticketed.replies()]
    lines = [r.getMessage() for r in caplog.records if not r.name.startswith(("sqlalchemy", "asyncio"))]
    assert lines == ["a request could not be served: BadHttpMessage"] or all("could not be served" in s for s in lines)
    async with site.engine.connect() as connection:
        tables = list(await connection.scalars(text(
            "select tablename from pg_tables where schemaname = 'public'"
        )))  # fmt: skip
        for table in tables:
            for row in await connection.scalars(text(f'select t::text from "{table}" t')):  # noqa: S608 -- a name
                assert not [one for one in (code, canary, agent, address) if one in row], table


async def test_every_answer_forbids_storing_and_scripts(site: Website, codes: list[str]) -> None:
    answers = [
        await site.get(path) for path in ("/s/", f"/s/{codes[0]}", f"/s/{codes[0]}/questions", "/s/x", "/s/thanks")
    ]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline' 'sha256-")
        assert "script" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"].startswith("noindex")
        assert "Set-Cookie" not in answer.headers
