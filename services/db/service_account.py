"""The account that PostgreSQL runs as where root starts it, and what that account can reach."""

import ctypes
import os
import pwd
import signal
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """An account of the machine."""

    name: str
    uid: int
    gid: int


def service_account() -> ServiceAccount | None:
    """Return the account that root hands over to; None where we are not root."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return ServiceAccount(entry.pw_name, entry.pw_uid, entry.pw_gid)


def is_reachable(path: Path, account: ServiceAccount) -> bool:
    """Tell whether the account may pass all folders above and execute the path."""
    return all(may_execute(step.stat(), account) for step in (path, *path.parents))


def may_execute(status: os.stat_result, account: ServiceAccount) -> bool:
    """Tell whether the account may execute a file or pass a folder of this state."""
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def child_setup(account: ServiceAccount | None) -> Callable[[], None]:
    """Return what a child process does before it becomes PostgreSQL: hand over rights, end with its parent."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def setup() -> None:
        if account is not None:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
        if libc is not None:  # after setuid, which clears it
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)

    return setup
