"""The key may live elsewhere: whatever signs, the paper is the same."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from bot.documents.inspection import inspect
from bot.documents.pades import PadesSigner
from bot.documents.signing import SigningKey, SigningKeyError
from tests.unit.documents.samples import SIGNED_AT

#: The order of the group of P-256.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Token:
    """A token in a socket: it signs what it is given, in either form that ECDSA allows, and may be pulled out."""

    def __init__(self, key: SigningKey) -> None:
        self.certificate: x509.Certificate = key.certificate
        self.chain = key.chain
        self.signed: list[bytes] = []
        self.pulled_out = False
        self._key = key

    def sign(self, data: bytes) -> bytes:
        """Return the larger of the two forms, which is as right as the smaller."""
        if self.pulled_out:
            raise SigningKeyError("the token is not there")
        self.signed.append(data)
        r, s = decode_dss_signature(self._key.sign(data))
        return encode_dss_signature(r, max(s, ORDER - s))


@pytest.fixture
def token(key: SigningKey) -> Token:
    return Token(key)


def test_paper_signed_by_a_token_is_ours_and_unchanged(key: SigningKey, token: Token, drawn: bytes) -> None:
    paper = PadesSigner(token).sign(drawn, signed_at=SIGNED_AT, reason="r", contact="c")
    finding = inspect(paper, key.authority_pems)
    assert (finding.signed_by_us, finding.unchanged, finding.key_valid_then) == (True, True, True)


def test_token_is_given_the_attributes_once_and_never_the_document(token: Token, drawn: bytes) -> None:
    PadesSigner(token).sign(drawn, signed_at=SIGNED_AT, reason="r", contact="c")
    (data,) = token.signed
    assert len(data) < 1_000 < len(drawn)


def test_token_that_was_pulled_out_signs_nothing(token: Token, drawn: bytes) -> None:
    token.pulled_out = True
    with pytest.raises(SigningKeyError, match="not there"):
        PadesSigner(token).sign(drawn, signed_at=SIGNED_AT, reason="r", contact="c")


def test_key_in_memory_signs_with_the_digest_of_its_curve(key: SigningKey) -> None:
    public = key.certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(key.sign(b"attributes"), b"attributes", ec.ECDSA(SHA256()))
