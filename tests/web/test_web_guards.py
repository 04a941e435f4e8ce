"""What keeps the pages safe: headers, limits, silence of the logs, pages for failures."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from ipaddress import ip_address, ip_network

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import make_mocked_request
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.press import Press
from bot.web.addresses import client_of
from bot.web.limits import Busy, TokenBuckets, UploadDesk
from bot.web.verification import Limits
from tests.support.clock import StandingClock
from tests.support.website import Website, website

CODE = "7K3QX9MVP2RTABCDE123"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
MEGABYTE = 1024 * 1024


def strict() -> Limits:
    """Three codes and one file, then nothing for an hour."""
    return Limits(
        codes=TokenBuckets(3, 3600),
        files=TokenBuckets(1, 3600),
        desk=UploadDesk(most_bytes=64 * MEGABYTE, most_per_client=2, inspected_at_once=1),
    )


@pytest.fixture
async def guarded(engine: AsyncEngine, clock: StandingClock, press: Press) -> AsyncIterator[Website]:
    """The pages behind a proxy on this machine."""
    async with website(engine, clock, press, limits=strict(), trusted_proxies=("127.0.0.0/8",)) as running:
        yield running


async def test_every_answer_has_the_headers_and_no_name_of_the_server(site: Website) -> None:
    answers = [
        await site.get("/verify"), await site.get(f"/verify/{CODE}"), await site.get("/verify?code=" + CODE),
        await site.get("/nothing"), await site.get("/healthz"), await site.upload(b"nothing"),
        await site.post(f"/verify/{CODE}", b""), await site.get("/telegram/x"), await site.get("/"),
    ]  # fmt: skip
    assert [answer.status for answer in answers] == [200, 404, 303, 404, 200, 200, 405, 404, 200]
    for answer in answers:
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"].startswith("noindex")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "Server" not in answer.headers


async def test_codes_are_limited_for_each_client_and_the_page_says_so(guarded: Website) -> None:
    async def ask(address: str) -> ClientResponse:
        return await guarded.get(f"/verify/{CODE}?lang=ru", headers={"X-Forwarded-For": address})

    assert [(await ask("203.0.113.5")).status for _ in range(5)] == [404, 404, 404, 429, 429]
    refused = await ask("203.0.113.5")
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert refused.headers["Content-Language"] == "ru"
    assert "<h1>" in await refused.text()
    assert (await ask("203.0.113.6")).status == 404, "another client"
    assert [(await ask(f"2001:db8:1:2::{host}")).status for host in range(1, 5)] == [404, 404, 404, 429]
    assert (await ask("2001:db8:1:3::1")).status == 404, "another network"
    assert (await guarded.get("/verify", headers={"X-Forwarded-For": "203.0.113.5"})).status == 200


async def test_a_client_cannot_invent_its_address(guarded: Website) -> None:
    """Whatever it writes stands to the left of what our proxy adds."""
    found = [
        (await guarded.get(f"/verify/{CODE}", headers={"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.9"})).status
        for n in range(5)
    ]
    assert found == [404, 404, 404, 429, 429]


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected", "hidden"),
    [
        ("203.0.113.1", [], "203.0.113.1", False),
        ("203.0.113.1", ["198.51.100.1"], "203.0.113.1", True),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1", False),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1, 10.0.0.2"], "198.51.100.1", False),
        ("10.0.0.1", ["1.1.1.1", "198.51.100.1"], "198.51.100.1", False),
        ("10.0.0.1", ["1.1.1.1, nonsense"], "10.0.0.1", False),
        ("10.0.0.1", ["1.1.1.1, nonsense, 10.0.0.2"], "10.0.0.2", False),
        ("10.0.0.1", ["10.0.0.7, 10.0.0.8"], "10.0.0.7", False),
        ("10.0.0.1", [], "10.0.0.1", False),
        ("::ffff:10.0.0.1", ["::ffff:198.51.100.1"], "198.51.100.1", False),
    ],
)
def test_the_rightmost_address_that_is_no_proxy_of_ours_counts(
    peer: str, forwarded: list[str], expected: str, *, hidden: bool
) -> None:
    request = make_mocked_request("GET", "/").clone(remote=peer)
    headers = request.headers.copy()
    for line in forwarded:
        headers.add("X-Forwarded-For", line)
    client = client_of(request.clone(headers=headers, remote=peer), [ip_network("10.0.0.0/8")])
    assert (client.address, client.hidden) == (ip_address(expected), hidden)


def test_buckets_fill_with_time_and_forget_the_oldest() -> None:
    moment = [1000.0]
    buckets = TokenBuckets(2, 10, now=lambda: moment[0], most_clients=2)
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a")] == [0, 0, 10]
    moment[0] += 9
    assert buckets.take("a") == 1
    moment[0] += 1
    assert buckets.take("a") == 0
    moment[0] += 1000
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a") > 0] == [0, 0, True]
    for client in "bcd":
        assert buckets.take(client) == 0
    assert len(buckets._full_at) == 2


def test_the_first_token_is_there_at_any_moment() -> None:
    for number in range(2_000):
        moment = 27_604.2 + number * 1.37
        buckets = TokenBuckets(2, 3600, now=lambda at=moment: at)  # type: ignore[misc]
        assert [buckets.take("a"), buckets.take("a"), buckets.take("a") > 0] == [0, 0, True]


def test_the_desk_takes_only_so_much_at_once() -> None:
    desk = UploadDesk(most_bytes=100, most_per_client=1, inspected_at_once=1)
    with desk.hand_in("a") as count:
        count(60)
        with pytest.raises(Busy), desk.hand_in("a"):
            pass
        with desk.hand_in("b") as other, pytest.raises(Busy):
            other(41)
    with desk.hand_in("a") as count:
        count(100)


async def test_uploads_are_limited_in_number(guarded: Website) -> None:
    assert (await guarded.upload(b"x")).status == 200
    assert (await guarded.upload(b"x")).status == 429


async def test_files_that_are_too_large_are_refused_before_they_are_here(site: Website) -> None:
    answer = await site.upload(bytes(21 * MEGABYTE), query="?lang=en")
    assert answer.status == 413
    assert "The file is too large: I can check files up to 20 MB." in await answer.text()

    async def unannounced() -> AsyncIterator[bytes]:
        yield (b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n')
        for _ in range(21):
            yield bytes(MEGABYTE)
        yield b"\r\n--edge--\r\n"

    multipart = {"Content-Type": "multipart/form-data; boundary=edge"}
    assert (await site.post("/verify", unannounced(), headers=multipart)).status == 413


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", "multipart/form-data; boundary=edge", 400),
        (b"--edge--\r\n", "multipart/form-data; boundary=edge", 400),
        (b"no form at all", "multipart/form-data; boundary=edge", 400),
        (b"no form at all", "multipart/form-data", 400),
        (b'--edge\r\nContent-Disposition: form-data; name="file"\r\n\r\n\r\n--edge--\r\n',
         "multipart/form-data; boundary=edge", 400),
        (b'--edge\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--edge--\r\n',
         "multipart/form-data; boundary=edge", 400),
        (b'--edge\r\nContent-Disposition: form-data; name="file"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n',
         "multipart/form-data; boundary=edge", 400),
        (b'--edge\r\nContent-Disposition: form-data; name="other"\r\n\r\n' + bytes(70_000) + b"\r\n--edge--\r\n",
         "multipart/form-data; boundary=edge", 413),
        (b"file=x", "application/x-www-form-urlencoded", 400),
    ],
)  # fmt: skip
async def test_forms_without_a_file_get_a_sentence(site: Website, body: bytes, content_type: str, status: int) -> None:
    answer = await site.post("/verify?lang=en", body, headers={"Content-Type": content_type})
    assert answer.status == status
    assert "<h1>" in await answer.text()


async def test_failures_are_pages_in_the_readers_language(site: Website) -> None:
    for path, status in (("/nothing", 404), ("/static/other.css", 404), ("/verify/a/b", 404)):
        answer = await site.get(path + "?lang=en")
        assert (answer.status, "There is no such page." in await answer.text()) == (status, True)
    wrong = await site.post("/healthz", b"", headers={"Accept-Language": "ru"})
    assert (wrong.status, wrong.headers["Allow"], wrong.headers["Content-Language"]) == (405, "GET,HEAD", "ru")


async def test_the_unexpected_gets_a_number_and_the_log_no_code(
    site: Website, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_text: str) -> None:
        raise KeyError("a mistake")

    verification = site.container.given.verification
    monkeypatch.setattr(verification, "verify_code", fail)
    answer = await site.get(f"/verify/{CODE}?lang=en")
    page = await answer.text()

    assert answer.status == 500
    assert "Something went wrong." in page
    assert "KeyError" not in page
    assert "incident" in caplog.text
    assert "verify.code" in caplog.text
    assert CODE not in caplog.text


async def test_a_database_that_is_away_is_said_and_not_blamed_on_the_reader(
    site: Website, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_text: str) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(site.container.given.verification, "verify_code", fail)
    answer = await site.get(f"/verify/{CODE}?lang=en")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert "The register cannot be asked at the moment." in await answer.text()
    assert "verify.code" in caplog.text
    assert CODE not in caplog.text


async def test_no_code_reaches_the_log_even_from_a_broken_request(
    site: Website, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await site.get(f"/verify/{CODE}")
    await site.get(f"/verify?code={CODE}")
    host, port = site.url.removeprefix("http://").split(":")
    for line in (f"GET /verify/{CODE}\x01 HTTP/1.1", f"GET /verify/{CODE} HTTP/9.9", f"/verify/{CODE}"):
        answer = await asyncio.to_thread(_speak, host, int(port), line.encode() + b"\r\nHost: x\r\n\r\n")
        assert b" 400 " in answer
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("sqlalchemy")]
    assert lines
    assert not [line for line in lines if CODE in line]
    assert not [record for record in caplog.records if record.exc_info and CODE in str(record.exc_info)]


def _speak(host: str, port: int, words: bytes) -> bytes:
    with socket.create_connection((host, port), timeout=5) as connection:
        connection.sendall(words)
        return connection.recv(4096)
