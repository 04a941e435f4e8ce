"""The form of this feature."""

from aiogram.fsm.state import State, StatesGroup


class WorkdayForm(StatesGroup):
    """Which day, how it is worked, who decided it, when. Data: `day` as 2026-12-31, `kind`, `source`."""

    day = State()
    kind = State()
    source = State()
    decided_on = State()
