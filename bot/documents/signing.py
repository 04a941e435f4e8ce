"""The key that signs the university's papers: read from a PKCS#12 file or made once and kept under `DATA_DIR`.

What signs is a `SigningDevice`; a key in memory is one. A key that never leaves a token or a security module (PKCS#11)
would be another: `docs/interfaces.md` says what it has to bring.

Light enough for start-up (cryptography only); the PDF side, `bot.documents.pades`, is loaded at the first signature.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from bot.documents import authority
from bot.documents.cms import digest_name
from bot.documents.university_model import University

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_MIN_RSA_BITS: Final = 2048
_CURVES: Final = ("secp256r1", "secp384r1")
_DIGESTS: Final = {"sha256": SHA256(), "sha384": SHA384()}

#: Where the generated set is kept under DATA_DIR.
GENERATED: Final = "signing"


class SigningKeyError(Exception):
    """The signing key cannot be used; the message tells the operator why and what to do."""


class SigningDevice(Protocol):
    """Whatever holds the private key. It signs, and never has to show the key."""

    @property
    def certificate(self) -> x509.Certificate:
        """The signer's certificate: P-256, P-384, or RSA of 2048 bits or more."""
        ...

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """The issuers, from the signer's up to a self-signed root; empty where they are not known."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the signature over some hundred bytes; called from several threads at once.

        With `bot.documents.cms.digest_name` as digest: ECDSA in DER, or RSA with PKCS #1 v1.5.

        Raises:
            SigningKeyError: the device does not sign now.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class SigningKey:
    """A private key in memory, with its certificate (a `SigningDevice`).

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
    def chain_pems(self) -> tuple[bytes, ...]:
        """Return the certificates of the issuers, up to the root."""
        return tuple(certificate.public_bytes(Encoding.PEM) for certificate in self.chain)

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

    def sign(self, data: bytes) -> bytes:
        """Return the signature over some bytes."""
        digest = _DIGESTS[digest_name(self.certificate.public_key())]
        if isinstance(self.private_key, ec.EllipticCurvePrivateKey):
            return self.private_key.sign(data, ec.ECDSA(digest))
        return self.private_key.sign(data, padding.PKCS1v15(), digest)


def require_valid(certificate: x509.Certificate, moment: datetime) -> None:
    """Refuse to sign outside of the certificate's validity.

    Raises:
        SigningKeyError: the certificate is not valid at that moment.
    """
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if moment < begins:
        raise SigningKeyError(f"the signing certificate is not valid before {begins:%Y-%m-%d %H:%M} UTC")
    if moment > ends:
        raise SigningKeyError(
            f"the signing certificate expired on {ends:%Y-%m-%d}; put a new one into SIGNING_P12 or, if it was "
            "generated, run `kabarchy key rotate` (what was signed so far stays verifiable)"
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
    require_valid(key.certificate, now)
    return key


def open_generated(data_dir: Path) -> SigningKey | None:
    """Return the generated key as it is kept, whether or not its time is over; None if there is none.

    Raises:
        SigningKeyError: it cannot be read, or is damaged.
    """
    folder = data_dir / GENERATED
    try:
        if not folder.exists():
            return None
        return generated_key(authority.read(folder))
    except (OSError, ValueError, SigningKeyError) as error:
        raise SigningKeyError(_generated_problem(folder, error)) from error


def generated_key(files: authority.AuthorityFiles) -> SigningKey:
    """Return the key of a generated set; its authority stands in the signer's file.

    Raises:
        SigningKeyError: the set is damaged.
    """
    own = load_p12(files.signer_p12, "")
    if not own.chain:
        raise SigningKeyError("the certificate of its authority is missing")
    return SigningKey(own.private_key, own.certificate, own.chain, own.chain[-1:])


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
    folder = data_dir / GENERATED
    try:
        return generated_key(authority.open_or_create(folder, university, now=now))
    except (OSError, ValueError, SigningKeyError) as error:
        raise SigningKeyError(_generated_problem(folder, error)) from error


def _generated_problem(folder: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"the generated key {folder} cannot be read or written: {error.strerror}"
    return f"the generated key {folder} is damaged: {error}; restore it from a copy"


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
