"""Ports for programs under test."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_LOOPBACK = "127.0.0.1"


@contextmanager
def held_ports(count: int) -> Iterator[int]:
    """Give the first of neighbouring ports that are the test's own until it ends.

    A bound socket that does not listen keeps the system from giving its port to any other socket, for a listener or
    for an outgoing connection; a program that listens with SO_REUSEADDR, as all ours do, takes it nevertheless. So a
    program can be ended and started again on the same port while other tests run.
    """
    while True:
        with ExitStack() as held:
            first = _hold(held, 0)
            try:
                for number in range(1, count):
                    _hold(held, first + number)
            except (OSError, OverflowError):
                continue
            yield first
            return


@contextmanager
def held_port() -> Iterator[int]:
    """Give a port that is the test's own until it ends."""
    with held_ports(1) as port:
        yield port


def _hold(held: ExitStack, port: int) -> int:
    """Bind a port, which must not be in anybody's use; 0 for any."""
    probe = held.enter_context(socket.socket())
    if port and probe.connect_ex((_LOOPBACK, port)) == 0:
        raise OSError
    holder = held.enter_context(socket.socket())
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind((_LOOPBACK, port))
    return int(holder.getsockname()[1])
