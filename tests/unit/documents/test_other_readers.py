"""Poppler (on NSS), pyHanko and our own inspection agree on every file: every kind of paper, every kind of key."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from bot.cli.checks.samples import sample_orders
from bot.documents.inspection import inspect
from bot.documents.pades import PadesSigner
from bot.documents.paper import compose
from bot.documents.render import CertificateRenderer
from bot.documents.signing import PrivateKey, SigningKey
from bot.documents.university import University, load
from tests.unit.documents.samples import LINKS, SIGNED_AT, run_tool

KINDS = [kind.id for kind in load().certificate_kinds]
KEYS = ("P-256", "P-384", "RSA-3072")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader thinks of a file: is the signature right, is it over the whole file, is its signer trusted."""

    valid: bool
    whole: bool
    trusted: bool


GOOD = Opinion(valid=True, whole=True, trusted=True)


def _certificate(subject: str, key: PrivateKey, issuer: str, issuer_key: PrivateKey, *, root: bool) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in (subject, issuer)]
    usage = x509.KeyUsage(
        digital_signature=not root, content_commitment=not root, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=root, crl_sign=root, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
        .not_valid_before(SIGNED_AT - dt.timedelta(days=2_000))
        .not_valid_after(SIGNED_AT + dt.timedelta(days=20_000))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(issuer_key, SHA256())
    )


def _signing_key(name: str) -> SigningKey:
    own: PrivateKey
    if name == "RSA-3072":
        own = rsa.generate_private_key(65537, 3072)
    else:
        own = ec.generate_private_key(ec.SECP256R1() if name == "P-256" else ec.SECP384R1())
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = _certificate(f"Root above {name}", root_key, f"Root above {name}", root_key, root=True)
    certificate = _certificate(f"Signer with {name}", own, f"Root above {name}", root_key, root=False)
    return SigningKey(own, certificate, (root,), (root,))


@pytest.fixture(scope="module")
def keys() -> Mapping[str, SigningKey]:
    return {name: _signing_key(name) for name in KEYS}


@pytest.fixture(scope="module")
def store(keys: Mapping[str, SigningKey], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a database of NSS that trusts the roots as Firefox does after "identify email users": no web sites."""
    folder = tmp_path_factory.mktemp("nss")
    store = f"sql:{folder}"
    run_tool("certutil", "-N", "-d", store, "--empty-password")
    for name, key in keys.items():
        file = folder / f"{name}.pem"
        file.write_bytes(key.authority_pems[0])
        run_tool("certutil", "-A", "-d", store, "-n", name, "-t", ",C,", "-i", file)
    return store


@pytest.fixture(scope="module")
def papers(
    university: University, renderer: CertificateRenderer, keys: Mapping[str, SigningKey]
) -> Mapping[tuple[str, str], bytes]:
    """Return a signed paper of every kind, by every key; the languages take turns."""
    drawn = {}
    for place, kind in enumerate(university.certificate_kinds):
        language = kind.languages[place % len(kind.languages)]
        order = next(sample_orders(kind, language, frozenset(), SIGNED_AT.date()))
        drawn[kind.id] = renderer.render(compose(university, order, LINKS))
    signers = {name: PadesSigner(key) for name, key in keys.items()}
    return {
        (kind, name): signers[name].sign(drawn[kind], signed_at=SIGNED_AT, reason=kind, contact="c")
        for kind, name in product(drawn, signers)
    }


def _variants(papers: Mapping[tuple[str, str], bytes]) -> Iterator[tuple[str, str, bytes, Opinion]]:
    """Every paper as it is, with a bit turned in what it prints, and with something added behind."""
    for (_kind, name), paper in papers.items():
        turned = bytearray(paper)
        turned[paper.index(b"stream") + 40] ^= 1
        yield name, "good", paper, GOOD
        yield name, "altered", bytes(turned), Opinion(valid=False, whole=True, trusted=False)
        yield name, "appended", paper + b"\n% more\n", Opinion(valid=True, whole=False, trusted=True)


def _poppler(store: str, file: Path) -> Opinion:
    report = run_tool("pdfsig", "-nssdir", store, file)
    return Opinion(
        valid="Signature Validation: Signature is Valid." in report,
        whole="Not total document signed" not in report and "Total document signed" in report,
        trusted="Certificate Validation: Certificate is Trusted." in report,
    )


def _pyhanko(content: bytes, key: SigningKey) -> Opinion:
    root = asn1_x509.Certificate.load(key.authorities[0].public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=SIGNED_AT)
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    with ThreadPoolExecutor(1) as own_thread:  # pyHanko starts an event loop
        status = own_thread.submit(validate_pdf_signature, signature, context).result()
    valid = bool(status.intact and status.valid)
    return Opinion(
        valid=valid,
        whole=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        trusted=valid and bool(status.trusted),  # of a broken signature Poppler does not say whose it would be
    )


def test_poppler_pyhanko_and_our_own_inspection_agree_on_every_file(
    papers: Mapping[tuple[str, str], bytes], keys: Mapping[str, SigningKey], store: str, tmp_path: Path
) -> None:
    variants = list(_variants(papers))
    files = [tmp_path / f"{number}.pdf" for number, _ in enumerate(variants)]
    for file, (_name, _variant, content, _expected) in zip(files, variants, strict=True):
        file.write_bytes(content)
    with ThreadPoolExecutor(4) as threads:
        by_poppler = list(threads.map(lambda file: _poppler(store, file), files))
    assert len(variants) == len(KINDS) * len(KEYS) * 3
    for poppler, (name, variant, content, expected) in zip(by_poppler, variants, strict=True):
        finding = inspect(content, keys[name].authority_pems)
        assert (variant, poppler) == (variant, expected)
        assert (variant, _pyhanko(content, keys[name])) == (variant, expected)
        assert (variant, finding.signed_by_us, finding.unchanged) == (variant, True, expected == GOOD)
