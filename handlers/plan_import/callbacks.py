"""Buttons of this feature. `version`: of the draft as it was shown; another one is refused."""

from aiogram.filters.callback_data import CallbackData


class ChooseYear(CallbackData, prefix="pby"):
    """Bring a file of this academic year (the calendar year in which it begins). `sure`: whatever its title says."""

    year: int
    sure: bool = False


class OpenReview(CallbackData, prefix="pbr"):
    """Look at what the file would do."""

    draft_id: int


class LookAtDoubt(CallbackData, prefix="pbd"):
    """Look at the next doubtful item behind a row."""

    draft_id: int
    after: int = 0


class SayDays(CallbackData, prefix="pbs"):
    """Say when an item is due: `ok` as read, `none`, or a day as YYYYMMDD."""

    draft_id: int
    version: int
    row: int
    days: str


class TypeDays(CallbackData, prefix="pbt"):
    """Type when an item is due."""

    draft_id: int
    version: int
    row: int


class SayUnit(CallbackData, prefix="pbu"):
    """Say whom a piece stands for; 0 for nobody in the directory."""

    draft_id: int
    version: int
    row: int
    place: int
    unit_id: int


class SearchUnit(CallbackData, prefix="pbf"):
    """Search for the unit or post that a piece stands for."""

    draft_id: int
    version: int
    row: int
    place: int


class PassItem(CallbackData, prefix="pbp"):
    """Leave an item as it is. `out`: it is no item of the plan."""

    draft_id: int
    version: int
    row: int
    out: bool = False


class TakeSheet(CallbackData, prefix="pbx"):
    """Take the whole reading along as a spreadsheet, to correct and send back."""

    draft_id: int


class LookAtDifference(CallbackData, prefix="pbc"):
    """Look at what taking over would do."""

    draft_id: int
    version: int


class TakeOver(CallbackData, prefix="pbo"):
    """Take the file over. `removing`: items that it lacks go; `sure`: that was asked about."""

    draft_id: int
    version: int
    removing: bool = False
    sure: bool = False


class DropPlan(CallbackData, prefix="pbz"):
    """Forget the file."""

    draft_id: int
