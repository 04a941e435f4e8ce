"""The time-stamp authority over HTTP: what is taken from it, and what is not."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from bot.cli.checks.finding import State
from bot.cli.checks.keys import check_time_stamps
from bot.documents.timestamps import as_response
from bot.settings import Settings
from bot.time_stamps import HttpTimeStamper
from services.timestamps.ports import NotStamped
from tests.support.tsa import Answer, LocalTsa, TimeAuthority, local_tsa
from tests.unit.documents.samples import run_tool

PAPER = b"%PDF a paper"
DIGEST = hashlib.sha256(PAPER).digest()
AUTHORITY = TimeAuthority()
WRONG_USAGE = TimeAuthority(usage=ExtendedKeyUsageOID.CODE_SIGNING)


@pytest.fixture
async def tsa() -> AsyncIterator[LocalTsa]:
    async with local_tsa(AUTHORITY.answer) as tsa:
        yield tsa


@pytest.fixture
async def stamper(tsa: LocalTsa) -> AsyncIterator[HttpTimeStamper]:
    async with HttpTimeStamper(tsa.url, seconds=5) as stamper:
        yield stamper


async def test_time_stamp_is_what_openssl_accepts_for_the_file(stamper: HttpTimeStamper, tmp_path: Path) -> None:
    token = await stamper.stamp(DIGEST)
    for name, content in {"root.pem": AUTHORITY.root_pem, "paper.pdf": PAPER, "paper.tsr": as_response(token)}.items():
        (tmp_path / name).write_bytes(content)
    verified = run_tool(
        "openssl", "ts", "-verify", "-data", tmp_path / "paper.pdf", "-in", tmp_path / "paper.tsr",
        "-CAfile", tmp_path / "root.pem",
    )  # fmt: skip
    assert "Verification: OK" in verified


def _refused(question: tsp.TimeStampReq) -> bytes:
    assert question["cert_req"].native
    status = bytes(tsp.PKIStatusInfo({"status": "rejection", "status_string": ["no money, no time"]}).dump())
    return b"\x30" + bytes([len(status)]) + status


def _of_another_file(question: tsp.TimeStampReq) -> bytes:
    question["message_imprint"]["hashed_message"] = hashlib.sha256(b"another").digest()
    return AUTHORITY.answer(question)


def _with_another_digest(question: tsp.TimeStampReq) -> bytes:
    question["message_imprint"]["hash_algorithm"] = {"algorithm": "sha512"}
    return AUTHORITY.answer(question)


def _of_another_question(question: tsp.TimeStampReq) -> bytes:
    question["nonce"] = question["nonce"].native ^ 1
    return AUTHORITY.answer(question)


def _broken(question: tsp.TimeStampReq) -> bytes:
    answer = AUTHORITY.answer(question)
    return answer[:-1] + bytes([answer[-1] ^ 1])


def _said_again(question: tsp.TimeStampReq) -> bytes:
    """Return the answer with another time, so that the signature is of something else."""
    answer = AUTHORITY.answer(question)
    return answer.replace(b"20261122060000Z", b"20251122060000Z")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (_refused, "no money, no time"),
        (_of_another_file, "of another file"),
        (_with_another_digest, "of another file"),
        (_of_another_question, "another question"),
        (_broken, "signature does not hold"),
        (_said_again, "signature does not hold"),
        (WRONG_USAGE.answer, "not for time stamps"),
        (lambda _question: b"<html>maintenance</html>", "not an answer"),
        (lambda _question: b"", "not an answer"),
        (lambda question: AUTHORITY.answer(question)[:200], "not an answer"),
        (lambda question: AUTHORITY.answer(question) + b"more", "not an answer"),
        (lambda _question: bytes(70_000), "too long"),
    ],
)
async def test_answer_that_does_not_hold_is_no_time_stamp(
    tsa: LocalTsa, stamper: HttpTimeStamper, answer: Answer, reason: str
) -> None:
    tsa.answer = answer
    with pytest.raises(NotStamped, match=reason):
        await stamper.stamp(DIGEST)


async def test_authority_that_is_broken_gives_no_time_stamp(tsa: LocalTsa, stamper: HttpTimeStamper) -> None:
    tsa.status = 503
    with pytest.raises(NotStamped, match="status 503"):
        await stamper.stamp(DIGEST)


async def test_authority_that_does_not_answer_is_not_waited_for_long(tsa: LocalTsa) -> None:
    tsa.delay = 5
    async with HttpTimeStamper(tsa.url, seconds=0.05) as stamper:
        with pytest.raises(NotStamped, match="in time"):
            await stamper.stamp(DIGEST)


async def test_authority_that_is_away_gives_no_time_stamp() -> None:
    async with HttpTimeStamper("http://127.0.0.1:9/tsa") as stamper:
        with pytest.raises(NotStamped, match="cannot be reached"):
            await stamper.stamp(DIGEST)


async def test_doctor_says_whether_the_authority_answers(tsa: LocalTsa) -> None:
    (good,) = await check_time_stamps(Settings(_env_file=None, tsa_url=tsa.url))
    tsa.answer = _refused
    (bad,) = await check_time_stamps(Settings(_env_file=None, tsa_url=tsa.url))
    assert (good.state, bad.state) == (State.GOOD, State.BAD)
    assert "no money" in bad.reason
    assert await check_time_stamps(Settings(_env_file=None)) == []
