"""A thousand good and bad cases asked on the page, by upload, in the chat, by photo and at the terminal."""

import asyncio
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from tests.support.agreement import all_ways
from tests.support.questioning import ask, doubts_about

CASES = 1_000
_PAPERS_OF_A_FATE = 6
_SEED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """In how many cases all ways gave the same right answer, and how long all of it took (seconds)."""

    agreed: int
    seconds: float


async def measure(database: URL, folder: Path) -> Agreement:
    """Ask; every disagreement is written to stderr."""
    async with all_ways(database, folder) as ways:
        doubts = await doubts_about(ways, _PAPERS_OF_A_FATE, seed=_SEED)
        cases = await asyncio.to_thread(list, doubts.cases(CASES))
        begun, agreed = time.monotonic(), 0
        for case in cases:
            wrong = await ask(ways, case)
            agreed += not wrong
            sys.stderr.writelines(f"{complaint}\n" for complaint in wrong)
        return Agreement(agreed=agreed, seconds=time.monotonic() - begun)
