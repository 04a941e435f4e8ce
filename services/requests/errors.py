"""Why nothing is asked for, and why nothing is decided."""

from collections.abc import Sequence

from services.certificates.dto import CertificateKind
from services.errors import Refusal
from services.requests.dto import RequestState


class NoSuchRequest(Refusal):
    """There is no such request, or it is somebody else's."""


class RequestClosed(Refusal):
    """The request is decided or withdrawn; nothing is left to be done with it."""

    def __init__(self, state: RequestState) -> None:
        super().__init__(state.value)
        self.state = state


class RequestChanged(Refusal):
    """Something of the request changed after the screen was shown that asks for this."""


class NotAtThisStage(Refusal):
    """The request is open, but this is not what it waits for."""

    def __init__(self, state: RequestState) -> None:
        super().__init__(state.value)
        self.state = state


class HeldByAnother(Refusal):
    """A colleague works on the request."""

    def __init__(self, holder: str) -> None:
        super().__init__()
        self.holder = holder


class NotHeld(Refusal):
    """Nothing is entered into a request that the official has not taken."""


class NothingFree(Refusal):
    """Nobody waits at this desk who is not looked after already."""


class AnotherDesk(Refusal):
    """The request is at another desk now."""


class DeskUnknown(Refusal):
    """No kind of certificate names this desk, or it is the one where the request is already."""


class AskedAlready(Refusal):
    """The person has an open request for the very same."""

    def __init__(self, request_id: int) -> None:
        super().__init__()
        self.request_id = request_id


class TooManyRequests(Refusal):
    """The person has as many open requests as are allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class FactNotAsked(Refusal):
    """This fact is not asked for (any more): a screen from long ago."""


class IssuedAtOnce(Refusal):
    """Nobody decides about this kind any more: it is issued by a tap."""

    def __init__(self, kind: CertificateKind) -> None:
        super().__init__(kind.id)
        self.kind = kind


class FactsNotEntered(Refusal):
    """The desk has not entered what the paper must say."""

    def __init__(self, kind: CertificateKind, facts: Sequence[str]) -> None:
        super().__init__(f"{kind.id}: {', '.join(facts)}")
        self.kind = kind
        self.facts = tuple(facts)


class NotForPerson(Refusal):
    """The kind is not for the person who asked, or not any more; `kind` is None if it does not exist any more."""

    def __init__(self, kind: CertificateKind | None) -> None:
        super().__init__(kind.id if kind else "")
        self.kind = kind


class SameIssuedToday(Refusal):
    """The very same certificate was issued to the person today."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class WordsUnreadable(Refusal):
    """A question, an answer or a reason is empty or too long."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class ReceiptUnreadable(Refusal):
    """What was sent as a receipt is neither a picture nor a PDF, or it is too large."""

    def __init__(self, megabytes: int) -> None:
        super().__init__()
        self.megabytes = megabytes


class NoReceipt(Refusal):
    """There is no receipt to be looked at."""


class NoCopyOfThis(Refusal):
    """A certificate that is revoked or replaced is not copied on paper, and not sent again."""
