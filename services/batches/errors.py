"""Why a batch is not begun, or not handed out."""

from collections.abc import Sequence

from services.certificates.dto import CertificateKind
from services.errors import Refusal
from services.tables.dto import TableFault


class NoSuchBatch(Refusal):
    """There is no such batch, or it is another desk's."""


class BatchListUnreadable(Refusal):
    """The file is no list of people: a fault of the whole, or a row (from 1) without a number."""

    def __init__(self, *, fault: TableFault | None = None, row: int | None = None) -> None:
        super().__init__(fault.kind if fault else f"row {row}")
        self.fault = fault
        self.row = row


class NobodyInBatch(Refusal):
    """The group has no students, or the list no rows."""


class BatchTooLong(Refusal):
    """More people than one batch takes."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class NobodyCanHaveIt(Refusal):
    """Not one certificate of the batch can be issued."""


class BatchDiffers(Refusal):
    """What would be issued now is not what was shown."""


class BatchNotReady(Refusal):
    """The archive is asked for while certificates are still issued or printed."""

    def __init__(self, printed: int, rows: int) -> None:
        super().__init__(f"{printed} of {rows}")
        self.printed = printed
        self.rows = rows


class NothingToCancel(Refusal):
    """All certificates of the batch are issued, or it was cancelled before."""


class FactNotTyped(Refusal):
    """A value is given for a fact that the kind does not ask for; `names` are those it does."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.names = tuple(names)


class ValuesMissing(Refusal):
    """Facts that are asked for or entered have no value for this person."""

    def __init__(self, kind: CertificateKind, facts: Sequence[str]) -> None:
        super().__init__(f"{kind.id}: {', '.join(facts)}")
        self.kind = kind
        self.facts = tuple(facts)


class ListedTwice(Refusal):
    """The person stands in the list before already; `row` is the first, from 1."""

    def __init__(self, row: int) -> None:
        super().__init__(str(row))
        self.row = row


class PersonNotInRoster(Refusal):
    """Nobody in the roster has this number."""

    def __init__(self, person_no: str) -> None:
        super().__init__()
        self.person_no = person_no
