"""The form of this feature: what the next typed text is."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup


class StudyOfficeForm(StatesGroup):
    """Somebody to look for; the value of a fact; the reason of a revocation.

    Data: `text` what was looked for, `page` the page that was seen; `person`, `fact` and `value` of a correction;
    `certificate` and `reason` of a revocation.
    """

    search = State()
    value = State()
    reason = State()


async def take_seat(state: FSMContext) -> dict[str, Any]:
    """Let whatever is typed next be a search; return what this desk remembers."""
    raw_state = await state.get_state()
    if raw_state not in StudyOfficeForm.__all_states_names__:
        await state.set_data({})
    if raw_state != StudyOfficeForm.search.state:
        await state.set_state(StudyOfficeForm.search)
    return await state.get_data()
