"""Page, upload, chat, photo and command line: one verdict (a sample; `make bench` asks a thousand)."""

import asyncio
from pathlib import Path

from sqlalchemy import URL

from tests.support import database
from tests.support.agreement import all_ways
from tests.support.questioning import ask, doubts_about

_CASES = 30  # every sort, some twice


async def test_all_ways_give_the_same_verdict_on_every_case(
    postgres: URL, template_database: str, tmp_path: Path
) -> None:
    async with database.clone(postgres, template_database) as url, all_ways(url, tmp_path) as ways:
        doubts = await doubts_about(ways, 1, seed=20261122)
        cases = await asyncio.to_thread(list, doubts.cases(_CASES))  # the signer wants a thread without a loop
        wrong = [complaint for case in cases for complaint in await ask(ways, case)]
    assert wrong == []
