"""Buttons of this feature; they carry ids only. What was typed stays in the form's data."""

from aiogram.filters.callback_data import CallbackData

from services.requests.dto import QueueView, ReadyReason


class ListQueue(CallbackData, prefix="f"):
    """Show a part of a desk's queue; pages count from 0."""

    desk: str
    view: QueueView
    page: int


class TakeNext(CallbackData, prefix="fn"):
    """Take the first that nobody works on."""

    desk: str


class TakeRequest(CallbackData, prefix="ft"):
    """Work on a request."""

    request_id: int


class ReleaseRequest(CallbackData, prefix="fr"):
    """Give a request back to the queue, as the screen showed it."""

    request_id: int
    version: int


class FillNext(CallbackData, prefix="ff"):
    """Enter what is still missing, one after the other."""

    request_id: int


class ListEntered(CallbackData, prefix="fl"):
    """Choose a fact to enter or to change."""

    request_id: int


class FillFact(CallbackData, prefix="fe"):
    """Enter or change one fact."""

    request_id: int
    fact: str


class PickChoice(CallbackData, prefix="fc"):
    """Answer with one of the choices, by its place; `mark`: of the question that the screen showed."""

    choice: int
    mark: int


class SkipFact(CallbackData, prefix="fs"):
    """Go on without this fact, or with a table as it is; `mark`: of the question that the screen showed."""

    mark: int


class ClearFact(CallbackData, prefix="fx"):
    """Take a fact away."""

    request_id: int
    fact: str


class PreviewRequest(CallbackData, prefix="fp"):
    """See the paper as it would be issued."""

    request_id: int


class ApproveRequest(CallbackData, prefix="fa"):
    """Issue the certificate of a request as the screen showed it."""

    request_id: int
    version: int


class AskPerson(CallbackData, prefix="fq"):
    """Return a request with a question; the next typed text is it."""

    request_id: int


class RefuseRequest(CallbackData, prefix="fj"):
    """Refuse; a ready reason, or the next typed text."""

    request_id: int


class RefuseBecause(CallbackData, prefix="fk"):
    """Refuse with a ready reason."""

    request_id: int
    reason: ReadyReason


class ChooseDesk(CallbackData, prefix="fh"):
    """Hand a request over: to whom?"""

    request_id: int


class HandOver(CallbackData, prefix="fw"):
    """Hand a request over to a desk."""

    request_id: int
    desk: str


class SeeReceipt(CallbackData, prefix="fi"):
    """Look at the receipt of a fee."""

    request_id: int


class ConfirmPayment(CallbackData, prefix="fm"):
    """Say that the fee is paid."""

    request_id: int
    version: int


class RefuseReceipt(CallbackData, prefix="fy"):
    """Say what is wrong with a receipt; a ready reason, or the next typed text."""

    request_id: int


class RefuseReceiptBecause(CallbackData, prefix="fz"):
    """Refuse a receipt with a ready reason."""

    request_id: int
    reason: ReadyReason


class CopyReady(CallbackData, prefix="fu"):
    """Say that a copy on paper can be fetched."""

    request_id: int


class CopyGiven(CallbackData, prefix="fv"):
    """Say that a copy on paper was handed out."""

    request_id: int


class ListKinds(CallbackData, prefix="fb"):
    """Approve many: of which kind?"""

    desk: str


class ReviewMany(CallbackData, prefix="fd"):
    """See which requests of a kind can be approved together; `kind`: its mark, for two names are too long here."""

    desk: str
    kind: int


class ApproveMany(CallbackData, prefix="fg"):
    """Approve them; `mark`: of the list that the screen showed."""

    desk: str
    mark: int
