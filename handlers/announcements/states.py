"""What is typed about announcements on their way out."""

from aiogram.fsm.state import State, StatesGroup


class SendingForm(StatesGroup):
    """The time of a draft; a word to whoever wrote what is sent back."""

    time = State()
    reason = State()
