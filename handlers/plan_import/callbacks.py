"""Buttons of this feature; an account has one file that waits at most.

`mark` stands for the file, its version and the item as they were shown (`handlers.common.forms.mark_of`).
"""

from aiogram.filters.callback_data import CallbackData


class ChooseYear(CallbackData, prefix="pby"):
    """Bring a file of this academic year (the calendar year in which it begins). `sure`: whatever its title says."""

    year: int
    sure: bool = False


class OpenReview(CallbackData, prefix="pbr"):
    """Look at what the file would do."""


class LookAtDoubt(CallbackData, prefix="pbd"):
    """Look at the next doubtful item behind a row."""

    after: int = 0


class SayDays(CallbackData, prefix="pbs"):
    """Say when an item is due: `ok` as read, `none`, or a day as YYYYMMDD."""

    mark: int
    days: str


class TypeDays(CallbackData, prefix="pbt"):
    """Type when an item is due."""

    mark: int


class SayUnit(CallbackData, prefix="pbu"):
    """Say whom the first piece that is not understood stands for; 0 for nobody in the directory."""

    mark: int
    unit_id: int


class SearchUnit(CallbackData, prefix="pbf"):
    """Search for the unit or post that it stands for."""

    mark: int


class PassItem(CallbackData, prefix="pbp"):
    """Leave an item as it is. `out`: it is no item of the plan."""

    mark: int
    out: bool = False


class TakeSheet(CallbackData, prefix="pbx"):
    """Take the whole reading along as a spreadsheet, to correct and send back."""


class LookAtDifference(CallbackData, prefix="pbc"):
    """Look at what taking over would do."""


class TakeOver(CallbackData, prefix="pbo"):
    """Take the file over. `removing`: items that it lacks go; `sure`: that was asked about."""

    mark: int
    removing: bool = False
    sure: bool = False


class DropPlan(CallbackData, prefix="pbz"):
    """Forget the file."""

    draft_id: int
