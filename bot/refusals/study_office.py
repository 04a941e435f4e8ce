"""Refusals of the Study Office: search, corrections, revoking, codes."""

import unicodedata

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from handlers.study_office.facts import fact_name
from services.certificates.errors import NoSuchCertificate, ReasonNeeded, ReasonTooLong, RevokedAlready
from services.corrections.dto import FactForm
from services.corrections.errors import (
    CorrectionEnded,
    FactMalformed,
    FactNeeded,
    FactNotPrintable,
    FactTooLong,
    FactUnchanged,
    GroupsUnknown,
    RosterBusy,
)
from services.languages import Language
from services.people.errors import NoSuchPerson, UnknownPerson
from services.study_office.errors import NothingToSearch, SearchTooLong

_SHOWN_SIGNS = 10
_INVISIBLE = ("C", "Z", "M")  # categories of signs that are not seen by themselves


def _nothing_to_search(_refusal: NothingToSearch, _language: Language, _words: Words) -> str:
    return _("Write a name, a number, a study group or a phone: at least one letter or digit.")


def _search_too_long(refusal: SearchTooLong, _language: Language, _words: Words) -> str:
    return _("This is too long to look for: write at most {limit} signs, for example a surname.").format(
        limit=refusal.limit
    )


def _no_such_person(_refusal: NoSuchPerson, _language: Language, _words: Words) -> str:
    return _("There is no such person any more. Look for them anew.")


def _unknown_person(refusal: UnknownPerson, _language: Language, _words: Words) -> str:
    return _("Nobody in the roster has this number now: {number}").format(number=html.quote(refusal.person_no))


def _fact_needed(refusal: FactNeeded, _language: Language, _words: Words) -> str:
    return _("{fact}: this cannot be left empty.").format(fact=fact_name(refusal.fact))


def _fact_too_long(refusal: FactTooLong, _language: Language, _words: Words) -> str:
    return _("{fact}: at most {limit} signs. Write it shorter.").format(
        fact=fact_name(refusal.fact), limit=refusal.limit
    )


def _fact_malformed(refusal: FactMalformed, _language: Language, _words: Words) -> str:
    sentences = {
        FactForm.LATIN: _("{fact}: only Latin letters, spaces, hyphens and apostrophes, for example Asanov Nurlan."),
        FactForm.ENGLISH: _("{fact}: there are Cyrillic letters in it. Write it in English."),
        FactForm.DATE: _("{fact}: this is not a date. Write it so: 01.09.2026"),
        FactForm.CHOICE: _("{fact}: choose one of the answers on the buttons."),
        FactForm.PHONE: _("{fact}: this is not a phone number. Write it so: +996 555 12 34 56"),
        FactForm.EMAIL: _("{fact}: this is not an e-mail address. Write it so: name@university.kg"),
        FactForm.GROUPS: _(
            "{fact}: this is no group. Write the groups one after the other, with semicolons between them."
        ),
        FactForm.TEXT: _("{fact}: this cannot be read. Write it once more."),
    }
    return sentences[refusal.form].format(fact=fact_name(refusal.fact))


def _fact_not_printable(refusal: FactNotPrintable, _language: Language, _words: Words) -> str:
    signs = " ".join(_visible(sign) for sign in refusal.signs[:_SHOWN_SIGNS])
    return _("{fact}: these signs cannot be printed on paper: {signs}. Write it by hand, without them.").format(
        fact=fact_name(refusal.fact), signs=html.quote(signs)
    )


def _groups_unknown(refusal: GroupsUnknown, _language: Language, _words: Words) -> str:
    return _("{fact}: nobody in the roster is in these groups: {groups}. Look how the roster spells them.").format(
        fact=fact_name(refusal.fact), groups=html.quote(", ".join(refusal.names))
    )


def _fact_unchanged(refusal: FactUnchanged, _language: Language, _words: Words) -> str:
    return _("{fact}: this is what is known already. Nothing was changed.").format(fact=fact_name(refusal.fact))


def _correction_ended(_refusal: CorrectionEnded, _language: Language, _words: Words) -> str:
    return _("This correction is not in force any more: it was taken back, or the source says the same now.")


def _roster_busy(_refusal: RosterBusy, _language: Language, _words: Words) -> str:
    return _("The roster is being imported at this moment. Please try again in a minute.")


def _no_such_certificate(_refusal: NoSuchCertificate, _language: Language, _words: Words) -> str:
    return _("There is no such certificate.")


def _revoked_already(refusal: RevokedAlready, language: Language, words: Words) -> str:
    return _("Certificate No. {number} was revoked already: {moment}. Nothing was changed.").format(
        number=html.quote(refusal.number), moment=words.dates.moment(refusal.at, language)
    )


def _reason_needed(_refusal: ReasonNeeded, _language: Language, _words: Words) -> str:
    return _("Write why the certificate is revoked; the holder will read it.")


def _reason_too_long(refusal: ReasonTooLong, _language: Language, _words: Words) -> str:
    return _("The reason is too long: at most {limit} signs.").format(limit=refusal.limit)


def _visible(sign: str) -> str:
    return f"U+{ord(sign):04X}" if unicodedata.category(sign).startswith(_INVISIBLE) else sign


SENTENCES: Sentences = {
    CorrectionEnded: _correction_ended,
    FactMalformed: _fact_malformed,
    FactNeeded: _fact_needed,
    FactNotPrintable: _fact_not_printable,
    FactTooLong: _fact_too_long,
    FactUnchanged: _fact_unchanged,
    GroupsUnknown: _groups_unknown,
    NoSuchCertificate: _no_such_certificate,
    NoSuchPerson: _no_such_person,
    NothingToSearch: _nothing_to_search,
    ReasonNeeded: _reason_needed,
    ReasonTooLong: _reason_too_long,
    RevokedAlready: _revoked_already,
    RosterBusy: _roster_busy,
    SearchTooLong: _search_too_long,
    UnknownPerson: _unknown_person,
}
