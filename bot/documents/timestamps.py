"""Time stamps after RFC 3161: the question, and whether the answer holds. The first answer loads pyHanko (0.5 s).

A token is checked for what it says and for its own signature. Whom one trusts to tell the time is the question of
whoever uses the token later: `openssl ts -verify` is given the authority's root.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import randbits
from typing import Any, ClassVar, Final

from asn1crypto import cms, core, tsp, x509

from bot.documents.malformed import MALFORMED

_NONCE_BITS: Final = 64
_GRANTED: Final = ("granted", "granted_with_mods")


class _Answer(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """TimeStampResp of RFC 3161; asn1crypto's own does not read a refusal, which has no token."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class TimestampError(Exception):
    """An answer that is no time stamp of what was asked; the text says why."""


@dataclass(frozen=True, slots=True)
class TimestampRequest:
    """A question to an authority; `nonce` comes back in the answer to just this one."""

    sha256: bytes
    nonce: int

    @classmethod
    def of(cls, sha256: bytes) -> "TimestampRequest":
        """Return a new question about a digest."""
        return cls(sha256, randbits(_NONCE_BITS))

    @property
    def der(self) -> bytes:
        """Return what is posted."""
        imprint = tsp.MessageImprint({"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": self.sha256})
        asked = {"version": "v1", "message_imprint": imprint, "nonce": self.nonce, "cert_req": True}
        return bytes(tsp.TimeStampReq(asked).dump())


def checked_token(request: TimestampRequest, answer: bytes) -> bytes:
    """Return the token of an answer.

    Raises:
        TimestampError: the authority refused, or the answer does not hold.
    """
    try:
        token = _granted(_Answer.load(answer, strict=True))
        signed = token["content"]
        _require_right_content(request, signed["encap_content_info"])
        _require_signature(signed)
    except MALFORMED as error:
        raise TimestampError("it is not an answer of a time-stamp authority") from error
    return bytes(token.dump())


def as_response(token: bytes) -> bytes:
    """Return a token in the form of an answer, as `openssl ts -verify -in` reads it."""
    answer = {"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(token)}
    return bytes(_Answer(answer).dump())


def _granted(answer: _Answer) -> cms.ContentInfo:
    status = answer["status"]
    if status["status"].native not in _GRANTED:
        words = " ".join(status["status_string"].native or ())
        raise TimestampError(f"it was refused: {words or status['status'].native}")
    token = answer["time_stamp_token"]
    if token["content_type"].native != "signed_data":
        raise TimestampError("it holds no signature")
    return token


def _require_right_content(request: TimestampRequest, content: Any) -> None:  # noqa: ANN401 -- asn1crypto has no types
    if content["content_type"].native != "tst_info":
        raise TimestampError("it holds no time stamp")
    info = content["content"].parsed
    imprint = info["message_imprint"]
    if (imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native) != ("sha256", request.sha256):
        raise TimestampError("it is the time stamp of another file")
    if info["nonce"].native != request.nonce:
        raise TimestampError("it answers another question")


def _require_signature(signed: cms.SignedData) -> None:
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415 -- takes half a second
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415 -- as above

    (signer,) = signed["signer_infos"]
    own = _certificate_of(signer, [choice.chosen for choice in signed["certificates"]])
    if own.extended_key_usage_value is None or "time_stamping" not in own.extended_key_usage_value.native:
        raise TimestampError("its certificate is not for time stamps")
    if signer["signed_attrs"] is core.VOID:
        raise TimestampError("it does not say what it signs")
    content = bytes(signed["encap_content_info"]["content"])
    digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native, content).digest()
    try:
        holds = validate_sig_integrity(signer, own, "tst_info", digest) == (True, True)
    except SignatureValidationError as error:
        raise TimestampError(f"its signature does not hold: {error}") from error
    if not holds:
        raise TimestampError("its signature does not hold")


def _certificate_of(signer: cms.SignerInfo, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    wanted = signer["sid"].chosen
    for one in certificates:
        if isinstance(wanted, cms.IssuerAndSerialNumber):
            named = wanted["serial_number"].native == one.serial_number and wanted["issuer"] == one.issuer
        else:
            named = wanted.native == one.key_identifier
        if named:
            return one
    raise TimestampError("it does not bring its certificate")
