"""Leaving a form that was begun: whoever turns to something else is not asked for the old answer any more."""

from aiogram.fsm.context import FSMContext


async def leave_form(state: FSMContext, raw_state: str | None) -> None:
    """Leave the form, if there is one; costs nothing where there is none."""
    if raw_state is not None:
        await state.clear()
