"""Background work comes to its end in good order."""

import asyncio

import pytest

from bot.supervisor import Deadline, Doorbell, Supervisor, work_through


class Work:
    """One piece of work that lasts until it may end."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.ends: list[str] = []

    async def step(self) -> bool:
        """Begin, wait, end."""
        self.begun.set()
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.ends.append("broken off")
            raise
        self.ends.append("done")
        return True


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
async def supervisor(work: Work) -> Supervisor:
    supervisor = Supervisor()
    supervisor.keep("work", lambda: work_through(work.step, Doorbell()))
    await work.begun.wait()
    return supervisor


async def test_a_piece_that_was_begun_comes_to_its_end_and_no_other_is_begun(
    supervisor: Supervisor, work: Work
) -> None:
    supervisor.dismiss()
    work.may_end.set()
    async with asyncio.timeout(5):
        await supervisor.close(10)
    assert work.ends == ["done"]


async def test_a_piece_that_takes_too_long_is_broken_off(supervisor: Supervisor, work: Work) -> None:
    supervisor.dismiss()
    async with asyncio.timeout(5):
        await supervisor.close(0.02)
    assert work.ends == ["broken off"]


async def test_a_last_piece_that_fails_is_no_failure_of_the_end(
    supervisor: Supervisor, work: Work, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Spoiled(list[str]):
        def append(self, _end: str) -> None:
            raise ConnectionError

    monkeypatch.setattr(work, "ends", Spoiled())
    supervisor.dismiss()
    work.may_end.set()
    await supervisor.close(10)
    assert "the last piece of work failed: ConnectionError" in caplog.text


async def test_work_that_is_needed_to_the_end_goes_on_after_the_dismissal(work: Work) -> None:
    supervisor = Supervisor()
    supervisor.keep("needed", lambda: work_through(work.step, Doorbell()), to_the_end=True)
    await work.begun.wait()
    work.begun.clear()
    supervisor.dismiss()
    work.may_end.set()
    await work.begun.wait()
    work.may_end.clear()
    await supervisor.close()
    assert "done" in work.ends


async def test_a_deadline_begins_with_the_first_look() -> None:
    deadline, over = Deadline(60), Deadline(0)
    assert 59 < deadline.left() <= 60
    assert over.left() == 0
