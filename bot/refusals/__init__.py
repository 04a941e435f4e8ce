"""A service's refusal put into a sentence: what happened, and what the person can do. One file a feature."""

from aiogram.types import InlineKeyboardMarkup

from bot.refusals import access, certificates, link_requests, linking
from bot.refusals.words import Keyboards, Sentences, Words
from bot.refusals import access, certificates, linking, roles
from bot.refusals import access, certificates, linking, mydata
from bot.refusals.words import Sentences, Words
from services.errors import Refusal
from services.languages import Language
from services.people.errors import RosterUnreadable, TooManyRemovals, UnknownPerson
from services.roles.errors import AmbiguousHolder
from bot.refusals import access, certificates, linking, study_office
from services.people.errors import RosterUnreadable, TooManyRemovals
from bot.refusals import access, certificates, linking, roster
from services.people.errors import TooManyRemovals, UnknownPerson
from services.roles.errors import AmbiguousHolder, RoleHeldAlready, RoleNotHeld, UnknownHolder, UnknownUnit
from services.units.errors import UnitsUnreadable

#: Refusals that only the command line can meet; it words them for the operator (see `bot.cli`).
OPERATOR_REFUSALS: frozenset[type[Refusal]] = frozenset(
    {
        AmbiguousHolder,
        RosterUnreadable,
        RoleHeldAlready,
        RoleNotHeld,
        TooManyRemovals,
        UnitsUnreadable,
        UnknownPerson,
        UnknownHolder,
        UnknownUnit,
    }
)

_SENTENCES: Sentences = {
    **access.SENTENCES,
    **certificates.SENTENCES,
    **link_requests.SENTENCES,
    **linking.SENTENCES,
    **roles.SENTENCES,
}

#: Where a refused message leads, if not nowhere.
_KEYBOARDS: Keyboards = {
    **access.KEYBOARDS,
    **link_requests.KEYBOARDS,
    **linking.KEYBOARDS,
    **mydata.SENTENCES,
    **study_office.SENTENCES,
    **roster.SENTENCES,
}


class RefusalSentences:
    """Sentences for people in the chat, in the language of the moment (`i18n`'s current locale)."""

    def __init__(self, words: Words) -> None:
        self._words = words

    @property
    def worded(self) -> frozenset[type[Refusal]]:
        """The refusals that have a sentence."""
        return frozenset(_SENTENCES)

    def sentence(self, refusal: Refusal, language: Language) -> str:
        """Return the sentence as HTML."""
        return _SENTENCES[type(refusal)](refusal, language, self._words)

    def keyboard(self, refusal: Refusal) -> InlineKeyboardMarkup | None:
        """Return the buttons that lead on from the sentence."""
        keyboard = _KEYBOARDS.get(type(refusal))
        return keyboard() if keyboard is not None else None
