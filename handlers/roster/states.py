"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class RosterForm(StatesGroup):
    """Waiting for a roster file."""

    file = State()
