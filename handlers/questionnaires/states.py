"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class WordsForm(StatesGroup):
    """Waiting for a text of a draft. Data: those of the button that asked for it (`AskWords`)."""

    words = State()
