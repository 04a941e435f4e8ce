"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class QuietHoursForm(StatesGroup):
    """Waiting for hours like 22:30-07:15."""

    hours = State()
