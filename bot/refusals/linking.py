"""Refusals of linking."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.refusals.words import Sentences, Words
from services.languages import Language
from services.linking.errors import (
    LinkCodeExpired,
    LinkCodeRefused,
    LinkCodeUnknown,
    LinkCodeUsed,
    LinkedToAnother,
    LinkingLocked,
    PersonNotLinked,
)


def _code_unknown(refusal: LinkCodeUnknown, _language: Language, _words: Words) -> str:
    return _with_tries(_("There is no such one-time code. Check every letter and digit."), refusal)


def _code_used(refusal: LinkCodeUsed, language: Language, words: Words) -> str:
    sentence = _("This one-time code was used already. A new one is given by: {office}")
    return _with_tries(sentence.format(office=words.office(language)), refusal)


def _code_expired(refusal: LinkCodeExpired, language: Language, words: Words) -> str:
    sentence = _("This one-time code is too old. A new one is given by: {office}")
    return _with_tries(sentence.format(office=words.office(language)), refusal)


def _linking_locked(refusal: LinkingLocked, language: Language, words: Words) -> str:
    return _("Too many wrong codes. You can try again after: {moment}").format(
        moment=words.dates.moment(refusal.until, language)
    )


def _linked_to_another(refusal: LinkedToAnother, language: Language, words: Words) -> str:
    return _("This account is linked already to: {person}. To change that, ask: {office}").format(
        person=html.quote(refusal.person.full_name), office=words.office(language)
    )


def _person_not_linked(_refusal: PersonNotLinked, _language: Language, _words: Words) -> str:
    return _("No Telegram account is linked to this person.")


def _with_tries(sentence: str, refusal: LinkCodeRefused) -> str:
    if not refusal.tries_left:
        return "\n".join([sentence, _("No tries are left; you can try again in an hour.")])
    tries = ngettext("{tries} try left.", "{tries} tries left.", refusal.tries_left).format(tries=refusal.tries_left)
    return f"{sentence}\n{tries}"


SENTENCES: Sentences = {
    LinkCodeExpired: _code_expired,
    LinkCodeUnknown: _code_unknown,
    LinkCodeUsed: _code_used,
    LinkedToAnother: _linked_to_another,
    LinkingLocked: _linking_locked,
    PersonNotLinked: _person_not_linked,
}
