"""Who is being asked for their own words: what they write without replying is a survey's, too, and is not stored."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from services.languages import Language

_ASKED_SECONDS: Final = 20 * 60.0
_MOST: Final = 20_000


class Prompts:
    """Remembers for twenty minutes, in memory only, to whom this process showed a question that asks for words."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic, most: int = _MOST) -> None:
        self._now = now
        self._most = most
        self._asked: OrderedDict[int, tuple[float, Language]] = OrderedDict()

    def note(self, account_id: int, language: Language) -> None:
        """Remember that somebody is asked; of too many the oldest are forgotten."""
        self.drop(account_id)
        while len(self._asked) >= self._most:
            self._asked.popitem(last=False)
        self._asked[account_id] = self._now() + _ASKED_SECONDS, language

    def find(self, account_id: int) -> Language | None:
        """Return in which language somebody is being asked; None if they are not."""
        until, language = self._asked.get(account_id, (0.0, None))
        return language if until > self._now() else None

    def drop(self, account_id: int) -> None:
        """Forget somebody, who does something else now."""
        self._asked.pop(account_id, None)
