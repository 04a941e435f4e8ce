"""Why results are refused."""

from services.errors import Refusal


class SurveyNotClosed(Refusal):
    """Results appear only after closing; until then nobody sees anything of them."""


class TooFewTexts(Refusal):
    """A question has too few free answers in this group to show any."""


class TextsWithheld(Refusal):
    """What was written about the reader's own unit is not shown to them."""


class TextsOfOneUnit(Refusal):
    """Only one unit was asked: no group is above the one of its answers, so its free answers are shown to nobody."""


class TextDecided(Refusal):
    """Somebody has decided about this free answer meanwhile, or there is none."""


class OutcomeTooLong(Refusal):
    """What changed does not fit a message; `most`: so many signs do."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} signs")
        self.most = most


class OutcomeIncomplete(Refusal):
    """What changed is not written in all three languages yet."""


class OutcomeSent(Refusal):
    """What changed was told already; it is told once."""


class NobodyToTell(Refusal):
    """Nobody who was asked can be written to."""
