"""Which update the present task serves; the unit of work marks it done in the transaction of its effect."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from services.inbox.dto import ServedUpdate

_served: ContextVar[ServedUpdate | None] = ContextVar("served_update", default=None)


def served_update() -> ServedUpdate | None:
    """Return the update in hand, or None outside of a handler (a job, the command line)."""
    return _served.get()


@contextmanager
def serving(update: ServedUpdate) -> Iterator[ServedUpdate]:
    """Serve an update: every commit inside belongs to it."""
    token = _served.set(update)
    try:
        yield update
    finally:
        _served.reset(token)
