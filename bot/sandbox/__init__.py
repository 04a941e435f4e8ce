"""A local Telegram for the demo and the tests: the Bot API over HTTP, and a chat page that acts as the people.

It imports nothing of the project, so it can stand for Telegram against any bot.
"""

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, Faults, Storm
from bot.sandbox.flood import Arrival, FloodControl
from bot.sandbox.server import Sandbox
from bot.sandbox.state import Call
from bot.sandbox.truth import Answered, Request, Truth
from bot.sandbox.world import World

__all__ = [
    "Answered",
    "ApiError",
    "Arrival",
    "Call",
    "Fault",
    "Faults",
    "FloodControl",
    "Request",
    "Sandbox",
    "Storm",
    "Truth",
    "World",
]
