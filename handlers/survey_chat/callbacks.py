"""What a button of a survey carries: the whole unfinished survey, signed, in at most 64 bytes.

    s:<base64url of: head, 2 bytes | survey's number, 1 to 8 bytes | packed answers | proof, 8 bytes>
    head = version, 1 bit | length of the number less 1, 3 | action, 4 | page, 6 | language, 2

The same, encrypted, stands behind an invisible link in a message that waits for words, should Telegram leave the
buttons out of what somebody replies to.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from services.languages import Language
from services.questionnaires.dto import Answer
from services.survey_answers import proofs
from services.survey_answers.dto import OpenSurvey

PREFIX: Final = "s:"
#: What an invisible link begins with; alone it says only that a message is a survey's.
LINK: Final = "tg://survey"
_LINK_QUERY: Final = f"{LINK}?s="
_VERSION: Final = 0
_HEAD_BYTES: Final = 2
_ID_BYTES: Final = 8
_LANGUAGES: Final = tuple(Language)


class Action(IntEnum):
    """What a tap is for; the numbers stand in buttons that are out.

    `ASK`, `CHANGE`: show the page; the latter leads back to the summary. `NEXT`: show what comes after the page.
    `REWRITE`: ask for the words of the page once more. `DROP`: forget them.
    """

    PROMISE = 0
    BEGIN = 1
    ASK = 2
    NEXT = 3
    CHANGE = 4
    SUMMARY = 5
    CHOOSE = 6
    PAUSE = 7
    REWRITE = 8
    DROP = 9
    SEND = 10
    LATER = 11
    DECLINE = 12
    DECLINED = 13
    QUIET = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a button leads to, and everything answered so far."""

    action: Action
    page: int = 0
    language: Language = Language.KY
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Buttons:
    """Writes and reads the buttons of one survey for one account."""

    survey: OpenSurvey
    account_id: int

    def write(self, step: Step) -> str:
        """Return the data of a button."""
        return PREFIX + _encoded(self._payload(step))

    def read(self, data: str) -> Step | None:
        """Return what a button says; None if it is not ours, not this account's, or of another version."""
        payload = _decoded(data.removeprefix(PREFIX))
        signed, proof = payload[: -proofs.PROOF_BYTES], payload[-proofs.PROOF_BYTES :]
        if not proofs.is_proven(self.survey.tap_key, self.account_id, signed, proof):
            return None
        head = int.from_bytes(signed[:_HEAD_BYTES], "big")
        start = _HEAD_BYTES + 1 + (head >> 12 & 0b111)
        try:
            return Step(
                action=Action(head >> 8 & 0b1111),
                page=head >> 2 & 0b111111,
                language=_LANGUAGES[head & 0b11],
                answers=self.survey.packing.unpack(signed[start:]),
            )
        except (ValueError, IndexError):  # the questionnaire of a survey does not change, but versions of ours do
            return None

    def write_link(self, step: Step) -> str:
        """Return the address of the invisible link that says the same as a button."""
        hidden = proofs.hide(self.survey.tap_key, self.account_id, self._payload(step))
        return _LINK_QUERY + _encoded(self.survey.id.to_bytes(_ID_BYTES, "big") + hidden)

    def read_link(self, address: str) -> Step | None:
        """Return what an invisible link says; None if it is not ours or not this account's."""
        hidden = _decoded(address.removeprefix(_LINK_QUERY))[_ID_BYTES:]
        payload = proofs.reveal(self.survey.tap_key, self.account_id, hidden)
        return self.read(PREFIX + _encoded(payload)) if payload is not None else None

    def _payload(self, step: Step) -> bytes:
        number = self.survey.id.to_bytes(max(1, (self.survey.id.bit_length() + 7) // 8), "big")
        head = _VERSION << 15 | len(number) - 1 << 12 | step.action << 8 | step.page << 2
        head |= _LANGUAGES.index(step.language)
        signed = head.to_bytes(_HEAD_BYTES, "big") + number + self.survey.packing.pack(step.answers)
        return signed + proofs.prove(self.survey.tap_key, self.account_id, signed)


def survey_of(data: str) -> int | None:
    """Return the number of the survey that a button or an invisible link names, unproven; None if it is neither."""
    if data.startswith(_LINK_QUERY):
        number = _decoded(data.removeprefix(_LINK_QUERY))[:_ID_BYTES]
        return int.from_bytes(number, "big") if len(number) == _ID_BYTES else None
    payload = _decoded(data.removeprefix(PREFIX))
    if not data.startswith(PREFIX) or len(payload) <= _HEAD_BYTES or payload[0] >> 7 != _VERSION:
        return None
    length = (payload[0] >> 4 & 0b111) + 1
    return int.from_bytes(payload[_HEAD_BYTES : _HEAD_BYTES + length], "big")


def language_of(data: str) -> Language | None:
    """Return the language of a button, unproven: enough to say that a survey is over."""
    payload = _decoded(data.removeprefix(PREFIX))
    number = payload[1] & 0b11 if len(payload) > _HEAD_BYTES else len(_LANGUAGES)
    return _LANGUAGES[number] if data.startswith(PREFIX) and number < len(_LANGUAGES) else None


def _encoded(payload: bytes) -> str:
    return base64.urlsafe_b64encode(payload).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    """Return what was encoded; nothing if it was not encoded so, to the last bit."""
    try:
        payload = base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
    return payload if _encoded(payload) == text else b""
