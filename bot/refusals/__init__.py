"""A service's refusal put into a sentence: what happened, and what the person can do. One file a feature."""

from aiogram.types import InlineKeyboardMarkup

from bot.plain_text import plain_text
from bot.refusals import (
    access,
    announcements,
    audience,
    batches,
    bulletin,
    certificates,
    channels,
    desk_sheets,
    duties,
    expiries,
    fields,
    link_requests,
    linking,
    mydata,
    plan_desk,
    plan_files,
    plan_import,
    plan_reminders,
    plan_reports,
    questionnaires,
    reports,
    requests,
    revisions,
    roles,
    roster,
    sending,
    study_office,
    survey_reports,
    survey_tickets,
    surveys,
    trust,
    workdays,
)
from bot.refusals.words import Keyboards, Sentences, Words
from services.batches.errors import FactNotTyped
from services.certificates.errors import (
    FileAltered,
    FileCarriesNothing,
    FileNotOurs,
    KeyNotTrusted,
    NumberTaken,
    UnknownHolder,
)
from services.delivery.halting import NotHalted
from services.errors import Refusal
from services.keys.errors import AmbiguousKey, KeyIsInvalid, NotYetInvalid, UnknownKey
from services.languages import Language
from services.people.errors import ImportUndone, TooManyRemovals
from services.register.errors import (
    IssuingNotHalted,
    NobodyToErase,
    NoSuchHead,
    NumberGivenAlready,
    NumberOfAnotherYear,
    NumberUnreadable,
)
from services.roles.errors import AmbiguousHolder
from services.surveys.errors import ClosingElsewhere, KeyAwaited, SurveyKeyThere, SurveyNotClosing, SurveysAlike
from services.timestamps.errors import NeverWanted, NoSuchPaper, NotYetStamped
from services.units.errors import UnitsUnreadable
from services.workdays.errors import ChangesUnreadable

#: Refusals that only the command line can meet; it words them for the operator (see `bot.cli`).
OPERATOR_REFUSALS: frozenset[type[Refusal]] = frozenset(
    {
        AmbiguousHolder,
        AmbiguousKey,
        ChangesUnreadable,
        ClosingElsewhere,
        FactNotTyped,
        FileAltered,
        FileCarriesNothing,
        FileNotOurs,
        ImportUndone,
        IssuingNotHalted,
        KeyAwaited,
        KeyIsInvalid,
        KeyNotTrusted,
        NeverWanted,
        NoSuchPaper,
        NobodyToErase,
        NoSuchHead,
        NotHalted,
        NotYetInvalid,
        NotYetStamped,
        NumberGivenAlready,
        NumberOfAnotherYear,
        NumberTaken,
        NumberUnreadable,
        SurveyKeyThere,
        SurveyNotClosing,
        SurveysAlike,
        TooManyRemovals,
        UnitsUnreadable,
        UnknownHolder,
        UnknownKey,
    }
)

_SENTENCES: Sentences = {
    **access.SENTENCES,
    **announcements.SENTENCES,
    **audience.SENTENCES,
    **batches.SENTENCES,
    **bulletin.SENTENCES,
    **certificates.SENTENCES,
    **channels.SENTENCES,
    **desk_sheets.SENTENCES,
    **duties.SENTENCES,
    **expiries.SENTENCES,
    **fields.SENTENCES,
    **link_requests.SENTENCES,
    **linking.SENTENCES,
    **mydata.SENTENCES,
    **plan_desk.SENTENCES,
    **plan_import.SENTENCES,
    **plan_files.SENTENCES,
    **plan_reports.SENTENCES,
    **plan_reminders.SENTENCES,
    **questionnaires.SENTENCES,
    **reports.SENTENCES,
    **requests.SENTENCES,
    **revisions.SENTENCES,
    **roles.SENTENCES,
    **roster.SENTENCES,
    **sending.SENTENCES,
    **study_office.SENTENCES,
    **survey_reports.SENTENCES,
    **survey_tickets.SENTENCES,
    **surveys.SENTENCES,
    **trust.SENTENCES,
    **workdays.SENTENCES,
}

#: Where a refused message leads, if not nowhere.
_KEYBOARDS: Keyboards = {
    **access.KEYBOARDS,
    **announcements.KEYBOARDS,
    **audience.KEYBOARDS,
    **batches.KEYBOARDS,
    **bulletin.KEYBOARDS,
    **channels.KEYBOARDS,
    **desk_sheets.KEYBOARDS,
    **duties.KEYBOARDS,
    **expiries.KEYBOARDS,
    **plan_reminders.KEYBOARDS,
    **link_requests.KEYBOARDS,
    **linking.KEYBOARDS,
    **plan_desk.KEYBOARDS,
    **plan_import.KEYBOARDS,
    **plan_reports.KEYBOARDS,
    **questionnaires.KEYBOARDS,
    **requests.KEYBOARDS,
    **sending.KEYBOARDS,
    **revisions.KEYBOARDS,
    **survey_reports.KEYBOARDS,
    **surveys.KEYBOARDS,
    **trust.KEYBOARDS,
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

    def plain(self, refusal: Refusal, language: Language) -> str:
        """Return the sentence as plain text, for lists and spreadsheets."""
        return plain_text(self.sentence(refusal, language))

    def keyboard(self, refusal: Refusal) -> InlineKeyboardMarkup | None:
        """Return the buttons that lead on from the sentence."""
        keyboard = _KEYBOARDS.get(type(refusal))
        return keyboard() if keyboard is not None else None
