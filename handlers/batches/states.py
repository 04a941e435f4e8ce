"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class BatchForm(StatesGroup):
    """Waiting for the people, for a value that is the same for all, for the last word."""

    people = State()
    value = State()
    review = State()
