"""Forks bots on request: real processes running `kabarchy run`, without half a second of imports for each.

Reads one JSON order a line (`{"env": {...}, "log": path}`), writes the number of the new process.
"""

import json
import os
import signal
import sys
from typing import Any, NoReturn

from bot.lazy_models import import_aiogram

import_aiogram()

import bot.program  # noqa: E402 -- after aiogram was loaded the quick way
from bot.__main__ import main  # noqa: E402 -- as above


def _become_bot(order: dict[str, Any]) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(order["env"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, log), (2, log)):
        os.dup2(source, target)
    sys.argv = ["kabarchy", "run"]
    try:
        main()
    finally:
        os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    for line in sys.stdin:
        if (number := os.fork()) == 0:
            _become_bot(json.loads(line))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    assert bot.program.__name__
