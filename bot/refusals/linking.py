"""Refusals of linking."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.linking.keyboards import linking_keyboard, ways_keyboard
from services.languages import Language
from services.linking.errors import (
    ConsentNeeded,
    ContactForwarded,
    ContactLocked,
    ContactNotOwn,
    GroupLinked,
    LinkCodeExpired,
    LinkCodeRefused,
    LinkCodeUnknown,
    LinkCodeUsed,
    LinkedToAnother,
    LinkingLocked,
    LinkStandsNoMore,
    LinkTaken,
    NotFrozen,
    NumberNotRecognised,
    OwnAccount,
    PersonAbsent,
    PersonNotLinked,
    UnknownGroup,
)


def _consent_needed(_refusal: ConsentNeeded, _language: Language, _words: Words) -> str:
    return _("First the text about personal data must be agreed to. Begin with: 🔑 Link my account")


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


def _contact_not_own(_refusal: ContactNotOwn, _language: Language, _words: Words) -> str:
    return _("Only your own contact counts, sent by yourself. Use the button, a code, or ask the Study Office.")


def _contact_forwarded(_refusal: ContactForwarded, _language: Language, _words: Words) -> str:
    return _("A forwarded contact does not count. Send your own with the button, use a code, or ask the Study Office.")


def _number_not_recognised(_refusal: NumberNotRecognised, _language: Language, _words: Words) -> str:
    return _("This number cannot be used to recognise you. Use a code or ask the Study Office.")


def _contact_locked(refusal: ContactLocked, language: Language, words: Words) -> str:
    sentence = _("Too many tries with a telephone number; the next is possible after: {moment}")
    rest = _("Use a code or ask the Study Office.")
    return f"{sentence.format(moment=words.dates.moment(refusal.until, language))}\n{rest}"


def _linked_to_another(refusal: LinkedToAnother, language: Language, words: Words) -> str:
    return _("This account is linked already to: {person}. To change that, ask: {office}").format(
        person=html.quote(refusal.person.full_name), office=words.office(language)
    )


def _link_taken(_refusal: LinkTaken, _language: Language, _words: Words) -> str:
    return _("Another link was made at the same moment, so nothing was changed. Please try once more.")


def _person_not_linked(_refusal: PersonNotLinked, _language: Language, _words: Words) -> str:
    return _("No account is linked to this person (any more).")


def _stands_no_more(_refusal: LinkStandsNoMore, language: Language, words: Words) -> str:
    return _(
        "That link does not stand any more, or too much time has passed. If something is wrong, ask: {office}"
    ).format(office=words.office(language))


def _own_account(_refusal: OwnAccount, _language: Language, _words: Words) -> str:
    return _("This concerns your own account; a colleague must do it.")


def _not_frozen(_refusal: NotFrozen, _language: Language, _words: Words) -> str:
    return _("This account is not on hold (any more).")


def _person_absent(_refusal: PersonAbsent, _language: Language, _words: Words) -> str:
    return _("This person is no longer in the roster, so no account can be linked.")


def _unknown_group(refusal: UnknownGroup, _language: Language, _words: Words) -> str:
    sentence = _("Nobody studies in a group of this name: {group}").format(group=html.quote(refusal.group_name))
    if not refusal.similar:
        return "\n".join([sentence, _("Write it as it stands in the roster, or /cancel.")])
    similar = ", ".join(html.quote(name) for name in refusal.similar)
    return "\n".join([sentence, _("Did you mean: {groups}").format(groups=similar)])


def _group_linked(refusal: GroupLinked, _language: Language, _words: Words) -> str:
    return _("Everybody of this group is linked already: {group}").format(group=html.quote(refusal.group_name))


def _with_tries(sentence: str, refusal: LinkCodeRefused) -> str:
    if not refusal.tries_left:
        return "\n".join([sentence, _("No tries are left; you can try again in an hour.")])
    tries = ngettext("{tries} try left.", "{tries} tries left.", refusal.tries_left).format(tries=refusal.tries_left)
    return f"{sentence}\n{tries}"


SENTENCES: Sentences = {
    ConsentNeeded: _consent_needed,
    ContactForwarded: _contact_forwarded,
    ContactLocked: _contact_locked,
    ContactNotOwn: _contact_not_own,
    GroupLinked: _group_linked,
    LinkCodeExpired: _code_expired,
    LinkCodeUnknown: _code_unknown,
    LinkCodeUsed: _code_used,
    LinkStandsNoMore: _stands_no_more,
    LinkTaken: _link_taken,
    LinkedToAnother: _linked_to_another,
    LinkingLocked: _linking_locked,
    NotFrozen: _not_frozen,
    NumberNotRecognised: _number_not_recognised,
    OwnAccount: _own_account,
    PersonAbsent: _person_absent,
    PersonNotLinked: _person_not_linked,
    UnknownGroup: _unknown_group,
}

KEYBOARDS: Keyboards = {
    ConsentNeeded: linking_keyboard,
    GroupLinked: back_to_menu_keyboard,
    LinkStandsNoMore: back_to_menu_keyboard,
    LinkTaken: linking_keyboard,
    LinkedToAnother: back_to_menu_keyboard,
    UnknownGroup: back_to_menu_keyboard,
    **dict.fromkeys(
        (
            ContactForwarded,
            ContactLocked,
            ContactNotOwn,
            LinkCodeExpired,
            LinkCodeUnknown,
            LinkCodeUsed,
            LinkingLocked,
            NumberNotRecognised,
        ),
        ways_keyboard,
    ),
}
