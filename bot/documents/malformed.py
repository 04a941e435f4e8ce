"""What the parsers of ASN.1 raise on bytes that are not what they claim to be."""

from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import InvalidVersion

MALFORMED: Final = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    UnsupportedAlgorithm,
    InvalidVersion,
)
