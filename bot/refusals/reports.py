"""Refusals of reports of wrong facts, and of reissuing."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from services.certificates.errors import NothingToReplace, ReplacedAlready
from services.languages import Language
from services.reports.errors import (
    DocumentUnusable,
    NoDocumentWanted,
    NoSuchReport,
    NotOnPaper,
    ReportDecided,
    ReportedAlready,
    ReportReasonNeeded,
    SameAsPrinted,
    SourceMustCorrect,
    ValueTooLong,
)


def _no_such_report(_refusal: NoSuchReport, _language: Language, _words: Words) -> str:
    return _("There is no such report any more.")


def _report_decided(_refusal: ReportDecided, _language: Language, _words: Words) -> str:
    return _("This report was decided or withdrawn before.")


def _reported_already(_refusal: ReportedAlready, _language: Language, _words: Words) -> str:
    return _("You have reported this already. The desk will answer here.")


def _not_on_paper(_refusal: NotOnPaper, _language: Language, _words: Words) -> str:
    return _("This certificate has no such fact any more. Open the certificate's message and choose anew.")


def _same_as_printed(_refusal: SameAsPrinted, _language: Language, _words: Words) -> str:
    return _("This is exactly what stands on the certificate. Write how it should be.")


def _value_too_long(refusal: ValueTooLong, _language: Language, _words: Words) -> str:
    return _("This is too long: at most {limit} signs fit.").format(limit=refusal.limit)


def _source_must_correct(_refusal: SourceMustCorrect, _language: Language, _words: Words) -> str:
    return _(
        "The roster still says the same. Put it right in the source of the roster; after its next import accept here."
    )


def _reason_needed(_refusal: ReportReasonNeeded, _language: Language, _words: Words) -> str:
    return _("Write why it is refused: the holder will read it.")


def _no_document_wanted(_refusal: NoDocumentWanted, _language: Language, _words: Words) -> str:
    return _("No document is waited for any more.")


def _document_unusable(refusal: DocumentUnusable, _language: Language, _words: Words) -> str:
    return _("Please send a photo (JPEG, PNG) or a PDF of at most {limit} MB.").format(limit=refusal.limit_megabytes)


def _replaced_already(refusal: ReplacedAlready, _language: Language, _words: Words) -> str:
    return _("Certificate No. {number} has been replaced by a new one.").format(number=html.quote(refusal.number))


def _nothing_to_replace(refusal: NothingToReplace, _language: Language, _words: Words) -> str:
    return _("A new certificate would say the same: No. {number} is not replaced.").format(
        number=html.quote(refusal.number)
    )


SENTENCES: Sentences = {
    DocumentUnusable: _document_unusable,
    NoDocumentWanted: _no_document_wanted,
    NoSuchReport: _no_such_report,
    NotOnPaper: _not_on_paper,
    NothingToReplace: _nothing_to_replace,
    ReplacedAlready: _replaced_already,
    ReportDecided: _report_decided,
    ReportReasonNeeded: _reason_needed,
    ReportedAlready: _reported_already,
    SameAsPrinted: _same_as_printed,
    SourceMustCorrect: _source_must_correct,
    ValueTooLong: _value_too_long,
}
