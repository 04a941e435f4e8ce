"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class LinkingForm(StatesGroup):
    """Waiting for a one-time code."""

    code = State()
