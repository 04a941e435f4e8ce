"""The forms of this feature."""

from aiogram.fsm.state import State, StatesGroup


class SittingForm(StatesGroup):
    """Waiting for a sitting's title, its month, its day, a number of days, a paper."""

    title = State()
    month = State()
    day = State()
    materials = State()
    paper = State()
