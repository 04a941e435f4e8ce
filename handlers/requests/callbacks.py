"""Buttons of this feature; they carry ids only."""

from aiogram.filters.callback_data import CallbackData


class ListMine(CallbackData, prefix="ml"):
    """Turn to a page of one's requests and certificates."""

    page: int


class OpenMyRequest(CallbackData, prefix="mr"):
    """Open a request."""

    request_id: int


class OpenMyCertificate(CallbackData, prefix="mc"):
    """Open a certificate."""

    certificate_id: int


class AskWithdraw(CallbackData, prefix="mw"):
    """Ask for the last tap before a request is taken back."""

    request_id: int


class Withdraw(CallbackData, prefix="mx"):
    """Take a request back."""

    request_id: int


class BeginAnswer(CallbackData, prefix="ma"):
    """Answer the desk's question."""

    request_id: int


class BeginReceipt(CallbackData, prefix="mp"):
    """Send the receipt of a fee."""

    request_id: int


class WantPaperCopy(CallbackData, prefix="mk"):
    """Ask for a copy on paper."""

    certificate_id: int


class SendFileAgain(CallbackData, prefix="mg"):
    """Let the document come once more."""

    certificate_id: int
