"""The signature container (CMS) inside a signed PDF: read, checked against our authorities, and checked for its form.

A signature protects the document and the signed attributes, but not the container around them: the zeros behind it,
the way it is encoded, the second root of an ECDSA equation. A file in which any of these was changed is no longer the
file that was issued, so each of them is held here to the one form that `bot.documents.pades` writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256, sha384
from typing import Final

from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding

from bot.documents.authority import is_issued_by
from bot.documents.malformed import MALFORMED

_HASHES: Final = {"sha256": (SHA256(), sha256), "sha384": (SHA384(), sha384)}

#: The orders of the curves' groups.
_ORDERS: Final = {
    "secp256r1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "secp384r1": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
}

# Tags of DER.
_OCTETS: Final = 0x04
_SEQUENCE: Final = 0x30
_SET: Final = 0x31
_CONTEXT_0: Final = 0xA0
_CONTEXT_4: Final = 0xA4

_LONG_LENGTH: Final = 0x80
_VERSION_1: Final = b"\x02\x01\x01"
_NULL: Final = b"\x05\x00"


def _tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    length = len(content)
    if length < _LONG_LENGTH:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, _LONG_LENGTH | size]) + length.to_bytes(size, "big") + content


def _oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


def _attribute(kind: str, value: bytes) -> bytes:
    return _tlv(_SEQUENCE, _oid(kind), _tlv(_SET, value))


def _essential(certificate: x509.Certificate) -> bytes:
    """Name a certificate by its SHA-256, issuer and serial number (ESSCertIDv2)."""
    body = _body(certificate)
    issuer = _tlv(_SEQUENCE, _tlv(_CONTEXT_4, body["issuer"].dump()))
    issuer_serial = _tlv(_SEQUENCE, issuer, body["serial_number"].dump())
    return _tlv(_SEQUENCE, _tlv(_OCTETS, sha256(_der(certificate)).digest()), issuer_serial)


_DIGEST_ALGORITHMS: Final = {
    "sha256": _tlv(_SEQUENCE, _oid("2.16.840.1.101.3.4.2.1"), _NULL),
    "sha384": _tlv(_SEQUENCE, _oid("2.16.840.1.101.3.4.2.2"), _NULL),
}

#: By digest and whether the key is on an elliptic curve.
_SIGNATURE_ALGORITHMS: Final = {
    ("sha256", True): _tlv(_SEQUENCE, _oid("1.2.840.10045.4.3.2")),
    ("sha384", True): _tlv(_SEQUENCE, _oid("1.2.840.10045.4.3.3")),
    ("sha256", False): _tlv(_SEQUENCE, _oid("1.2.840.113549.1.1.11"), _NULL),
}


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """A parsed signature container: `raw` as it stands in the file, with the zeros that fill its place."""

    raw: bytes
    info: cms.ContentInfo
    signer: cms.SignerInfo
    certificate: x509.Certificate
    extras: tuple[x509.Certificate, ...]


def digest_name(public_key: object) -> str:
    """Return the digest that goes with a key: SHA-384 for P-384, SHA-256 otherwise."""
    is_p384 = isinstance(public_key, ec.EllipticCurvePublicKey) and public_key.curve.name == "secp384r1"
    return "sha384" if is_p384 else "sha256"


def canonical_ecdsa(signature: bytes, curve: ec.EllipticCurve) -> bytes:
    """Return the smaller of the two equivalent forms of an ECDSA signature."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, _ORDERS[curve.name] - s))


def signed_attributes(
    certificate: x509.Certificate, extras: Sequence[x509.Certificate], document_digest: bytes
) -> bytes:
    """Return the DER of what a PAdES B-B signature signs: that it is data, its digest, and by which certificates.

    All certificates of the container are named, the signer's first (RFC 5035), so that none can be exchanged.
    """
    essentials = [_essential(one) for one in (certificate, *sorted(extras, key=_der))]
    attributes = (
        _attribute("1.2.840.113549.1.9.3", _oid("1.2.840.113549.1.7.1")),
        _attribute("1.2.840.113549.1.9.4", _tlv(_OCTETS, document_digest)),
        _attribute("1.2.840.113549.1.9.16.2.47", _tlv(_SEQUENCE, _tlv(_SEQUENCE, *essentials))),
    )
    return _tlv(_SET, *sorted(attributes))


def assemble(
    certificate: x509.Certificate, extras: Sequence[x509.Certificate], attributes: bytes, signature: bytes
) -> bytes:
    """Put a container together: SignedData version 1 with one signer, everything in DER.

    Args:
        certificate: the signer's.
        extras: other certificates for the reader.
        attributes: what was signed, from `signed_attributes`.
        signature: the raw signature over them.
    """
    digest = digest_name(certificate.public_key())
    is_ec = isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    digest_algorithm, body = _DIGEST_ALGORITHMS[digest], _body(certificate)
    signer_info = _tlv(
        _SEQUENCE,
        _VERSION_1,
        _tlv(_SEQUENCE, body["issuer"].dump(), body["serial_number"].dump()),
        digest_algorithm,
        _tlv(_CONTEXT_0, cms.CMSAttributes.load(attributes).contents),
        _SIGNATURE_ALGORITHMS[digest, is_ec],
        _tlv(_OCTETS, signature),
    )
    signed_data = _tlv(
        _SEQUENCE,
        _VERSION_1,
        _tlv(_SET, digest_algorithm),
        _tlv(_SEQUENCE, _oid("1.2.840.113549.1.7.1")),
        _tlv(_CONTEXT_0, *sorted(map(_der, (certificate, *extras)))),
        _tlv(_SET, signer_info),
    )
    return _tlv(_SEQUENCE, _oid("1.2.840.113549.1.7.2"), _tlv(_CONTEXT_0, signed_data))


def read(raw: bytes) -> Container | None:
    """Parse a container with one signer; `None` for anything else."""
    try:
        info = cms.ContentInfo.load(raw)
        if info["content_type"].native != "signed_data":
            return None
        signed = info["content"]
        (signer,) = signed["signer_infos"]
        wanted = signer["sid"].chosen
        certificates = [choice.chosen for choice in signed["certificates"]]
        own = [one for one in certificates if _names(wanted, one)]
        extras = [one for one in certificates if not _names(wanted, one)]
        certificate = x509.load_der_x509_certificate(own[0].dump())
        others = tuple(x509.load_der_x509_certificate(one.dump()) for one in extras)
    except MALFORMED:
        return None
    return Container(raw, info, signer, certificate, others) if len(own) == 1 else None


def is_ours(container: Container, authorities: Sequence[x509.Certificate]) -> bool:
    """Say whether the signer's certificate is one of the given, or was issued by one that may issue certificates."""
    return any(
        container.certificate == authority or (_may_issue(authority) and is_issued_by(container.certificate, authority))
        for authority in authorities
    )


def is_intact(container: Container, document: Sequence[bytes | memoryview]) -> bool:
    """Say whether the signature holds for a document, given in pieces, and the container has its one form."""
    try:
        return _holds(container, document) and _is_canonical(container)
    except MALFORMED:
        return False


def _holds(container: Container, document: Sequence[bytes | memoryview]) -> bool:
    key = container.certificate.public_key()
    algorithm, make_digest = _HASHES[digest_name(key)]
    digest = make_digest()
    for piece in document:
        digest.update(piece)
    signed = container.signer["signed_attrs"].untag().dump()
    if signed != signed_attributes(container.certificate, container.extras, digest.digest()):
        return False
    signature = container.signer["signature"].native
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(algorithm))
            return bool(canonical_ecdsa(signature, key.curve) == signature)
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), algorithm)
            return True
    except InvalidSignature:
        return False
    return False


def _is_canonical(container: Container) -> bool:
    """Compare the container with one put together from its protected parts alone."""
    rebuilt = assemble(
        container.certificate,
        container.extras,
        container.signer["signed_attrs"].untag().dump(),
        container.signer["signature"].native,
    )
    return container.raw == rebuilt + bytes(len(container.raw) - len(rebuilt))


def _names(wanted: cms.IssuerAndSerialNumber, certificate: cms.Certificate) -> bool:
    return bool(
        wanted["serial_number"].native == certificate.serial_number
        and wanted["issuer"].dump() == certificate.issuer.dump()
    )


def _may_issue(authority: x509.Certificate) -> bool:
    try:
        return authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _body(certificate: x509.Certificate) -> cms.Certificate:
    return cms.Certificate.load(_der(certificate))["tbs_certificate"]


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
