"""The forms of this feature."""

from aiogram.fsm.state import State, StatesGroup


class TrustForm(StatesGroup):
    """Choosing a talk, where nothing is typed; typing the times of talks."""

    talk = State()
    times = State()
