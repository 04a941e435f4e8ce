"""Whatever is changed in a signed file, the verdict never says that it is the one that was issued."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from random import Random
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.documents.inspection import inspect
from bot.documents.pades import PadesSigner
from bot.documents.signing import SigningKey, load_p12
from services.certificates.dto import FileFinding, VerdictKind
from services.certificates.register import RegisteredCertificate, RegisterStatus
from services.certificates.verification import VerificationService
from services.languages import Language
from services.ports import Factory
from tests.support.clock import StandingClock
from tests.support.mutations import Original, mutations
from tests.support.papers import STUDY, BishkekCalendar
from tests.unit.documents.samples import CODE, SIGNED_AT
from tests.unit.documents.test_signing import PASSWORD, Key, bundle, certificate_for, p256

_MUTATIONS = 840  # each way forty times
_FOUND_OUT = {VerdictKind.ALTERED, VerdictKind.UNKNOWN, VerdictKind.UNREADABLE}

ISSUED = RegisteredCertificate(
    kind=STUDY.id,
    language=Language.KY,
    number="2026-00001",
    code=CODE,
    issued_on=date(2026, 11, 21),
    valid_until=None,
    status=RegisterStatus.ISSUED,
    status_at=SIGNED_AT,
    facts={},
    holder_confirmed=True,
)


class Register:
    """A register in memory that knows some files; also the unit of work around it and the inspector."""

    def __init__(self, files: Sequence[bytes], authorities: Sequence[bytes]) -> None:
        self.certificates = self
        self._digests = {sha256(content).hexdigest() for content in files}
        self._authorities = list(authorities)

    async def list_authorities(self) -> list[bytes]:
        """Return those of the one key."""
        return self._authorities

    async def find_by_file(self, digests: Sequence[str]) -> RegisteredCertificate | None:
        """Return the one certificate, whichever of the files it is."""
        return ISSUED if self._digests & set(digests) else None

    async def inspect(self, content: bytes, authorities: Sequence[bytes]) -> FileFinding:
        """Look at a file, as the real inspector does."""
        return inspect(content, authorities)

    def verification(self) -> VerificationService:
        """Return the service that asks this register."""

        @asynccontextmanager
        async def open_register() -> AsyncIterator[Register]:
            yield self

        return VerificationService(
            cast("Factory[Any]", open_register), StandingClock(), BishkekCalendar(), {STUDY.id: STUDY}, self
        )


def key_of(kind: str) -> SigningKey:
    keys: Mapping[str, Key] = {"P-256": p256(), "RSA": rsa.generate_private_key(65537, 2048)}
    return load_p12(bundle(keys[kind], certificate_for(keys[kind])), PASSWORD)


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
async def test_no_changed_file_is_said_to_be_as_it_was_issued(kind: str, drawn: bytes) -> None:
    key = key_of(kind)
    signer = PadesSigner(key)
    issued, other = [
        await asyncio.to_thread(signer.sign, drawn, signed_at=SIGNED_AT + later, reason="test", contact="test")
        for later in (timedelta(), timedelta(days=1))
    ]
    service = Register([issued, other], key.authority_pems).verification()
    assert (await service.verify_file(issued)).kind is VerdictKind.VALID

    verdicts: Counter[VerdictKind] = Counter()
    for way, changed in islice(mutations(Original(issued, other), Random(kind)), _MUTATIONS):  # noqa: S311 -- the same changes at every run
        verdict = (await service.verify_file(changed)).kind
        assert verdict in _FOUND_OUT, way
        verdicts[verdict] += 1
    assert verdicts.keys() == _FOUND_OUT, "every way of being found out is there"
