"""Refusals of surveys and questionnaires."""

from aiogram import html
from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from services.languages import Language
from services.questionnaires.errors import QuestionnaireUnusable
from services.surveys.errors import (
    ChatRoomMissing,
    ClosingHalted,
    LastDayUnusable,
    PeriodUnusable,
    PublicAddressMissing,
    QuestionnaireMissing,
    QuestionnaireUnfinished,
    ReaderMissing,
    ReaderUnknown,
    RevisionTaken,
    SaysAnonymous,
    SurveyAlike,
    SurveyChanged,
    SurveyKeyMissing,
    SurveyKeyUnusable,
    SurveyMissing,
    SurveyNotDraft,
    SurveyNotOpen,
    TooFewPeople,
)

_FAULTS_SHOWN = 10
_LONGEST_FAULT = 200


def _unusable(refusal: QuestionnaireUnusable, _language: Language, _words: Words) -> str:
    lines = "\n".join(f"• {html.quote(fault[:_LONGEST_FAULT])}" for fault in refusal.faults[:_FAULTS_SHOWN])
    said = _("The questionnaire was not taken. Correct this in the file and send it again:\n{faults}").format(
        faults=lines
    )
    more = len(refusal.faults) - _FAULTS_SHOWN
    if more <= 0:
        return said
    return f"{said}\n" + ngettext("… and {number} more.", "… and {number} more.", more).format(number=more)


def _missing(_refusal: SurveyMissing, _language: Language, _words: Words) -> str:
    return _("This survey is not here any more.")


def _changed(_refusal: SurveyChanged, _language: Language, _words: Words) -> str:
    return _("⚠️ The survey has changed since this screen was shown, so nothing was done. Look at it anew.")


def _not_draft(_refusal: SurveyNotDraft, _language: Language, _words: Words) -> str:
    return _("The survey has been opened: its questions, its people and how it is asked do not change any more.")


def _not_open(_refusal: SurveyNotOpen, _language: Language, _words: Words) -> str:
    return _("The survey is not open.")


def _no_address(_refusal: PublicAddressMissing, _language: Language, _words: Words) -> str:
    return _(
        "The survey was not opened: it is asked on a web page, and the site address (PUBLIC_URL) is not set. "
        "It is never moved to the chat by itself. Ask the administrator to set the address, or choose another mode."
    )


def _few_people(refusal: TooFewPeople, _language: Language, _words: Words) -> str:
    if refusal.least <= 1:
        return _("Nobody in the roster is meant, so there is nobody to ask. Choose who is asked.")
    return _("People who would be asked: {people}. At least {least} are needed, or nobody would be hidden.").format(
        people=refusal.people, least=refusal.least
    )


def _no_room(_refusal: ChatRoomMissing, _language: Language, _words: Words) -> str:
    return _("This questionnaire is too long for the chat: it can be asked on a web page only.")


def _says_anonymous(refusal: SaysAnonymous, _language: Language, _words: Words) -> str:
    places = html.quote(", ".join(refusal.places[:_FAULTS_SHOWN]))
    return _(
        "The questionnaire promises in its words what this mode does not keep: {places}. Correct the words, or choose "
        "the mode with paper tickets."
    ).format(places=places)


def _no_key(_refusal: SurveyKeyUnusable, _language: Language, _words: Words) -> str:
    return _("The key of the survey cannot be kept on the server. Ask the administrator to look at SURVEY_KEY_DIR.")


def _halted(_refusal: ClosingHalted, _language: Language, _words: Words) -> str:
    return _(
        "Since a backup was restored everything stands still, and no survey is closed. Ask the administrator to let "
        "sending go on, then close the survey."
    )


def _no_questionnaire(_refusal: QuestionnaireMissing, _language: Language, _words: Words) -> str:
    return _("This questionnaire is not here any more.")


def _unfinished(_refusal: QuestionnaireUnfinished, _language: Language, _words: Words) -> str:
    return _("This questionnaire is still being written, so nobody can be asked with it yet.")


def _revision(refusal: RevisionTaken, _language: Language, _words: Words) -> str:
    return _(
        "The questionnaire {code} is known with other words as revision {newest}. If you have corrected it, write "
        "revision = {next} into the file."
    ).format(code=html.quote(refusal.code), newest=refusal.newest, next=refusal.newest + 1)


def _last_day(refusal: LastDayUnusable, language: Language, words: Words) -> str:
    return _("The last day must not be before {earliest} nor after {latest}. Write another one.").format(
        earliest=words.dates.date(refusal.earliest, language), latest=words.dates.date(refusal.latest, language)
    )


def _period(refusal: PeriodUnusable, _language: Language, _words: Words) -> str:
    return _(
        "Write the period in all three languages, one a line: Kyrgyz, Russian, English; at most {most} signs each."
    ).format(most=refusal.most)


def _reader(refusal: ReaderUnknown, _language: Language, _words: Words) -> str:
    return _("No unit has the code {code}.").format(code=html.quote(refusal.code))


def _no_reader(_refusal: ReaderMissing, _language: Language, _words: Words) -> str:
    return _(
        "The survey was not opened: its answers are kept with names, and nobody is set who reads them. Set “Who reads”."
    )


def _alike(refusal: SurveyAlike, _language: Language, _words: Words) -> str:
    return _(
        "The survey was not opened: survey No. {number} asks some of the same people the same questions. Close that "
        "one first, or choose other people."
    ).format(number=refusal.survey_id)


def _key_elsewhere(_refusal: SurveyKeyMissing, _language: Language, _words: Words) -> str:
    return _(
        "The survey was not closed and goes on: its key is not on this server, so the answers could not be opened. "
        "Tell the administrator."
    )


def _to_desk() -> InlineKeyboardMarkup:
    desk = place_button(_("📝 Surveys: questionnaires, opening"), Place.SURVEY_DESK)
    return InlineKeyboardMarkup(inline_keyboard=[[desk], [menu_button()]])


SENTENCES: Sentences = {
    QuestionnaireUnusable: _unusable,
    SurveyMissing: _missing,
    SurveyChanged: _changed,
    SurveyNotDraft: _not_draft,
    SurveyNotOpen: _not_open,
    PublicAddressMissing: _no_address,
    TooFewPeople: _few_people,
    ChatRoomMissing: _no_room,
    SaysAnonymous: _says_anonymous,
    SurveyKeyUnusable: _no_key,
    SurveyKeyMissing: _key_elsewhere,
    ReaderMissing: _no_reader,
    SurveyAlike: _alike,
    QuestionnaireMissing: _no_questionnaire,
    QuestionnaireUnfinished: _unfinished,
    RevisionTaken: _revision,
    LastDayUnusable: _last_day,
    PeriodUnusable: _period,
    ReaderUnknown: _reader,
    ClosingHalted: _halted,
}

#: Only those that managers alone meet lead to their desk.
KEYBOARDS: Keyboards = dict.fromkeys(
    (
        QuestionnaireUnusable,
        SurveyChanged,
        SurveyNotDraft,
        PublicAddressMissing,
        TooFewPeople,
        ChatRoomMissing,
        SaysAnonymous,
        SurveyKeyUnusable,
        SurveyKeyMissing,
        ReaderMissing,
        SurveyAlike,
        QuestionnaireMissing,
        QuestionnaireUnfinished,
        RevisionTaken,
        ClosingHalted,
    ),
    _to_desk,
)
