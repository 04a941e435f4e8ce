"""Why a questionnaire is not taken."""

from collections.abc import Sequence
from enum import StrEnum

from services.errors import Refusal
from services.questionnaires.draft_dto import DraftFault


class QuestionnaireUnusable(Refusal):
    """The file is no questionnaire; `faults`: one line each, in English, naming the place."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


class NoSuchQuestionnaire(Refusal):
    """There is no such edition or draft (any more), or no such item in it."""


class QuestionnaireChanged(Refusal):
    """Somebody else changed the draft since it was shown."""


class QuestionnaireUnready(Refusal):
    """The draft cannot be finished yet."""

    def __init__(self, faults: Sequence[DraftFault]) -> None:
        super().__init__(", ".join(fault.gap for fault in faults))
        self.faults = tuple(faults)


class WordFault(StrEnum):
    """What is wrong with typed words."""

    NONE = "none"
    LONG = "long"
    BRACES = "braces"
    DOUBT = "doubt"
    UNSEEN = "unseen"


class ItemWordsUnusable(Refusal):
    """The typed words cannot stand in a questionnaire; `limit`: how many signs can."""

    def __init__(self, fault: WordFault, limit: int) -> None:
        super().__init__(f"{fault}, limit {limit}")
        self.fault = fault
        self.limit = limit


class QuestionnaireCodeUnusable(Refusal):
    """A code has a-z, 0-9 and -, `limit` at most."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit {limit}")
        self.limit = limit


class QuestionnaireCodeTaken(Refusal):
    """The library has a questionnaire of this code and revision."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MinutesUnusable(Refusal):
    """Minutes are a whole number from 1 to `most`."""

    def __init__(self, most: int) -> None:
        super().__init__(f"1 to {most}")
        self.most = most


class ChoicesUncounted(Refusal):
    """Choices are `least` to `most`; in another language than the first exactly as many as there (`wanted`, or 0)."""

    def __init__(self, least: int, most: int, wanted: int = 0) -> None:
        super().__init__(f"{least} to {most}, wanted {wanted}")
        self.least = least
        self.most = most
        self.wanted = wanted


class QuestionnaireFull(Refusal):
    """There is no room for more than `most` of it."""

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} at most")
        self.most = most
