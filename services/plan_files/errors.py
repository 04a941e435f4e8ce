"""Why a file cannot be taken for a plan."""

from enum import StrEnum

from services.errors import Refusal


class PlanFault(StrEnum):
    """What is wrong with the file as a whole."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    PROGRAM = "program"
    PROTECTED = "protected"
    DAMAGED = "damaged"
    MACROS = "macros"
    OLD_FORMAT = "old_format"  # .doc and .xls
    OTHER_OFFICE = "other_office"  # RTF, ODT, ODS
    PDF = "pdf"
    PICTURE = "picture"
    NOT_A_PLAN_FILE = "not_a_plan_file"
    LETTERS = "letters"
    NO_TABLES = "no_tables"
    NO_PLAN_TABLE = "no_plan_table"
    NO_ROWS = "no_rows"  # a heading with nothing under it
    FORMULAS = "formulas"  # nothing but formulas that nobody has calculated
    CONTRADICTING_HEADINGS = "contradicting_headings"


class PlanFileUnreadable(Refusal):
    """The file is no plan that can be read.

    `names`: the headings that contradict each other; `limit`: how many megabytes or rows it may have.
    """

    def __init__(self, fault: PlanFault, *, names: tuple[str, ...] = (), limit: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.names = names
        self.limit = limit
