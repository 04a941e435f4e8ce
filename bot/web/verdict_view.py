"""A verdict as the page shows it: sentences, lights and lines, all in the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aiogram.utils.i18n import gettext as _

from bot.web.texts import advice, headline, light_words
from handlers.common.ports import Links, LocalDates, PaperWords
from handlers.verification.checks import failed_checks, passed_checks
from services.certificates.dto import Check, FactType, PublicCertificate, Verdict, VerdictKind
from services.certificates.pictures import PictureRemark
from services.codes import printed_code
from services.languages import Language


class Tone(StrEnum):
    """How a verdict or a light looks; the words say it too."""

    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """One check."""

    tone: Tone
    sentence: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed fact; `language` is that of the value where it is not the reader's, `whole`: on one line."""

    label: str
    value: str
    language: Language | None = None
    masked: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView:
    """Everything that the template shows; `code` is as printed, empty where there is none."""

    tone: Tone
    headline: str
    advice: list[str]
    checked: str
    lights: list[Light]
    lines: list[Line]
    code: str
    of_file: bool


_TONES = {
    VerdictKind.VALID: Tone.GOOD,
    VerdictKind.EXPIRED: Tone.CAUTION,
    VerdictKind.SUPERSEDED: Tone.CAUTION,
    VerdictKind.REVOKED: Tone.BAD,
    VerdictKind.ALTERED: Tone.BAD,
    VerdictKind.UNKNOWN: Tone.BAD,
    VerdictKind.UNREADABLE: Tone.NONE,
}
_LIGHT_TONES = {True: Tone.GOOD, False: Tone.BAD, None: Tone.NONE}


def _tone(verdict: Verdict) -> Tone:
    unclear = verdict.picture is not None and verdict.picture.remark is PictureRemark.NOT_OURS
    return Tone.NONE if unclear else _TONES[verdict.kind]


class VerdictPainter:
    """Turns verdicts into what the page shows."""

    def __init__(self, words: PaperWords, dates: LocalDates, links: Links) -> None:
        self._words = words
        self._dates = dates
        self._every_light: dict[Language, Mapping[tuple[Check, bool | None], Light]] = {}
        self._links = links

    def view(self, verdict: Verdict, reader: Language, now: datetime, *, of_file: bool) -> VerdictView:
        """Return the view of a verdict."""
        certificate = verdict.certificate
        replaced_on = (
            self._dates.date(certificate.replaced_on, reader) if certificate and certificate.replaced_on else ""
        )
        doubtful = verdict.checks[Check.STILL_CONFIRMED] is False
        return VerdictView(
            tone=Tone.CAUTION if doubtful else _tone(verdict),
            headline=headline(verdict),
            advice=advice(verdict, self._links, of_file=of_file, replaced_on=replaced_on),
            checked=_("Checked on {moment}").format(moment=self._dates.moment(now, reader)),
            lights=self._lights(verdict.checks, reader),
            lines=list(self._lines(certificate, reader)) if certificate else [],
            code=printed_code(certificate.code) if certificate else "",
            of_file=of_file,
        )

    def _lights(self, checks: Mapping[Check, bool | None], reader: Language) -> list[Light]:
        """Return the lights out of those that were once put into the reader's words; none where nothing was checked."""
        if all(outcome is None for outcome in checks.values()):
            return []
        if reader not in self._every_light:
            self._every_light[reader] = _every_light()
        return [self._every_light[reader][light] for light in checks.items()]

    def _lines(self, certificate: PublicCertificate, reader: Language) -> Iterator[Line]:
        dates = self._dates
        yield Line(label=_("Certificate"), value=certificate.kind_name.get(reader))
        yield Line(label=_("Number"), value=certificate.number)
        yield Line(label=_("Date of issue"), value=dates.date(certificate.issued_on, reader), whole=True)
        until = dates.date(certificate.valid_until, reader) if certificate.valid_until else _("No expiry date")
        yield Line(label=_("Valid until"), value=until, whole=True)
        if certificate.replaced_by is not None:
            yield Line(label=_("Number of the new certificate"), value=certificate.replaced_by)
        if certificate.replaced_on is not None:
            yield Line(label=_("Date of replacement"), value=dates.date(certificate.replaced_on, reader), whole=True)
        if certificate.revoked_on is not None:
            yield Line(label=_("Date of revocation"), value=dates.date(certificate.revoked_on, reader), whole=True)
        for fact in certificate.facts:
            label, value = self._words.describe(certificate.kind, fact, reader)
            foreign = fact.type is FactType.TEXT and certificate.language is not reader
            yield Line(
                label=label,
                value=value,
                language=certificate.language if foreign else None,
                masked=fact.masked,
                whole=fact.type is FactType.DATE,
            )


def _every_light() -> dict[tuple[Check, bool | None], Light]:
    """Return each check as it looks with each outcome, in the language of the moment."""
    words, passed, failed = light_words(), passed_checks(), failed_checks()
    return {
        (check, outcome): Light(
            tone=tone, sentence=(failed if outcome is False else passed)[check], word=words[outcome]
        )
        for check in passed
        for outcome, tone in _LIGHT_TONES.items()
    }
