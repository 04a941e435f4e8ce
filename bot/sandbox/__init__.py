"""A local Telegram for the demo and the tests: the Bot API over HTTP, and a chat page that acts as the people.

It imports nothing of the project, so it can stand for Telegram against any bot.
"""

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.server import Sandbox
from bot.sandbox.state import Call
from bot.sandbox.world import World

__all__ = ["ApiError", "Call", "Fault", "Faults", "Sandbox", "World"]
