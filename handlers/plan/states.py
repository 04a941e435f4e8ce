"""The forms of this feature."""

from aiogram.fsm.state import State, StatesGroup


class DutyForm(StatesGroup):
    """Words about a duty, another day for it, and what was typed when somebody else was quicker."""

    dispute = State()
    note = State()
    day = State()
    day_reason = State()
    resend = State()


class ReportForm(StatesGroup):
    """A report: its words, then what else it has."""

    words = State()
    draft = State()
    held_on = State()
    count = State()
    attendance = State()
