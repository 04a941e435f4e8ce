"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class RoleForm(StatesGroup):
    """Who, which role, where, from and until which day; then the review."""

    holder = State()
    role = State()
    unit = State()
    first_day = State()
    last_day = State()
    review = State()
