"""Buttons of this feature; they carry ids only."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.plan_desk.dto import DecisionKey, DecisionKind
from services.plan_desk.item_dto import ItemWish, View


class ListDecisions(CallbackData, prefix="pq"):
    """Look at what waits; `kind`: of one kind, empty for all of it."""

    kind: str = ""
    page: int = 0


class OpenDecision(CallbackData, prefix="pqo"):
    """Look at what a unit asks."""

    kind: DecisionKind
    id: int
    version: int = 0


class AgreeTo(CallbackData, prefix="pqa"):
    """Accept the report, grant the day as asked, or release the unit."""

    kind: DecisionKind
    id: int
    version: int = 0


class Wording(StrEnum):
    """What is typed about a decision."""

    COMMENT = "c"
    DAY = "d"
    UNIT = "u"


class TypeAbout(CallbackData, prefix="pqt"):
    """Type a comment with which it is sent back, another day, or a part of another unit's name."""

    kind: DecisionKind
    id: int
    version: int = 0
    wording: Wording


def key_of(button: OpenDecision | AgreeTo | TypeAbout) -> DecisionKey:
    """Return which decision a button is about."""
    return DecisionKey(kind=button.kind, id=button.id, version=button.version)


class GiveTo(CallbackData, prefix="G"):
    """Give a disputed item to another unit; a longer name would not fit."""

    id: int
    version: int
    unit_id: int


class ListItems(CallbackData, prefix="L"):
    """Look at items of a plan. `only`: of the unit of this id, or (below zero) of a programme, -1 being the first.

    `place`: the page and the view in one number; more would not fit.
    """

    plan_id: int
    only: int = 0
    place: int = 0

    @classmethod
    def of(cls, plan_id: int, view: View = View.ALL, *, only: int = 0, page: int = 0) -> "ListItems":
        """Return a button for a page of a view."""
        return cls(plan_id=plan_id, only=only, place=page * len(View) + list(View).index(view))

    @property
    def wish(self) -> ItemWish:
        """What is looked at."""
        page, view = divmod(max(self.place, 0), len(View))
        return ItemWish(
            plan_id=self.plan_id,
            view=list(View)[view],
            unit_id=self.only if self.only > 0 else None,
            programme=-self.only - 1 if self.only < 0 else None,
            page=page,
        )


class FilterItems(CallbackData, prefix="pjf"):
    """Choose the unit or the programme whose items are looked at."""

    plan_id: int
    by_unit: bool
    page: int = 0


class ItemAct(StrEnum):
    """What is done with an item: at once, or after something is typed."""

    CONFIRM = "k"
    RESTORE = "r"
    MARK = "l"
    UNMARK = "u"
    ADD_DAY = "d"
    COUNT = "c"
    CANCEL = "x"


class ActOnItem(CallbackData, prefix="pa"):
    """Do something with an item as it was shown."""

    item_id: int
    version: int
    act: ItemAct


class MoveDay(CallbackData, prefix="M"):
    """Set another day for one time that an item is due."""

    item_id: int
    version: int
    instance_id: int


class DoIt(CallbackData, prefix="pay"):
    """Do what the form asked about last."""


class ShowItemHistory(CallbackData, prefix="pah"):
    """Look at a page of what happened to an item."""

    item_id: int
    page: int = 0


class EditParties(CallbackData, prefix="pap"):
    """Look at who answers for an item, and what is printed of them."""

    item_id: int


class RemoveParty(CallbackData, prefix="R"):
    """Take a unit out of an item; a longer name would not fit."""

    item_id: int
    version: int
    unit_id: int


class TurnParty(CallbackData, prefix="W"):
    """Let whoever answers only take part, or the other way round; a longer name would not fit."""

    item_id: int
    version: int
    unit_id: int


class FindParty(CallbackData, prefix="F"):
    """Search for a unit; `place`: of the printed piece that means it, -1 for one that is not printed."""

    item_id: int
    version: int
    place: int = -1


class TakeParty(CallbackData, prefix="pax"):
    """Take a unit that was found for the item that the form is about."""

    unit_id: int


class LeaveOutside(CallbackData, prefix="O"):
    """Say that a printed piece stands for nobody in the directory."""

    item_id: int
    version: int
    place: int


class TakeUnit(CallbackData, prefix="pau"):
    """Let a unit answer for the item that is being added."""

    unit_id: int


class SettingAct(StrEnum):
    """What of a plan's settings is changed: typed, or at once."""

    LADDER = "l"
    RHYTHM = "r"
    BEGIN = "b"
    ESCALATE = "e"
    CALM = "c"
    CLOSE = "x"
    OPEN = "o"


class ChangeSetting(CallbackData, prefix="pz"):
    """Change a setting of a plan as it was shown; `sure`: that was asked about."""

    plan_id: int
    version: int
    act: SettingAct
    sure: bool = False


class OpenSettings(CallbackData, prefix="pzo"):
    """Look at the settings of a plan."""

    plan_id: int


class ListGroups(CallbackData, prefix="pgs"):
    """Look at the groups that plans name."""

    page: int = 0


class OpenGroup(CallbackData, prefix="pgo"):
    """Look at who stands in a group."""

    unit_id: int


class ChangeMember(CallbackData, prefix="pgm"):
    """Put a unit into a group, or take it out."""

    unit_id: int
    member_id: int
    puts: bool


class FindMember(CallbackData, prefix="pgf"):
    """Search for a unit to be put into a group."""

    unit_id: int


class ListAliases(CallbackData, prefix="pgl"):
    """Look at the words that were taught; `mark`: forget these first, 0 for none."""

    page: int = 0
    mark: int = 0
