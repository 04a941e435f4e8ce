"""A verdict as JSON and for people."""

import typer
from rich.console import Console
from rich.markup import escape

from bot.cli.output import print_table
from bot.documents.university_model import University
from bot.stationery import UniversityWords
from services.certificates.dto import Check, PublicCertificate, PublicFact, Verdict, VerdictKind
from services.codes import printed_code
from services.languages import Language

_SENTENCES = {
    VerdictKind.VALID: "This certificate is genuine and valid.",
    VerdictKind.EXPIRED: "This certificate is genuine, but its validity has ended.",
    VerdictKind.REVOKED: "This certificate is revoked.",
    VerdictKind.SUPERSEDED: "This certificate is replaced by a newer one.",
    VerdictKind.ALTERED: "This file was changed after it was signed.",
    VerdictKind.UNKNOWN: "This certificate is not known.",
    VerdictKind.UNREADABLE: "This is not a PDF file that can be checked (at most 20 MB, not encrypted).",
}
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
    }


def show_verdict(verdict: Verdict, university: University) -> None:
    """Print the verdict with its lights and the printed facts to compare with the paper."""
    console = Console(highlight=False)
    ours = verdict.kind is VerdictKind.UNKNOWN and verdict.checks[Check.SIGNED_BY_US]
    console.print(escape(_OURS_UNREGISTERED if ours else _SENTENCES[verdict.kind]), style="bold")
    for check in Check:
        unknown = "" if verdict.checks[check] is not None else " (could not be checked)"
        console.print(f"  {_MARKS[verdict.checks[check]]} {_LIGHTS[check]}{unknown}")
    if verdict.certificate is not None:
        _show_certificate(verdict.certificate, UniversityWords(university))
    elif verdict.kind is VerdictKind.ALTERED:
        typer.echo("What it said when it was signed can be seen by the code that is printed on it.")


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
        "facts": [_fact(fact) for fact in certificate.facts],
    }


def _fact(fact: PublicFact) -> dict[str, object]:
    return {"name": fact.name, "type": fact.type.value, "value": fact.value, "masked": fact.masked}
