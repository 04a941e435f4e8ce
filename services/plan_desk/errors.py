"""What the coordinator's desk refuses."""

from datetime import date

from services.errors import Refusal


class DecisionGone(Refusal):
    """Somebody else has decided, or the unit took it back."""


class NoSuchItem(Refusal):
    """The item or its plan is gone."""


class ItemChanged(Refusal):
    """The item is not what the screen showed: somebody else changed it."""


class DeskWordsNeeded(Refusal):
    """A reason or a comment is asked for, and not a longer one."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class DayUnusable(Refusal):
    """The day is none on which something of this plan can be due: before `first` or after `last`."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first, last)
        self.first = first
        self.last = last


class NoSuchUnit(Refusal):
    """The unit or post is not in the directory any more, or is the one that it was about."""


class CountUnusable(Refusal):
    """The count is no whole number from one to `most`."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class DeadlineUnclear(Refusal):
    """The typed deadline is not surely understood."""


class LadderUnusable(Refusal):
    """The typed days are no ladder: at most `most` whole numbers, none above `farthest`."""

    def __init__(self, most: int, farthest: int) -> None:
        super().__init__(most, farthest)
        self.most = most
        self.farthest = farthest


class RhythmUnusable(Refusal):
    """The typed pause is no whole number from one to `longest`."""

    def __init__(self, longest: int) -> None:
        super().__init__(longest)
        self.longest = longest


class GroupUnusable(Refusal):
    """The group is gone, or would stand in itself."""
