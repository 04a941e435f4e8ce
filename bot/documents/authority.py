"""A certificate authority of the university's own, for those who have no signing key from outside.

It signs one certificate, that of the signer, and its private key is thrown away: nobody can make another signer, and
before the certificate ends a new set is made (`kabarchy key rotate`). The first set is written into a folder beside its
place and moved there in one step: a kill half-way leaves nothing, and of two processes that create at once the later
takes what the earlier made. A later set takes the place of the signer's file in one step: that file holds the key and
both certificates, so whoever reads has one set or the other, whole.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from bot.documents.university_model import University
from services.languages import Language

_SIGNER: Final = "signer.p12"
_AUTHORITY: Final = "ca.pem"
_EARLIER: Final = "earlier"

_LIFE: Final = timedelta(days=3653)
_CLOCK_SKEW: Final = timedelta(minutes=5)

#: The longest common name and organisation that X.520 allows.
_NAME_LIMIT: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityFiles:
    """What is kept: the signer's key and both certificates as PKCS#12 without a password, and the authority as PEM.

    After a rotation `authority_pem` holds the authorities of all sets, the newest first: what a reader needs to trust.
    """

    signer_p12: bytes
    authority_pem: bytes


def open_or_create(folder: Path, university: University, *, now: datetime) -> AuthorityFiles:
    """Read the set in a folder; if there is none, make it (folder 0700, files 0600).

    Raises:
        OSError: the folder cannot be read or written.
    """
    if not (folder / _SIGNER).exists():
        _create(folder, university, now)
    return read(folder)


def read(folder: Path) -> AuthorityFiles:
    """Read the set in a folder.

    Raises:
        OSError: the folder cannot be read.
    """
    return AuthorityFiles(
        signer_p12=(folder / _SIGNER).read_bytes(),
        authority_pem=(folder / _AUTHORITY).read_bytes(),
    )


@contextmanager
def exclusively(folder: Path) -> Iterator[None]:
    """Let nobody else rotate while the block lasts.

    Raises:
        BlockingIOError: somebody is rotating.
        OSError: there is no such folder.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def replace(folder: Path, made: AuthorityFiles, *, former: str) -> Path:
    """Let a new set take the place of the present one, in one step; return where the present one is kept.

    Args:
        folder: the present set.
        made: the new set.
        former: the fingerprint of the present key, by which its folder is called.

    Raises:
        OSError: the folder cannot be read or written; the present set is still in its place.
    """
    present = read(folder)
    kept = folder / _EARLIER / former[:16]
    for made_now in (kept.parent, kept):
        made_now.mkdir(mode=0o700, exist_ok=True)
        _give_to_owner(made_now, folder)
    _put(kept / _SIGNER, present.signer_p12)
    _put(kept / _AUTHORITY, present.authority_pem)
    # The authorities first: a kill before the next step leaves one too many there, never one too few.
    _put(folder / _AUTHORITY, made.authority_pem + present.authority_pem)
    _put(folder / _SIGNER, made.signer_p12)
    return kept


def is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Say whether a certificate names this issuer and carries its signature."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _create(folder: Path, university: University, now: datetime) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = generate(university, now)
    draft = Path(tempfile.mkdtemp(prefix=".signing-", dir=folder.parent))  # created 0700
    try:
        _write(draft / _SIGNER, made.signer_p12)
        _write(draft / _AUTHORITY, made.authority_pem)
        _sync(draft)
        with suppress(OSError):  # the place is taken by a full folder: another process was first
            draft.rename(folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put(path: Path, content: bytes) -> None:
    """Write a file, or put it in the place of another, in one step."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    _write(draft, content)
    _give_to_owner(draft, path.parent)
    draft.replace(path)
    _sync(path.parent)


def _give_to_owner(path: Path, folder: Path) -> None:
    """Let what root writes belong to the account that the program runs as."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def generate(university: University, now: datetime) -> AuthorityFiles:
    """Make a new set, in memory only."""
    authority_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name = _name(university, f"{university.abbreviation.en} Document Authority")
    signer_name = _name(university, university.name.get(Language.EN).removeprefix("the "))
    root = _builder(authority_name, authority_name, authority_key, authority_key, now)
    root = root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    root = root.add_extension(_usage(signs_certificates=True), critical=True)
    own = _builder(signer_name, authority_name, signer_key, authority_key, now)
    own = own.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    own = own.add_extension(_usage(signs_certificates=False), critical=True)
    root_certificate = root.sign(authority_key, SHA256())
    # No extended key usage: readers built on NSS refuse a certificate that names only "document signing".
    own_certificate = own.sign(authority_key, SHA256())
    return AuthorityFiles(
        signer_p12=pkcs12.serialize_key_and_certificates(
            b"kabarchy", signer_key, own_certificate, [root_certificate], NoEncryption()
        ),
        authority_pem=root_certificate.public_bytes(Encoding.PEM),
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(now + _LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(university: University, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KG"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(university.name.get(Language.KY))),
            x509.NameAttribute(NameOID.COMMON_NAME, _cut(common_name)),
        ]
    )


def _cut(text: str) -> str:
    """Shorten a name to what a certificate may hold, at the end of a word."""
    return text if len(text) <= _NAME_LIMIT else text[: _NAME_LIMIT + 1].rpartition(" ")[0][:_NAME_LIMIT]
