"""Buttons of this feature."""

from aiogram.filters.callback_data import CallbackData

from services.languages import Language
from services.survey_reports.report_dto import Picture, ReportForm


class TakePicture(CallbackData, prefix="9a"):
    """Take a picture; `place`: of the group among those of the report, 0 is the whole."""

    survey_id: int
    picture: Picture
    place: int = 0


class ListGroups(CallbackData, prefix="9b"):
    """Look for a group whose answers or indices are to be seen."""

    survey_id: int
    picture: Picture
    page: int = 0


class TakeReport(CallbackData, prefix="9c"):
    """Take all of it along, in the reader's language."""

    survey_id: int
    form: ReportForm


class TakeAllLanguages(CallbackData, prefix="9n"):
    """Take the paper along in all languages."""

    survey_id: int


class OpenTexts(CallbackData, prefix="9d"):
    """Look at the groups of free answers."""

    survey_id: int


class ReadTexts(CallbackData, prefix="9e"):
    """Read confirmed answers of a group. `spot`: the group's place and the page: a button has 64 bytes."""

    survey_id: int
    spot: str

    @property
    def place(self) -> int:
        """The group's place; of a spot that is none, one that there is not."""
        place = self.spot.partition(".")[0]
        return int(place) if place.isdecimal() else -1

    @property
    def page(self) -> int:
        """The page, from 0."""
        page = self.spot.partition(".")[2]
        return int(page) if page.isdecimal() else 0


class LookThrough(CallbackData, prefix="9f"):
    """Look at an answer of a group that waits for a decision."""

    survey_id: int
    place: int


class ToggleWord(CallbackData, prefix="9g"):
    """Hide a word of the answer that is looked at, or show it again. `mark`: of that answer."""

    word: int
    mark: int


class TurnWords(CallbackData, prefix="9h"):
    """Turn over the words of the answer that is looked at."""

    page: int
    mark: int


class DecideText(CallbackData, prefix="9i"):
    """Show the answer that is looked at without the hidden words, or not at all."""

    shown: bool
    mark: int


class TakeTexts(CallbackData, prefix="9j"):
    """Take confirmed answers along."""

    survey_id: int


class WriteOutcome(CallbackData, prefix="9k"):
    """Write in one language what changed."""

    survey_id: int
    language: Language


class PreviewOutcome(CallbackData, prefix="9l"):
    """See what changed as it will be read, in all languages."""

    survey_id: int


class SendOutcome(CallbackData, prefix="9m"):
    """Tell everybody who was asked; `version`: of the survey as it was shown."""

    survey_id: int
    version: int
