"""Why a survey is refused."""

from collections.abc import Sequence
from datetime import date

from services.errors import Refusal


class SurveyMissing(Refusal):
    """There is no such survey (any more)."""


class SurveyChanged(Refusal):
    """It has changed since it was shown."""


class SurveyNotDraft(Refusal):
    """It has been opened: its mode, questions and people do not change any more."""


class SurveyNotOpen(Refusal):
    """It is not open (yet, or any more)."""


class PublicAddressMissing(Refusal):
    """Anonymous surveys and open links live on a web page, and PUBLIC_URL is not set; it never goes to the chat."""


class TooFewPeople(Refusal):
    """Fewer than `least` people are asked: nobody would be hidden among them."""

    def __init__(self, people: int, least: int) -> None:
        super().__init__(f"{people} people, {least} needed")
        self.people = people
        self.least = least


class ChatRoomMissing(Refusal):
    """The answers to this questionnaire do not fit the buttons of a chat: it can be asked on a page only."""


class SurveyKeyUnusable(Refusal):
    """The key of the survey cannot be made or is not there; `reason`: for the operator, in English."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class QuestionnaireMissing(Refusal):
    """There is no such questionnaire in the library."""


class QuestionnaireUnfinished(Refusal):
    """It is still being written, so nobody can be asked with it."""


class RevisionTaken(Refusal):
    """The questionnaire `code` has other words than its revision `newest` has; a correction needs a higher number."""

    def __init__(self, code: str, newest: int) -> None:
        super().__init__(f"{code}: {newest}")
        self.code = code
        self.newest = newest


class SaysAnonymous(Refusal):
    """The questionnaire calls itself anonymous in `places`, which only a survey in anonymous mode is."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(", ".join(places))
        self.places = tuple(places)


class LastDayUnusable(Refusal):
    """The last day is past, too far away (after `latest`), or earlier than what an open survey has promised."""

    def __init__(self, earliest: date, latest: date) -> None:
        super().__init__(f"{earliest} to {latest}")
        self.earliest = earliest
        self.latest = latest


class PeriodUnusable(Refusal):
    """The period is not given in three languages, or is too long (more than `most` characters)."""

    def __init__(self, most: int) -> None:
        super().__init__(str(most))
        self.most = most


class ReaderUnknown(Refusal):
    """No unit has the code `code`, so nobody could read the answers."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ReaderMissing(Refusal):
    """Named answers would be kept, and no unit is named that reads them."""


class SurveyAlike(Refusal):
    """Survey `survey_id` asks some of the same people the same questionnaire, and is not closed yet."""

    def __init__(self, survey_id: int) -> None:
        super().__init__(str(survey_id))
        self.survey_id = survey_id


class SurveysAlike(Refusal):
    """A questionnaire's code was given, and several surveys with it (`ids`) can be meant."""

    def __init__(self, ids: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, ids)))
        self.ids = tuple(ids)


class SurveyKeyThere(Refusal):
    """The key of the survey is on this machine: its answers need not be given up."""


class SurveyKeyMissing(Refusal):
    """The survey is open and its key is not on this machine: closing it could not go on here."""


class SurveyNotClosing(Refusal):
    """Its closing was not begun, or is done: there is nothing to be given up."""


class KeyAwaited(Refusal):
    """Its closing was begun less than ten minutes ago: another machine may have the key, and end it."""


class ClosingElsewhere(Refusal):
    """Another process is closing a survey at this moment."""


class ClosingHalted(Refusal):
    """Since a restore everything is halted: no survey is closed, no key destroyed, before sending goes on."""
