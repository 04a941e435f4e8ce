"""Keys as the register has them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredKey:
    """A key that signs or has signed; certificates are PEM.

    `papers`: how many certificates it signed. `invalid_since`: from then on somebody else may have it.
    """

    fingerprint: str
    certificate_pem: str
    authority_pems: tuple[str, ...]
    first_used_at: datetime | None
    invalid_since: datetime | None
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """A key by which papers of ours are known: its authorities (PEM), and since when it is invalid."""

    fingerprint: str
    authority_pems: tuple[str, ...]
    invalid_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulCertificate:
    """A certificate that was signed when the key was invalid already: to be revoked, or replaced."""

    id: int
    number: str
    signed_at: datetime
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidatedKey:
    """A key that is invalid from a moment on; `former`: from when on it was said to be so before."""

    fingerprint: str
    since: datetime
    former: datetime | None
    certificates: tuple[DoubtfulCertificate, ...]
