"""Why issuing does not go on."""

from services.errors import Refusal


class IssuingNotHalted(Refusal):
    """Issuing is not halted."""


class NumberUnreadable(Refusal):
    """The text is no number of a certificate, like 2026-00124."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class NumberOfAnotherYear(Refusal):
    """No number of that year is given now."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


class NumberGivenAlready(Refusal):
    """The register knows this number, or a greater one, of the year."""

    def __init__(self, last: str) -> None:
        super().__init__(last)
        self.last = last


class NoSuchHead(Refusal):
    """The text is no head of the register: 64 hexadecimal digits."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class NobodyToErase(Refusal):
    """Nobody in the roster has this number."""

    def __init__(self, person_no: str) -> None:
        super().__init__(person_no)
        self.person_no = person_no
