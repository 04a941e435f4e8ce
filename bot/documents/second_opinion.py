"""What pyHanko says of a signature. Heavy; meant only for files that `bot.documents.inspection` has found intact."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

_LOG: Final = logging.getLogger(__name__)


def agrees(content: bytes, certificate: x509.Certificate) -> bool:
    """Say whether pyHanko, too, finds one signature, by this certificate, valid and over the whole file.

    Whose certificate it is and when it was valid are questions of the caller: here it is trusted as it stands.
    """
    trusted = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    context = ValidationContext(
        trust_roots=[trusted],
        allow_fetching=False,
        moment=certificate.not_valid_before_utc,
        revocation_mode="soft-fail",
    )
    try:
        signatures = PdfFileReader(io.BytesIO(content)).embedded_signatures
        if len(signatures) != 1:
            return False
        with ThreadPoolExecutor(1) as own_thread:  # pyHanko starts an event loop, and this thread may have one
            status = own_thread.submit(validate_pdf_signature, signatures[0], context).result()
    except (PdfError, SignatureValidationError, ValidationError, ValueError) as error:
        _LOG.warning("pyHanko refuses a file whose signature holds: %s", error)
        return False
    return bool(status.bottom_line) and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
