"""The forms of this feature: what the next message is."""

from aiogram.fsm.state import State, StatesGroup


class WritingForm(StatesGroup):
    """A text; the rest of one that was too long; a line about it; a photo or document; link buttons; a post's language.

    Data: see `handlers.announce.forms`; `post`: what was forwarded.
    """

    text = State()
    rest = State()
    about = State()
    file = State()
    links = State()
    post = State()
