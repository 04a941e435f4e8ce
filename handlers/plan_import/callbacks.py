"""Buttons of this feature; an account has one file that waits at most.

A button about an item says of which file, version and row it was shown; `mark` of a button about the whole file stands
for the first two (`handlers.common.forms.mark_of`).
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


class OfItem(CallbackData, prefix="pbi"):
    """An item as it was shown. `row`: its mark."""

    draft_id: int
    version: int
    row: int


class SayDays(OfItem, prefix="pbs"):
    """Say when an item is due: `ok` as read, `none`, or a day as YYYYMMDD."""

    days: str


class TypeDays(OfItem, prefix="pbt"):
    """Type when an item is due."""


class SayUnit(OfItem, prefix="pbu"):
    """Say whom the first piece that is not understood stands for; 0 for nobody in the directory."""

    unit_id: int


class SearchUnit(OfItem, prefix="pbf"):
    """Search for the unit or post that it stands for."""


class PassItem(OfItem, prefix="pbp"):
    """Leave an item as it is. `out`: it is no item of the plan."""

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
