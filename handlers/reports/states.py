"""The forms of this feature: what the next typed text or picture is."""

from aiogram.fsm.state import State, StatesGroup


class ReportForm(StatesGroup):
    """The right value; the document that proves it. Data: `certificate`, `fact`, `value`; `report`."""

    value = State()
    document = State()


class ReportDeskForm(StatesGroup):
    """The desk's own spelling; the reason of a refusal. Data: `report`, `value`."""

    value = State()
    reason = State()
