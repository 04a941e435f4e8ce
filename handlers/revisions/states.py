"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class CorrectionForm(StatesGroup):
    """Waiting for the corrected text in a language."""

    text = State()
