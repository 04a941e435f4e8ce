"""A service's refusal put into a sentence: what happened, and what the person can do."""

from collections.abc import Callable, Mapping

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.ports import LocalDates, PaperWords
from services.access import NotAllowed, NotLinked
from services.certificates.errors import (
    FactsMissing,
    FactsUnprintable,
    KindNotOffered,
    LanguageNotOffered,
    NotAStudent,
    NotStudying,
)
from services.errors import Refusal
from services.languages import Language
from services.linking.errors import LinkCodeExpired, LinkCodeUnknown, LinkCodeUsed, LinkedToAnother, LinkingLocked
from services.people.dto import PersonStatus
from services.people.errors import RosterUnreadable, TooManyRemovals, UnknownPerson
from services.roles.errors import AmbiguousHolder, RoleHeldAlready, RoleNotHeld, UnknownHolder, UnknownUnit
from services.units.errors import UnitsUnreadable
from services.university import UniversityCard

#: Refusals that only the command line can meet; it words them for the operator (see `bot.cli`).
OPERATOR_REFUSALS: frozenset[type[Refusal]] = frozenset(
    {
        AmbiguousHolder,
        RoleHeldAlready,
        RoleNotHeld,
        RosterUnreadable,
        TooManyRemovals,
        UnitsUnreadable,
        UnknownHolder,
        UnknownPerson,
        UnknownUnit,
    }
)


class RefusalSentences:
    """Sentences for people in the chat, in the language of the moment (`i18n`'s current locale)."""

    def __init__(self, university: UniversityCard, words: PaperWords, dates: LocalDates) -> None:
        self._university = university
        self._words = words
        self._dates = dates
        self._sentences: Mapping[type[Refusal], Callable[[Refusal, Language], str]] = {
            FactsMissing: self._facts_missing,
            FactsUnprintable: self._facts_unprintable,
            KindNotOffered: self._kind_not_offered,
            LanguageNotOffered: self._language_not_offered,
            LinkCodeExpired: self._code_expired,
            LinkCodeUnknown: self._code_unknown,
            LinkCodeUsed: self._code_used,
            LinkedToAnother: self._linked_to_another,
            LinkingLocked: self._linking_locked,
            NotAStudent: self._not_a_student,
            NotAllowed: self._not_allowed,
            NotLinked: self._not_linked,
            NotStudying: self._not_studying,
        }

    @property
    def worded(self) -> frozenset[type[Refusal]]:
        """The refusals that have a sentence."""
        return frozenset(self._sentences)

    def sentence(self, refusal: Refusal, language: Language) -> str:
        """Return the sentence as HTML."""
        return self._sentences[type(refusal)](refusal, language)

    def _office(self, language: Language) -> str:
        office = self._university.study_office
        return html.quote(f"{office.name.get(language)}, {office.place.get(language)}, {office.phone}")

    def _not_allowed(self, _refusal: Refusal, _language: Language) -> str:
        return _("You have no right to do this.")

    def _not_linked(self, _refusal: Refusal, language: Language) -> str:
        return _(
            "This account is not linked to a student or an employee. A one-time code is given by: {office}"
        ).format(office=self._office(language))

    def _kind_not_offered(self, _refusal: Refusal, _language: Language) -> str:
        return _("This certificate is not issued any more. See what there is today: /certificate")

    def _language_not_offered(self, _refusal: Refusal, _language: Language) -> str:
        return _("This certificate is not issued in that language. See what there is today: /certificate")

    def _not_a_student(self, _refusal: Refusal, language: Language) -> str:
        return _("This certificate is for students only. Questions: {office}").format(office=self._office(language))

    def _not_studying(self, refusal: Refusal, language: Language) -> str:
        sentences = {
            PersonStatus.LEAVE: _("You are on academic leave, so this certificate cannot be issued. Ask: {office}"),
            PersonStatus.EXPELLED: _(
                "Your studies here have ended, so this certificate cannot be issued. Ask: {office}"
            ),
            PersonStatus.GRADUATED: _("You have graduated, so this certificate cannot be issued. Ask: {office}"),
        }
        status = refusal.status if isinstance(refusal, NotStudying) else PersonStatus.EXPELLED
        return sentences[status].format(office=self._office(language))

    def _facts_missing(self, refusal: Refusal, language: Language) -> str:
        if not isinstance(refusal, FactsMissing):
            raise TypeError(refusal)
        in_language = {
            Language.KY: _("The certificate cannot be issued in Kyrgyz: the university's records lack in Kyrgyz:"),
            Language.RU: _("The certificate cannot be issued in Russian: the university's records lack in Russian:"),
            Language.EN: _("The certificate cannot be issued in English: the university's records lack in English:"),
        }
        lines = [in_language[refusal.language], *self._fact_lines(refusal.kind.id, refusal.facts, language)]
        lines.append(_("These are entered by: {office}").format(office=self._office(language)))
        return "\n".join(lines)

    def _facts_unprintable(self, refusal: Refusal, language: Language) -> str:
        if not isinstance(refusal, FactsUnprintable):
            raise TypeError(refusal)
        lines = [
            _("The certificate cannot be issued: the university's records hold signs that cannot be printed, in:"),
            *self._fact_lines(refusal.kind.id, refusal.facts, language),
            _("They are corrected by: {office}").format(office=self._office(language)),
        ]
        return "\n".join(lines)

    def _fact_lines(self, kind: str, facts: tuple[str, ...], language: Language) -> list[str]:
        return [f"• {html.quote(self._words.label(kind, fact, language))}" for fact in facts]

    def _code_unknown(self, refusal: Refusal, _language: Language) -> str:
        return _with_tries(_("There is no such one-time code. Check every letter and digit."), refusal)

    def _code_used(self, refusal: Refusal, language: Language) -> str:
        sentence = _("This one-time code was used already. A new one is given by: {office}")
        return _with_tries(sentence.format(office=self._office(language)), refusal)

    def _code_expired(self, refusal: Refusal, language: Language) -> str:
        sentence = _("This one-time code is too old. A new one is given by: {office}")
        return _with_tries(sentence.format(office=self._office(language)), refusal)

    def _linking_locked(self, refusal: Refusal, language: Language) -> str:
        if not isinstance(refusal, LinkingLocked):
            raise TypeError(refusal)
        return _("Too many wrong codes. You can try again after: {moment}").format(
            moment=self._dates.moment(refusal.until, language)
        )

    def _linked_to_another(self, refusal: Refusal, language: Language) -> str:
        if not isinstance(refusal, LinkedToAnother):
            raise TypeError(refusal)
        return _("This account is linked already to: {person}. To change that, ask: {office}").format(
            person=html.quote(refusal.person.full_name), office=self._office(language)
        )


def _with_tries(sentence: str, refusal: Refusal) -> str:
    tries_left = getattr(refusal, "tries_left", 0)
    if not tries_left:
        return "\n".join([sentence, _("No tries are left; you can try again in an hour.")])
    tries = ngettext("{tries} try left.", "{tries} tries left.", tries_left).format(tries=tries_left)
    return f"{sentence}\n{tries}"
