"""The forms of this feature."""

from aiogram.fsm.state import State, StatesGroup


class PlanImportForm(StatesGroup):
    """Waiting for a plan's file, for the corrected spreadsheet, for a day, for a part of a unit's name."""

    file = State()
    sheet = State()
    days = State()
    unit = State()
