"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class DeskSheetForm(StatesGroup):
    """Waiting for a filled spreadsheet."""

    file = State()
