"""What one of our own files says of itself. Meant only for files that `bot.documents.inspection` has found intact."""

import io
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from bot.documents import carried
from bot.documents.authority import is_issued_by
from services.certificates.entering import OwnFile
from services.certificates.ports import SigningKeyInfo


class OwnFileReader:
    """Reads the order, the claimed time and the key of a signed file (`services.certificates.entering.FileReader`)."""

    def read(self, content: bytes, authorities: Sequence[bytes]) -> OwnFile | None:
        """Return what the file says; None for one of before files carried their order.

        Raises:
            PdfError: the file is none of ours.
        """
        from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - pyHanko takes half a second to import

        reader = PdfFileReader(io.BytesIO(content))
        order = carried.read(str(reader.trailer["/Info"].get("/Keywords", "")))
        (signature,) = reader.embedded_signatures
        signed_at = signature.self_reported_timestamp
        if order is None or signed_at is None:
            return None
        signer = x509.load_der_x509_certificate(signature.signer_cert.dump())
        return OwnFile(order=order, signed_at=signed_at, key=_key(signer, authorities))


def _key(signer: x509.Certificate, authorities: Sequence[bytes]) -> SigningKeyInfo:
    above = [pem for pem in authorities if _stands_behind(x509.load_pem_x509_certificate(pem), signer)]
    return SigningKeyInfo(
        fingerprint=signer.fingerprint(SHA256()).hex(),
        certificate_pem=signer.public_bytes(Encoding.PEM).decode(),
        authority_pems=tuple(pem.decode() for pem in above),
    )


def _stands_behind(authority: x509.Certificate, signer: x509.Certificate) -> bool:
    return authority == signer or is_issued_by(signer, authority)
