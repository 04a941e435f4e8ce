"""Buttons of this feature; they carry ids only. What was typed stays in the form's data."""

from aiogram.filters.callback_data import CallbackData

from services.certificates.dto import RevocationReason
from services.corrections.dto import Fact


class ShowResults(CallbackData, prefix="so"):
    """Show a page of what was found last; counted from 0."""

    page: int


class ListFacts(CallbackData, prefix="sf"):
    """Choose a fact to correct: any, or one of those that are missing."""

    person_id: int
    missing: bool


class EnterFact(CallbackData, prefix="se"):
    """Enter a fact of a person."""

    person_id: int
    fact: Fact


class ChooseValue(CallbackData, prefix="sv"):
    """Answer with a word of the closed list; with nothing, to leave the fact empty."""

    value: str


class SaveFact(CallbackData, prefix="ss"):
    """Write what the form's data holds; `mark` is that of the value which the screen showed."""

    mark: int


class ListCorrections(CallbackData, prefix="sk"):
    """See which facts were corrected."""

    person_id: int


class WithdrawCorrection(CallbackData, prefix="sw"):
    """Give a fact back what the source says."""

    correction_id: int


class GiveCode(CallbackData, prefix="sc"):
    """Give the person a one-time code."""

    person_id: int


class AskToUnlink(CallbackData, prefix="su"):
    """Ask once more before a person is parted from their account."""

    person_id: int
    link_id: int


class TakeLinkAway(CallbackData, prefix="sx"):
    """Part a person from the account that the card showed."""

    person_id: int
    link_id: int


class ListCertificates(CallbackData, prefix="sl"):
    """Show a page of a person's certificates; counted from 0."""

    person_id: int
    page: int


class AskToRevoke(CallbackData, prefix="sr"):
    """Ask why a certificate is revoked."""

    certificate_id: int


class AskToReplace(CallbackData, prefix="sh"):
    """Ask why a certificate is issued anew."""

    certificate_id: int


class ReplaceCertificate(CallbackData, prefix="sj"):
    """Issue today's facts in its place."""

    certificate_id: int
    reason: RevocationReason


class ChooseReason(CallbackData, prefix="sn"):
    """Say why."""

    certificate_id: int
    reason: RevocationReason


class RevokeCertificate(CallbackData, prefix="sy"):
    """Revoke; `mark` is that of the reason which the screen showed."""

    certificate_id: int
    reason: RevocationReason
    mark: int
