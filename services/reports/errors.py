"""Why a fact is not reported, or a report not decided."""

from services.errors import Refusal


class NoSuchReport(Refusal):
    """The report a button stands for does not exist, or is another desk's or person's."""


class ReportDecided(Refusal):
    """The report was decided, or withdrawn, before."""


class ReportedAlready(Refusal):
    """This fact of this certificate was reported and is not decided yet."""


class NotOnPaper(Refusal):
    """The certificate has no such fact, or says nothing that could be wrong."""


class SameAsPrinted(Refusal):
    """The certificate says exactly this."""


class ValueTooLong(Refusal):
    """The right value is longer than a paper takes."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class SourceMustCorrect(Refusal):
    """The roster alone says this fact, and it still says what the paper says."""


class ReportReasonNeeded(Refusal):
    """A report is not refused without saying why."""


class NoDocumentWanted(Refusal):
    """The desk does not wait for a document (any more)."""


class DocumentUnusable(Refusal):
    """The document is no picture and no PDF, or too large."""

    def __init__(self, limit_megabytes: int) -> None:
        super().__init__()
        self.limit_megabytes = limit_megabytes
