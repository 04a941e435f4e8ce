"""Ports for programs under test."""

import random
import socket

#: Below the range from which the system takes ports for outgoing connections and for port 0.
_OWN_RANGE = range(20_000, 32_000)
_choice = random.SystemRandom()


def free_port() -> int:
    """Return a port that nobody listens on and that nobody is given by chance before it is used."""
    while True:
        port = _choice.choice(_OWN_RANGE)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
