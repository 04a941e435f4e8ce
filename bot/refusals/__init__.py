"""A service's refusal put into a sentence: what happened, and what the person can do. One file a feature."""

from bot.refusals import access, certificates, linking, roster
from bot.refusals.words import Sentences, Words
from services.errors import Refusal
from services.languages import Language
from services.people.errors import TooManyRemovals, UnknownPerson
from services.roles.errors import AmbiguousHolder, RoleHeldAlready, RoleNotHeld, UnknownHolder, UnknownUnit
from services.units.errors import UnitsUnreadable

#: Refusals that only the command line can meet; it words them for the operator (see `bot.cli`).
OPERATOR_REFUSALS: frozenset[type[Refusal]] = frozenset(
    {
        AmbiguousHolder,
        RoleHeldAlready,
        RoleNotHeld,
        TooManyRemovals,
        UnitsUnreadable,
        UnknownHolder,
        UnknownPerson,
        UnknownUnit,
    }
)

_SENTENCES: Sentences = {
    **access.SENTENCES,
    **certificates.SENTENCES,
    **linking.SENTENCES,
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
