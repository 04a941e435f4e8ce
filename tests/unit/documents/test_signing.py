"""The signing key, its files and its signature."""

import datetime as dt
import io
import multiprocessing
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pypdf import PdfReader

from bot.documents import authority
from bot.documents.inspection import inspect
from bot.documents.layout import SIGNATURE_BOX
from bot.documents.pades import PadesSigner
from bot.documents.signing import SigningKey, SigningKeyError, load_p12, open_key
from bot.documents.university import University, load
from services.languages import Language
from tests.unit.documents.samples import SIGNED_AT, run_tool

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
PASSWORD = "секрет"
YEAR = dt.timedelta(days=365)


def certificate_for(
    key: Key, issuer: tuple[x509.Certificate, Key] | None = None, *, begins: dt.datetime = SIGNED_AT - YEAR
) -> x509.Certificate:
    """Make a certificate valid for two years, self-signed if no issuer is given."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test signer" if issuer else "Test root")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer[0].subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + 2 * YEAR)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    signer = issuer[1] if issuer else key
    return builder.sign(signer, None if isinstance(signer, ed25519.Ed25519PrivateKey) else SHA256())


def bundle(
    key: Key | None, certificate: x509.Certificate, *extras: x509.Certificate, password: str = PASSWORD
) -> bytes:
    encryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"test", key, certificate, extras, encryption)


def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def test_generated_key_is_made_once_and_kept(university: University, tmp_path: Path) -> None:
    first = open_key(None, "", tmp_path / "data", university, now=SIGNED_AT)
    second = open_key(None, "", tmp_path / "data", university, now=SIGNED_AT + YEAR)
    assert first.fingerprint == second.fingerprint
    assert first.authority_pems == second.authority_pems
    assert first.valid_from <= SIGNED_AT < SIGNED_AT + 9 * YEAR < first.valid_until


def test_generated_files_are_for_the_owner_only(university: University, tmp_path: Path) -> None:
    open_key(None, "", tmp_path, university, now=SIGNED_AT)
    folder = tmp_path / "signing"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"signer.p12": 0o600, "ca.pem": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in tmp_path.iterdir()] == ["signing"]


def test_generated_certificates_carry_the_names_of_the_university(key: SigningKey) -> None:
    names = {part.oid: part.value for part in key.certificate.subject}
    assert names[NameOID.COMMON_NAME] == "Tengir-Too State Technical University"
    assert names[NameOID.ORGANIZATION_NAME] == "Теңир-Тоо мамлекеттик техникалык университети"
    (issuer,) = key.authorities
    assert issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not key.certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_name_too_long_for_a_certificate_is_cut_at_a_word(university: University, tmp_path: Path) -> None:
    long = "И. Раззаков атындагы Кыргыз мамлекеттик техникалык университетинин алыстан окутуу институту"
    name = replace(university.name, texts={**university.name.texts, Language.KY: long})
    key = open_key(None, "", tmp_path, replace(university, name=name), now=SIGNED_AT)
    (organisation,) = key.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    assert organisation.value == "И. Раззаков атындагы Кыргыз мамлекеттик техникалык"


def _open_in_another_process(data: Path) -> str:
    return open_key(None, "", data, load(), now=SIGNED_AT).fingerprint


def test_two_processes_that_begin_at_once_share_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        fingerprints = pool.map(_open_in_another_process, [tmp_path] * 4, chunksize=1)
    assert len(set(fingerprints)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["signing"]


def test_loser_of_the_race_takes_the_set_of_the_winner(
    university: University, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, generate = tmp_path / "signing", authority.generate

    def overtaken(*_: object) -> authority.AuthorityFiles:
        monkeypatch.setattr(authority, "generate", generate)
        authority.open_or_create(folder, university, now=SIGNED_AT)
        return generate(university, SIGNED_AT)

    monkeypatch.setattr(authority, "generate", overtaken)
    files = authority.open_or_create(folder, university, now=SIGNED_AT)
    assert files == authority.open_or_create(folder, university, now=SIGNED_AT)
    assert x509.load_pem_x509_certificate(files.authority_pem) == load_p12(files.signer_p12, "").chain[0]


def test_half_written_set_of_a_killed_process_is_ignored(university: University, tmp_path: Path) -> None:
    (tmp_path / ".signing-dead").mkdir()
    (tmp_path / ".signing-dead" / "signer.p12").write_bytes(b"half")
    assert open_key(None, "", tmp_path, university, now=SIGNED_AT).fingerprint


def test_damaged_generated_key_is_reported_and_never_replaced(university: University, tmp_path: Path) -> None:
    open_key(None, "", tmp_path, university, now=SIGNED_AT)
    (tmp_path / "signing" / "signer.p12").write_bytes(b"damaged")
    with pytest.raises(SigningKeyError, match="damaged"):
        open_key(None, "", tmp_path, university, now=SIGNED_AT)
    assert (tmp_path / "signing" / "signer.p12").read_bytes() == b"damaged"


def test_key_from_outside_is_trusted_by_its_own_certificate_alone(university: University, tmp_path: Path) -> None:
    root_key, own_key = p256(), p256()
    root = certificate_for(root_key)
    own = certificate_for(own_key, (root, root_key))
    file = tmp_path / "key.p12"
    file.write_bytes(bundle(own_key, own, root))
    key = open_key(file, PASSWORD, tmp_path, university, now=SIGNED_AT)
    assert key.authorities == (own,)
    assert key.chain == (root,)


def test_unfinished_chain_is_not_put_into_signatures() -> None:
    root_key, own_key = p256(), p256()
    own = certificate_for(own_key, (certificate_for(root_key), root_key))
    assert load_p12(bundle(own_key, own, certificate_for(p256())), PASSWORD).chain == ()


@pytest.mark.parametrize(
    ("content", "password", "expected"),
    [
        (lambda: bundle(key := p256(), certificate_for(key)), "wrong", "SIGNING_PASSWORD is wrong"),
        (lambda: bundle(key := p256(), certificate_for(key)), "", "set SIGNING_PASSWORD"),
        (lambda: b"-----BEGIN CERTIFICATE-----", "x", "not a PKCS#12 file"),
        (lambda: bundle(None, certificate_for(p256())), PASSWORD, "no private key"),
        (
            lambda: bundle(key := ed25519.Ed25519PrivateKey.generate(), certificate_for(key)),
            PASSWORD,
            "cannot sign PDF files for common readers",
        ),
        (
            lambda: bundle(key := ec.generate_private_key(ec.SECP256K1()), certificate_for(key)),
            PASSWORD,
            "use elliptic curve P-256 or P-384",
        ),
    ],
)
def test_unusable_bundle_is_refused_in_the_operators_words(
    university: University, tmp_path: Path, content: Callable[[], bytes], password: str, expected: str
) -> None:
    file = tmp_path / "key.p12"
    file.write_bytes(content())
    with pytest.raises(SigningKeyError, match=expected) as refusal:
        open_key(file, password, tmp_path, university, now=SIGNED_AT)
    assert str(file) in str(refusal.value)


def test_absent_bundle_is_refused(university: University, tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="cannot be read"):
        open_key(tmp_path / "none.p12", "", tmp_path, university, now=SIGNED_AT)


@pytest.mark.parametrize(("offset", "expected"), [(2 * YEAR, "expired on"), (-2 * YEAR, "not valid before")])
def test_certificate_outside_its_time_is_refused(
    university: University, tmp_path: Path, offset: dt.timedelta, expected: str
) -> None:
    file = tmp_path / "key.p12"
    key = p256()
    file.write_bytes(bundle(key, certificate_for(key)))
    with pytest.raises(SigningKeyError, match=expected):
        open_key(file, PASSWORD, tmp_path, university, now=SIGNED_AT + offset)


def test_signing_at_a_time_when_the_key_is_not_valid_is_refused(key: SigningKey, drawn: bytes) -> None:
    with pytest.raises(SigningKeyError):
        PadesSigner(key).sign(drawn, signed_at=SIGNED_AT - YEAR, reason="", contact="")


@pytest.mark.parametrize(
    "make", [lambda: ec.generate_private_key(ec.SECP384R1()), lambda: rsa.generate_private_key(65537, 2048)]
)
def test_other_kinds_of_key_sign_as_well(drawn: bytes, make: Callable[[], Key]) -> None:
    own_key, root_key = make(), p256()
    root = certificate_for(root_key)
    own = load_p12(bundle(own_key, certificate_for(own_key, (root, root_key)), root), PASSWORD)
    signed = PadesSigner(own).sign(drawn, signed_at=SIGNED_AT, reason="r", contact="c")
    finding = inspect(signed, own.authority_pems)
    assert (finding.signed_by_us, finding.unchanged, finding.key_valid_then) == (True, True, True)


def test_signature_is_an_addition_to_the_drawn_file(drawn: bytes, signed: bytes) -> None:
    assert signed.startswith(drawn)


def test_signed_file_is_small(signed: bytes) -> None:
    assert len(signed) <= 60_000


def test_signature_certifies_and_lies_over_the_drawn_box(signed: bytes) -> None:
    reader = PdfReader(io.BytesIO(signed))
    fields = reader.get_fields()
    assert fields is not None
    (field,) = fields.values()
    assert field["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    annotation = reader.pages[-1]["/Annots"][0].get_object()  # type: ignore[index]  # pypdf's types are wide
    assert tuple(map(int, annotation["/Rect"])) == SIGNATURE_BOX.points
    reference = field["/V"]["/Reference"][0].get_object()
    assert (reference["/TransformMethod"], reference["/TransformParams"]["/P"]) == ("/DocMDP", 1)


def test_signature_claims_the_given_moment(signed: bytes) -> None:
    fields = PdfReader(io.BytesIO(signed)).get_fields()
    assert fields is not None
    assert fields["UniversitySignature"]["/V"]["/M"] == "D:20261121043000Z"


def test_other_readers_find_the_signature_valid_and_trusted(key: SigningKey, signed: bytes, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(key.authority_pems[0])
    (tmp_path / "signed.pdf").write_bytes(signed)
    (tmp_path / "nss").mkdir()
    store = f"sql:{tmp_path / 'nss'}"
    run_tool("certutil", "-N", "-d", store, "--empty-password")
    run_tool("certutil", "-A", "-d", store, "-n", "university", "-t", "CT,C,C", "-i", tmp_path / "ca.pem")
    report = run_tool("pdfsig", "-nssdir", store, tmp_path / "signed.pdf")
    assert "Signature is Valid." in report
    assert "Total document signed" in report
    assert "Certificate is Trusted." in report
