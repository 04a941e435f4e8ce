"""Ten thousand changed files, each checked as an upload is: by inspection and by the register."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from random import Random

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from sqlalchemy import URL

from bot.documents.signing import PrivateKey, SigningKey
from services.certificates.dto import VerdictKind
from services.db.engine import create_engine
from tests.bench.register import fill, open_office
from tests.support.mutations import Original, mutations

_MUTATIONS = 10_000
_PEOPLE = 2
_SEED = 5
_FOUND_OUT = (VerdictKind.ALTERED, VerdictKind.UNKNOWN, VerdictKind.UNREADABLE)


@dataclass(slots=True)
class Mutations:
    """What was said of changed files, of how many originals."""

    originals: int = 0
    verdicts: Counter[VerdictKind] = field(default_factory=Counter)
    seconds: float = 0.0

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the lines of the table."""
        total = self.verdicts.total()
        found_out = ", ".join(f"{self.verdicts[kind]:,} {kind.value}" for kind in _FOUND_OUT)
        taken = total - sum(self.verdicts[kind] for kind in _FOUND_OUT)
        return [
            (f"{total:,} changes of {self.originals} signed files: taken for what was issued", f"{taken}", "0"),
            ("what was said of them", found_out, ""),
            ("one such check, on average", f"{self.seconds / total * 1000:.1f} ms", ""),
        ]


async def measure(database: URL, key: SigningKey, found: Mutations) -> None:
    """Issue certificates with a key, check changed files, and count what is said of them."""
    register = await fill(database, key, _PEOPLE)
    originals = [Original(*pair) for pair in pairwise([*register.files, register.files[0]])]
    found.originals += len(originals)
    engine = create_engine(database)
    async with open_office(engine, key) as office:
        for number, original in enumerate(originals):
            if (await office.given.verification.verify_file(original.content)).kind is not VerdictKind.VALID:
                raise RuntimeError("a file as it was issued is not valid")
            share = _MUTATIONS // len(originals) // len(_KEYS)
            for _way, changed in islice(mutations(original, Random(_SEED + number)), share + 1):  # noqa: S311 -- the same at every run
                begun = time.perf_counter()
                found.verdicts[(await office.given.verification.verify_file(changed)).kind] += 1
                found.seconds += time.perf_counter() - begun
    await engine.dispose()


def new_keys() -> Sequence[SigningKey]:
    """Return new keys of every sort that can sign."""
    return [_signing_key(make()) for make in _KEYS]


_KEYS = (
    lambda: ec.generate_private_key(ec.SECP256R1()),
    lambda: ec.generate_private_key(ec.SECP384R1()),
    lambda: rsa.generate_private_key(65537, 2048),
)


def _signing_key(key: PrivateKey) -> SigningKey:
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "University of the bench")]), datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, SHA256())
    )
    return SigningKey(key, certificate, (), (certificate,))
