"""Buttons of this feature; they carry ids only."""

from aiogram.filters.callback_data import CallbackData

from services.link_requests.dto import RefusalReason


class NextRequest(CallbackData, prefix="qn"):
    """Leave this request to somebody else and see the next."""

    after: int


class OpenRequest(CallbackData, prefix="qo"):
    """See a request with everybody who may be meant."""

    request_id: int


class CompareRequest(CallbackData, prefix="qc"):
    """See what was typed beside what the roster knows."""

    request_id: int
    person_id: int


class AcceptRequest(CallbackData, prefix="qa"):
    """Link."""

    request_id: int
    person_id: int


class RefuseRequest(CallbackData, prefix="qr"):
    """Choose why not."""

    request_id: int


class RefuseFor(CallbackData, prefix="qf"):
    """Refuse for this reason."""

    request_id: int
    reason: RefusalReason


class PrintGroupCodes(CallbackData, prefix="pg"):
    """Give fresh codes to the group that was named; `mark` is that of the group which the screen showed."""

    mark: int
