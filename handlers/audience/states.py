"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class AudienceForm(StatesGroup):
    """Waiting for a part of a name, for an expression, or for a file with people's numbers."""

    search = State()
    expression = State()
    file = State()
