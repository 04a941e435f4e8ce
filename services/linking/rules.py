"""Rules of one-time codes, without I/O."""

import hashlib
import secrets
from datetime import timedelta

from services.codes import generate_code, normalise_code

PAYLOAD_PREFIX = "l_"
TYPED_LENGTH = 10
TRIES = 5
LOCKED_FOR = timedelta(hours=1)
_PAYLOAD_BYTES = 16


def new_payload() -> str:
    """Return a deep-link payload of 128 random bits."""
    return PAYLOAD_PREFIX + secrets.token_urlsafe(_PAYLOAD_BYTES)


def new_typed_code() -> str:
    """Return a code to type; it looks like a code and like nothing else (see `looks_like_code`)."""
    code = generate_code(TYPED_LENGTH)
    return code if looks_like_code(code) else new_typed_code()


def looks_like_code(code: str) -> bool:
    """Tell whether nobody would take the code for a word or a telephone number: it has a digit and a letter."""
    return any(sign.isdigit() for sign in code) and any(sign.isalpha() for sign in code)


def digest(secret: str) -> bytes:
    """Return what is stored of a payload or a typed code; `secret` as a person gave it."""
    if not secret.startswith(PAYLOAD_PREFIX):
        secret = normalise_code(secret, TYPED_LENGTH) or ""
    return hashlib.sha256(b"kabarchy link code\0" + secret.encode()).digest()
