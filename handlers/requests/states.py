"""The forms of this feature."""

from aiogram.fsm.state import State, StatesGroup


class MyRequestForm(StatesGroup):
    """Waiting for the answer to a desk's question, or for a receipt."""

    answer = State()
    receipt = State()
