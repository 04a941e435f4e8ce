"""Why a questionnaire is not taken."""

from collections.abc import Sequence

from services.errors import Refusal


class QuestionnaireUnusable(Refusal):
    """The file is no questionnaire; `faults`: one line each, in English, naming the place."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)
