"""What the desk waits for."""

from aiogram.fsm.state import State, StatesGroup


class SurveyForm(StatesGroup):
    """A questionnaire's file, or a setting of a survey that is typed."""

    file = State()
    audience = State()
    period = State()
    last_day = State()
    reader_unit = State()
    tickets = State()
