"""What proves that a button is ours and whose it is, and what keeps a hidden state from other eyes.

    proof  = the first 8 bytes of HMAC-SHA256(tap key, purpose | Telegram id | payload)
    hidden = nonce, 12 bytes | ChaCha20-Poly1305 of a payload, bound to the Telegram id

A button stays with its message; a hidden link goes along when the message is forwarded, so it is encrypted.
"""

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

PROOF_BYTES: Final = 8
_TAP: Final = b"kabarchy survey tap 1"
_LINK: Final = b"kabarchy survey link 1"
_NONCE_BYTES: Final = 12
_ID_BYTES: Final = 8


def prove(tap_key: bytes, account_id: int, payload: bytes) -> bytes:
    """Return the proof of a payload in a button of an account's."""
    return hmac.digest(tap_key, _TAP + _id(account_id) + payload, "sha256")[:PROOF_BYTES]


def is_proven(tap_key: bytes, account_id: int, payload: bytes, proof: bytes) -> bool:
    """Tell whether a proof is that of this payload and this account; takes the same time for every wrong one."""
    return hmac.compare_digest(prove(tap_key, account_id, payload), proof)


def hide(tap_key: bytes, account_id: int, payload: bytes) -> bytes:
    """Encrypt a payload that stands in a message."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher(tap_key).encrypt(nonce, payload, _id(account_id))


def reveal(tap_key: bytes, account_id: int, hidden: bytes) -> bytes | None:
    """Return what was hidden for this account; None if it was not."""
    try:
        return _cipher(tap_key).decrypt(hidden[:_NONCE_BYTES], hidden[_NONCE_BYTES:], _id(account_id))
    except (InvalidTag, ValueError):
        return None


def _cipher(tap_key: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(hmac.digest(tap_key, _LINK, "sha256"))


def _id(account_id: int) -> bytes:
    return account_id.to_bytes(_ID_BYTES, "big", signed=True)
