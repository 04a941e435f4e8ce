"""Messages that are kept up to date, as the service names them."""

from aiogram.types import CallbackQuery, Message


def screen_of(event: CallbackQuery) -> int:
    """Return the message under the pressed button; 0 for one that cannot be changed any more."""
    return event.message.message_id if isinstance(event.message, Message) else 0
