"""Refusals of the library of questionnaires and of the builder."""

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.questionnaires.words import library_keyboard
from services.languages import Language
from services.questionnaires.errors import (
    ChoicesUncounted,
    ItemWordsUnusable,
    MinutesUnusable,
    NoSuchQuestionnaire,
    QuestionnaireChanged,
    QuestionnaireCodeTaken,
    QuestionnaireCodeUnusable,
    QuestionnaireFull,
    QuestionnaireUnready,
    WordFault,
)


def _no_such(_refusal: NoSuchQuestionnaire, _language: Language, _words: Words) -> str:
    return _("This is not there any more: it was finished, deleted or changed meanwhile. Open the questionnaires anew.")


def _changed(_refusal: QuestionnaireChanged, _language: Language, _words: Words) -> str:
    return _("Somebody else changed this meanwhile. Nothing was written; open it anew and decide then.")


def _unready(refusal: QuestionnaireUnready, _language: Language, _words: Words) -> str:
    count = len(refusal.faults)
    return ngettext(
        "It cannot be finished yet: {count} thing lacks. Open the draft, it stands there.",
        "It cannot be finished yet: {count} things lack. Open the draft, they stand there.",
        count,
    ).format(count=count)


def _words_unusable(refusal: ItemWordsUnusable, _language: Language, _words: Words) -> str:
    sentences = {
        WordFault.NONE: _("Write it in words, at most {limit} signs."),
        WordFault.LONG: _("This is too long: at most {limit} signs. Shorten it and send it again."),
        WordFault.BRACES: _("A text of a questionnaire has no curly braces. Write it without them."),
        WordFault.DOUBT: _("The text still holds a doubtful place, “(?)”. Settle it and send the text again."),
        WordFault.UNSEEN: _("The text holds an invisible sign. Type it anew instead of pasting it."),
    }
    return sentences[refusal.fault].format(limit=refusal.limit)


def _code_unusable(refusal: QuestionnaireCodeUnusable, _language: Language, _words: Words) -> str:
    return _("A code has small Latin letters, digits and hyphens, at most {limit} signs. Write another one.").format(
        limit=refusal.limit
    )


def _code_taken(_refusal: QuestionnaireCodeTaken, _language: Language, _words: Words) -> str:
    return _("Somebody was faster: the library has this edition already. Begin the next edition from it.")


def _minutes_unusable(refusal: MinutesUnusable, _language: Language, _words: Words) -> str:
    return _("Write a whole number from 1 to {most}.").format(most=refusal.most)


def _uncounted(refusal: ChoicesUncounted, _language: Language, _words: Words) -> str:
    if refusal.wanted:
        return _("In the other languages there are {count}. Write as many, each on a line of its own.").format(
            count=refusal.wanted
        )
    return _("Write {least} to {most}, each on a line of its own.").format(least=refusal.least, most=refusal.most)


def _full(refusal: QuestionnaireFull, _language: Language, _words: Words) -> str:
    return _("There is no room for more than {most}. Remove something first.").format(most=refusal.most)


SENTENCES: Sentences = {
    ChoicesUncounted: _uncounted,
    ItemWordsUnusable: _words_unusable,
    MinutesUnusable: _minutes_unusable,
    NoSuchQuestionnaire: _no_such,
    QuestionnaireChanged: _changed,
    QuestionnaireCodeTaken: _code_taken,
    QuestionnaireCodeUnusable: _code_unusable,
    QuestionnaireFull: _full,
    QuestionnaireUnready: _unready,
}
KEYBOARDS: Keyboards = dict.fromkeys(
    (NoSuchQuestionnaire, QuestionnaireChanged, QuestionnaireCodeTaken, QuestionnaireUnready), library_keyboard
)
