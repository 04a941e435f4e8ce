"""Puts the university's signature into a PDF (PAdES B-B). Heavy: it loads pyHanko (0.5 s); only the press imports it.

The signature certifies the document and allows no change after it. Its field covers the box that the template has
drawn. What the signature itself does not protect has one possible form, which `bot.documents.cms` checks.
"""

import io
from datetime import datetime
from typing import Final

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle

from bot.documents.cms import assemble, canonical_ecdsa, digest_name, signed_attributes
from bot.documents.layout import SIGNATURE_BOX
from bot.documents.signing import SigningDevice, SigningKeyError, require_valid

_FIELD: Final = "UniversitySignature"

#: The longest DER signature: two integers of a sign byte and the field's size, with their headers.
_EC_OVERHEAD: Final = 9


class _DeviceSigner(signers.Signer):
    """Lets a device sign and writes the container in the one form that `bot.documents.cms` accepts."""

    def __init__(self, device: SigningDevice) -> None:
        super().__init__(signing_cert=_for_pyhanko(device.certificate))
        self._device = device

    async def async_sign(
        self,
        data_digest: bytes,
        *_args: object,
        dry_run: bool = False,
        **_kwargs: object,
    ) -> cms.ContentInfo:
        """Sign the digest of a document."""
        own, chain = self._device.certificate, self._device.chain
        signed = signed_attributes(own, chain, data_digest)
        signature = bytes(_most_bytes(own)) if dry_run else self._sign(signed)
        return cms.ContentInfo.load(assemble(own, chain, signed, signature))

    def _sign(self, data: bytes) -> bytes:
        signature, key = self._device.sign(data), self._device.certificate.public_key()
        return canonical_ecdsa(signature, key.curve) if isinstance(key, ec.EllipticCurvePublicKey) else signature


class PadesSigner:
    """Signs PDF files with one device; may be used from several threads at once."""

    def __init__(self, device: SigningDevice) -> None:
        self._certificate = device.certificate
        self._signer = _DeviceSigner(device)

    def sign(self, pdf: bytes, *, signed_at: datetime, reason: str, contact: str) -> bytes:
        """Add the signature to a PDF as an incremental update; blocks for some 15 ms, in a thread without a loop.

        Args:
            pdf: the drawn document, without a signature.
            signed_at: the claimed time of signing, aware.
            reason: what the document is, shown by PDF readers.
            contact: where it can be checked.

        Raises:
            SigningKeyError: the certificate is not valid at that time, or the device does not sign now.
        """
        require_valid(self._certificate, signed_at)
        metadata = PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm=digest_name(self._certificate.public_key()),
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            reason=reason,
            contact_info=contact,
            tight_size_estimates=True,
        )
        signer = _TimedSigner(metadata, signed_at, self._signer)
        output: io.BytesIO = signer.sign_pdf(_Update(io.BytesIO(pdf)))
        return output.getvalue()


class _TimedSigner(PdfSigner):
    """Signs at a given moment instead of the machine's present one."""

    def __init__(self, metadata: PdfSignatureMetadata, signed_at: datetime, signer: signers.Signer) -> None:
        super().__init__(
            metadata,
            signer=signer,
            stamp_style=StaticStampStyle(border_width=0, background=None),
            new_field_spec=SigFieldSpec(_FIELD, on_page=-1, box=SIGNATURE_BOX.points),
        )
        self._signed_at = signed_at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """Begin to sign, at the given moment."""
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._signed_at
        return session


class _Update(IncrementalPdfFileWriter):
    """Adds to a file without writing its description anew, which would cost five kilobytes and name the wrong time."""

    def _update_meta(self) -> None:
        pass


def _most_bytes(certificate: x509.Certificate) -> int:
    """Return the longest signature a key can make: for a curve, two integers of its size in DER."""
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise SigningKeyError("a key of this kind cannot sign PDF files for common readers")
    size = (key.key_size + 7) // 8
    return 2 * size + _EC_OVERHEAD if isinstance(key, ec.EllipticCurvePublicKey) else size


def _for_pyhanko(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
