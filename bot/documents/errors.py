"""Refusals of the press that its callers catch; light, so that catching them loads nothing."""


class UnprintableTextError(Exception):
    """A text holds a letter that the embedded fonts lack; `explanation` is the compiler's sentence about it."""

    def __init__(self, explanation: str) -> None:
        super().__init__(explanation)
        self.explanation = explanation
