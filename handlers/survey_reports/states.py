"""What is waited for."""

from aiogram.fsm.state import State, StatesGroup


class ReviewForm(StatesGroup):
    """The free answer that is looked at."""

    deciding = State()


class OutcomeForm(StatesGroup):
    """What changed, in one language."""

    words = State()
