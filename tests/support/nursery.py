"""Forks `kabarchy` on request: real processes, without half a second of imports for each.

Runs as a process of its own (`python -m tests.support.nursery`) with the program loaded. Reads one JSON order a line,
writes the number of the new process; `Nursery` is the other end.
"""

import functools
import importlib
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any, NoReturn

ROOT = Path(__file__).parents[2]


class Nursery:
    """The process that forks; may be asked from several threads.

    `warm`: it has also read the catalogues and loaded the tools of the press, so that a bot is ready in half the time.
    """

    def __init__(self, *, warm: bool = False) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        arguments = ["warm"] if warm else []
        self._process = Popen(  # noqa: S603 -- our own program
            [sys.executable, "-m", "tests.support.nursery", *arguments],
            stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT, env=environment,
        )  # fmt: skip
        self._lock = threading.Lock()

    def fork(
        self, arguments: Sequence[str], environment: Mapping[str, str], folder: Path, out: Path, err: Path, code: Path
    ) -> int:
        """Start a command; returns its process number. At its end its exit code stands in the file `code`."""
        files = {"out": str(out), "err": str(err), "code": str(code)}
        order = {"arguments": list(arguments), "env": dict(environment), "folder": str(folder), **files}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())

    def close(self) -> None:
        """End it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()


def lives(process: int) -> bool:
    """Whether a process still runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _become_command(order: dict[str, Any]) -> NoReturn:
    from bot.__main__ import main  # noqa: PLC0415 -- loaded already, by the parent

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["folder"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for target, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), target)
    sys.argv = ["kabarchy", *order["arguments"]]
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 -- what Python itself does at the end of a program
        traceback.print_exc()
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        Path(order["code"]).write_text(str(code))
        os._exit(code)


def _warm_up() -> None:
    from bot import i18n  # noqa: PLC0415 -- only here

    for tool in ("bot.documents.pades", "bot.documents.render"):
        importlib.import_module(tool)
    i18n._read = functools.cache(i18n._read)
    i18n.Catalogues()


def _serve() -> None:
    from bot.lazy_models import import_aiogram  # noqa: PLC0415 -- only here

    import_aiogram()
    import bot.program  # noqa: PLC0415 -- after aiogram was loaded the quick way

    if "warm" in sys.argv:
        _warm_up()

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    for line in sys.stdin:
        if (number := os.fork()) == 0:
            _become_command(json.loads(line))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    assert bot.program.__name__


if __name__ == "__main__":
    _serve()
