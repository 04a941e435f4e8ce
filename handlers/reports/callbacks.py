"""Buttons of this feature; they carry ids only. What was typed stays in the form's data."""

from aiogram.filters.callback_data import CallbackData


class ChooseWrongFact(CallbackData, prefix="rf"):
    """Mark the fact that is wrong."""

    certificate_id: int
    fact: str


class ChooseRightValue(CallbackData, prefix="rv"):
    """Answer with a word of the closed list."""

    value: str


class SendReport(CallbackData, prefix="rs"):
    """Give the report to the desk; `mark` is that of the value which the screen showed."""

    mark: int


class SendProof(CallbackData, prefix="rp"):
    """Send the document that the desk asked for."""

    report_id: int


class WithdrawReport(CallbackData, prefix="rx"):
    """Take a report back."""

    report_id: int


class ListReports(CallbackData, prefix="rg"):
    """Show a page of what waits; counted from 0."""

    page: int


class OpenReport(CallbackData, prefix="ro"):
    """Look at a report."""

    report_id: int


class AcceptReport(CallbackData, prefix="ra"):
    """Correct the fact and issue the certificate anew; `mark`: of the value that the screen showed."""

    report_id: int
    mark: int


class WriteOtherValue(CallbackData, prefix="rt"):
    """Write another spelling than the holder's."""

    report_id: int


class WantDocument(CallbackData, prefix="rd"):
    """Ask the holder for a document."""

    report_id: int


class RefuseReport(CallbackData, prefix="rr"):
    """Refuse; the next typed text is the reason."""

    report_id: int
