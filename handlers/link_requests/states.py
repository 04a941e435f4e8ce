"""The forms of this feature."""

from aiogram.fsm.state import State, StatesGroup


class RefusalForm(StatesGroup):
    """Waiting for the reason in the official's own words."""

    reason = State()


class GroupCodesForm(StatesGroup):
    """Waiting for the name of a group, then for the last word."""

    group = State()
    confirmation = State()
