"""What a certificate of ours says of itself, for those who are to trust it."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCard:
    """A public certificate; `fingerprint` is its SHA-256 in small hexadecimal digits."""

    fingerprint: str
    name: str
    valid_from: datetime
    valid_until: datetime
    pem: str
    der: bytes

    @property
    def groups(self) -> str:
        """Return the fingerprint in groups of four, to be compared by eye."""
        digits = self.fingerprint.upper()
        return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def read_certificate(pem: str) -> CertificateCard | None:
    """Read a certificate; None if it is none."""
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        return None
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return CertificateCard(
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        name=str(names[0].value) if names else certificate.subject.rfc4514_string(),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        pem=certificate.public_bytes(Encoding.PEM).decode(),
        der=certificate.public_bytes(Encoding.DER),
    )
