"""The forms of this feature."""

from aiogram.fsm.state import State, StatesGroup


class DecisionForm(StatesGroup):
    """Waiting for a comment, another day, a part of another unit's name."""

    comment = State()
    day = State()
    unit = State()


class ItemForm(StatesGroup):
    """Waiting for a day, a reason, a count, a part of a unit's name; `sure`: for the last tap."""

    day = State()
    added_day = State()
    reason = State()
    count = State()
    unit = State()
    sure = State()


class AddForm(StatesGroup):
    """An item that is being added: its words, its deadline, its units."""

    title = State()
    deadline = State()
    units = State()


class SettingForm(StatesGroup):
    """Waiting for a setting of a plan, or a part of the name of a group's new member."""

    value = State()
    member = State()
