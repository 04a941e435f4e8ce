"""Buttons of this feature."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.plan_reports.dto import Axis, Measure
from services.plan_reports.papers import PaperForm


class To(StrEnum):
    """To whom the report on the state language is made."""

    COUNCIL = "c"
    MINISTRY = "m"


class Counted(StrEnum):
    """A measure in one letter: a button has 64 bytes."""

    DONE = "d"
    DONE_LATE = "l"
    REPORTED = "r"
    OVERDUE = "o"
    NEAR = "n"
    AHEAD = "a"
    UNDATED = "u"
    RELEASED = "x"
    EXTENDED = "e"
    ALL = "w"


class OpenEntries(CallbackData, prefix="e1"):
    """Look at the list behind a number. `spot`: the key of the row and the page, as `entries_button` writes them."""

    plan_id: int
    axis: Axis
    counted: Counted
    spot: str

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return Measure[self.counted.name]

    @property
    def key(self) -> str:
        """The key of the row."""
        return self.spot.partition(".")[0]

    @property
    def page(self) -> int:
        """The page, from 0."""
        number = self.spot.partition(".")[2]
        return int(number) if number.isdecimal() else 0


def entries_button(plan_id: int, axis: Axis, key: str, measure: Measure, page: int = 0) -> OpenEntries:
    """Return the button of a list."""
    return OpenEntries(plan_id=plan_id, axis=axis, counted=Counted[measure.name], spot=f"{key}.{page}")


class TakeChart(CallbackData, prefix="e2"):
    """Take a picture, and choose one of its rows."""

    plan_id: int
    axis: Axis


class TurnRows(CallbackData, prefix="e3"):
    """Turn over the rows to choose from."""

    plan_id: int
    axis: Axis
    page: int


class OpenRow(CallbackData, prefix="e4"):
    """Look at the numbers of one programme, unit or month."""

    plan_id: int
    axis: Axis
    key: str


class TakeState(CallbackData, prefix="e5"):
    """Take all of it along."""

    plan_id: int
    form: PaperForm


class TakePlanFile(CallbackData, prefix="e6"):
    """Take the plan's own file along, with statuses in it."""

    plan_id: int


class ChooseQuarter(CallbackData, prefix="e7"):
    """Choose the quarter of the report on the state language, of a unit or (0) of everything in sight."""

    unit_id: int = 0


class ChooseAddressee(CallbackData, prefix="e8"):
    """Choose to whom the report on the state language is made, and as what it is taken."""

    unit_id: int
    quarter: int


class TakeLanguageReport(CallbackData, prefix="e9"):
    """Take the report on the state language."""

    unit_id: int
    quarter: int
    to: To
    form: PaperForm


class MakeCalendar(CallbackData, prefix="ec"):
    """Make a unit a new calendar address; the former one ends. `seen`: the mark of the one that the screen told of."""

    unit_id: int
    seen: int = 0


class RevokeCalendar(CallbackData, prefix="ed"):
    """End a unit's calendar address. `seen`: its mark."""

    unit_id: int
    seen: int = 0
