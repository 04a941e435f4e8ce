"""Questions that come together are asked together; none gets an answer older than itself."""

import asyncio
from collections.abc import Collection, Mapping

import pytest

from services.gathering import Gathering, Unanswered


class Archive:
    """Answers as many questions as it is let."""

    def __init__(self) -> None:
        self.asked: list[set[str]] = []
        self.papers = {"a": 1, "b": 2}
        self._answers = asyncio.Semaphore(0)
        self.burnt = False

    def let(self, questions: int) -> None:
        """Let it answer so many questions more."""
        for _ in range(questions):
            self._answers.release()

    async def ask(self, keys: Collection[str]) -> Mapping[str, int]:
        """Answer with what was there when it was asked."""
        self.asked.append(set(keys))
        found = {key: self.papers[key] for key in keys if key in self.papers}
        await self._answers.acquire()
        if self.burnt:
            raise RuntimeError("the archive has burnt down")
        return found


async def begun(*questions: asyncio.Task[int | None]) -> None:
    """Let the questions get as far as they come."""
    for _ in questions:
        await asyncio.sleep(0)


@pytest.fixture
async def archive() -> Archive:
    return Archive()


@pytest.fixture
def gathering(archive: Archive) -> Gathering[str, int]:
    return Gathering(archive.ask)


def find(gathering: Gathering[str, int], *keys: str) -> list[asyncio.Task[int | None]]:
    return [asyncio.ensure_future(gathering.find(key)) for key in keys]


async def test_what_is_asked_meanwhile_is_the_next_question_all_together(
    archive: Archive, gathering: Gathering[str, int]
) -> None:
    questions = find(gathering, "a", "b", "c", "b")
    await begun(*questions)
    archive.let(3)
    assert await asyncio.gather(*questions) == [1, 2, None, 2]
    assert archive.asked == [{"a"}, {"b", "c"}]


async def test_answer_is_never_older_than_its_question(archive: Archive, gathering: Gathering[str, int]) -> None:
    early = find(gathering, "a")
    await begun(*early)
    archive.papers["a"] = 9  # while the first is under way
    late = find(gathering, "a")
    await begun(*late)
    archive.let(3)
    assert await asyncio.gather(*early, *late) == [1, 9]


async def test_only_the_next_question_waits_when_nobody_else_asks(
    archive: Archive, gathering: Gathering[str, int]
) -> None:
    archive.let(3)
    assert [await gathering.find(key) for key in "aab"] == [1, 1, 2]
    assert archive.asked == [{"a"}, {"a"}, {"b"}]


async def test_failure_reaches_all_who_asked_and_nobody_later(archive: Archive, gathering: Gathering[str, int]) -> None:
    first = find(gathering, "a")
    await begun(*first)
    others = find(gathering, "b", "c")
    await begun(*others)
    archive.burnt = True
    archive.let(3)
    told = await asyncio.gather(*first, *others, return_exceptions=True)
    assert [type(one) for one in told] == [RuntimeError, RuntimeError, Unanswered]
    archive.burnt = False
    assert await gathering.find("b") == 2


async def test_who_leaves_takes_nobody_along(archive: Archive, gathering: Gathering[str, int]) -> None:
    first, asking, waiting = find(gathering, "x", "a", "b")
    await begun(first, asking, waiting)
    archive.let(1)
    await first
    await begun(asking)
    asking.cancel()  # it asks for both
    await begun(asking)
    archive.let(1)
    told = await asyncio.gather(asking, waiting, return_exceptions=True)
    assert isinstance(told[0], asyncio.CancelledError)
    assert told[1] == 2
    assert archive.asked == [{"x"}, {"a", "b"}, {"a", "b"}]
