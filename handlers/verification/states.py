"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class VerificationForm(StatesGroup):
    """Waiting for a certificate's code or file."""

    code = State()
