"""The key that signs the university's papers: read from a PKCS#12 file or made once and kept under `DATA_DIR`.

Light enough for start-up (cryptography only); the PDF side, `bot.documents.pades`, is loaded at the first signature.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from bot.documents import authority
from bot.documents.university_model import University

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_MIN_RSA_BITS: Final = 2048
_CURVES: Final = ("secp256r1", "secp384r1")


class SigningKeyError(Exception):
    """The signing key cannot be used; the message tells the operator why and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class SigningKey:
    """A private key with its certificate.

    `chain` are certificates put into signatures for other readers. `authority_pems` are what our own checks trust: the
    generated authority, or, with a key from outside, that one certificate and nothing else its issuer ever signed.
    """

    private_key: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    authorities: tuple[x509.Certificate, ...]

    @property
    def certificate_pem(self) -> bytes:
        """Return the signer's certificate."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def authority_pems(self) -> tuple[bytes, ...]:
        """Return the certificates by which files signed with this key are known as ours."""
        return tuple(certificate.public_bytes(Encoding.PEM) for certificate in self.authorities)

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate in hexadecimal."""
        return self.certificate.fingerprint(SHA256()).hex()

    @property
    def valid_from(self) -> datetime:
        """Return the first moment at which the key may sign."""
        return self.certificate.not_valid_before_utc

    @property
    def valid_until(self) -> datetime:
        """Return the last moment at which the key may sign."""
        return self.certificate.not_valid_after_utc

    def require_valid(self, moment: datetime) -> None:
        """Refuse to sign outside of the certificate's validity.

        Raises:
            SigningKeyError: the certificate is not valid at that moment.
        """
        if moment < self.valid_from:
            raise SigningKeyError(f"the signing certificate is not valid before {self.valid_from:%Y-%m-%d %H:%M} UTC")
        if moment > self.valid_until:
            raise SigningKeyError(
                f"the signing certificate expired on {self.valid_until:%Y-%m-%d}; put a new one into SIGNING_P12 or, "
                "if it was generated, move DATA_DIR/signing away (its ca.pem still proves the papers signed so far)"
            )


def open_key(p12: Path | None, password: str, data_dir: Path, university: University, *, now: datetime) -> SigningKey:
    """Open the key of the settings, or the generated one, which is made at the first call.

    Args:
        p12: `SIGNING_P12`, or `None` for the generated key under `data_dir`/signing.
        password: `SIGNING_PASSWORD`, empty for none.
        data_dir: where the generated key is kept.
        university: whose names a generated certificate carries.
        now: the moment at which the certificate must be valid.

    Raises:
        SigningKeyError: there is no usable key; the message is for the operator.
    """
    key = _from_settings(p12, password) if p12 else _generated(data_dir, university, now)
    key.require_valid(now)
    return key


def load_p12(content: bytes, password: str) -> SigningKey:
    """Read a PKCS#12 bundle.

    Raises:
        SigningKeyError: wrong password, no private key, no certificate, or a kind of key PDF readers do not take.
    """
    try:
        bundle = pkcs12.load_pkcs12(content, password.encode() or None)
    except ValueError as error:
        raise SigningKeyError(_bundle_problem(error, password)) from error
    if bundle.key is None:
        raise SigningKeyError("the PKCS#12 file holds no private key; export it again together with the key")
    if bundle.cert is None:
        raise SigningKeyError("the PKCS#12 file holds no certificate that belongs to its private key")
    private_key = _supported(bundle.key)
    certificate = bundle.cert.certificate
    chain = _proved_chain(certificate, [extra.certificate for extra in bundle.additional_certs])
    return SigningKey(private_key, certificate, chain, (certificate,))


def _from_settings(path: Path, password: str) -> SigningKey:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SigningKeyError(f"SIGNING_P12 {path} cannot be read: {error.strerror}") from error
    try:
        return load_p12(content, password)
    except SigningKeyError as error:
        raise SigningKeyError(f"SIGNING_P12 {path}: {error}") from error


def _generated(data_dir: Path, university: University, now: datetime) -> SigningKey:
    folder = data_dir / "signing"
    try:
        files = authority.open_or_create(folder, university, now=now)
        own = load_p12(files.signer_p12, "")
        issuer = x509.load_pem_x509_certificate(files.authority_pem)
    except OSError as error:
        raise SigningKeyError(f"the generated key {folder} cannot be read or written: {error.strerror}") from error
    except (ValueError, SigningKeyError) as error:
        raise SigningKeyError(f"the generated key {folder} is damaged: {error}; restore it from a copy") from error
    return SigningKey(own.private_key, own.certificate, (issuer,), (issuer,))


def _bundle_problem(error: ValueError, password: str) -> str:
    if "password" not in str(error).lower():
        return "it is not a PKCS#12 file (.p12, .pfx)"
    return "SIGNING_PASSWORD is wrong" if password else "it is protected; set SIGNING_PASSWORD"


def _supported(key: object) -> PrivateKey:
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _CURVES:
        return key
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _MIN_RSA_BITS:
        return key
    raise SigningKeyError(
        f"a key of this kind cannot sign PDF files for common readers; use elliptic curve P-256 or P-384, or RSA with "
        f"{_MIN_RSA_BITS} bits or more"
    )


def _proved_chain(certificate: x509.Certificate, extras: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """Order the issuers from the signer's up to a self-signed root; an unfinished chain is left out.

    A signature names all its certificates, and strict readers then use no others to reach the root.
    """
    chain: list[x509.Certificate] = []
    current = certificate
    while not authority.is_issued_by(current, current):
        issuer = next((one for one in extras if one not in chain and authority.is_issued_by(current, one)), None)
        if issuer is None:
            return ()
        chain.append(issuer)
        current = issuer
    return tuple(chain)
