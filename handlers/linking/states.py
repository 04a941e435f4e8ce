"""The forms of this feature."""

from aiogram.fsm.state import State, StatesGroup


class LinkingForm(StatesGroup):
    """Waiting for a one-time code, for a contact, or for the consent without which neither counts."""

    code = State()
    contact = State()
    consent = State()


class RequestForm(StatesGroup):
    """What stands on the card, one after the other, and the last look at it."""

    name = State()
    group = State()
    number = State()
    summary = State()
