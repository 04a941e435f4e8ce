"""The forms of this feature."""

from aiogram.fsm.state import State, StatesGroup


class DecisionForm(StatesGroup):
    """Waiting for a comment, another day, a part of another unit's name."""

    comment = State()
    day = State()
    unit = State()
