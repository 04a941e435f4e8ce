"""Buttons of this feature."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import Split


class Setting(StrEnum):
    """What can be set of a survey; those from AUDIENCE on are typed, too."""

    MODE = "m"
    SPLIT = "s"
    AUDIENCE = "a"
    PERIOD = "p"
    LAST_DAY = "d"
    READER = "r"


class Asked(StrEnum):
    """Whom surveys mostly ask."""

    STUDENTS = "s"
    STAFF = "e"
    GRADUATES = "g"


class OpenSurvey(CallbackData, prefix="8w"):
    """Look at a survey; a form that was open is left."""

    survey_id: int


class ListLibrary(CallbackData, prefix="8l"):
    """Look at the questionnaires of the library."""


class BringQuestionnaire(CallbackData, prefix="8u"):
    """Send a questionnaire as a file."""


class ChooseSetting(CallbackData, prefix="8e"):
    """Change a setting of a survey that looks so by now."""

    survey_id: int
    version: int
    setting: Setting


class SetMode(CallbackData, prefix="8m"):
    """Choose how it is asked."""

    survey_id: int
    version: int
    mode: SurveyMode


class SetSplit(CallbackData, prefix="8x"):
    """Choose how far the report tells groups apart."""

    survey_id: int
    version: int
    split: Split


class SetAsked(CallbackData, prefix="8a"):
    """Choose who is asked."""

    survey_id: int
    version: int
    asked: Asked


class ListUnits(CallbackData, prefix="8n"):
    """Look at the units that can be asked."""

    survey_id: int
    page: int


class ToggleUnit(CallbackData, prefix="8t"):
    """Ask a unit, or no more."""

    survey_id: int
    unit_id: int


class PreviewSurvey(CallbackData, prefix="8p"):
    """Look at a question as respondents will."""

    survey_id: int
    page: int
    language: Language


class TakeBlankForm(CallbackData, prefix="8k"):
    """Take the blank questionnaire along as a PDF."""

    survey_id: int


class AskToOpen(CallbackData, prefix="8o"):
    """Look at what opening means."""

    survey_id: int


class OpenForAll(CallbackData, prefix="8q"):
    """Open a survey that looks so by now."""

    survey_id: int
    version: int


class LookAtRates(CallbackData, prefix="8r"):
    """Look at how many are through."""

    survey_id: int


class AskToDrop(CallbackData, prefix="8d"):
    """Think of deleting a draft."""

    survey_id: int


class DropSurvey(CallbackData, prefix="8z"):
    """Delete a draft."""

    survey_id: int


class AskToClose(CallbackData, prefix="8c"):
    """Think of closing a survey before its last day."""

    survey_id: int


class CloseSurvey(CallbackData, prefix="8h"):
    """Close a survey."""

    survey_id: int


class ListTicketGroups(CallbackData, prefix="8g"):
    """Look for which groups tickets can be made."""

    survey_id: int


class ChooseTicketGroup(CallbackData, prefix="8i"):
    """Make tickets for a group, known by its place among the groups."""

    survey_id: int
    place: int


class MakeTickets(CallbackData, prefix="K"):
    """Make as many tickets for a group as it has people. `shown`: how many it had by then.

    A second tap makes none. A short prefix, so that three numbers find room.
    """

    survey_id: int
    place: int
    shown: int


class MakeMissingTickets(CallbackData, prefix="^"):
    """Make the tickets of a group that are not printed yet; the fields are those of MakeTickets."""

    survey_id: int
    place: int
    shown: int
