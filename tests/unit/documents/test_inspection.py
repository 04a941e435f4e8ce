"""What is said of files: ours, ours but touched, foreign, hostile."""

import hashlib
import io
import random
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner

from bot.documents import cms, pades
from bot.documents.inspection import inspect
from bot.documents.pades import PadesSigner
from bot.documents.signing import SigningKey, load_p12
from services.certificates.dto import FileFinding
from tests.unit.documents.samples import SIGNED_AT
from tests.unit.documents.test_signing import PASSWORD, bundle, certificate_for, p256

PLACE = re.compile(rb"/Contents <([0-9A-F]+)>")


@pytest.fixture(scope="module")
def authorities(key: SigningKey) -> tuple[bytes, ...]:
    return key.authority_pems


def place(signed: bytes) -> re.Match[bytes]:
    found = PLACE.search(signed)
    assert found
    return found


def with_container(signed: bytes, container: bytes) -> bytes:
    """Put another container into the place of the signature."""
    found = place(signed)
    digits = container.hex().upper().encode().ljust(len(found[1]), b"0")
    assert len(digits) == len(found[1])
    return signed[: found.start(1)] + digits + signed[found.end(1) :]


def other_key() -> SigningKey:
    key = p256()
    return load_p12(bundle(key, certificate_for(key)), PASSWORD)


def test_our_file_is_known_and_unchanged(signed: bytes, key: SigningKey, authorities: tuple[bytes, ...]) -> None:
    digest = hashlib.sha256(signed).hexdigest()
    assert inspect(signed, authorities) == FileFinding(
        readable=True,
        signed_by_us=True,
        unchanged=True,
        key_valid_then=True,
        sha256=digest,
        revision_sha256=digest,
        key_from=key.certificate.not_valid_before_utc,
        key_until=key.certificate.not_valid_after_utc,
    )


def test_file_signed_by_an_earlier_authority_is_still_ours(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    assert inspect(signed, (*other_key().authority_pems, *authorities)).unchanged is True


def test_unsigned_and_foreign_files_are_readable_but_not_ours(
    drawn: bytes, signed: bytes, authorities: tuple[bytes, ...]
) -> None:
    foreign = PadesSigner(other_key()).sign(drawn, signed_at=SIGNED_AT, reason="", contact="")
    for content, trusted in ((drawn, authorities), (foreign, authorities), (signed, ())):
        finding = inspect(content, trusted)
        assert (finding.readable, finding.signed_by_us, finding.unchanged) == (True, False, None)
        assert finding.sha256 == hashlib.sha256(content).hexdigest()


def test_signer_certificate_cannot_act_as_an_authority(drawn: bytes) -> None:
    ours_key = p256()
    root_key = p256()
    ours = load_p12(bundle(ours_key, certificate_for(ours_key, (certificate_for(root_key), root_key))), PASSWORD)
    forger = p256()
    forged = load_p12(bundle(forger, certificate_for(forger, (ours.certificate, ours_key))), PASSWORD)
    content = PadesSigner(forged).sign(drawn, signed_at=SIGNED_AT, reason="", contact="")
    assert inspect(content, ours.authority_pems).signed_by_us is False


def test_appended_bytes_are_noticed_and_the_revision_is_known(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    for tail in (b"\n", b" ", signed[-200:]):
        finding = inspect(signed + tail, authorities)
        assert (finding.signed_by_us, finding.unchanged) == (True, False)
        assert finding.revision_sha256 == hashlib.sha256(signed).hexdigest()


def test_appended_revision_is_noticed(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()  # type: ignore[no-untyped-call]
    changed = io.BytesIO()
    writer.write(changed)  # type: ignore[no-untyped-call]
    finding = inspect(changed.getvalue(), authorities)
    assert (finding.signed_by_us, finding.unchanged) == (True, False)
    assert finding.revision_sha256 == hashlib.sha256(signed).hexdigest()


def test_foreign_signature_after_ours_is_noticed(
    signed: bytes, authorities: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Left to itself, pyHanko refuses to sign a file that is certified against every change.
    monkeypatch.setattr(PdfSigner, "_enforce_certification_constraints", lambda *_: None)
    monkeypatch.setattr(pades, "_FIELD", "Another")
    monkeypatch.setattr(
        pades, "PdfSignatureMetadata", lambda **given: PdfSignatureMetadata(**{**given, "certify": False})
    )
    twice = PadesSigner(other_key()).sign(signed, signed_at=SIGNED_AT, reason="", contact="")
    assert twice.startswith(signed)
    assert twice.count(b"/ByteRange") == 2
    finding = inspect(twice, authorities)
    assert (finding.signed_by_us, finding.unchanged) == (True, False)
    assert finding.revision_sha256 == hashlib.sha256(signed).hexdigest()


def test_flip_in_the_document_is_altered_not_unknown(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    for position in (200, len(signed) // 3, len(signed) // 2):
        changed = bytearray(signed)
        changed[position] ^= 1
        finding = inspect(bytes(changed), authorities)
        assert (finding.readable, finding.signed_by_us, finding.unchanged) == (True, True, False)


def test_other_spelling_of_the_same_container_is_a_change(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    found = place(signed)
    lower = signed[: found.start(1)] + found[1].lower() + signed[found.end(1) :]
    assert inspect(lower, authorities).unchanged is False


def test_second_root_of_the_signature_is_a_change(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    container = cms.read(bytes.fromhex(place(signed)[1].decode()))
    assert container is not None
    r, s = decode_dss_signature(container.signer["signature"].native)
    twin = encode_dss_signature(r, cms._ORDERS["secp256r1"] - s)
    attributes = container.signer["signed_attrs"].untag().dump()
    raw = cms.assemble(container.certificate, container.extras, attributes, twin)
    finding = inspect(with_container(signed, raw), authorities)
    assert (finding.signed_by_us, finding.unchanged) == (True, False)


def test_exchanged_or_missing_certificate_is_a_change(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    container = cms.read(bytes.fromhex(place(signed)[1].decode()))
    assert container is not None
    attributes = container.signer["signed_attrs"].untag().dump()
    signature = container.signer["signature"].native
    raw = cms.assemble(container.certificate, (), attributes, signature)
    assert inspect(with_container(signed, raw), authorities).unchanged is False


def test_our_certificate_with_an_invented_signature_is_altered(
    signed: bytes, key: SigningKey, authorities: tuple[bytes, ...]
) -> None:
    attributes = cms.signed_attributes(key.certificate, key.chain, bytes(32))
    raw = cms.assemble(key.certificate, key.chain, attributes, encode_dss_signature(1, 1))
    finding = inspect(with_container(signed, raw), authorities)
    assert (finding.signed_by_us, finding.unchanged) == (True, False)


def test_signature_moved_to_another_document_is_altered(
    key: SigningKey, drawn: bytes, signed: bytes, authorities: tuple[bytes, ...]
) -> None:
    other = PadesSigner(key).sign(drawn, signed_at=SIGNED_AT + timedelta(days=1), reason="another", contact="")
    moved = with_container(other, bytes.fromhex(place(signed)[1].decode()))
    finding = inspect(moved, authorities)
    assert (finding.signed_by_us, finding.unchanged) == (True, False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"%PDF-1.7",
        b"%PDF-1.7\nstartxref\n0\n%%EOF",
        b"\x00" * 5000,
        b"%PDF-1.7\nstartxref\n9999999999\n%%EOF",
    ],
)
def test_what_is_no_pdf_is_unreadable(content: bytes, authorities: tuple[bytes, ...]) -> None:
    finding = inspect(content, authorities)
    assert (finding.readable, finding.signed_by_us, finding.unchanged) == (False, False, None)


def test_encrypted_oversized_and_cut_files_are_unreadable(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    encrypted = signed.replace(b"/Info 105 0 R", b"/Encrypt 5 0 R")
    assert encrypted != signed
    assert inspect(encrypted, authorities).readable is False
    assert inspect(signed, authorities, limit=len(signed) - 1).readable is False
    assert inspect(signed[:-100], authorities).readable is False


def test_key_is_judged_at_the_claimed_time(drawn: bytes) -> None:
    key = p256()
    own = load_p12(bundle(key, certificate_for(key)), PASSWORD)
    signed = PadesSigner(own).sign(drawn, signed_at=SIGNED_AT, reason="", contact="")
    assert inspect(signed, own.authority_pems).key_valid_then is True
    early = signed.replace(rb"(D\07220261121043000Z)", rb"(D\07220200101043000Z)")
    assert early != signed
    finding = inspect(early, own.authority_pems)
    assert (finding.unchanged, finding.key_valid_then) == (False, False)
    silent = signed.replace(b"/M (", b"/N (")
    assert inspect(silent, own.authority_pems).key_valid_then is None


def variants(signed: bytes, dice: random.Random) -> Iterator[bytes]:
    """Yield changed files of every sort, a little more of those around the signature."""
    found = place(signed)
    for _ in range(500):
        yield flipped(signed, dice.randrange(len(signed)), dice)
    for _ in range(700):
        yield flipped(signed, dice.randrange(found.start() - 300, len(signed)), dice)
    for _ in range(150):
        yield signed[: dice.randrange(len(signed))]
        yield signed + dice.randbytes(dice.randrange(1, 300))
        at = dice.randrange(len(signed))
        yield signed[:at] + dice.randbytes(dice.randrange(1, 5)) + signed[at:]
        yield signed[:at] + signed[at + dice.randrange(1, 4000) :]
        yield signed + signed[dice.randrange(len(signed)) :]


def flipped(content: bytes, at: int, dice: random.Random) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1 << dice.randrange(8)
    return bytes(changed)


def test_no_change_of_any_kind_passes_for_unchanged(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    dice = random.Random(20261121)  # noqa: S311 - a seeded test
    for changed in variants(signed, dice):
        if changed != signed:
            assert inspect(changed, authorities).unchanged is not True


def test_every_digit_of_the_container_counts(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    found = place(signed)
    dice = random.Random(7)  # noqa: S311 - a seeded test
    for at in dice.sample(range(found.start(1), found.end(1)), 400):
        changed = bytearray(signed)
        changed[at] = ord("0123456789ABCDEF"[(int(chr(signed[at]), 16) + dice.randrange(1, 16)) % 16])
        assert inspect(bytes(changed), authorities).unchanged is not True


def test_hostile_containers_are_survived(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    length = len(place(signed)[1]) // 2
    dice = random.Random(3)  # noqa: S311 - a seeded test
    hostile = [b"\x30\x80" * (length // 2), b"\x30\x84\xff\xff\xff\xff" * 300, bytes(length), b"\xff" * length]
    hostile += [dice.randbytes(length) for _ in range(50)]
    for raw in hostile:
        assert inspect(with_container(signed, raw[:length]), authorities).signed_by_us is False


def test_many_places_and_ranges_take_bounded_time(signed: bytes, authorities: tuple[bytes, ...]) -> None:
    junk = b"<" + b"30" * 5000 + b">/ByteRange [0 1 2 3]"
    content = signed + junk * 300 + b"\nstartxref\n0\n%%EOF"
    assert inspect(content, authorities).unchanged is not True


def test_pyhanko_agrees_about_our_file(signed: bytes) -> None:
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert isinstance(cms.read(bytes(signature.sig_object["/Contents"])), cms.Container)
