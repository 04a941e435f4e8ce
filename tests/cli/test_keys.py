"""`key list`, `key rotate`, `key invalidate`, `certificate timestamp`, and what `run` and `doctor` make of them."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import tsp
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.documents.signing import open_generated, open_key
from bot.documents.timestamps import TimestampRequest, as_response, checked_token
from bot.documents.university import load
from bot.sandbox import Sandbox
from services.certificates.printing import PrintingService
from tests.cli.console import Console
from tests.support.clock import SilentBell, StandingClock
from tests.support.office import Office, office_on
from tests.support.papers import KEY
from tests.support.tsa import TimeAuthority

LONG_AGO = "2020-01-01 00:00"


def generated(console: Console) -> str:
    """Make a key as the first `run` does; return its fingerprint."""
    return open_key(None, "", console.folder / "var", load(), now=datetime.now(UTC)).fingerprint


async def printed(engine: AsyncEngine, *, time_stamped: bool = False) -> tuple[Office, str]:
    """Issue and print a certificate; return the office and the code."""
    office = office_on(engine, StandingClock())
    await office.request(await office.aizada())
    printing = PrintingService(
        office.unit_of_work, office.clock, office.press, SilentBell(), worker=1, time_stamped=time_stamped
    )
    assert await printing.print_next()
    return office, str(office.press.produced[0]["code"])


def test_new_key_follows_the_former_one(console: Console) -> None:
    nothing = console.run("key", "rotate")
    assert (nothing.code, nothing.out) == (1, "")
    assert "the first `kabarchy run` makes one" in nothing.line
    former = generated(console)
    (alone,) = console.run("key", "list", "--json").json["keys"]
    assert (alone["fingerprint"], alone["papers"], alone["first_used"], alone["signs_now"]) == (former, 0, None, True)
    done = console.run("key", "rotate", "--json").json
    present = open_generated(console.folder / "var")
    assert present is not None
    assert (done["former"], done["fingerprint"]) == (former, present.fingerprint)
    assert Path(console.folder, done["kept_in"], "signer.p12").exists()
    keys = console.run("key", "list", "--json").json["keys"]
    assert {key["fingerprint"]: key["signs_now"] for key in keys} == {former: False, present.fingerprint: True}
    assert {key["subject"] for key in keys} == {"Tengir-Too State Technical University"}
    assert {len(key["authorities"]) for key in keys} == {1}
    table = console.run("key", "list").out
    assert former[:16] in table
    assert "signs now" in table


def test_key_from_outside_is_exchanged_by_hand(nowhere: Console) -> None:
    ended = nowhere.run("key", "rotate", SIGNING_P12="key.p12")
    assert (ended.code, ended.out) == (1, "")
    assert "restart the replicas one after the other" in ended.line


async def test_nothing_signs_with_an_invalid_key_until_another_follows(console: Console) -> None:
    leaked = generated(console)
    console.run("key", "rotate")
    present = open_generated(console.folder / "var")
    assert present is not None
    done = console.run("key", "invalidate", present.fingerprint[:12], "--since", LONG_AGO, "--json").json
    assert done == {
        "fingerprint": present.fingerprint, "invalid_since": "2020-01-01T00:00:00+06:00", "former": None,
        "signs_now": True, "certificates": [],
    }  # fmt: skip
    async with Sandbox() as sandbox:
        settings = {"BOT_TOKEN": sandbox.token, "TELEGRAM_API_URL": sandbox.url, "HTTP_PORT": "0"}
        refused = await console.run_beside("run", **settings, LOG_LEVEL="ERROR")
        examined = await console.run_beside("doctor", "--json", **settings, TSA_URL="http://127.0.0.1:9/tsa")
    assert (refused.code, refused.out) == (1, "")
    assert "kabarchy key rotate" in refused.line
    bad = {item["subject"]: item for item in examined.json["checks"] if item["state"] == "bad"}
    assert set(bad) == {"signing key", "time stamps"}
    assert "2019-12-31 18:00 UTC" in bad["signing key"]["reason"]
    assert "cannot be reached" in bad["time stamps"]["reason"]
    again = console.run("key", "rotate", "--json").json
    assert again["former"] == present.fingerprint
    states = {key["fingerprint"]: key["invalid_since"] for key in console.run("key", "list", "--json").json["keys"]}
    assert states == {again["fingerprint"]: None, leaked: None, present.fingerprint: "2019-12-31T18:00:00+00:00"}


async def test_what_a_leaked_key_signed_is_named(console: Console, engine: AsyncEngine) -> None:
    await printed(engine)
    words = console.run("key", "invalidate", KEY.fingerprint, "--since", LONG_AGO)
    assert words.code == 0
    assert "to be revoked and issued anew (1): 2026-00001" in words.out
    assert "signs now" not in words.out
    document = console.run("key", "invalidate", KEY.fingerprint, "--since", LONG_AGO, "--json").json
    (certificate,) = document["certificates"]
    assert (certificate["number"], certificate["status"]) == ("2026-00001", "issued")
    (key,) = console.run("key", "list", "--json").json["keys"]
    assert (key["papers"], key["signs_now"], key["invalid_since"]) == (1, False, "2019-12-31T18:00:00+00:00")


@pytest.mark.parametrize(
    ("fingerprint", "since", "said"),
    [("ffff", LONG_AGO, "no key has the fingerprint ffff"), ("abab", "2999-01-01 00:00", "lies in the future")],
)
def test_key_that_cannot_be_invalid_is_refused(console: Console, fingerprint: str, since: str, said: str) -> None:
    ended = console.run("key", "invalidate", fingerprint, "--since", since, "--json")
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.line


async def test_time_stamp_is_written_when_it_is_there(console: Console, engine: AsyncEngine) -> None:
    office, code = await printed(engine, time_stamped=True)
    early = console.run("certificate", "timestamp", code, "--out", "paper.tsr")
    assert (early.code, early.out) == (1, "")
    assert "no time stamp yet" in early.line
    request = TimestampRequest.of(hashlib.sha256(b"paper").digest())
    token = checked_token(request, TimeAuthority().answer(tsp.TimeStampReq.load(request.der)))
    async with office.unit_of_work() as uow:
        claimed = await uow.timestamps.claim(office.clock.now())
        assert claimed is not None
        await uow.timestamps.keep(claimed.certificate_id, token, office.clock.now())
        await uow.commit()
    assert console.run("certificate", "timestamp", code, "--out", "paper.tsr").code == 0
    assert (console.folder / "paper.tsr").read_bytes() == as_response(token)
    unknown = console.run("certificate", "timestamp", "AAAAA-AAAAA-AAAAA-AAAAA", "--out", "paper.tsr")
    assert "no certificate in the register has this code" in unknown.line
