"""Replies are sealed to the key of their survey: X25519, HKDF-SHA256, ChaCha20-Poly1305, always the same size.

    sealed = 32 bytes of a key made for this reply alone | ciphertext | 16 bytes of its tag

Whoever has the database has sealed replies of one size; the private key is a file beside it, and is deleted at closing.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Item, ItemType, Questionnaire
from services.surveys.dto import Reply

_KEY_BYTES: Final = 32
_LENGTH_BYTES: Final = 4
_BYTES_OF_CHARACTER: Final = 4  # the most that one takes in UTF-8
_INFO: Final = b"kabarchy survey reply 1"
_NONCE: Final = bytes(12)  # every reply has a key of its own
_MOST_STRATUM: Final = 200


class SealError(ValueError):
    """Not sealed to this key, or changed afterwards; or what is inside is no reply."""


def new_private_key() -> bytes:
    """Return a new private key (32 bytes)."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_key_of(private_key: bytes) -> bytes:
    """Return the public half (32 bytes) of a private key."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def room_for(questionnaire: Questionnaire) -> int:
    """Return how many bytes the longest possible reply to a questionnaire takes before it is sealed."""
    widest = {key: _widest(item) for item in questionnaire.closed_items for key in item.keys}
    texts = {item.code: item.max_chars * _BYTES_OF_CHARACTER for item in questionnaire.texts}
    header = _dump({"s": "x" * _MOST_STRATUM, "a": widest, "t": texts})
    return _LENGTH_BYTES + len(header) + sum(texts.values())


def seal(reply: Reply, public_key: bytes, room: int) -> bytes:
    """Seal a reply; the result has the same length for all replies of a survey (`room` + 48)."""
    texts = {code: words.encode() for code, words in reply.texts.items() if words}
    answers = {key: list(value) if isinstance(value, tuple) else value for key, value in reply.answers.items()}
    declined = {"d": 1} if reply.declined else {}
    lengths = {code: len(words) for code, words in texts.items()}
    header = _dump({"s": reply.stratum, "a": answers, "t": lengths, **declined})
    plain = len(header).to_bytes(_LENGTH_BYTES, "big") + header + b"".join(texts.values())
    if len(plain) > room:
        raise ValueError("the reply is longer than its questionnaire allows")
    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    cipher = ChaCha20Poly1305(_secret(once.exchange(X25519PublicKey.from_public_bytes(public_key)), mine, public_key))
    return mine + cipher.encrypt(_NONCE, plain.ljust(room, b"\0"), None)


def open_sealed(sealed: bytes, private_key: bytes) -> Reply:
    """Open a sealed reply; SealError."""
    mine, body = sealed[:_KEY_BYTES], sealed[_KEY_BYTES:]
    private = X25519PrivateKey.from_private_bytes(private_key)
    public = private.public_key().public_bytes_raw()
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(mine))
        plain = ChaCha20Poly1305(_secret(shared, mine, public)).decrypt(_NONCE, body, None)
    except (InvalidTag, ValueError) as error:
        raise SealError from error
    try:
        return _read(plain)
    except (ValueError, RecursionError) as error:  # no JSON, or no UTF-8
        raise SealError from error


def _read(plain: bytes) -> Reply:
    end = _LENGTH_BYTES + int.from_bytes(plain[:_LENGTH_BYTES], "big")
    header = json.loads(plain[_LENGTH_BYTES:end])
    stratum, answers, lengths, declined = _parts_of(header)
    texts = {}
    for code, length in lengths.items():
        texts[code] = plain[end : end + length].decode()
        end += length
    return Reply(stratum=stratum, answers=answers, texts=texts, declined=declined)


def _parts_of(header: object) -> tuple[str, dict[str, Answer], dict[str, int], bool]:
    """Return group, answers, lengths of texts, and whether it is a blank; SealError for what is no reply."""
    match header:
        case {"s": str(stratum), "a": dict(answers), "t": dict(lengths), **others}:
            if all(isinstance(length, int) and length >= 0 for length in lengths.values()):
                return stratum, {key: _answer(value) for key, value in answers.items()}, lengths, "d" in others
    raise SealError


def _answer(value: object) -> Answer:
    match value:
        case int() | str():
            return value
        case list() if all(isinstance(one, str) for one in value):
            return tuple(value)
    raise SealError


def _widest(item: Item) -> Answer:
    if item.type is ItemType.MULTI:
        return tuple(choice.code for choice in item.choices) or NOT_SAID
    values = [NOT_SAID, DONT_KNOW, *(choice.code for choice in item.choices)]
    return max([*values, *(str(point) for point in item.scale.points)] if item.scale else values, key=len)


def _dump(header: Mapping[str, Any]) -> bytes:
    return json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()


def _secret(shared: bytes, mine: bytes, public: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=mine + public, info=_INFO).derive(shared)
