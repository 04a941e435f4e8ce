"""Refusals of certificates."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from services.certificates.errors import (
    AnswersMissing,
    FactsMissing,
    FactsUnprintable,
    IssuingHalted,
    KindNotForYou,
    KindNotOffered,
    LanguageNotOffered,
    NeedsADesk,
    NotAStudent,
    NotStudying,
)
from services.languages import Language
from services.people.dto import PersonStatus


def _kind_not_offered(_refusal: KindNotOffered, _language: Language, _words: Words) -> str:
    return _("This certificate is not issued any more. See what there is today: /certificate")


def _kind_not_for_you(refusal: KindNotForYou, language: Language, _words: Words) -> str:
    return _("The certificate “{kind}” is for others. See which ones are for you: /certificate").format(
        kind=html.quote(refusal.kind.name.get(language))
    )


def _needs_a_desk(refusal: NeedsADesk, language: Language, _words: Words) -> str:
    return _("The certificate “{kind}” is requested anew now: open /certificate and choose it there.").format(
        kind=html.quote(refusal.kind.name.get(language))
    )


def _language_not_offered(_refusal: LanguageNotOffered, _language: Language, _words: Words) -> str:
    return _("This certificate is not issued in that language. See what there is today: /certificate")


def _not_a_student(_refusal: NotAStudent, language: Language, words: Words) -> str:
    return _(
        "This certificate is issued to students only. See which ones are for you: /certificate. Questions: {office}"
    ).format(office=words.office(language))


def _not_studying(refusal: NotStudying, language: Language, words: Words) -> str:
    sentences = {
        PersonStatus.LEAVE: _(
            "You are on academic leave, so this certificate cannot be issued."
            " See which ones are for you: /certificate. Questions: {office}"
        ),
        PersonStatus.EXPELLED: _(
            "Your studies here have ended, so this certificate cannot be issued."
            " See which ones are for you: /certificate. Questions: {office}"
        ),
        PersonStatus.GRADUATED: _(
            "You have graduated, so this certificate cannot be issued."
            " See which ones are for you: /certificate. Questions: {office}"
        ),
    }
    return sentences[refusal.status].format(office=words.office(language))


def _issuing_halted(_refusal: IssuingHalted, _language: Language, _words: Words) -> str:
    return _("Certificates are not issued for now: the register is being checked. Nothing was issued; try again later.")


def _facts_missing(refusal: FactsMissing, language: Language, words: Words) -> str:
    in_language = {
        Language.KY: _("The certificate cannot be issued in Kyrgyz: the university's records lack in Kyrgyz:"),
        Language.RU: _("The certificate cannot be issued in Russian: the university's records lack in Russian:"),
        Language.EN: _("The certificate cannot be issued in English: the university's records lack in English:"),
    }
    lines = [in_language[refusal.language], *_fact_lines(refusal, language, words)]
    lines.append(_("These are entered by: {office}").format(office=words.office(language)))
    return "\n".join(lines)


def _answers_missing(refusal: AnswersMissing, language: Language, words: Words) -> str:
    lines = [_("Something that has to be asked for this certificate was not answered:")]
    lines += _fact_lines(refusal, language, words)
    lines.append(_("Open /certificate and choose it there once more."))
    return "\n".join(lines)


def _facts_unprintable(refusal: FactsUnprintable, language: Language, words: Words) -> str:
    lines = [
        _("The certificate cannot be issued: the university's records hold signs that cannot be printed, in:"),
        *_fact_lines(refusal, language, words),
        _("They are corrected by: {office}").format(office=words.office(language)),
    ]
    return "\n".join(lines)


def _fact_lines(
    refusal: FactsMissing | FactsUnprintable | AnswersMissing, language: Language, words: Words
) -> list[str]:
    return [f"• {html.quote(words.labels.label(refusal.kind.id, fact, language))}" for fact in refusal.facts]


SENTENCES: Sentences = {
    AnswersMissing: _answers_missing,
    FactsMissing: _facts_missing,
    FactsUnprintable: _facts_unprintable,
    IssuingHalted: _issuing_halted,
    KindNotForYou: _kind_not_for_you,
    KindNotOffered: _kind_not_offered,
    LanguageNotOffered: _language_not_offered,
    NeedsADesk: _needs_a_desk,
    NotAStudent: _not_a_student,
    NotStudying: _not_studying,
}
