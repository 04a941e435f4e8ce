"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class CertificateForm(StatesGroup):
    """What is asked for a paper, one question after the other, and the last look."""

    question = State()
    review = State()
