"""A verdict as JSON and for people."""

import typer
from rich.console import Console
from rich.markup import escape

from bot.cli.output import print_table
from bot.documents.university_model import University
from bot.stationery import UniversityWords
from services.certificates.dto import Check, PublicCertificate, PublicFact, Verdict, VerdictKind
from services.certificates.pictures import PictureFinding, PictureRemark
from services.codes import printed_code
from services.languages import Language

_SENTENCES = {
    VerdictKind.VALID: "This certificate is genuine and valid.",
    VerdictKind.EXPIRED: "This certificate is genuine, but its validity has ended.",
    VerdictKind.REVOKED: "This certificate is revoked.",
    VerdictKind.SUPERSEDED: "This certificate is replaced by a newer one.",
    VerdictKind.ALTERED: "This file was changed after it was signed.",
    VerdictKind.UNKNOWN: "This certificate is not known.",
    VerdictKind.UNREADABLE: "This is neither a PDF file nor a picture that can be checked (at most 20 MB).",
}
_PICTURES = {
    PictureRemark.SEVERAL_CODES: "The picture shows the QR codes of different certificates: check them one at a time.",
    PictureRemark.ELSEWHERE: "The QR code leads elsewhere, to {address}. Do not trust the paper.",
    PictureRemark.NOT_OURS: "The QR code in the picture is not that of a certificate of ours.",
    PictureRemark.NO_CODE: "No QR code was found in the picture. The code beside it can be typed.",
    PictureRemark.NOT_A_PICTURE: "The picture cannot be read (JPEG, PNG or WebP, at most 20 MB and 16 megapixels).",
}
_ONLY_THE_CODE = "Only the code in the picture was checked: compare the facts below with the paper."
_KEY_NOT_VALID = "The signature of this file does not count: the key was not valid when it was made."
_REPLACED = "The number of the new one is {number}."
_CHANGED_SINCE = "The university issued it, but the facts stated in it have changed since."
_OURS_UNREGISTERED = "The file carries our signature, but it is not in the register."
_LIGHTS = {
    Check.REGISTERED: "in the register",
    Check.SIGNED_BY_US: "signed by the university",
    Check.UNCHANGED: "unchanged since it was signed",
    Check.KEY_VALID_THEN: "the key was valid when it signed",
    Check.NOT_REVOKED: "not revoked",
    Check.WITHIN_VALIDITY: "within its validity",
    Check.STILL_CONFIRMED: "what it says is still so",
}
_MARKS = {True: "[green]✓[/green]", False: "[red]✗[/red]", None: "[dim]–[/dim]"}


def verdict_document(verdict: Verdict) -> dict[str, object]:
    """Return the verdict as the interfaces page promises it."""
    return {
        "verdict": verdict.kind.value,
        "checks": {check.value: verdict.checks[check] for check in Check},
        "certificate": _certificate(verdict.certificate) if verdict.certificate else None,
        "picture": _picture(verdict.picture) if verdict.picture else None,
    }


def show_verdict(verdict: Verdict, university: University) -> None:
    """Print the verdict with its lights and the printed facts to compare with the paper."""
    console = Console(highlight=False)
    console.print(escape(_headline(verdict)), style="bold")
    for sentence in _remarks(verdict):
        console.print(escape(sentence))
    for check in Check:
        unknown = "" if verdict.checks[check] is not None else " (could not be checked)"
        console.print(f"  {_MARKS[verdict.checks[check]]} {_LIGHTS[check]}{unknown}")
    if verdict.certificate is not None:
        _show_certificate(verdict.certificate, UniversityWords(university))
    elif verdict.kind is VerdictKind.ALTERED:
        typer.echo("What it said when it was signed can be seen by the code that is printed on it.")


def _headline(verdict: Verdict) -> str:
    if verdict.picture is not None and verdict.picture.remark is not PictureRemark.CODE:
        return _PICTURES[verdict.picture.remark].format(address=verdict.picture.address)
    if verdict.kind is VerdictKind.UNKNOWN and verdict.checks[Check.SIGNED_BY_US]:
        return _OURS_UNREGISTERED
    if verdict.kind is VerdictKind.ALTERED and verdict.checks[Check.UNCHANGED]:
        return _KEY_NOT_VALID
    return _SENTENCES[verdict.kind]


def _remarks(verdict: Verdict) -> list[str]:
    certificate = verdict.certificate
    sentences = []
    if certificate is not None and verdict.picture is not None:
        sentences.append(_ONLY_THE_CODE)
    if certificate is not None and certificate.replaced_by is not None:
        sentences.append(_REPLACED.format(number=certificate.replaced_by))
    if verdict.checks[Check.STILL_CONFIRMED] is False:
        sentences.append(_CHANGED_SINCE)
    return sentences


def _show_certificate(certificate: PublicCertificate, words: UniversityWords) -> None:
    rows = [
        ("Kind", certificate.kind_name.en or certificate.kind),
        ("Number", certificate.number),
        ("Date", certificate.issued_on.isoformat()),
        ("Valid until", certificate.valid_until.isoformat() if certificate.valid_until else "no end"),
        ("Code", printed_code(certificate.code)),
    ]
    if certificate.revoked_on is not None:
        rows.append(("Revoked on", certificate.revoked_on.isoformat()))
    if certificate.replaced_on is not None:
        rows.append(("Replaced on", certificate.replaced_on.isoformat()))
    facts = [words.describe(certificate.kind, fact, Language.EN) for fact in certificate.facts]
    print_table(("", "As it must stand on the paper"), [*rows, *facts])


def _certificate(certificate: PublicCertificate) -> dict[str, object]:
    name = certificate.kind_name
    return {
        "kind": certificate.kind,
        "kind_name": {language.value: name.get(language) for language in Language},
        "language": certificate.language.value,
        "number": certificate.number,
        "code": printed_code(certificate.code),
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": certificate.valid_until.isoformat() if certificate.valid_until else None,
        "revoked_on": certificate.revoked_on.isoformat() if certificate.revoked_on else None,
        "replaced_by": certificate.replaced_by,
        "replaced_on": certificate.replaced_on.isoformat() if certificate.replaced_on else None,
        "facts": [_fact(fact) for fact in certificate.facts],
    }


def _picture(picture: PictureFinding) -> dict[str, object]:
    return {
        "remark": picture.remark.value,
        "code": printed_code(picture.code) if picture.code else None,
        "leads_to": picture.address or None,
    }


def _fact(fact: PublicFact) -> dict[str, object]:
    return {"name": fact.name, "type": fact.type.value, "value": fact.value, "masked": fact.masked}
