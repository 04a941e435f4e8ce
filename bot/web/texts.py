"""What the pages say: the verdict as the chat gives it, in whole sentences without marks of any kind."""

from http import HTTPStatus

from aiogram.utils.i18n import gettext as _

from bot.web.uploads import LIMIT_MEGABYTES
from handlers.common.ports import Links
from handlers.verification.sentences import (
    changed_since_text,
    no_such_code_text,
    only_the_code_text,
    own_headline,
    picture_advice,
    replaced_text,
)
from services.certificates.dto import Check, Verdict, VerdictKind
from services.codes import printed_code


def headline(verdict: Verdict) -> str:
    """Say the verdict in one sentence."""
    return own_headline(verdict) or _kind_headline(verdict.kind)


def advice(verdict: Verdict, links: Links, *, of_file: bool, replaced_on: str) -> list[str]:
    """Say what follows from the verdict for the person who asks; `replaced_on` is that day in words, or nothing."""
    picture, certificate = verdict.picture, verdict.certificate
    if picture is not None and picture.code is None:
        return picture_advice(picture, links, address=picture.address, page=links.check_page)
    lines = [_kind_advice(verdict, of_file=of_file)]
    if certificate is not None and certificate.replaced_by and replaced_on:
        lines.insert(0, replaced_text(certificate.replaced_by, replaced_on))
    if verdict.checks[Check.STILL_CONFIRMED] is False:
        lines += [changed_since_text(), _("Ask the office named below.")]
    return lines if picture is None else _of_picture(verdict, lines)


def _of_picture(verdict: Verdict, lines: list[str]) -> list[str]:
    """Say first that only the code was checked, and nothing twice."""
    if verdict.certificate is None:
        return [no_such_code_text(printed_code(verdict.picture.code or ""))] if verdict.picture else lines
    return [only_the_code_text(), *(line for line in lines if line != _compare_text())]


def _kind_headline(kind: VerdictKind) -> str:
    match kind:
        case VerdictKind.VALID:
            sentence = _("The certificate is valid.")
        case VerdictKind.EXPIRED:
            sentence = _("The certificate is genuine, but its validity has ended.")
        case VerdictKind.REVOKED:
            sentence = _("The certificate has been revoked by the university.")
        case VerdictKind.SUPERSEDED:
            sentence = _("The certificate has been replaced by a new one.")
        case VerdictKind.ALTERED:
            sentence = _("The file was altered after it was signed. Do not trust it.")
        case VerdictKind.UNKNOWN:
            sentence = _("There is no such certificate in our register.")
        case VerdictKind.UNREADABLE:
            sentence = _(
                "The file cannot be read: it is neither a PDF nor a picture, is damaged, protected by a password or "
                "too large."
            )
    return sentence


def _kind_advice(verdict: Verdict, *, of_file: bool) -> str:
    match verdict.kind:
        case VerdictKind.VALID:
            sentence = _valid_file_text() if of_file else _compare_text()
        case VerdictKind.EXPIRED:
            sentence = _("What it says was right on the day of issue. Ask its holder for a new certificate.")
        case VerdictKind.REVOKED:
            sentence = _("It confirms nothing any more, even if the paper looks right.")
        case VerdictKind.SUPERSEDED:
            sentence = _("Ask its holder for the new certificate.")
        case VerdictKind.ALTERED:
            sentence = _altered_text(verdict)
        case VerdictKind.UNKNOWN:
            sentence = _unknown_file_text(verdict) if of_file else _unknown_code_text()
        case VerdictKind.UNREADABLE:
            sentence = _(
                "If you have only the paper, send a photo of its QR code, or write the code that stands beside it."
            )
    return sentence


def light_words() -> dict[bool | None, str]:
    """Say the states of a light, each in a word."""
    return {True: _("Confirmed"), False: _("Problem"), None: _("Not checked")}


def failure_text(status: int) -> str:
    """Say why there is no answer."""
    match status:
        case HTTPStatus.NOT_FOUND:
            return _("There is no such page.")
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return too_large_text()
        case HTTPStatus.REQUEST_TIMEOUT:
            return _("The file came too slowly. Please try again over a better connection.")
        case HTTPStatus.TOO_MANY_REQUESTS:
            return _("Too many checks came from your address. Please try again in a minute.")
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return _("The register cannot be asked at the moment. Please try again in a minute.")
        case _:
            return _("This request could not be understood.")


def incident_text(incident: str) -> str:
    """Apologise with a number."""
    sentence = _("Something went wrong. Please try again later. If it happens again, name this incident: {incident}")
    return sentence.format(incident=incident)


def apology_text() -> str:
    """Apologise without a number: nothing is logged that it could stand for."""
    return _("Something went wrong. Please try again later.")


def no_file_text() -> str:
    """Ask for the file that was forgotten."""
    return _("No file came with the form. Choose the PDF file of the certificate or a picture of its QR code first.")


def too_large_text() -> str:
    """Refuse a large file."""
    return _(
        "The file is too large: I can check files up to {limit} MB. A certificate of ours is much smaller."
    ).format(limit=LIMIT_MEGABYTES)


def _compare_text() -> str:
    return _("Compare each line below with the paper in your hands. If anything differs, do not trust the paper.")


def _valid_file_text() -> str:
    return _("The file is, byte for byte, the one that the university signed.")


def _altered_text(verdict: Verdict) -> str:
    if verdict.checks[Check.UNCHANGED]:
        return _("Ask the office named below.")
    if verdict.certificate is None:
        return _("It carries a signature of the university that does not fit its content.")
    return _("Below stands what the university issued; the file says something else or something was added to it.")


def _unknown_code_text() -> str:
    return _(
        "Compare the code with the paper letter by letter. If it is right, the university did not issue this paper."
    )


def _unknown_file_text(verdict: Verdict) -> str:
    if verdict.checks[Check.SIGNED_BY_US]:
        return _("The file is signed by us, but it is not in our register.")
    return _(
        "The file carries no signature of the university. A scan or a file that was saved anew carries none either: "
        "check the code that is printed on it."
    )
