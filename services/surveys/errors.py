"""Why a survey is refused."""

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


class SurveyKeyThere(Refusal):
    """The key of the survey is on this machine: its answers need not be given up."""


class ClosingElsewhere(Refusal):
    """Another process is closing a survey at this moment."""
