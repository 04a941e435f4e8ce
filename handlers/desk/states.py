"""The forms of this feature: what the next typed text is."""

from aiogram.fsm.state import State, StatesGroup


class DeskForm(StatesGroup):
    """The value of a fact; a question to the person; why a request, or a receipt, is refused; many to be approved.

    Data: `request`; of a value also `fact`, its `choices`, `table` (lines are added to it), `passed` (facts that were
    asked already in this round, None where one fact only is changed); of many `desk`, `mark` and `requests` (ids and
    versions as shown).
    """

    value = State()
    question = State()
    refusal = State()
    receipt = State()
    many = State()
